/** `kms-wrap unwrap` in a process of its own: every algorithm and encoding, one error for whatever is wrong. */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Sm2Encoding } from "../../src/formats/sm2-ciphertext.ts";
import { wrap } from "../../src/portable.ts";
import { WRAPPING_ALGORITHMS, type WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { sm2Encrypt } from "../../src/schemes.ts";
import { folderWith, kmsWrap, kmsWrapJson } from "../support/cli.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

const { RSA_2048, SM2 } = WRAPPING_KEY_PAIRS;
const MATERIAL = Uint8Array.from({ length: 48 }, (_, i) => 5 * i + 1);

function keysFor(algorithm: WrappingAlgorithm) {
  return algorithm === "SM2PKE" ? SM2 : RSA_2048;
}

function filesFor(
  algorithm: WrappingAlgorithm,
  change: (wrapped: Uint8Array) => Uint8Array = (same) => same,
) {
  const { spki, pkcs8 } = keysFor(algorithm);
  const wrapped = wrap({ algorithm, publicKey: spki, keyMaterial: MATERIAL });
  return { "private.key": pkcs8, "wrapped.bin": change(wrapped) };
}

function args(algorithm: string, ...more: string[]): string[] {
  return [
    "unwrap",
    "--private-key",
    "private.key",
    "--algorithm",
    algorithm,
    "--in",
    "wrapped.bin",
    "--out",
    "out.bin",
    ...more,
  ];
}

describe("unwraps", () => {
  test.each(WRAPPING_ALGORITHMS)("%s", async (algorithm) => {
    const cwd = folderWith(filesFor(algorithm));
    const run = await kmsWrap(args(algorithm), { cwd });
    const spec = algorithm === "SM2PKE" ? "SM2" : "RSA_2048";
    expect({ ...run, stdout: run.stdout.toString() }).toEqual({
      status: 0,
      stdout: "",
      stderr: `kms-wrap: unwrapped 48 bytes of key material with ${algorithm} and an ${spec} key
kms-wrap: 48 bytes written to out.bin
`,
    });
    expect(readFileSync(join(cwd, "out.bin"))).toEqual(Buffer.from(MATERIAL));
    if (process.platform !== "win32") expect(statSync(join(cwd, "out.bin")).mode & 0o777).toBe(0o600);
  });

  test("with the same key as PEM, from stdin to stdout", async () => {
    const cwd = folderWith(filesFor("SM2PKE"));
    const base64 = Buffer.from(SM2.pkcs8).toString("base64");
    const input = `-----BEGIN PRIVATE KEY-----\r\n${base64}\r\n-----END PRIVATE KEY-----\r\n`;
    const stdio = args("SM2PKE").with(2, "-").with(-1, "-");
    const { status, stdout } = await kmsWrap(stdio, { cwd, input });
    expect({ status, stdout }).toEqual({ status: 0, stdout: Buffer.from(MATERIAL) });
  });

  test.each<Sm2Encoding>(["asn1", "c1c3c2", "c1c2c3", "c1c3c2-no04", "c1c2c3-no04"])(
    "SM2 laid out as %s",
    async (encoding) => {
      const wrapped = sm2Encrypt({ publicKey: SM2.spki, message: MATERIAL, encoding });
      const cwd = folderWith({ "private.key": SM2.pkcs8, "wrapped.bin": wrapped });
      const { status } = await kmsWrap(args("SM2PKE", "--encoding", encoding), { cwd });
      expect({ status, opened: readFileSync(join(cwd, "out.bin")) }).toEqual({
        status: 0,
        opened: Buffer.from(MATERIAL),
      });
    },
  );

  test("and reports it to machines", async () => {
    const { status, report } = await kmsWrapJson(args("SM2PKE"), { cwd: folderWith(filesFor("SM2PKE")) });
    expect({ status, report }).toEqual({
      status: 0,
      report: {
        ok: true,
        command: "unwrap",
        algorithm: "SM2PKE",
        privateKey: { spec: "SM2", fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) },
        keyMaterial: { bytes: 48 },
        engine: "wasm",
        warnings: [],
        output: { file: "out.bin", bytes: 48 },
      },
    });
  });
});

