/** `kms-wrap wrap` in a process of its own: what it makes, what it says, what it refuses. */

import { spawnSync } from "node:child_process";
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { KeySpec } from "../../src/keys/key-specs.ts";
import { parseUnwrappingKey } from "../../src/keys/unwrapping-key.ts";
import { unwrap } from "../../src/portable.ts";
import type { WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { commandPath, folderWith, kmsWrap, kmsWrapJson } from "../support/cli.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

const { RSA_2048, RSA_3072, SM2 } = WRAPPING_KEY_PAIRS;

const BYTES_32 = Uint8Array.from({ length: 32 }, (_, i) => 0xf0 - 7 * i);
const EC_KEY = generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey;
const P521_KEY = generateKeyPairSync("ec", { namedCurve: "P-521" }).privateKey;
const exported = (key: KeyObject, type: "pkcs8" | "sec1", format: "der" | "pem") =>
  key.export({ type, format } as never) as Buffer;
const EC_PKCS8 = exported(EC_KEY, "pkcs8", "der");

const FILES = {
  "rsa.pub": RSA_2048.spki,
  "rsa3072.pub": RSA_3072.spki,
  "sm2.pub": SM2.spki,
  "rsa.key": RSA_2048.pkcs8,
  "aes.bin": BYTES_32,
  "ec.pem": exported(EC_KEY, "sec1", "pem"),
  "p521.der": exported(P521_KEY, "pkcs8", "der"),
  "encrypted.pem": EC_KEY.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }),
  "16.bin": BYTES_32.subarray(16),
  "40.bin": Buffer.concat([BYTES_32, BYTES_32.subarray(8, 16)]),
  "newline.bin": Buffer.concat([BYTES_32, Buffer.from("\n")]),
  "hex.txt": Buffer.from(BYTES_32).toString("hex"),
  "base64.txt": Buffer.from(BYTES_32).toString("base64"),
  "empty.bin": "",
  "large.bin": new Uint8Array(2 ** 20 + 1),
  "taken.bin": "taken",
};

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const PRIVATE_KEYS: Readonly<Record<string, Uint8Array>> = {
  "rsa.pub": RSA_2048.pkcs8,
  "rsa3072.pub": RSA_3072.pkcs8,
  "sm2.pub": SM2.pkcs8,
};

function opened(algorithm: WrappingAlgorithm, publicKey: string, wrapped: Uint8Array): Buffer {
  const privateKey = parseUnwrappingKey(PRIVATE_KEYS[publicKey]!);
  return Buffer.from(unwrap({ algorithm, privateKey, wrapped: Uint8Array.from(wrapped) }));
}

function args(publicKey: string, algorithm: string, input: string, ...more: string[]): string[] {
  return [
    "wrap",
    "--public-key",
    publicKey,
    "--algorithm",
    algorithm,
    "--in",
    input,
    "--out",
    "out.bin",
    ...more,
  ];
}

