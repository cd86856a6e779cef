/** `kms-wrap generate` in a process of its own: material of every kind, judged by node:crypto, not by this project. */

import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { KEY_SPECS, type KeySpec } from "../../src/keys/key-specs.ts";
import { kmsWrap, kmsWrapJson, temporaryFolder } from "../support/cli.ts";

const RAW: Readonly<Partial<Record<KeySpec, number>>> = {
  SYMMETRIC_DEFAULT: 32,
  HMAC_224: 28,
  HMAC_256: 32,
  HMAC_384: 48,
  HMAC_512: 64,
};
/** What node:crypto calls it. */
const KEYS: Readonly<Partial<Record<KeySpec, object>>> = {
  RSA_2048: { modulusLength: 2048, publicExponent: 65537n },
  RSA_3072: { modulusLength: 3072, publicExponent: 65537n },
  RSA_4096: { modulusLength: 4096, publicExponent: 65537n },
  ECC_NIST_P256: { namedCurve: "prime256v1" },
  ECC_NIST_P384: { namedCurve: "secp384r1" },
  ECC_NIST_P521: { namedCurve: "secp521r1" },
  ECC_SECG_P256K1: { namedCurve: "secp256k1" },
  ECC_NIST_EDWARDS25519: {},
  SM2: {}, // it reads and writes the key, but has no name for the curve
};
/** What tells a curve that node:crypto has no name for: its OID in the SubjectPublicKeyInfo, DER. */
const OIDS: Readonly<Partial<Record<string, string>>> = {
  ECC_NIST_EDWARDS25519: "06032b6570",
  SM2: "06082a811ccf5501822d",
};

async function generate(...more: string[]) {
  const cwd = temporaryFolder();
  const run = await kmsWrapJson(["generate", "--out", "key.bin", "--key-spec", ...more], { cwd });
  return { ...run, cwd, read: () => readFileSync(join(cwd, "key.bin")) };
}

describe("raw material", () => {
  test.each(Object.entries(RAW))("%s: %i bytes, its owner's alone", async (keySpec, bytes) => {
    const { status, report, cwd, read } = await generate(keySpec);
    expect({ status, report }).toEqual({
      status: 0,
      report: {
        ok: true,
        command: "generate",
        keyMaterial: { keySpec, bytes, form: "generated", conversions: [] },
        warnings: [],
        output: { file: "key.bin", bytes },
      },
    });
    expect(read().length).toBe(bytes);
    expect(new Set(read()).size).toBeGreaterThan(bytes / 2);
    if (process.platform !== "win32") expect(statSync(join(cwd, "key.bin")).mode & 0o777).toBe(0o600);
  });

  test("an SM4 key in China", async () => {
    const { status, read } = await generate("SYMMETRIC_DEFAULT", "--region", "cn-north-1");
    expect({ status, bytes: read().length }).toEqual({ status: 0, bytes: 16 });
  });

  test("never twice the same", async () => {
    const [a, b] = await Promise.all([generate("HMAC_256"), generate("HMAC_256")]);
    expect(a.read().equals(b.read())).toBe(false);
  });
});

describe("private keys", () => {
  test.each(Object.entries(KEYS))("%s", async (keySpec, details) => {
    const { status, report, read } = await generate(keySpec);
    expect(status).toBe(0);
    const privateKey = createPrivateKey({ key: read(), format: "der", type: "pkcs8" });
    expect(privateKey.asymmetricKeyDetails).toEqual(details);
    const publicKey = createPublicKey(privateKey).export({ type: "spki", format: "der" });
    expect(publicKey.toString("hex")).toContain(OIDS[keySpec] ?? "");
    const publicKeyFingerprint = createHash("sha256").update(publicKey).digest("hex");
    expect(report["keyMaterial"]).toEqual({
      keySpec,
      bytes: read().length,
      form: "generated",
      conversions: [],
      publicKeyFingerprint,
    });
    expect(privateKey.export({ type: "pkcs8", format: "der" }).equals(read())).toBe(true);
  });
});

test("says to people what it made", async () => {
  const cwd = temporaryFolder();
  const { stderr } = await kmsWrap(["generate", "--key-spec", "ECC_NIST_P256", "--out", "key.der"], { cwd });
  expect(stderr).toMatch(
    /^kms-wrap: made ECC_NIST_P256 key material, 138 bytes\nkms-wrap: SHA-256 of its public key: [0-9a-f]{64}\nkms-wrap: 138 bytes written to key.der\n$/,
  );
});

describe("refuses", () => {
  test("no key spec is left out", () => {
    const covered = [
      ...Object.keys(RAW),
      ...Object.keys(KEYS),
      ...KEY_SPECS.filter((name) => name.startsWith("ML_")),
    ];
    expect(covered.sort()).toEqual([...KEY_SPECS].sort());
  });

  test.each<[string, string[], number, string]>([
    ["a key spec that takes no import", ["ML_DSA_65"], 2, "UNSUPPORTED_KEY_SPEC"],
    ["a key spec that does not exist", ["AES_256"], 2, "UNSUPPORTED_KEY_SPEC"],
    ["a key spec that the region lacks", ["SM2", "--region", "eu-central-1"], 1, "UNAVAILABLE_IN_REGION"],
    ["a region that is none", ["SM2", "--region", "China"], 2, "INVALID_ARGUMENT"],
  ])("%s", async (_, more, status, code) => {
    const run = await generate(...more);
    expect(run).toMatchObject({ status, report: { ok: false, error: { code } } });
    expect(existsSync(join(run.cwd, "key.bin"))).toBe(false);
  });
});