describe("fails in one way", () => {
  const flipped = (wrapped: Uint8Array) => wrapped.with(-1, wrapped.at(-1)! ^ 1);

  test.each(WRAPPING_ALGORITHMS)("for a blob that was tampered with: %s", async (algorithm) => {
    await expectRefusal(filesFor(algorithm, flipped), args(algorithm), 1, "UNWRAP_FAILED");
  });

  test.each<[string, WrappingAlgorithm, string[], (wrapped: Uint8Array) => Uint8Array]>([
    ["another hash", "RSAES_OAEP_SHA_1", args("RSAES_OAEP_SHA_256"), (same) => same],
    ["another construction", "RSAES_OAEP_SHA_1", args("RSA_AES_KEY_WRAP_SHA_1"), (same) => same],
    ["another encoding", "SM2PKE", args("SM2PKE", "--encoding", "c1c2c3"), (same) => same],
    [
      "a byte too few",
      "RSA_AES_KEY_WRAP_SHA_256",
      args("RSA_AES_KEY_WRAP_SHA_256"),
      (all) => all.subarray(1),
    ],
    ["nothing", "SM2PKE", args("SM2PKE"), () => new Uint8Array(0)],
  ])("for %s", async (_, algorithm, unwrapArguments, change) => {
    await expectRefusal(filesFor(algorithm, change), unwrapArguments, 1, "UNWRAP_FAILED");
  });

  test("in the same words, to people too", async () => {
    const cwd = folderWith(filesFor("SM2PKE", flipped));
    const { stdout, stderr } = await kmsWrap(args("SM2PKE"), { cwd });
    expect({ stdout: stdout.length, stderr }).toEqual({
      stdout: 0,
      stderr: `kms-wrap: error: the wrapped key material could not be decrypted
kms-wrap: hint: check that the private key, the algorithm and the encoding are those it was wrapped with
`,
    });
  });
});

describe("refuses", () => {
  test.each<[string, string[], number, string]>([
    ["an unknown algorithm", args("SM2"), 2, "UNSUPPORTED_ALGORITHM"],
    ["an unknown encoding", args("SM2PKE", "--encoding", "der"), 2, "INVALID_ARGUMENT"],
    ["an algorithm for another type of key", args("RSAES_OAEP_SHA_1"), 1, "WRAPPING_KEY_MISMATCH"],
    ["what is no private key", args("SM2PKE").with(2, "material.bin"), 1, "UNRECOGNIZED_FORMAT"],
    ["a public key", args("SM2PKE").with(2, "public.key"), 1, "PUBLIC_KEY_AS_PRIVATE_KEY"],
    ["a key that is not there", args("SM2PKE").with(2, "nowhere"), 1, "CANNOT_READ"],
    ["a blob that is not there", args("SM2PKE").with(6, "nowhere"), 1, "CANNOT_READ"],
    ["a name that is taken", args("SM2PKE").with(8, "material.bin"), 1, "FILE_EXISTS"],
  ])("%s", async (_, unwrapArguments, status, code) => {
    await expectRefusal(
      { ...filesFor("SM2PKE"), "public.key": SM2.spki, "material.bin": MATERIAL },
      unwrapArguments,
      status,
      code,
    );
  });
});

async function expectRefusal(
  files: Readonly<Record<string, Uint8Array>>,
  unwrapArguments: readonly string[],
  status: number,
  code: string,
): Promise<void> {
  const cwd = folderWith(files);
  expect(await kmsWrapJson(unwrapArguments, { cwd })).toMatchObject({
    status,
    stderr: "",
    report: { ok: false, error: { code } },
  });
  expect(existsSync(join(cwd, "out.bin"))).toBe(false);
  expect(readdirSync(cwd).sort()).toEqual(Object.keys(files).sort());
}

test.each(["wrapped.bin", "private.key"])("never takes the place of %s, which it reads", async (input) => {
  const files = filesFor("RSAES_OAEP_SHA_256");
  const cwd = folderWith(files);
  const command = args("RSAES_OAEP_SHA_256", "--force").map((part) => part.replace("out.bin", input));
  const { status, report } = await kmsWrapJson(command, { cwd });
  expect({ status, report }).toMatchObject({ status: 2, report: { error: { code: "MISUSE" } } });
  expect(readFileSync(join(cwd, input))).toEqual(Buffer.from(files[input as keyof typeof files]));
});
