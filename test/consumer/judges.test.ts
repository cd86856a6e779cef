/** What tools that judge packages say: publint, Are The Types Wrong, and JSR's own check of what would be published. */

import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { runProcess } from "../support/cli.ts";
import { DENO, DENO_ENV } from "./runtimes.ts";

const ROOT = join(import.meta.dirname, "../..");
const MODULES = join(import.meta.dirname, "node_modules");

describe("judges of packages", () => {
  test("publint has nothing to say", async () => {
    const args = [join(MODULES, "publint/src/cli.js"), inject("tarball"), "--strict"];
    const { status, stdout } = await runProcess(process.execPath, args);
    expect({ status, verdict: stdout.toString().trim().split("\n").at(-1) }).toEqual({
      status: 0,
      verdict: expect.stringContaining("All good!"),
    });
  });

  test("attw finds the types right for ES modules", async () => {
    const args = ["--profile", "esm-only", "--format", "ascii", "--no-color", "--no-emoji"];
    const attw = join(MODULES, "@arethetypeswrong/cli/dist/index.js");
    const { status, stdout } = await runProcess(process.execPath, [attw, inject("tarball"), ...args]);
    expect({ status, stdout: stdout.toString() }).toMatchObject({ status: 0 });
    for (const entry of ['"kms-wrap"', '"kms-wrap/schemes"', '"kms-wrap/portable"', '"kms-wrap/rehearsal"'])
      expect(stdout.toString()).toContain(entry);
  });

  test("deno publish would take what jsr.json lists, with fast types", async () => {
    const copy = join(inject("folder"), "jsr");
    mkdirSync(copy);
    for (const path of [
      "src",
      "jsr.json",
      "package.json",
      "README.md",
      "LICENSE",
      "SECURITY.md",
      "CHANGELOG.md",
      ".gitignore",
    ])
      cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    const modules = ["@noble/ciphers", "@noble/curves", "@noble/hashes", "@types/node", "undici-types"];
    for (const name of modules)
      cpSync(join(ROOT, "node_modules", name), join(copy, "node_modules", name), { recursive: true });
    const { status, stderr } = await runProcess(DENO, ["publish", "--dry-run", "--allow-dirty"], {
      cwd: copy,
      env: DENO_ENV,
    });
    expect({ status, stderr }).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("Dry run complete"),
    });
    const files = [...stderr.matchAll(/file:\/\/\S*?\/jsr\/(\S+)/g)].map(([, path]) => path!);
    expect(files).toContain("src/engine/wasm/generated/rsa.ts");
    expect(files).toContain("src/engine/wasm/generated/fingerprints.ts");
    expect(
      files.filter((path) => !/^(src\/(?!cli|page).+\.ts|jsr\.json|[A-Z]+\.md|LICENSE)$/.test(path)),
    ).toEqual([]);
  });

  test("the version that is published is the one that the command tells", async () => {
    const command = join(inject("project"), "node_modules/kms-wrap/dist/cli/main.cjs");
    const { stdout } = await runProcess(process.execPath, [command, "--version"]);
    const { version } = JSON.parse(readFileSync(join(ROOT, "jsr.json"), "utf8"));
    expect(stdout.toString()).toBe(`${version}\n`);
  });
});