describe("wraps", () => {
  test("a symmetric key, and says what it did", async () => {
    const cwd = folderWith(FILES);
    const run = await kmsWrap(
      args("rsa.pub", "RSAES_OAEP_SHA_256", "aes.bin", "--key-spec", "SYMMETRIC_DEFAULT"),
      { cwd },
    );
    expect({ ...run, stdout: run.stdout.toString() }).toEqual({
      status: 0,
      stdout: "",
      stderr: `kms-wrap: wrapped 32 bytes of SYMMETRIC_DEFAULT key material with RSAES_OAEP_SHA_256 under an RSA_2048 key
kms-wrap: SHA-256 of the wrapping key: ${sha256(RSA_2048.spki)}
kms-wrap: 256 bytes written to out.bin
`,
    });
    expect(opened("RSAES_OAEP_SHA_256", "rsa.pub", readFileSync(join(cwd, "out.bin")))).toEqual(
      Buffer.from(BYTES_32),
    );
    expect(readdirSync(cwd).sort()).toEqual([...Object.keys(FILES), "out.bin"].sort());
  });

  test("a private key in whatever form as PKCS#8, and reports the conversion", async () => {
    const cwd = folderWith(FILES);
    const run = await kmsWrapJson(args("rsa.pub", "RSA_AES_KEY_WRAP_SHA_256", "ec.pem"), { cwd });
    expect(run).toEqual({
      status: 0,
      stderr: "",
      report: {
        ok: true,
        command: "wrap",
        algorithm: "RSA_AES_KEY_WRAP_SHA_256",
        wrappingKey: { spec: "RSA_2048", fingerprint: sha256(RSA_2048.spki) },
        keyMaterial: {
          keySpec: "ECC_NIST_P384",
          bytes: 185,
          form: "SEC 1 PEM",
          conversions: ["decoded from PEM", "converted from SEC 1 to PKCS#8"],
          publicKeyFingerprint: sha256(publicSpki(EC_KEY)),
        },
        engine: "wasm",
        warnings: [],
        output: { file: "out.bin", bytes: 456 },
      },
    });
    expect(opened("RSA_AES_KEY_WRAP_SHA_256", "rsa.pub", readFileSync(join(cwd, "out.bin")))).toEqual(
      EC_PKCS8,
    );
  });

  test("what PowerShell wrote: UTF-16 with a byte order mark and CRLF", async () => {
    const powershell = (pem: string | Buffer) =>
      Buffer.from(`\ufeff${pem.toString().replaceAll("\n", "\r\n")}`, "utf16le");
    const spki = `-----BEGIN PUBLIC KEY-----\n${Buffer.from(SM2.spki).toString("base64")}\n-----END PUBLIC KEY-----\n`;
    const cwd = folderWith({ "sm2.pub": powershell(spki), "ec.pem": powershell(FILES["ec.pem"]) });
    expect(await kmsWrap(args("sm2.pub", "SM2PKE", "ec.pem"), { cwd })).toMatchObject({ status: 0 });
    expect(opened("SM2PKE", "sm2.pub", readFileSync(join(cwd, "out.bin")))).toEqual(EC_PKCS8);
  });

  test("from stdin to stdout, which carries data only", async () => {
    const cwd = folderWith(FILES);
    const run = await kmsWrap(
      ["wrap", "--public-key=rsa.pub", "--algorithm=RSAES_OAEP_SHA_1", "--in=-", "--out=-"],
      {
        cwd,
        input: BYTES_32,
      },
    );
    expect(run.status).toBe(0);
    expect(opened("RSAES_OAEP_SHA_1", "rsa.pub", run.stdout)).toEqual(Buffer.from(BYTES_32));
    expect(run.stderr).not.toContain("written");
  });

  test("from stdin to stdout, with the report on stderr", async () => {
    const cwd = folderWith(FILES);
    const run = await kmsWrap(
      ["wrap", "--public-key=-", "--algorithm=SM2PKE", "--in=aes.bin", "--out=-", "--json"],
      {
        cwd,
        input: SM2.spki,
      },
    );
    expect(run.status).toBe(0);
    expect(opened("SM2PKE", "sm2.pub", run.stdout)).toEqual(Buffer.from(BYTES_32));
    expect(JSON.parse(run.stderr)).toMatchObject({
      ok: true,
      output: { file: "-", bytes: run.stdout.length },
    });
  });

  test.each<[string, string[], Uint8Array | Buffer]>([
    ["hexadecimal", ["hex.txt", "--raw"], Buffer.from(FILES["hex.txt"])],
    [
      "hexadecimal as a long HMAC key",
      ["hex.txt", "--raw", "--key-spec", "HMAC_256"],
      Buffer.from(FILES["hex.txt"]),
    ],
    ["a line break behind it", ["newline.bin", "--raw"], FILES["newline.bin"]],
    ["a key", ["ec.pem", "--raw"], FILES["ec.pem"]],
  ])("bytes that look like %s, if told that they are raw", async (_, input, expected) => {
    const cwd = folderWith(FILES);
    expect(
      await kmsWrap(
        args(
          "rsa3072.pub",
          input.includes("ec.pem") ? "RSA_AES_KEY_WRAP_SHA_1" : "RSAES_OAEP_SHA_256",
          input[0]!,
          ...input.slice(1),
        ),
        { cwd },
      ),
    ).toMatchObject({ status: 0 });
    const algorithm = input.includes("ec.pem") ? "RSA_AES_KEY_WRAP_SHA_1" : "RSAES_OAEP_SHA_256";
    expect(opened(algorithm, "rsa3072.pub", readFileSync(join(cwd, "out.bin")))).toEqual(
      Buffer.from(expected),
    );
  });

  test("bytes that nothing explains as they are, without a key spec", async () => {
    const cwd = folderWith(FILES);
    const { status, report } = await kmsWrapJson(args("rsa.pub", "RSA_AES_KEY_WRAP_SHA_1", "40.bin"), {
      cwd,
    });
    expect({ status, keyMaterial: report["keyMaterial"] }).toEqual({
      status: 0,
      keyMaterial: { bytes: 40, form: "raw bytes", conversions: [] },
    });
  });

  test("and warns of what is legal and yet may be a mistake", async () => {
    const cwd = folderWith(FILES);
    const wrapArguments = args("rsa.pub", "RSAES_OAEP_SHA_256", "40.bin", "--key-spec", "HMAC_256");
    const { stderr } = await kmsWrap(wrapArguments, { cwd });
    expect(stderr).toMatch(/^kms-wrap: warning: 40 bytes are legal for HMAC_256/m);
    const { report } = await kmsWrapJson([...wrapArguments, "--force"], { cwd });
    expect(report["warnings"]).toEqual([expect.stringContaining("40 bytes are legal for HMAC_256")]);
  });

  test.each<[KeySpec, string, WrappingAlgorithm, string, string?]>([
    ["SYMMETRIC_DEFAULT", "16.bin", "RSAES_OAEP_SHA_256", "rsa.pub", "cn-north-1"],
    ["SYMMETRIC_DEFAULT", "aes.bin", "RSAES_OAEP_SHA_1", "rsa3072.pub", "eu-central-1"],
    ["HMAC_224", "aes.bin", "RSAES_OAEP_SHA_256", "rsa.pub"],
    ["RSA_2048", "rsa.key", "RSA_AES_KEY_WRAP_SHA_256", "rsa.pub"],
    ["RSA_2048", "rsa.key", "SM2PKE", "sm2.pub", "cn-northwest-1"],
    ["ECC_NIST_P384", "ec.pem", "RSAES_OAEP_SHA_256", "rsa.pub"],
    ["ECC_NIST_P521", "p521.der", "RSAES_OAEP_SHA_1", "rsa3072.pub"],
  ])("%s (%s) by %s under %s", async (keySpec, input, algorithm, publicKey, region) => {
    const cwd = folderWith(FILES);
    const more = ["--key-spec", keySpec, ...(region ? ["--region", region] : [])];
    const { status, report } = await kmsWrapJson(args(publicKey, algorithm, input, ...more), { cwd });
    expect({ status, keySpec: (report["keyMaterial"] as { keySpec: string }).keySpec }).toEqual({
      status: 0,
      keySpec,
    });
  });
});

