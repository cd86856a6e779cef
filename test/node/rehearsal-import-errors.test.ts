/** Every error that an import can end with, as the SDK's client sees it. */

import {
  DecryptCommand,
  DeleteImportedKeyMaterialCommand,
  DescribeKeyCommand,
  EncryptCommand,
  ExpiredImportTokenException,
  GetPublicKeyCommand,
  ImportKeyMaterialCommand,
  IncorrectKeyMaterialException,
  InvalidCiphertextException,
  InvalidImportTokenException,
  KMSInvalidStateException,
  NotFoundException,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { afterEach, describe, expect, test } from "vitest";
import { parseWrappingKey, wrap } from "../../src/index.ts";
import type { WrappingKeySpec } from "../../src/keys/key-specs.ts";
import type { WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { createKey, getParameters, importBytes } from "../support/import-steps.ts";
import { materialFor } from "../support/imported-material.ts";
import { CHINA_REGION, useRehearsal, WORLD_REGION } from "../support/rehearsal.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 23, 10, 11, 12);

let now = START;
const suite = useRehearsal({ clock: () => new Date(now) });
afterEach(() => {
  now = START;
});

const aesKey = materialFor("SYMMETRIC_DEFAULT").bytes;
const otherKey = aesKey.map((byte) => byte ^ 1);

/** Brings these bytes for a key, whatever they are. */
function importCommand(KeyId: string, ImportToken: Uint8Array | undefined, EncryptedKeyMaterial: Uint8Array) {
  const ExpirationModel = "KEY_MATERIAL_DOES_NOT_EXPIRE";
  return new ImportKeyMaterialCommand({ KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel });
}

describe("InvalidCiphertextException", () => {
  const wrappedAs = async (asked: WrappingAlgorithm, done: WrappingAlgorithm) => {
    const kms = suite.client();
    const KeyId = await createKey(kms, { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
    const { ImportToken, PublicKey } = await getParameters(kms, KeyId, asked);
    const keyMaterial = materialFor("ECC_NIST_P256").bytes;
    const wrapped = wrap({ algorithm: done, publicKey: PublicKey!, keyMaterial });
    return kms.send(importCommand(KeyId, ImportToken, wrapped));
  };

  test.each<[WrappingAlgorithm, WrappingAlgorithm]>([
    ["RSAES_OAEP_SHA_256", "RSAES_OAEP_SHA_1"],
    ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"],
    ["RSA_AES_KEY_WRAP_SHA_256", "RSA_AES_KEY_WRAP_SHA_1"],
    ["RSA_AES_KEY_WRAP_SHA_1", "RSAES_OAEP_SHA_1"],
    ["RSAES_OAEP_SHA_256", "RSA_AES_KEY_WRAP_SHA_256"],
  ])("asked for %s, wrapped by %s", async (asked, done) => {
    await expect(wrappedAs(asked, asked)).resolves.toBeDefined();
    await expect(wrappedAs(asked, done)).rejects.toBeInstanceOf(InvalidCiphertextException);
  });

  test("the key of one download with the token of another", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    const [first, second] = [await getParameters(kms, KeyId), await getParameters(kms, KeyId)];
    expect(first.PublicKey).not.toEqual(second.PublicKey);
    const algorithm = "RSAES_OAEP_SHA_256";
    const send = ({ ImportToken }: typeof first, { PublicKey }: typeof first) => {
      const wrapped = wrap({ algorithm, publicKey: PublicKey!, keyMaterial: aesKey });
      return kms.send(importCommand(KeyId, ImportToken, wrapped));
    };
    await expect(send(first, second)).rejects.toBeInstanceOf(InvalidCiphertextException);
    await expect(send(second, first)).rejects.toBeInstanceOf(InvalidCiphertextException);
    await expect(send(first, first)).resolves.toMatchObject({ KeyId });
    await expect(send(second, second)).resolves.toMatchObject({ KeyId });
  });

  test.each<[WrappingAlgorithm, WrappingKeySpec, string]>([
    ["RSAES_OAEP_SHA_1", "RSA_2048", WORLD_REGION],
    ["RSAES_OAEP_SHA_256", "RSA_2048", WORLD_REGION],
    ["RSA_AES_KEY_WRAP_SHA_1", "RSA_2048", WORLD_REGION],
    ["RSA_AES_KEY_WRAP_SHA_256", "RSA_2048", WORLD_REGION],
    ["SM2PKE", "SM2", CHINA_REGION],
  ])("%s damaged, cut or extended", async (algorithm, spec, region) => {
    const kms = suite.client(region);
    const KeyId = await createKey(kms, { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
    const { ImportToken, PublicKey } = await getParameters(kms, KeyId, algorithm, spec);
    const keyMaterial = materialFor("ECC_NIST_P256").bytes;
    const good = wrap({ algorithm, publicKey: PublicKey!, keyMaterial });
    const bad = [
      good.with(-1, good.at(-1)! ^ 1),
      good.with(100, good[100]! ^ 0x80),
      good.subarray(1),
      good.subarray(0, -1),
      good.subarray(0, 1),
      Uint8Array.from([...good, 0]),
      new Uint8Array(6144),
    ];
    for (const EncryptedKeyMaterial of bad)
      await expect(kms.send(importCommand(KeyId, ImportToken, EncryptedKeyMaterial))).rejects.toBeInstanceOf(
        InvalidCiphertextException,
      );
  });

  test("a ciphertext that has lost its leading zero byte, which OpenSSL would take", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    const { ImportToken, PublicKey } = await getParameters(kms, KeyId);
    const publicKey = parseWrappingKey(PublicKey!);
    const wrapOnce = () => wrap({ algorithm: "RSAES_OAEP_SHA_256", publicKey, keyMaterial: aesKey });
    let good = wrapOnce();
    while (good[0] !== 0) good = wrapOnce(); // one in some 200
    const send = (EncryptedKeyMaterial: Uint8Array) =>
      kms.send(importCommand(KeyId, ImportToken, EncryptedKeyMaterial));
    await expect(send(good.subarray(1))).rejects.toBeInstanceOf(InvalidCiphertextException);
    await expect(send(good)).resolves.toMatchObject({ KeyId });
  });

  test("of Decrypt: damage, another context", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    await importBytes(kms, KeyId, aesKey);
    const EncryptionContext = { a: "b" };
    const encrypt = new EncryptCommand({ KeyId, Plaintext: Buffer.from("text"), EncryptionContext });
    const { CiphertextBlob } = await kms.send(encrypt);
    for (const changed of [
      { CiphertextBlob: CiphertextBlob!.with(-1, CiphertextBlob!.at(-1)! ^ 1), EncryptionContext },
      { CiphertextBlob, EncryptionContext: { a: "c" } },
      { CiphertextBlob: new Uint8Array(100), EncryptionContext },
      { CiphertextBlob: Uint8Array.of(1), EncryptionContext },
    ])
      await expect(kms.send(new DecryptCommand(changed))).rejects.toBeInstanceOf(InvalidCiphertextException);
    await expect(kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))).resolves.toBeDefined();
  });
});

describe("IncorrectKeyMaterialException", () => {
  test("a symmetric key of another length", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    for (const bytes of [aesKey.subarray(1), aesKey.subarray(16), Uint8Array.from([...aesKey, 10])])
      await expect(importBytes(kms, KeyId, bytes)).rejects.toBeInstanceOf(IncorrectKeyMaterialException);
  });

  test("32 bytes in China, where it is 16", async () => {
    const kms = suite.client(CHINA_REGION);
    const KeyId = await createKey(kms);
    await expect(importBytes(kms, KeyId, aesKey)).rejects.toBeInstanceOf(IncorrectKeyMaterialException);
    await expect(importBytes(kms, KeyId, aesKey.subarray(16))).resolves.toBeDefined();
  });

  test.each([
    ["HMAC_224", 27, 129],
    ["HMAC_512", 63, 129],
  ] as const)("%s of %i or %i bytes", async (KeySpec, short, long) => {
    const kms = suite.client();
    const KeyId = await createKey(kms, { KeySpec, KeyUsage: "GENERATE_VERIFY_MAC" });
    for (const length of [short, long])
      await expect(importBytes(kms, KeyId, new Uint8Array(length))).rejects.toBeInstanceOf(
        IncorrectKeyMaterialException,
      );
  });

  const p256 = materialFor("ECC_NIST_P256").bytes;

  test.each([
    ["another curve", materialFor("ECC_SECG_P256K1").bytes],
    ["a raw scalar", p256.subarray(36, 68)],
    ["SEC 1 without its wrapping", p256.subarray(27)],
    ["a byte behind it", Uint8Array.from([...p256, 0])],
    ["a byte less", p256.subarray(0, -1)],
    ["another key's public half", p256.with(-1, p256.at(-1)! ^ 1)],
    ["its text", Buffer.from(Buffer.from(p256).toString("base64").slice(0, 180))],
  ])("an EC key that is %s", async (_, bytes) => {
    const kms = suite.client();
    const KeyId = await createKey(kms, { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
    const run = importBytes(kms, KeyId, bytes, {}, "RSA_AES_KEY_WRAP_SHA_256");
    await expect(run).rejects.toBeInstanceOf(IncorrectKeyMaterialException);
  });

  test("an RSA key of another length", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms, { KeySpec: "RSA_3072", KeyUsage: "SIGN_VERIFY" });
    const run = importBytes(kms, KeyId, materialFor("RSA_2048").bytes, {}, "RSA_AES_KEY_WRAP_SHA_256");
    await expect(run).rejects.toBeInstanceOf(IncorrectKeyMaterialException);
  });

  test("an SM2 key that is on P-256, or whose halves are not of one key", async () => {
    const kms = suite.client(CHINA_REGION);
    const KeyId = await createKey(kms, { KeySpec: "SM2", KeyUsage: "SIGN_VERIFY" });
    const sm2 = materialFor("SM2").bytes;
    for (const bytes of [p256, sm2.with(40, sm2[40]! ^ 1)])
      await expect(importBytes(kms, KeyId, bytes, {}, "SM2PKE", "SM2")).rejects.toBeInstanceOf(
        IncorrectKeyMaterialException,
      );
  });

  test.each([
    ["symmetric", {}, aesKey, otherKey],
    ["HMAC", { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }, aesKey, otherKey],
  ] as const)("not the material that was there before: %s", async (_, input, first, second) => {
    const kms = suite.client();
    const KeyId = await createKey(kms, input);
    await importBytes(kms, KeyId, first);
    await expect(importBytes(kms, KeyId, second)).rejects.toBeInstanceOf(IncorrectKeyMaterialException);
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId }));
    await expect(importBytes(kms, KeyId, second)).rejects.toBeInstanceOf(IncorrectKeyMaterialException);
    await expect(importBytes(kms, KeyId, first)).resolves.toMatchObject({ KeyId });
  });
});

