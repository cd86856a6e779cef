/** What is in the tarball, file by file, and that its manifests tell the truth about it. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const MANIFEST = JSON.parse(read("package.json"));

/** All that may be there. */
const KINDS: Readonly<Record<string, RegExp>> = {
  modules: /^dist\/(?!cli\/|wasm\/).+(?<!\.test)\.js$/,
  declarations: /^dist\/(?!cli\/|wasm\/).+(?<!\.test)\.d\.ts$/,
  binaries: /^dist\/wasm\/([a-z0-9-]+\.wasm|module\.d\.ts)$/,
  command: /^dist\/cli\/main\.cjs$/,
  page: /^dist\/kms-wrap\.html(\.sha256)?$/,
  papers:
    /^(package\.json|README\.md|LICENSE|SECURITY\.md|CHANGELOG\.md|bench\/results\/ratios\.svg|docs\/page\.png)$/,
};

let packed: readonly string[] = [];

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

function npm(...args: string[]) {
  return spawnSync("npm", args, { cwd: ROOT, encoding: "utf8", shell: process.platform === "win32" });
}

function ofKind(kind: string): readonly string[] {
  return packed.filter((path) => KINDS[kind]!.test(path));
}

beforeAll(() => {
  const { stdout } = npm("pack", "--dry-run", "--json", "--ignore-scripts");
  packed = JSON.parse(stdout)[0].files.map(({ path }: { path: string }) => path);
});

describe("the tarball", () => {
  test("declares no generic Uint8Array, which TypeScript before 5.7 cannot read", () => {
    const reached = new Set(["index", "portable", "schemes", "rehearsal"].map((name) => `dist/${name}.d.ts`));
    for (const file of reached) // grows on the way
      for (const [, path] of read(file).matchAll(/from "(\.[^"]+)\.[jt]s"/g))
        reached.add(join(dirname(file), `${path}.d.ts`));
    expect(reached.size).toBeGreaterThan(20);
    expect([...reached].filter((file) => read(file).includes("Uint8Array<"))).toEqual([]);
  });

  test("holds nothing unexpected", () => {
    expect(packed.filter((path) => !Object.values(KINDS).some((kind) => kind.test(path)))).toEqual([]);
  });

  test("describes each module, and nothing that is not there", () => {
    const declared = ofKind("declarations").map((path) => path.replace(/\.d\.ts$/, ".js"));
    expect(declared.length).toBeGreaterThan(80);
    expect(declared.toSorted()).toEqual(ofKind("modules").toSorted());
  });

  test("has all that package.json leads to", () => {
    const targets = JSON.stringify([MANIFEST.exports, MANIFEST.bin]).match(/[^"]*(?<=\/)[^"/]+\.\w+(?=")/g)!;
    const files = targets.map((target) => normalize(target)).filter((target) => !target.includes("*"));
    expect(files).toContain(normalize("dist/index.d.ts"));
    expect(
      files.filter((file) => file.startsWith("dist") && !packed.includes(file.replaceAll("\\", "/"))),
    ).toEqual([]);
    expect(ofKind("binaries").length).toBeGreaterThan(4);
  });

  test("has the page, and its checksum", () => {
    expect(ofKind("page")).toEqual(["dist/kms-wrap.html", "dist/kms-wrap.html.sha256"]);
  });

  test("points to no source map", () => {
    const pointing = [...ofKind("modules"), ...ofKind("command")].filter((path) =>
      /^\/\/[#@] ?source/m.test(read(path)),
    );
    expect(pointing).toEqual([]);
  });

  test.each(["README.md", "SECURITY.md", "CHANGELOG.md"])("%s has no link that is dead in it", (paper) => {
    const links = [...read(paper).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, link]) => link!);
    const dead = links.filter((link) => !packed.includes(normalize(join(dirname(paper), link))));
    expect(dead, "name what only the repository has without a link, as `vectors/`").toEqual([]);
  });
});

describe("the manifests", () => {
  test("npm would publish as they are: it corrects nothing", () => {
    const { status, stderr } = npm(
      "publish",
      "--dry-run",
      "--ignore-scripts",
      "--provenance=false",
      "--tag=test",
    );
    expect(stderr).not.toMatch(/auto-corrected|errors corrected|removed/);
    expect(status).toBe(0);
  });

  test("have one version", () => {
    const [newest] = read("CHANGELOG.md").match(/(?<=^## )\d+\.\d+\.\d+/m)!;
    expect({ jsr: JSON.parse(read("jsr.json")).version, changelog: newest }).toEqual({
      jsr: MANIFEST.version,
      changelog: MANIFEST.version,
    });
  });

  test("have the same entry points, but for what JSR has no use for", () => {
    const entries = Object.keys(MANIFEST.exports).filter((entry) => !/\.(json|wasm)$/.test(entry));
    const jsr: Record<string, string> = JSON.parse(read("jsr.json")).exports;
    expect(Object.keys(jsr).toSorted()).toEqual(entries.toSorted());
    for (const [entry, source] of Object.entries(jsr))
      expect(MANIFEST.exports[entry].default).toBe(source.replace("/src/", "/dist/").replace(/\.ts$/, ".js"));
  });

  test("name every version exactly", () => {
    const { dependencies, devDependencies } = MANIFEST;
    expect(Object.keys(dependencies)).toEqual(["@noble/ciphers", "@noble/curves", "@noble/hashes"]);
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/);
  });

  test("name types first, where conditions are read in order", () => {
    for (const target of Object.values(MANIFEST.exports))
      if (typeof target === "object") expect(Object.keys(target as object)[0]).toBe("types");
  });
});
