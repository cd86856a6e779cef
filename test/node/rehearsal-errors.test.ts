/** Every error that an import can end with, as the SDK's client sees it. */

import {
  CreateKeyCommand,
  DecryptCommand,
  DeleteImportedKeyMaterialCommand,
  DescribeKeyCommand,
  EncryptCommand,
  ExpiredImportTokenException,
  GenerateMacCommand,
  GetPublicKeyCommand,
  ImportKeyMaterialCommand,
  type ImportKeyMaterialCommandInput,
  IncorrectKeyMaterialException,
  InvalidArnException,
  InvalidCiphertextException,
  InvalidImportTokenException,
  KMSInvalidStateException,
  ListKeysCommand,
  NotFoundException,
  ScheduleKeyDeletionCommand,
  SignCommand,
  UnsupportedOperationException,
  VerifyCommand,
  VerifyMacCommand,
} from "@aws-sdk/client-kms";
import { afterEach, describe, expect, test } from "vitest";
import { parseWrappingKey, wrap } from "../../src/index.ts";
import type { WrappingKeySpec } from "../../src/keys/key-specs.ts";
import { SERVICE_ERROR_NAMES } from "../../src/rehearsal.ts";
import type { WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { createKey, getParameters, importBytes, serviceError } from "../support/import-steps.ts";
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

describe("InvalidCiphertextException", () => {
  const wrappedAs = async (asked: WrappingAlgorithm, done: WrappingAlgorithm) => {
    const kms = suite.client();
    const KeyId = await createKey(kms, { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
    const { ImportToken, PublicKey } = await getParameters(kms, KeyId, asked);
    const keyMaterial = materialFor("ECC_NIST_P256").bytes;
    return kms.send(
      new ImportKeyMaterialCommand({
        KeyId,
        ImportToken,
        EncryptedKeyMaterial: wrap({ algorithm: done, publicKey: PublicKey!, keyMaterial }),
        ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
      }),
    );
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
    const send = ({ ImportToken }: typeof first, { PublicKey }: typeof first) =>
      kms.send(
        new ImportKeyMaterialCommand({
          KeyId,
          ImportToken,
          EncryptedKeyMaterial: wrap({
            algorithm: "RSAES_OAEP_SHA_256",
            publicKey: PublicKey!,
            keyMaterial: aesKey,
          }),
          ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
        }),
      );
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
      await expect(
        kms.send(
          new ImportKeyMaterialCommand({
            KeyId,
            ImportToken,
            EncryptedKeyMaterial,
            ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
          }),
        ),
      ).rejects.toBeInstanceOf(InvalidCiphertextException);
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
      kms.send(
        new ImportKeyMaterialCommand({
          KeyId,
          ImportToken,
          EncryptedKeyMaterial,
          ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
        }),
      );
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
    const ExpirationModel = "KEY_MATERIAL_DOES_NOT_EXPIRE";
    const command = new ImportKeyMaterialCommand({
      KeyId,
      ImportToken,
      EncryptedKeyMaterial,
      ExpirationModel,
    });
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
    const importCommand = new ImportKeyMaterialCommand({
      KeyId,
      ImportToken,
      EncryptedKeyMaterial: aesKey,
      ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
    });
    await expect(kms.send(importCommand)).rejects.toBeInstanceOf(KMSInvalidStateException);
    now = START + 7 * DAY;
    await expect(kms.send(new DescribeKeyCommand({ KeyId }))).rejects.toBeInstanceOf(NotFoundException);
  });
});

describe("UnsupportedOperationException", () => {
  test.each([
    ["AWS_KMS", {}],
    ["AWS_CLOUDHSM", { CustomKeyStoreId: "cks-1234567890abcdef0" }],
    ["EXTERNAL_KEY_STORE", { CustomKeyStoreId: "cks-1234567890abcdef0", XksKeyId: "key" }],
  ] as const)("origin %s", async (Origin, input) => {
    const kms = suite.client();
    const KeyId = await createKey(kms, { Origin, ...input });
    const run = getParameters(kms, KeyId);
    await expect(run).rejects.toThrow(`${KeyId} origin is ${Origin} which is not valid for this operation.`);
    await expect(run).rejects.toBeInstanceOf(UnsupportedOperationException);
    expect(await serviceError(kms.send(new DeleteImportedKeyMaterialCommand({ KeyId })))).toBe(
      "UnsupportedOperationException",
    );
  });

  test.each([
    ["an imported key in a custom key store", WORLD_REGION, { CustomKeyStoreId: "cks-1234567890abcdef0" }],
    ["SM2 outside of China", WORLD_REGION, { KeySpec: "SM2", KeyUsage: "SIGN_VERIFY" }],
    ["ML-DSA", WORLD_REGION, { KeySpec: "ML_DSA_65", KeyUsage: "SIGN_VERIFY" }],
  ] as const)("creating %s", async (_, region, input) => {
    await expect(createKey(suite.client(region), input)).rejects.toBeInstanceOf(
      UnsupportedOperationException,
    );
  });

  test.each<[string, string, Parameters<typeof createKey>[1], WrappingAlgorithm, WrappingKeySpec]>([
    ["RSA_AES_KEY_WRAP for a symmetric key", WORLD_REGION, {}, "RSA_AES_KEY_WRAP_SHA_256", "RSA_2048"],
    [
      "OAEP for an RSA key",
      WORLD_REGION,
      { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" },
      "RSAES_OAEP_SHA_256",
      "RSA_4096",
    ],
    [
      "P-521 by OAEP under RSA_2048",
      WORLD_REGION,
      { KeySpec: "ECC_NIST_P521", KeyUsage: "SIGN_VERIFY" },
      "RSAES_OAEP_SHA_1",
      "RSA_2048",
    ],
    [
      "SM2PKE outside of China",
      WORLD_REGION,
      { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" },
      "SM2PKE",
      "SM2",
    ],
    [
      "SM2PKE under an RSA key",
      CHINA_REGION,
      { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" },
      "SM2PKE",
      "RSA_2048",
    ],
    [
      "RSA_AES_KEY_WRAP in China",
      CHINA_REGION,
      { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" },
      "RSA_AES_KEY_WRAP_SHA_256",
      "RSA_2048",
    ],
    ["the retired algorithm", WORLD_REGION, {}, "RSAES_PKCS1_V1_5" as WrappingAlgorithm, "RSA_2048"],
  ])("parameters for %s", async (_, region, input, algorithm, spec) => {
    const kms = suite.client(region);
    const KeyId = await createKey(kms, input);
    await expect(getParameters(kms, KeyId, algorithm, spec)).rejects.toBeInstanceOf(
      UnsupportedOperationException,
    );
  });
});

describe("ValidationException", () => {
  const run = async (changes: object, input: Parameters<typeof createKey>[1] = {}) => {
    const kms = suite.client();
    const KeyId = await createKey(kms, input);
    return importBytes(kms, KeyId, aesKey, changes as Partial<ImportKeyMaterialCommandInput>);
  };
  const hmac = { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" } as const;
  const KeyMaterialId = "a".repeat(64);

  test.each<[string, object, Parameters<typeof createKey>[1]?]>([
    ["no model and no time", { ExpirationModel: undefined }],
    ["expires, without a time", { ExpirationModel: "KEY_MATERIAL_EXPIRES" }],
    ["does not expire, with a time", { ValidTo: new Date(START + DAY) }],
    ["a time in the past", { ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo: new Date(START) }],
    ["more than 365 days", { ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo: new Date(START + 366 * DAY) }],
    ["another model", { ExpirationModel: "NEVER" }],
    ["another type", { ImportType: "OLD" }],
    ["an id of new material", { ImportType: "NEW_KEY_MATERIAL", KeyMaterialId }],
    ["an id in upper case", { KeyMaterialId: KeyMaterialId.toUpperCase() }],
    ["a description with other characters", { KeyMaterialDescription: "50 %" }],
    ["a description of 257", { KeyMaterialDescription: "x".repeat(257) }],
    ["an import type for HMAC", { ImportType: "NEW_KEY_MATERIAL" }, hmac],
    ["an id for HMAC", { KeyMaterialId }, hmac],
    ["a description for HMAC", { KeyMaterialDescription: "x" }, hmac],
    ["6145 bytes", { EncryptedKeyMaterial: new Uint8Array(6145) }],
    ["a token of 6145 bytes", { ImportToken: new Uint8Array(6145) }],
    ["no material", { EncryptedKeyMaterial: undefined }],
    ["an empty KeyId", { KeyId: "" }],
    ["a KeyId of 2049 characters", { KeyId: "a".repeat(2049) }],
  ])("%s", async (_, changes, input) => {
    expect(await serviceError(run(changes, input))).toBe("ValidationException");
  });

  test("says it in the service's words", async () => {
    await expect(run({ ExpirationModel: undefined })).rejects.toThrow(
      "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES",
    );
  });

  test("a usage that does not go with the spec", async () => {
    const kms = suite.client();
    for (const input of [
      { KeySpec: "ECC_NIST_P256" },
      { KeySpec: "HMAC_256", KeyUsage: "SIGN_VERIFY" },
      { KeySpec: "ECC_SECG_P256K1", KeyUsage: "KEY_AGREEMENT" },
    ] as const)
      expect(await serviceError(createKey(kms, input))).toBe("ValidationException");
  });
});

describe("keys that are not there", () => {
  const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";

  test.each([
    ["an unknown id", ID, NotFoundException],
    ["an unknown ARN", `arn:aws:kms:${WORLD_REGION}:111122223333:key/${ID}`, NotFoundException],
    ["another region's", `arn:aws:kms:eu-west-1:111122223333:key/${ID}`, NotFoundException],
    ["an alias", "alias/mine", NotFoundException],
    ["an alias's ARN", `arn:aws:kms:${WORLD_REGION}:111122223333:alias/mine`, InvalidArnException],
    ["another service's ARN", "arn:aws:s3:::bucket", InvalidArnException],
  ])("%s", async (_, KeyId, expected) => {
    await expect(suite.client().send(new DescribeKeyCommand({ KeyId }))).rejects.toBeInstanceOf(expected);
  });

  test("a key is in one region", async () => {
    const KeyId = await createKey(suite.client());
    const id = KeyId.slice(KeyId.indexOf("/") + 1);
    expect(await serviceError(suite.client().send(new DescribeKeyCommand({ KeyId: id })))).toBeUndefined();
    expect(await serviceError(suite.client("eu-west-1").send(new DescribeKeyCommand({ KeyId: id })))).toBe(
      "NotFoundException",
    );
  });
});

describe("use of a key", () => {
  test("MACs and signatures that are not valid", async () => {
    const kms = suite.client();
    const hmac = await createKey(kms, { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
    await importBytes(kms, hmac, aesKey);
    const mac = { KeyId: hmac, Message: Buffer.from("text"), MacAlgorithm: "HMAC_SHA_256" } as const;
    const { Mac } = await kms.send(new GenerateMacCommand(mac));
    expect(await kms.send(new VerifyMacCommand({ ...mac, Mac }))).toMatchObject({ MacValid: true });
    for (const wrong of [Mac!.with(0, Mac![0]! ^ 1), Mac!.subarray(1)])
      expect(await serviceError(kms.send(new VerifyMacCommand({ ...mac, Mac: wrong })))).toBe(
        "KMSInvalidMacException",
      );

    const ecc = await createKey(kms, { KeySpec: "ECC_NIST_P384", KeyUsage: "SIGN_VERIFY" });
    await importBytes(kms, ecc, materialFor("ECC_NIST_P384").bytes);
    const signing = { KeyId: ecc, Message: Buffer.from("text"), SigningAlgorithm: "ECDSA_SHA_384" } as const;
    const { Signature } = await kms.send(new SignCommand(signing));
    expect(await kms.send(new VerifyCommand({ ...signing, Signature }))).toMatchObject({
      SignatureValid: true,
    });
    for (const changed of [{ Signature: Buffer.of(1) }, { Signature, Message: Buffer.from("next") }])
      expect(await serviceError(kms.send(new VerifyCommand({ ...signing, ...changed })))).toBe(
        "KMSInvalidSignatureException",
      );
  });

  test("InvalidKeyUsageException, IncorrectKeyException, and what a rehearsal does not do", async () => {
    const kms = suite.client();
    const [first, second] = [await createKey(kms), await createKey(kms)];
    await importBytes(kms, first, aesKey);
    await importBytes(kms, second, aesKey);
    const Message = Buffer.from("text");
    const sign = { KeyId: first, Message, SigningAlgorithm: "ECDSA_SHA_256" } as const;
    expect(await serviceError(kms.send(new SignCommand(sign)))).toBe("InvalidKeyUsageException");
    const digest = { ...sign, MessageType: "DIGEST" } as const;
    expect(await serviceError(kms.send(new SignCommand(digest)))).toBe("UnsupportedOperationException");
    const oaep = { KeyId: first, Plaintext: Message, EncryptionAlgorithm: "RSAES_OAEP_SHA_256" } as const;
    expect(await serviceError(kms.send(new EncryptCommand(oaep)))).toBe("InvalidKeyUsageException");
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: first, Plaintext: Message }));
    expect(await serviceError(kms.send(new DecryptCommand({ KeyId: second, CiphertextBlob })))).toBe(
      "IncorrectKeyException",
    );
    expect(await serviceError(kms.send(new GetPublicKeyCommand({ KeyId: first })))).toBe(
      "UnsupportedOperationException",
    );
  });
});

describe("failNext", () => {
  test.each(SERVICE_ERROR_NAMES)("%s, once", async (name) => {
    const kms = suite.client();
    suite.rehearsal.failNext(name);
    expect(await serviceError(kms.send(new ListKeysCommand({})))).toBe(name);
    expect(await serviceError(kms.send(new ListKeysCommand({})))).toBeUndefined();
  });

  test("the service's own faults have status 500", async () => {
    const kms = suite.client();
    for (const name of ["KMSInternalException", "DependencyTimeoutException"] as const) {
      suite.rehearsal.failNext(name);
      await expect(kms.send(new ListKeysCommand({}))).rejects.toMatchObject({
        name,
        $fault: "server",
        $metadata: { httpStatusCode: 500, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      });
    }
  });

  test("a client that retries gets over it", async () => {
    suite.rehearsal.failNext("KMSInternalException");
    const { $metadata } = await suite.client(WORLD_REGION, 2).send(new ListKeysCommand({}));
    expect($metadata.attempts).toBe(2);
  });

  test("waits for its operation", async () => {
    const kms = suite.client();
    suite.rehearsal.failNext("DependencyTimeoutException", "CreateKey");
    expect(await serviceError(kms.send(new ListKeysCommand({})))).toBeUndefined();
    expect(await serviceError(kms.send(new CreateKeyCommand({})))).toBe("DependencyTimeoutException");
    expect(await serviceError(kms.send(new CreateKeyCommand({})))).toBeUndefined();
  });
});