describe("tokens", () => {
  test("ExpiredImportTokenException after 24 hours, and not before", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    const { ImportToken, PublicKey, ParametersValidTo } = await getParameters(kms, KeyId);
    expect(ParametersValidTo).toEqual(new Date(START + DAY));
    const EncryptedKeyMaterial = wrap({
      algorithm: "RSAES_OAEP_SHA_256",
      publicKey: PublicKey!,
      keyMaterial: aesKey,
    });
    const command = importCommand(KeyId, ImportToken, EncryptedKeyMaterial);
    now = START + DAY;
    await expect(kms.send(command)).rejects.toBeInstanceOf(ExpiredImportTokenException);
    now = START + DAY - 1;
    await expect(kms.send(command)).resolves.toMatchObject({ KeyId });
  });

  test("InvalidImportTokenException for what is none, and for another key's", async () => {
    const kms = suite.client();
    const [KeyId, otherId] = [await createKey(kms), await createKey(kms)];
    const { ImportToken: ofOther } = await getParameters(kms, otherId);
    const { ImportToken: own } = await getParameters(kms, KeyId);
    const tokens = [
      ofOther!,
      new Uint8Array(300),
      Uint8Array.of(1),
      own!.subarray(1),
      own!.with(20, own![20]! ^ 1),
    ];
    for (const ImportToken of tokens)
      await expect(importBytes(kms, KeyId, aesKey, { ImportToken })).rejects.toBeInstanceOf(
        InvalidImportTokenException,
      );
  });
});

