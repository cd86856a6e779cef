/** The installed library, from modules as they are and from bundles for browsers. OpenSSL opens what it wrapped. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { BUDGETS } from "../../scripts/sizes.mjs";
import type { WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { runProcess } from "../support/cli.ts";
import { opensslUnwrap } from "../support/openssl-wrapping.ts";
import { RUNTIMES } from "./runtimes.ts";

const project = inject("project");
const SYMMETRIC = Uint8Array.from({ length: 32 }, (_, i) => i);
const BUNDLERS = ["esbuild", "vite", "webpack"];

/** Whether minified code names a module of Node's. */
const NODE_IMPORT = /from ?"node:|require\("node:|import ?"node:/;

interface Report {
  readonly engine: string;
  readonly specs: readonly string[];
  readonly algorithms: readonly string[];
  readonly kwp: string;
  readonly wrapped: Readonly<Record<string, string>>;
  readonly wrappedPortably: Readonly<Record<string, string>>;
}

beforeAll(() => {
  const base64 = (name: string) => readFileSync(join(project, `${name}-public.der`)).toString("base64");
  const keys = { rsa2048: base64("rsa2048"), rsa4096: base64("rsa4096"), sm2: base64("sm2") };
  const p384 = readFileSync(join(project, "p384.pem"), "utf8");
  writeFileSync(join(project, "keys.js"), `export const KEYS = ${JSON.stringify({ ...keys, p384 })};\n`);
});

async function output(command: readonly string[], ...args: readonly string[]): Promise<string> {
  const [program, ...options] = [...command, ...args];
  const { status, stdout, stderr } = await runProcess(program!, options, { cwd: project });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout.toString().trim();
}

/** Opens each blob with OpenSSL, and compares with what was wrapped. */
async function expectOpened(blobs: Readonly<Record<string, string>>): Promise<void> {
  const cases: readonly (readonly [string, WrappingAlgorithm, Uint8Array])[] = [
    ["rsa2048", "RSAES_OAEP_SHA_256", SYMMETRIC],
    ["rsa4096", "RSA_AES_KEY_WRAP_SHA_256", readFileSync(join(project, "p384.der"))],
    ["sm2", "SM2PKE", SYMMETRIC],
  ];
  expect(Object.keys(blobs)).toEqual(cases.map(([key]) => key));
  for (const [key, algorithm, material] of cases) {
    const privateKey = readFileSync(join(project, `${key}-private.der`));
    const opened = await opensslUnwrap(algorithm, privateKey, Buffer.from(blobs[key]!, "base64"), 512);
    expect(Buffer.from(opened).equals(material), `${algorithm} under ${key}`).toBe(true);
  }
}

async function expectReport(text: string): Promise<void> {
  const { wrapped, wrappedPortably, ...facts }: Report = JSON.parse(text);
  expect(facts).toEqual({
    engine: "wasm",
    specs: ["RSA_2048", "RSA_4096", "SM2"],
    algorithms: [
      "RSAES_OAEP_SHA_256",
      "RSAES_OAEP_SHA_1",
      "RSA_AES_KEY_WRAP_SHA_256",
      "RSA_AES_KEY_WRAP_SHA_1",
    ],
    kwp: Buffer.from(SYMMETRIC.subarray(0, 16)).toString("base64"),
  });
  await expectOpened(wrapped);
  await expectOpened(wrappedPortably);
}

describe("library, as modules", () => {
  test.each(RUNTIMES)("on %s", async (_name, command) => {
    await expectReport(await output(command, "wrap-each.js"));
  });

  test("by require() in Node", async () => {
    expect(await output([process.execPath], "require.cjs")).toBe("wasm function function 32");
  });
});

describe.each(BUNDLERS)("library, bundled by %s", (bundler) => {
  const folder = join(project, "bundles", bundler);

  beforeAll(async () => {
    const script = join(import.meta.dirname, "bundlers", `${bundler}.mjs`);
    const entries = ["wrap-each.js", "which-fit.js", "rehearse.js"].map((entry) => join(project, entry));
    await output([process.execPath, script], folder, ...entries);
  });

  test("wraps on Node, Deno and Bun, and needs nothing of Node's", async () => {
    const path = join(folder, "wrap-each.js");
    expect(readFileSync(path, "utf8")).not.toMatch(NODE_IMPORT);
    for (const [, command] of RUNTIMES) await expectReport(await output(command, path));
  });

  test("is without engines where none is used", async () => {
    const path = join(folder, "which-fit.js");
    // esbuild's, after gzip, is a good deal less; the other bundlers may differ from it by as much again.
    expect(readFileSync(path).length).toBeLessThan(4 * BUDGETS["kms-wrap, compatibleAlgorithms alone"]!);
    expect(await output([process.execPath], path)).toBe("RSAES_OAEP_SHA_256,RSAES_OAEP_SHA_1");
  });

  test("says that a browser has no rehearsal", async () => {
    const path = join(folder, "rehearse.js");
    expect(readFileSync(path, "utf8")).not.toMatch(NODE_IMPORT);
    expect(await output([process.execPath], path)).toBe("PLATFORM_UNSUPPORTED");
  });
});
