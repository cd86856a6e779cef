/** Type-checks and runs every example of the docstrings, against the package as it is built. */

import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as library from "../../src/index.ts";
import * as portable from "../../src/portable.ts";
import * as rehearsal from "../../src/rehearsal.ts";
import * as schemes from "../../src/schemes.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

const ROOT = join(import.meta.dirname, "../..");
const GIVEN = join(ROOT, "test/support/docstrings");
const folder = mkdtempSync(join(tmpdir(), "kms-wrap-docstrings-"));

/** What an example may use without importing it: the first module that has the name provides it. */
const PROVIDERS: readonly (readonly [specifier: string, names: readonly string[]])[] = [
  ["./given-kms.js", exportsOf("given-kms.ts")],
  ["./given.js", exportsOf("given.ts")],
  ["kms-wrap", Object.keys(library)],
  ["kms-wrap/portable", Object.keys(portable)],
  ["kms-wrap/schemes", Object.keys(schemes)],
  ["kms-wrap/rehearsal", Object.keys(rehearsal)],
  ["@aws-sdk/client-kms", ["KMSClient", "GetParametersForImportCommand", "ImportKeyMaterialCommand"]],
];

interface Example {
  readonly title: string;
  readonly file: string;
  readonly code: string;
}

const examples = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .sort()
  .flatMap(examplesOf);

function exportsOf(file: string): string[] {
  const source = readFileSync(join(GIVEN, file), "utf8");
  return [...source.matchAll(/^export const (?:(\w+)|\[([^\]]+)\])/gm)].flatMap(([, one, several]) =>
    (one ?? several!).split(", "),
  );
}

function examplesOf(path: string): Example[] {
  const source = readFileSync(join(ROOT, "src", path), "utf8");
  return [...source.matchAll(/^ \* ```ts\n(?<code>(?: \*.*\n)+?) \* ```$/gm)].map(({ groups, index }, i) => ({
    title: `src/${path}:${source.slice(0, index).split("\n").length}`,
    file: `${path.replaceAll(/\W/g, "-")}-${i}`,
    code: groups!["code"]!.replaceAll(/^ \* ?/gm, ""),
  }));
}

/** A module of the example: what it uses is imported, and what it says about values is asserted. */
function moduleOf(code: string): string {
  const isImport = (line: string) => line.startsWith("import ");
  const imports = code.split("\n").filter(isImport);
  const body = code
    .split("\n")
    .filter((line) => !isImport(line))
    .map((line) => line.replace(/^([\w.]+[^=]*); \/\/ ("[^"]*"|\d+)$/, "assert.deepEqual($1, $2);"));
  if (/\bkms\b/.test(body.join())) body.push("await close();");
  const words = new Set(
    body
      .join("\n")
      .replaceAll(/\/\/.*$/gm, "")
      .match(/\b\w+\b/g),
  );
  const taken = new Set(imports.join("\n").match(/\b\w+\b/g));
  for (const [specifier, names] of PROVIDERS) {
    const used = names.filter((name) => words.has(name) && !taken.has(name));
    for (const name of used) taken.add(name);
    if (used.length) imports.push(`import { ${used.join(", ")} } from "${specifier}";`);
  }
  // In a block of its own, an example may declare what others take as given.
  return [`import assert from "node:assert/strict";`, ...imports, "{", ...body, "}", "export {};", ""].join(
    "\n",
  );
}

beforeAll(() => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules/kms-wrap"), "junction");
  for (const scope of ["@aws-sdk", "@types"])
    symlinkSync(join(ROOT, "node_modules", scope), join(folder, "node_modules", scope), "junction");
  cpSync(GIVEN, folder, { recursive: true });
  writeFileSync(join(folder, "wrapping.der"), WRAPPING_KEY_PAIRS.RSA_4096.pkcs8);
  for (const { file, code } of examples) writeFileSync(join(folder, `${file}.ts`), moduleOf(code));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const compilerOptions = { strict: true, module: "nodenext", target: "es2022", lib: ["es2023", "dom"] };
  const more = { types: ["node"], skipLibCheck: true, rootDir: "." };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...compilerOptions, ...more } }),
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

function node(...args: string[]): string {
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  try {
    return execFileSync(process.execPath, args, {
      cwd: folder,
      encoding: "utf8",
      env,
      stdio: "pipe",
      timeout: 30_000,
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(stdout + stderr, { cause: error });
  }
}

describe("the examples of the docstrings", () => {
  test("are found, and hold under the compiler", () => {
    expect(examples.length).toBeGreaterThanOrEqual(15);
    expect(node(join(ROOT, "node_modules/typescript/bin/tsc"), "-p", ".")).toBe("");
  });

  test.each(examples.map(({ title, file }) => [title, file]))("%s runs", (_title, file) => {
    node(`${file}.js`);
  });
});

test("every code of an error is explained", () => {
  const source = readFileSync(join(ROOT, "src/errors.ts"), "utf8");
  const [, explanations, union] =
    /\/\*\*\n( \* Why an input[\s\S]*?)\*\/\nexport type KmsWrapErrorCode =([\s\S]*?);/.exec(source)!;
  const codes = [...union!.matchAll(/\| "(\w+)"/g)].map(([, code]) => code);
  const listed = [...explanations!.matchAll(/^ \* - .*$|^ {2}.*$/gm)].flatMap(([line]) =>
    [...line.split(": ")[0]!.matchAll(/`(\w+)`/g)].map(([, code]) => code),
  );
  expect(listed).toEqual(codes);
});
