/** What the command says where WebAssembly does not run: once, which engine computed, and what that means. */

import { describe, expect, test } from "vitest";
import { wrap } from "../../src/portable.ts";
import { folderWith, kmsWrap, kmsWrapJson } from "../support/cli.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

const JITLESS = { nodeOptions: ["--jitless"] };
const WARNING =
  "this host has no WebAssembly: JavaScript computed instead, and how long that takes depends on the secrets";

const { spki, pkcs8 } = WRAPPING_KEY_PAIRS.SM2;
const material = new Uint8Array(32).fill(7);
const FILES = {
  "public.bin": spki,
  "private.bin": pkcs8,
  "material.bin": material,
  "wrapped.bin": wrap({ algorithm: "SM2PKE", publicKey: spki, keyMaterial: material }),
};

describe.each([
  "wrap --algorithm SM2PKE --out out.bin --public-key public.bin --in material.bin",
  "unwrap --algorithm SM2PKE --out out.bin --private-key private.bin --in wrapped.bin",
])("kms-wrap %s", (line) => {
  const args = line.split(" ");

  test("tells the engine, and has no more to say where WebAssembly runs", async () => {
    const { status, report } = await kmsWrapJson(args, { cwd: folderWith(FILES) });
    expect({ status, report }).toMatchObject({ status: 0, report: { engine: "wasm", warnings: [] } });
    expect((await kmsWrap(args, { cwd: folderWith(FILES) })).stderr).not.toContain("warning");
  });

  test("warns once where it does not", async () => {
    const { report } = await kmsWrapJson(args, { cwd: folderWith(FILES), ...JITLESS });
    expect(report).toMatchObject({ ok: true, engine: "portable", warnings: [WARNING] });
    const { status, stderr } = await kmsWrap(args, { cwd: folderWith(FILES), ...JITLESS });
    expect(status).toBe(0);
    const said = stderr.split("\n").filter((line) => line.includes("WebAssembly"));
    expect(said).toEqual([`kms-wrap: warning: ${WARNING}`]);
  });
});
