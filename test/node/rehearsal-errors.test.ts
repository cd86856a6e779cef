/** The errors of the other operations, and those that are asked for, as the SDK's client sees them. */

import {
  CreateKeyCommand,
  DecryptCommand,
  DeleteImportedKeyMaterialCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  type ImportKeyMaterialCommandInput,
  InvalidArnException,
  ListKeysCommand,
  NotFoundException,
  SignCommand,
  UnsupportedOperationException,
  VerifyCommand,
  VerifyMacCommand,
} from "@aws-sdk/client-kms";
import { describe, expect, test } from "vitest";
import type { WrappingKeySpec } from "../../src/keys/key-specs.ts";
import { SERVICE_ERROR_NAMES } from "../../src/rehearsal.ts";
import type { WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { createKey, getParameters, importBytes, serviceError } from "../support/import-steps.ts";
import { materialFor } from "../support/imported-material.ts";
import { CHINA_REGION, useRehearsal, WORLD_REGION } from "../support/rehearsal.ts";

const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 23, 10, 11, 12);
const suite = useRehearsal({ clock: () => new Date(START) });
const aesKey = materialFor("SYMMETRIC_DEFAULT").bytes;

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