describe("refuses", () => {
  test.each<[string, string[], number, string]>([
    ["a file that is not there", args("nowhere", "SM2PKE", "aes.bin"), 1, "CANNOT_READ"],
    ["a folder for a file", args("rsa.pub", "RSAES_OAEP_SHA_256", "."), 1, "CANNOT_READ"],
    [
      "a file of more than a megabyte",
      args("rsa.pub", "RSA_AES_KEY_WRAP_SHA_1", "large.bin"),
      1,
      "INPUT_TOO_LARGE",
    ],
    ["an unknown algorithm", args("rsa.pub", "RSA_OAEP", "aes.bin"), 2, "UNSUPPORTED_ALGORITHM"],
    ["a retired algorithm", args("rsa.pub", "RSAES_PKCS1_V1_5", "aes.bin"), 1, "RETIRED_ALGORITHM"],
    [
      "a private key for the wrapping key",
      args("rsa.key", "RSAES_OAEP_SHA_1", "aes.bin"),
      1,
      "PRIVATE_KEY_AS_WRAPPING_KEY",
    ],
    [
      "material for the wrapping key",
      args("aes.bin", "RSAES_OAEP_SHA_1", "aes.bin"),
      1,
      "UNRECOGNIZED_FORMAT",
    ],
    [
      "an algorithm for another type of key",
      args("sm2.pub", "RSAES_OAEP_SHA_1", "aes.bin"),
      1,
      "WRAPPING_KEY_MISMATCH",
    ],
    ["SM2PKE under RSA", args("rsa.pub", "SM2PKE", "aes.bin"), 1, "WRAPPING_KEY_MISMATCH"],
    ["nothing", args("rsa.pub", "RSAES_OAEP_SHA_1", "empty.bin"), 1, "EMPTY_KEY_MATERIAL"],
    [
      "material too long for the algorithm",
      args("rsa.pub", "RSAES_OAEP_SHA_256", "p521.der"),
      1,
      "KEY_MATERIAL_TOO_LONG",
    ],
    [
      "a public key for material",
      args("rsa.pub", "RSAES_OAEP_SHA_1", "sm2.pub"),
      1,
      "PUBLIC_KEY_AS_KEY_MATERIAL",
    ],
    [
      "an encrypted private key",
      args("rsa.pub", "RSAES_OAEP_SHA_1", "encrypted.pem"),
      1,
      "ENCRYPTED_PRIVATE_KEY",
    ],
    ["hexadecimal", args("rsa.pub", "RSAES_OAEP_SHA_1", "hex.txt"), 1, "RAW_MATERIAL_LOOKS_ENCODED"],
    ["base64", args("rsa.pub", "RSAES_OAEP_SHA_1", "base64.txt"), 1, "RAW_MATERIAL_LOOKS_ENCODED"],
    [
      "a line break behind the key",
      args("rsa.pub", "RSAES_OAEP_SHA_1", "newline.bin"),
      1,
      "RAW_MATERIAL_LOOKS_ENCODED",
    ],
    [
      "a name that is taken",
      args("rsa.pub", "RSAES_OAEP_SHA_1", "aes.bin").with(-1, "taken.bin"),
      1,
      "FILE_EXISTS",
    ],
    [
      "a folder that is not there",
      args("rsa.pub", "RSAES_OAEP_SHA_1", "aes.bin").with(-1, "no/out.bin"),
      1,
      "CANNOT_WRITE",
    ],
  ])("%s", async (_, wrapArguments, status, code) => expectRefusal(wrapArguments, status, code));

  test.each<[string, string, string, string, string[], number, string]>([
    [
      "a key spec that does not exist",
      "rsa.pub",
      "RSAES_OAEP_SHA_1",
      "aes.bin",
      ["AES_256"],
      2,
      "UNSUPPORTED_KEY_SPEC",
    ],
    [
      "a region that is none",
      "rsa.pub",
      "RSAES_OAEP_SHA_1",
      "aes.bin",
      ["HMAC_256", "--region", "Frankfurt"],
      2,
      "INVALID_ARGUMENT",
    ],
    [
      "raw material of another length",
      "rsa.pub",
      "RSAES_OAEP_SHA_1",
      "40.bin",
      ["SYMMETRIC_DEFAULT"],
      1,
      "RAW_MATERIAL_LENGTH",
    ],
    [
      "an SM4 key outside of China",
      "rsa.pub",
      "RSAES_OAEP_SHA_1",
      "16.bin",
      ["SYMMETRIC_DEFAULT"],
      1,
      "RAW_MATERIAL_LENGTH",
    ],
    [
      "an AES key in China",
      "rsa.pub",
      "RSAES_OAEP_SHA_1",
      "aes.bin",
      ["SYMMETRIC_DEFAULT", "--region", "cn-north-1"],
      1,
      "RAW_MATERIAL_LENGTH",
    ],
    [
      "hexadecimal of a legal length",
      "rsa.pub",
      "RSAES_OAEP_SHA_1",
      "hex.txt",
      ["HMAC_512"],
      1,
      "RAW_MATERIAL_LOOKS_ENCODED",
    ],
    ["another key", "rsa.pub", "RSAES_OAEP_SHA_1", "ec.pem", ["ECC_NIST_P256"], 1, "KEY_SPEC_MISMATCH"],
    ["a raw scalar", "rsa.pub", "RSAES_OAEP_SHA_1", "aes.bin", ["ECC_NIST_P256"], 1, "RAW_PRIVATE_SCALAR"],
  ])("%s, with a key spec", async (_, publicKey, algorithm, input, [keySpec, ...more], status, code) =>
    expectRefusal(args(publicKey, algorithm, input, "--key-spec", keySpec!, ...more), status, code),
  );

  // The material is not even there: what the rules rule out is refused before it is read.
  test.each<[KeySpec, WrappingAlgorithm, string, string, string?]>([
    ["SYMMETRIC_DEFAULT", "RSA_AES_KEY_WRAP_SHA_256", "rsa.pub", "INCOMPATIBLE_KEY_SPEC"],
    ["HMAC_256", "SM2PKE", "sm2.pub", "INCOMPATIBLE_KEY_SPEC"],
    ["RSA_2048", "RSAES_OAEP_SHA_256", "rsa3072.pub", "INCOMPATIBLE_KEY_SPEC"],
    ["ECC_NIST_P521", "RSAES_OAEP_SHA_1", "rsa.pub", "INCOMPATIBLE_KEY_SPEC"],
    ["SM2", "RSA_AES_KEY_WRAP_SHA_1", "rsa.pub", "INCOMPATIBLE_KEY_SPEC"],
    ["ML_KEM_768", "RSAES_OAEP_SHA_256", "rsa.pub", "INCOMPATIBLE_KEY_SPEC"],
    ["RSA_4096", "RSA_AES_KEY_WRAP_SHA_256", "rsa.pub", "UNAVAILABLE_IN_REGION", "cn-north-1"],
    ["ECC_NIST_P256", "SM2PKE", "sm2.pub", "UNAVAILABLE_IN_REGION", "us-east-1"],
    ["SM2", "RSAES_OAEP_SHA_256", "rsa.pub", "UNAVAILABLE_IN_REGION", "eu-west-1"],
  ])("%s by %s under %s: %s", async (keySpec, algorithm, publicKey, code, region) => {
    const more = ["--key-spec", keySpec, ...(region ? ["--region", region] : [])];
    await expectRefusal(args(publicKey, algorithm, "nowhere", ...more), 1, code);
  });

  test("in words that name the file and say what to do", async () => {
    const cwd = folderWith(FILES);
    const run = await kmsWrap(args("rsa.pub", "RSAES_OAEP_SHA_1", "newline.bin"), { cwd });
    expect({ ...run, stdout: run.stdout.toString() }).toEqual({
      status: 1,
      stdout: "",
      stderr: `kms-wrap: error: newline.bin: 33 bytes that look like a key of 32 bytes with a line break behind it
kms-wrap: hint: cut it off: head -c 32 FILE > key.bin; if these bytes are the key, say so: --raw
`,
    });
  });

  test("in words that are options, where the library has properties", async () => {
    const cwd = folderWith(FILES);
    const run = await kmsWrap(args("rsa.pub", "RSAES_OAEP_SHA_1", "hex.txt", "--key-spec", "HMAC_512"), {
      cwd,
    });
    expect(run.stderr).toMatch(/ > key\.bin; if these bytes are the key, say so: --raw\n$/);
  });
});

