/** `kms-wrap inspect` in a process of its own: tells what a file is, and nothing that is secret. */

import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { folderWith, kmsWrap, kmsWrapJson } from "../support/cli.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";
import { zipOf } from "../support/zip.ts";

const { RSA_2048, SM2 } = WRAPPING_KEY_PAIRS;
const EC = generateKeyPairSync("ec", { namedCurve: "P-521" });
const ED25519 = generateKeyPairSync("ed25519");

const OAEP = ["RSAES_OAEP_SHA_256", "RSAES_OAEP_SHA_1"];
const RSA_AES = ["RSA_AES_KEY_WRAP_SHA_256", "RSA_AES_KEY_WRAP_SHA_1"];
const SYMMETRIC = ["SYMMETRIC_DEFAULT", "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512"];

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const SPKI = { type: "spki", format: "der" } as const;

async function inspect(content: Uint8Array | string): Promise<Record<string, unknown>> {
  const { status, stderr, report } = await kmsWrapJson(["inspect", "file"], {
    cwd: folderWith({ file: content }),
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const { ok, command, file, warnings, ...finding } = report;
  expect({ ok, command, file, warnings }).toEqual({
    ok: true,
    command: "inspect",
    file: "file",
    warnings: [],
  });
  return finding;
}

describe("finds", () => {
  test("an RSA wrapping key", async () => {
    const asymmetric = ["ECC_NIST_P256", "ECC_NIST_P384", "ECC_SECG_P256K1"];
    const rsaAes = [
      "RSA_2048",
      "RSA_3072",
      "RSA_4096",
      "ECC_NIST_P256",
      "ECC_NIST_P384",
      "ECC_NIST_P521",
      "ECC_SECG_P256K1",
      "ECC_NIST_EDWARDS25519",
    ];
    expect(await inspect(RSA_2048.spki)).toEqual({
      kind: "wrapping key",
      spec: "RSA_2048",
      fingerprint: sha256(RSA_2048.spki),
      wraps: {
        RSAES_OAEP_SHA_1: [...SYMMETRIC, ...asymmetric, "SM2"],
        RSAES_OAEP_SHA_256: [...SYMMETRIC, ...asymmetric, "SM2"],
        RSA_AES_KEY_WRAP_SHA_1: rsaAes,
        RSA_AES_KEY_WRAP_SHA_256: rsaAes,
      },
    });
  });

  test("an SM2 wrapping key, in base64", async () => {
    expect(await inspect(`${Buffer.from(SM2.spki).toString("base64")}\r\n`)).toMatchObject({
      kind: "wrapping key",
      spec: "SM2",
      fingerprint: sha256(SM2.spki),
      wraps: { SM2PKE: expect.arrayContaining(["RSA_4096", "SM2"]) },
    });
  });

  test.each([
    ["ECC_NIST_P521", EC.publicKey],
    ["ECC_NIST_EDWARDS25519", ED25519.publicKey],
  ])("the public key of a key for %s", async (keySpec, publicKey) => {
    expect(await inspect(publicKey.export({ type: "spki", format: "pem" }) as string)).toEqual({
      kind: "public key, not a wrapping key",
      keySpec,
      fingerprint: sha256(publicKey.export(SPKI)),
    });
  });

  test("key material, and what would be converted", async () => {
    expect(await inspect(EC.privateKey.export({ type: "sec1", format: "pem" }) as string)).toEqual({
      kind: "private key",
      keySpec: "ECC_NIST_P521",
      bytes: 241,
      form: "SEC 1 PEM",
      conversions: ["decoded from PEM", "converted from SEC 1 to PKCS#8"],
      publicKeyFingerprint: sha256(createPublicKey(EC.privateKey).export(SPKI)),
      wrappedBy: {
        RSA_2048: RSA_AES,
        RSA_3072: [...RSA_AES, ...OAEP],
        RSA_4096: [...RSA_AES, ...OAEP],
        SM2: ["SM2PKE"],
      },
    });
  });

  test("the private half of a wrapping key", async () => {
    expect(await inspect(RSA_2048.pkcs8)).toMatchObject({
      kind: "private key",
      keySpec: "RSA_2048",
      conversions: [],
      publicKeyFingerprint: sha256(RSA_2048.spki),
      opens: "what was wrapped under this RSA_2048 key",
    });
  });

  test.each<[number, string[]]>([
    [16, ["SYMMETRIC_DEFAULT"]],
    [32, ["SYMMETRIC_DEFAULT", "HMAC_224", "HMAC_256"]],
    [64, ["HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512"]],
    [129, []],
  ])("%i bytes that may be material for some key specs", async (length, keySpecs) => {
    const bytes = Uint8Array.from({ length }, (_, i) => 0xff - i);
    expect(await inspect(bytes)).toEqual({ kind: "bytes without a container", bytes: length, keySpecs });
  });

  test("bytes that look like something else", async () => {
    expect(await inspect("00112233445566778899aabbccddeeff")).toMatchObject({
      looksLike: "hexadecimal text",
    });
  });
});

test("shows it to people on stdout: that is what was asked for", async () => {
  const sec1 = EC.privateKey.export({ type: "sec1", format: "pem" }) as string;
  const { status, stdout, stderr } = await kmsWrap(["inspect", "-"], { input: sec1 });
  expect({ status, stdout: stdout.toString(), stderr }).toEqual({
    status: 0,
    stdout: `stdin: private key
  key spec              ECC_NIST_P521
  bytes of material     241
  form                  SEC 1 PEM
  conversions           decoded from PEM, converted from SEC 1 to PKCS#8
  public key's SHA-256  ${sha256(EC.publicKey.export(SPKI))}
  wrapped under         RSA_2048: RSA_AES_KEY_WRAP_SHA_256, RSA_AES_KEY_WRAP_SHA_1
                        RSA_3072, RSA_4096: RSA_AES_KEY_WRAP_SHA_256, RSA_AES_KEY_WRAP_SHA_1, RSAES_OAEP_SHA_256, RSAES_OAEP_SHA_1
                        SM2: SM2PKE
`,
    stderr: "",
  });
});

test.runIf(process.platform !== "win32")("shows no sequence that a terminal obeys", async () => {
  const name = "key\u001b]0;title\u0007\u009b31m\u{e0041}";
  const cwd = folderWith({ [name]: RSA_2048.spki });
  const { stdout } = await kmsWrap(["inspect", name], { cwd });
  expect(stdout.toString()).toMatch(/^key\?]0;title\?\?31m\?: wrapping key\n {2}key spec/);
  const inJson = (await kmsWrap(["inspect", "--json", name], { cwd })).stdout.toString();
  expect(inJson.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(inJson).toContain("\\u009b31m\\udb40\\udc41");
  expect(JSON.parse(inJson)).toMatchObject({ file: name });
});

describe("refuses", () => {
  const encrypted = EC.privateKey.export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase: "x",
  });
  test.each<[string, Uint8Array | string, string]>([
    ["an encrypted private key", encrypted as string, "ENCRYPTED_PRIVATE_KEY"],
    [
      "the console's download",
      zipOf([{ name: "ImportToken.bin", bytes: RSA_2048.spki }]),
      "UNSUPPORTED_FORMAT",
    ],
    ["an empty file", "", "EMPTY_KEY_MATERIAL"],
    ["a broken key", RSA_2048.spki.subarray(0, -1), "INVALID_DER"],
    ["a key with something behind it", Buffer.concat([SM2.pkcs8, Buffer.from("\n")]), "INVALID_DER"],
    ["more than a key can have", new Uint8Array(70_000), "INPUT_TOO_LARGE"],
  ])("%s", async (_, content, code) => {
    const run = await kmsWrapJson(["inspect", "file"], { cwd: folderWith({ file: content }) });
    expect(run).toMatchObject({ status: 1, stderr: "", report: { ok: false, error: { code } } });
    expect((run.report["error"] as { message: string }).message).toMatch(/^file: /);
  });
});

test("warns of an RSA modulus that can be factored", async () => {
  // a(a + 2): found at the first step of Fermat's method.
  const a = (3n << 1022n) | 1n;
  const modulus = Buffer.from((a * (a + 2n)).toString(16), "hex").toString("base64url");
  const weak = createPublicKey({ key: { kty: "RSA", n: modulus, e: "AQAB" }, format: "jwk" });
  const cwd = folderWith({ file: weak.export(SPKI) });
  const { report } = await kmsWrapJson(["inspect", "file"], { cwd });
  expect(report["warnings"]).toContainEqual(expect.stringContaining("close to each other"));
  expect((await kmsWrap(["inspect", "file"], { cwd })).stderr).toMatch(/^kms-wrap: warning: /m);
});
