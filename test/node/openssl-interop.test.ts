/**
 * OpenSSL's command line opens what this project wraps, and the other way round: each algorithm under each wrapping
 * key, all key material that fits by mechanism, whatever a KMS would allow.
 */

import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { WRAPPING_KEY_SPECS, type WrappingKeySpec } from "../../src/keys/key-specs.ts";
import { parseUnwrappingKey } from "../../src/keys/unwrapping-key.ts";
import { parseWrappingKey } from "../../src/keys/wrapping-key.ts";
import { unwrap, wrap } from "../../src/portable.ts";
import { algorithmsFor, type WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { kmsWrap, temporaryFolder } from "../support/cli.ts";
import { hasOpenssl3, openssl } from "../support/openssl.ts";
import { opensslUnwrap, opensslWrap } from "../support/openssl-wrapping.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

const CURVES = {
  ECC_NIST_P256: "P-256",
  ECC_NIST_P384: "P-384",
  ECC_NIST_P521: "P-521",
  ECC_SECG_P256K1: "secp256k1",
  SM2: "SM2",
};
const MODULUS_BYTES: Readonly<Record<WrappingKeySpec, number>> = {
  RSA_2048: 256,
  RSA_3072: 384,
  RSA_4096: 512,
  SM2: 0,
};

/** Key material by name: raw keys of each length that matters, private keys as PKCS#8. */
const MATERIAL = new Map<string, Uint8Array>([
  ["32 bytes", randomBytes(32)],
  ["28 bytes", randomBytes(28)],
  ["48 bytes", randomBytes(48)],
  ["64 bytes", randomBytes(64)],
  ["RSA_2048", WRAPPING_KEY_PAIRS.RSA_2048.pkcs8],
  ["RSA_3072", WRAPPING_KEY_PAIRS.RSA_3072.pkcs8],
  ["RSA_4096", WRAPPING_KEY_PAIRS.RSA_4096.pkcs8],
]);

const COMBINATIONS = WRAPPING_KEY_SPECS.flatMap((spec) =>
  algorithmsFor(spec === "SM2" ? "SM2" : "RSA").map((algorithm) => ({ algorithm, spec })),
);

/** The longest message of RSAES-OAEP by the published table; the others take any. */
function maxBytes(algorithm: WrappingAlgorithm, spec: WrappingKeySpec): number {
  if (!algorithm.startsWith("RSAES_OAEP_")) return Number.POSITIVE_INFINITY;
  const sha1 = { RSA_2048: 214, RSA_3072: 342, RSA_4096: 470, SM2: 0 };
  const sha256 = { RSA_2048: 190, RSA_3072: 318, RSA_4096: 446, SM2: 0 };
  return (algorithm === "RSAES_OAEP_SHA_1" ? sha1 : sha256)[spec];
}

/** One byte, around the semiblock of KWP, and the longest that RSAES-OAEP takes. */
function edges(algorithm: WrappingAlgorithm, spec: WrappingKeySpec) {
  const longest = maxBytes(algorithm, spec);
  const lengths = [1, 7, 8, 9, ...(longest === Number.POSITIVE_INFINITY ? [] : [longest])];
  return lengths.map((length) => ({ name: `${length} bytes`, bytes: Uint8Array.from(randomBytes(length)) }));
}

/** What fits, and what does not. */
function materialFor(algorithm: WrappingAlgorithm, spec: WrappingKeySpec) {
  const limit = maxBytes(algorithm, spec);
  const all = [...MATERIAL].map(([name, bytes]) => ({ name, bytes }));
  return {
    fitting: all.filter(({ bytes }) => bytes.length <= limit),
    tooLong: all.filter(({ bytes }) => bytes.length > limit),
  };
}

describe.runIf(hasOpenssl3())("with OpenSSL 3", () => {
  beforeAll(async () => {
    const keys = Object.entries(CURVES).map(async ([name, curve]): Promise<[string, Uint8Array]> => {
      const pem = await openssl(["genpkey", "-algorithm", "EC", "-pkeyopt", `ec_paramgen_curve:${curve}`]);
      return [name, await openssl(["pkcs8", "-topk8", "-nocrypt", "-in", "pem", "-outform", "DER"], { pem })];
    });
    for (const [name, pkcs8] of await Promise.all(keys)) MATERIAL.set(name, pkcs8);
  });

  test("all key material is there", () => {
    expect(Object.fromEntries([...MATERIAL].map(([name, { length }]) => [name, length]))).toMatchObject({
      ECC_NIST_P256: 138,
      ECC_NIST_P384: 185,
      ECC_NIST_P521: 241,
      ECC_SECG_P256K1: 135,
      SM2: 138,
    });
    expect(MATERIAL.size).toBe(12);
  });

  describe.each(COMBINATIONS)("$algorithm under $spec", ({ algorithm, spec }) => {
    const { spki, pkcs8 } = WRAPPING_KEY_PAIRS[spec];
    const publicKey = parseWrappingKey(spki);
    const privateKey = parseUnwrappingKey(pkcs8);

    test("OpenSSL opens what we wrap", async () => {
      const fitting = [...materialFor(algorithm, spec).fitting, ...edges(algorithm, spec)];
      const opened = fitting.map(({ bytes }) =>
        opensslUnwrap(
          algorithm,
          pkcs8,
          wrap({ algorithm, publicKey, keyMaterial: bytes }),
          MODULUS_BYTES[spec],
        ),
      );
      await expect(Promise.all(opened)).resolves.toEqual(fitting.map(({ bytes }) => Uint8Array.from(bytes)));
    });

    test("we open what OpenSSL wraps", async () => {
      const fitting = [...materialFor(algorithm, spec).fitting, ...edges(algorithm, spec)];
      const wrapped = await Promise.all(fitting.map(({ bytes }) => opensslWrap(algorithm, spki, bytes)));
      const opened = wrapped.map(async (blob) => unwrap({ algorithm, privateKey, wrapped: blob }));
      await expect(Promise.all(opened)).resolves.toEqual(fitting.map(({ bytes }) => Uint8Array.from(bytes)));
    });

    test("what is too long is refused", () => {
      for (const { name, bytes } of materialFor(algorithm, spec).tooLong)
        expect(() => wrap({ algorithm, publicKey, keyMaterial: bytes }), name).toThrow(
          expect.objectContaining({ code: "KEY_MATERIAL_TOO_LONG" }),
        );
    });
  });

  test.each(COMBINATIONS)("the command: $algorithm under $spec, both ways", async ({ algorithm, spec }) => {
    const { spki, pkcs8 } = WRAPPING_KEY_PAIRS[spec];
    const cwd = temporaryFolder();
    const write = (file: string, content: Uint8Array) => writeFileSync(join(cwd, file), content);
    const run = (command: string, ...args: string[]) =>
      kmsWrap([command, "--algorithm", algorithm, "--force", ...args], { cwd });
    write("public.bin", spki);
    write("private.bin", pkcs8);

    for (const { name, bytes } of materialFor(algorithm, spec).fitting) {
      write("material.bin", bytes);
      const wrap = await run(
        "wrap",
        "--public-key",
        "public.bin",
        "--in",
        "material.bin",
        "--out",
        "wrapped.bin",
      );
      expect(wrap, name).toMatchObject({ status: 0 });
      const wrapped = readFileSync(join(cwd, "wrapped.bin"));
      const opened = await opensslUnwrap(algorithm, pkcs8, wrapped, MODULUS_BYTES[spec]);
      expect(opened, name).toEqual(Uint8Array.from(bytes));

      write("openssl.bin", await opensslWrap(algorithm, spki, bytes));
      const unwrap = await run(
        "unwrap",
        "--private-key",
        "private.bin",
        "--in",
        "openssl.bin",
        "--out",
        "opened.bin",
      );
      expect(unwrap, name).toMatchObject({ status: 0 });
      expect(readFileSync(join(cwd, "opened.bin")), name).toEqual(Buffer.from(bytes));
    }
  });
});