describe("KMSInvalidStateException", () => {
  test("while the material is awaited, and once it has been deleted", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    const encrypt = () => kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from("text") }));
    await expect(encrypt()).rejects.toThrow(`${KeyId} is pending import.`);
    await expect(encrypt()).rejects.toBeInstanceOf(KMSInvalidStateException);
    await importBytes(kms, KeyId, aesKey);
    await expect(encrypt()).resolves.toBeDefined();
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId }));
    await expect(encrypt()).rejects.toBeInstanceOf(KMSInvalidStateException);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({ KeyState: "PendingImport", Enabled: false });
    expect(KeyMetadata!.ExpirationModel).toBeUndefined();
  });

  test("once the material has expired", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    const ValidTo = new Date(START + HOUR);
    await importBytes(kms, KeyId, aesKey, { ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo });
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({
      ExpirationModel: "KEY_MATERIAL_EXPIRES",
      ValidTo,
      KeyState: "Enabled",
    });
    now = START + HOUR - 1;
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.of(1) }))).resolves.toBeDefined();
    now = START + HOUR;
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.of(1) }))).rejects.toBeInstanceOf(
      KMSInvalidStateException,
    );
    await importBytes(kms, KeyId, aesKey);
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.of(1) }))).resolves.toBeDefined();
  });

  test("no public key before the import", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms, { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" });
    await expect(kms.send(new GetPublicKeyCommand({ KeyId }))).rejects.toBeInstanceOf(
      KMSInvalidStateException,
    );
  });

  test("when deletion is scheduled, and gone after the window", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    const { ImportToken } = await getParameters(kms, KeyId);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    for (const call of [
      () => getParameters(kms, KeyId),
      () => kms.send(new EncryptCommand({ KeyId, Plaintext: aesKey })),
    ])
      await expect(call()).rejects.toThrow(`${KeyId} is pending deletion.`);
    const command = importCommand(KeyId, ImportToken, aesKey);
    await expect(kms.send(command)).rejects.toBeInstanceOf(KMSInvalidStateException);
    now = START + 7 * DAY;
    await expect(kms.send(new DescribeKeyCommand({ KeyId }))).rejects.toBeInstanceOf(NotFoundException);
  });
});