function publicSpki(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ type: "spki", format: "der" });
}

async function expectRefusal(wrapArguments: readonly string[], status: number, code: string): Promise<void> {
  const cwd = folderWith(FILES);
  const run = await kmsWrapJson(wrapArguments, { cwd });
  expect(run).toMatchObject({ status, stderr: "", report: { ok: false, error: { code } } });
  expect(existsSync(join(cwd, "out.bin"))).toBe(false);
  expect(readdirSync(cwd).sort()).toEqual(Object.keys(FILES).sort());
  expect(readFileSync(join(cwd, "taken.bin"), "utf8")).toBe("taken");
}

describe("never takes the place of what it reads", () => {
  const command = (...more: string[]) => [
    ...["wrap", "--public-key", "rsa.pub", "--algorithm", "RSAES_OAEP_SHA_256", "--force"],
    ...more,
  ];

  test.each<[string, string[]]>([
    ["aes.bin", ["--in", "aes.bin", "--out", "aes.bin"]],
    ["aes.bin", ["--in", "aes.bin", "--out", "../folder/link"]],
    ["aes.bin", ["--in", "link", "--out", "aes.bin"]],
    ["rsa.pub", ["--in", "aes.bin", "--out", "rsa.pub"]],
  ])("%s: %j", async (input, options) => {
    const cwd = folderWith(FILES);
    symlinkSync("aes.bin", join(cwd, "link"));
    const args = command(...options).map((part) => part.replace("../folder", `../${basename(cwd)}`));
    const { status, report } = await kmsWrapJson(args, { cwd });
    expect({ status, report }).toMatchObject({ status: 2, report: { error: { code: "MISUSE" } } });
    expect(readFileSync(join(cwd, input))).toEqual(Buffer.from(FILES[input as "aes.bin" | "rsa.pub"]));
  });

  test("stdin, where that is a file", () => {
    const cwd = folderWith(FILES);
    const stdin = openSync(join(cwd, "aes.bin"), "r");
    const args = command("--in", "-", "--out", "aes.bin");
    const { status, stderr } = spawnSync(process.execPath, [commandPath(), ...args], {
      cwd,
      stdio: [stdin, "pipe", "pipe"],
    });
    closeSync(stdin);
    expect({ status, stderr: stderr.toString() }).toEqual({
      status: 2,
      stderr: `kms-wrap: error: writing aes.bin would replace what is read from stdin
kms-wrap: hint: choose another name or folder for the result
`,
    });
    expect(readFileSync(join(cwd, "aes.bin"))).toEqual(Buffer.from(BYTES_32));
  });

  test("but that of another file", async () => {
    const cwd = folderWith(FILES);
    const { status } = await kmsWrap(command("--in", "aes.bin", "--out", "taken.bin"), { cwd });
    expect(status).toBe(0);
    expect(readFileSync(join(cwd, "taken.bin"))).toHaveLength(256);
  });
});
