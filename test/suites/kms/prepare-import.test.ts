/** prepareImport: what goes in, what comes out, and everything that is refused before the token is spent. */

import { describe, expect, test } from "vitest";
import { isBytes } from "../../../src/bytes.ts";
import { decodeBase64, encodeBase64 } from "../../../src/formats/base64.ts";
import * as library from "../../../src/index.ts";
import type { KeySpec, WrappingKeySpec } from "../../../src/keys/key-specs.ts";
import type { ImportKeyMaterialRequest } from "../../../src/kms/import-request.ts";
import { type PrepareImportRequest, prepareImportWith } from "../../../src/kms/prepare-import.ts";
import * as portable from "../../../src/portable.ts";
import { unwrapWith } from "../../../src/unwrap.ts";
import { ENGINES } from "../../support/engines.ts";
import { errorCode } from "../../support/error-code.ts";
import fixtures from "../../support/keys-fixtures.json" with { type: "json" };
import { holding, recordArrays } from "../../support/recorded-arrays.ts";
import { WRAPPING_KEY_PAIRS } from "../../support/wrapping-keys.ts";

const NOW = Date.UTC(2026, 10, 23, 10, 11, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const ARN = `arn:aws:kms:eu-central-1:111122223333:key/${ID}`;
const CHINA_ARN = `arn:aws-cn:kms:cn-north-1:111122223333:key/${ID}`;
const importToken = Uint8Array.from({ length: 300 }, (_, i) => i);
const aesKey = Uint8Array.from({ length: 32 }, (_, i) => 200 - i);

function parametersFor(spec: WrappingKeySpec, KeyId = ARN) {
  return {
    KeyId,
    PublicKey: WRAPPING_KEY_PAIRS[spec].spki,
    ImportToken: importToken,
    ParametersValidTo: new Date(NOW + 23 * HOUR),
  };
}

const REQUEST: PrepareImportRequest = {
  parameters: parametersFor("RSA_2048"),
  algorithm: "RSAES_OAEP_SHA_256",
  keySpec: "SYMMETRIC_DEFAULT",
  keyMaterial: aesKey,
};

function prepare(changes: { [Name in keyof PrepareImportRequest]?: unknown } = {}, now = NOW) {
  const request = { ...REQUEST, ...changes } as PrepareImportRequest;
  return prepareImportWith(ENGINES[0]![1], request, { now: () => now });
}

function pkcs8(spec: string): Uint8Array {
  const { pkcs8 } = (fixtures.keys as unknown as Record<string, { pkcs8: string }>)[spec]!;
  return decodeBase64(new TextEncoder().encode(pkcs8));
}

function opened(request: ImportKeyMaterialRequest, spec: WrappingKeySpec): Uint8Array {
  const { algorithm } = request.report;
  return unwrapWith(ENGINES[0]![1], {
    algorithm,
    privateKey: WRAPPING_KEY_PAIRS[spec].pkcs8,
    wrapped: request.EncryptedKeyMaterial,
  });
}

describe("the request", () => {
  test("has the members of the API and no other", () => {
    const request = prepare();
    expect(Object.keys(request)).toEqual(["KeyId", "ImportToken", "EncryptedKeyMaterial", "ExpirationModel"]);
    expect({ ...request, EncryptedKeyMaterial: undefined }).toEqual({
      KeyId: ARN,
      ImportToken: importToken,
      EncryptedKeyMaterial: undefined,
      ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
    });
    expect(opened(request, "RSA_2048")).toEqual(aesKey);
  });

  test("carries what was asked for", () => {
    const keyMaterialId = "0123456789abcdef".repeat(4);
    const request = prepare({
      validTo: new Date(NOW + DAY + 789),
      importType: "EXISTING_KEY_MATERIAL",
      keyMaterialId,
      keyMaterialDescription: "second of two: a/b_c-d.",
    });
    expect(request).toMatchObject({
      ExpirationModel: "KEY_MATERIAL_EXPIRES",
      ValidTo: new Date(NOW + DAY),
      ImportType: "EXISTING_KEY_MATERIAL",
      KeyMaterialId: keyMaterialId,
      KeyMaterialDescription: "second of two: a/b_c-d.",
    });
  });

  test("leaves out an empty description, for every key spec", () => {
    expect(Object.keys(prepare({ keyMaterialDescription: "" }))).not.toContain("KeyMaterialDescription");
    expect(errorCode(() => prepare({ keyMaterialDescription: "", keySpec: "HMAC_256" }))).toBeUndefined();
  });

  test("becomes the input of the AWS CLI by JSON.stringify", () => {
    const request = prepare({ validTo: "2026-12-01T00:00:00Z", importType: "NEW_KEY_MATERIAL" });
    expect(JSON.parse(JSON.stringify(request))).toEqual({
      KeyId: ARN,
      ImportToken: encodeBase64(importToken),
      EncryptedKeyMaterial: encodeBase64(request.EncryptedKeyMaterial),
      ExpirationModel: "KEY_MATERIAL_EXPIRES",
      ValidTo: Date.UTC(2026, 11, 1) / 1000,
      ImportType: "NEW_KEY_MATERIAL",
    });
  });

  test("reports beside its members", () => {
    const { report, warnings } = prepare();
    expect(warnings).toEqual([]);
    expect(report).toEqual({
      algorithm: "RSAES_OAEP_SHA_256",
      keySpec: "SYMMETRIC_DEFAULT",
      region: "eu-central-1",
      wrappingKey: library.parseWrappingKey(WRAPPING_KEY_PAIRS.RSA_2048.spki),
      parametersValidTo: new Date(NOW + 23 * HOUR),
      keyMaterial: { form: "raw bytes", conversions: [] },
    });
  });

  test("reports nothing that it does not know", () => {
    const parameters = { ...parametersFor("RSA_2048", ID), ParametersValidTo: undefined };
    expect(Object.keys(prepare({ parameters }).report)).toEqual([
      "algorithm",
      "keySpec",
      "wrappingKey",
      "keyMaterial",
    ]);
  });

  test("reports the public key of asymmetric material, and not the private one", () => {
    const { report } = prepare({
      algorithm: "RSA_AES_KEY_WRAP_SHA_256",
      keySpec: "ECC_NIST_P256",
      keyMaterial: pkcs8("ECC_NIST_P256"),
    });
    expect(report.keyMaterial.publicKeyFingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(report.keyMaterial)).not.toContain("bytes");
  });

  test("leaves no copy of the key material", () => {
    const recorded = recordArrays(() => prepare());
    expect(recorded.thrown).toBeUndefined();
    expect(holding(aesKey, recorded)).toBe(0);
    expect(holding(importToken, recorded)).toBeGreaterThan(0);
  });

  test("keeps nothing of what was given", () => {
    // Node's Buffer, which SDKs return, has such a slice().
    class SlicedInPlace extends Uint8Array {
      override slice(from?: number, to?: number) {
        return this.subarray(from, to);
      }
    }
    for (const token of [importToken.slice(), SlicedInPlace.from(importToken)]) {
      const request = prepare({ parameters: { ...parametersFor("RSA_2048"), ImportToken: token } });
      token.fill(0);
      expect(request.ImportToken).toEqual(importToken);
    }
  });
});

describe.each(ENGINES)("every algorithm on engine %s", (_, engine) => {
  test.each<[PrepareImportRequest["algorithm"], WrappingKeySpec, KeySpec, string]>([
    ["RSAES_OAEP_SHA_1", "RSA_3072", "ECC_SECG_P256K1", ARN],
    ["RSAES_OAEP_SHA_256", "RSA_2048", "ECC_NIST_P384", ARN],
    ["RSA_AES_KEY_WRAP_SHA_1", "RSA_2048", "RSA_2048", ARN],
    ["RSA_AES_KEY_WRAP_SHA_256", "RSA_4096", "ECC_NIST_P521", ARN],
    ["SM2PKE", "SM2", "RSA_4096", CHINA_ARN],
    ["SM2PKE", "SM2", "SM2", CHINA_ARN],
  ])("%s under %s: %s", (algorithm, spec, keySpec, KeyId) => {
    const keyMaterial = pkcs8(keySpec);
    const request = prepareImportWith(
      engine,
      { parameters: parametersFor(spec, KeyId), algorithm, keySpec, keyMaterial },
      { now: () => NOW },
    );
    expect(opened(request, spec)).toEqual(keyMaterial);
  });
});

test("both entry points bind it to their engine and to the clock", () => {
  const parameters = { ...parametersFor("RSA_2048"), ParametersValidTo: new Date(Date.now() + HOUR) };
  for (const { prepareImport } of [library, portable])
    expect(opened(prepareImport({ ...REQUEST, parameters }), "RSA_2048")).toEqual(aesKey);
  const expired = { ...parameters, ParametersValidTo: new Date(Date.now() - HOUR) };
  expect(errorCode(() => library.prepareImport({ ...REQUEST, parameters: expired }))).toBe(
    "PARAMETERS_EXPIRED",
  );
});

test.each([undefined, null, 7, "request"])("a request that is %j is refused", (request) => {
  for (const { prepareImport } of [library, portable])
    expect(errorCode(() => prepareImport(request as never))).toBe("INVALID_ARGUMENT");
});

describe("time", () => {
  const at = (ParametersValidTo: Date | number | undefined) => ({
    ...parametersFor("RSA_2048"),
    ParametersValidTo,
  });

  test.each([
    ["good for 23 hours", new Date(NOW + 23 * HOUR), []],
    ["good for 24 hours and some skew", new Date(NOW + DAY + 5 * 60_000), []],
    ["a clock that is slow", new Date(NOW + DAY + HOUR), [/clock is slow/]],
    ["good for a quarter of an hour", new Date(NOW + 15 * 60_000), []],
    ["minutes left", new Date(NOW + 14 * 60_000), [/expire within 14 min, at 2026-11-23T10:25:12Z/]],
    ["seconds left", NOW / 1000 + 1, [/within 1 min/]],
    ["unknown", undefined, [/do not say until when/]],
  ])("%s", (_, time, warnings) => {
    expect(prepare({ parameters: at(time) }).warnings).toEqual(warnings.map((w) => expect.stringMatching(w)));
  });

  test.each([
    ["now", new Date(NOW)],
    ["a day ago", new Date(NOW - DAY)],
  ])("expired: %s", (_, time) => {
    const run = () => prepare({ parameters: at(time) });
    expect(errorCode(run)).toBe("PARAMETERS_EXPIRED");
    expect(run).toThrow(/and now it is 2026-11-23T10:11:12Z/);
  });

  test.each([
    ["validTo alone", { validTo: NOW / 1000 + 60 }, new Date(NOW + 60_000)],
    [
      "validTo and its model",
      { validTo: "2026-11-24T00:00:00+02:00", expirationModel: "KEY_MATERIAL_EXPIRES" },
      new Date(Date.UTC(2026, 10, 23, 22)),
    ],
    ["the last moment", { validTo: new Date(NOW + 365 * DAY) }, new Date(NOW + 365 * DAY)],
    [
      "a fraction past the last moment",
      { validTo: new Date(NOW + 365 * DAY + 999) },
      new Date(NOW + 365 * DAY),
    ],
    ["no validTo", { expirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" }, undefined],
    ["neither", {}, undefined],
  ])("expiration: %s", (_, changes, validTo) => {
    const { ExpirationModel, ValidTo } = prepare(changes);
    expect(ValidTo).toEqual(validTo);
    expect(ExpirationModel).toBe(validTo ? "KEY_MATERIAL_EXPIRES" : "KEY_MATERIAL_DOES_NOT_EXPIRE");
  });

  test.each([
    ["a model without a time", { expirationModel: "KEY_MATERIAL_EXPIRES" }],
    [
      "a time against the model",
      { expirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE", validTo: new Date(NOW + DAY) },
    ],
    ["another model", { expirationModel: "KEY_MATERIAL_LASTS" }],
    ["now", { validTo: new Date(NOW) }],
    ["a fraction of a second from now", { validTo: new Date(NOW + 999) }],
    ["the past", { validTo: "1999-12-31T23:59:59Z" }],
    ["366 days", { validTo: new Date(NOW + 365 * DAY + 1000) }],
    ["no time", { validTo: "tomorrow" }],
  ])("no expiration: %s", (_, changes) => {
    expect(errorCode(() => prepare(changes))).toBe("INVALID_EXPIRATION");
  });
});

describe("options of symmetric keys", () => {
  const keyMaterialId = "a".repeat(64);

  test.each([
    ["another type", { importType: "OLD_KEY_MATERIAL" }],
    ["a type that is no string", { importType: 7 }],
    ["a list of types", { importType: ["NEW_KEY_MATERIAL"] }],
    ["a type with something before it", { importType: "A_NEW_KEY_MATERIAL" }],
    ["a type with something behind it", { importType: "NEW_KEY_MATERIALS" }],
    ["an id in upper case", { keyMaterialId: "A".repeat(64) }],
    ["an id of 63", { keyMaterialId: "a".repeat(63) }],
    ["an id of 65", { keyMaterialId: "a".repeat(65) }],
    ["an id with a line break", { keyMaterialId: `${keyMaterialId}\n` }],
    ["an id of new material", { keyMaterialId, importType: "NEW_KEY_MATERIAL" }],
    ["a description of 257", { keyMaterialDescription: "x".repeat(257) }],
    ["a description with other characters", { keyMaterialDescription: "50 %" }],
    ["a type for HMAC", { keySpec: "HMAC_256", importType: "NEW_KEY_MATERIAL" }],
    ["an id for HMAC", { keySpec: "HMAC_256", keyMaterialId }],
    ["a description for HMAC", { keySpec: "HMAC_256", keyMaterialDescription: "x" }],
  ])("refuses %s", (_, changes) => {
    expect(errorCode(() => prepare(changes))).toBe("INVALID_IMPORT_OPTION");
  });

  test("takes every character that the API takes", () => {
    const keyMaterialDescription = "azAZ09:/_ \t\n\v\f\r.-";
    expect(prepare({ keyMaterialDescription }).KeyMaterialDescription).toBe(keyMaterialDescription);
  });

  test("takes an id without a type, and 256 characters", () => {
    const request = prepare({ keyMaterialId, keyMaterialDescription: "x".repeat(256) });
    expect(request.KeyMaterialId).toBe(keyMaterialId);
    expect(request.KeyMaterialDescription).toHaveLength(256);
  });
});

describe("the key", () => {
  const { KeyId: _, ...nameless } = parametersFor("RSA_2048");

  test.each([
    ["named by the caller", { parameters: nameless, keyId: ID }, ID],
    ["an ARN by the caller", { parameters: nameless, keyId: ARN }, ARN],
    ["an id beside the ARN", { keyId: ID }, ARN],
    ["an ARN beside the id", { parameters: parametersFor("RSA_2048", ID), keyId: ARN }, ARN],
    ["an id, and its region", { parameters: parametersFor("RSA_2048", ID), region: "eu-west-3" }, ID],
    ["an ARN, and its region", { region: "eu-central-1" }, ARN],
  ])("%s", (_name, changes, expected) => {
    expect(prepare(changes).KeyId).toBe(expected);
  });

  test.each([
    ["nameless", { parameters: nameless }, "INVALID_PARAMETERS"],
    ["another one", { keyId: "mrk-1234abcd12ab34cd56ef1234567890ab" }, "KEY_ID_MISMATCH"],
    ["the same id in another region", { keyId: ARN.replace("eu-central-1", "eu-west-1") }, "KEY_ID_MISMATCH"],
    ["an alias", { parameters: nameless, keyId: "alias/mine" }, "ALIAS_AS_KEY_ID"],
    ["another region", { region: "eu-west-1" }, "REGION_MISMATCH"],
    ["no region", { region: "Frankfurt" }, "INVALID_ARGUMENT"],
  ])("refused: %s", (_name, changes, code) => {
    expect(errorCode(() => prepare(changes))).toBe(code);
  });
});

describe("the rules", () => {
  test.each([
    ["a retired algorithm", { algorithm: "RSAES_PKCS1_V1_5" }, "RETIRED_ALGORITHM"],
    ["no algorithm", { algorithm: undefined }, "INVALID_ARGUMENT"],
    ["no key spec", { keySpec: undefined }, "INVALID_ARGUMENT"],
    ["another key spec", { keySpec: "AES_256" }, "UNSUPPORTED_KEY_SPEC"],
    [
      "RSA_AES_KEY_WRAP for a symmetric key",
      { algorithm: "RSA_AES_KEY_WRAP_SHA_256" },
      "INCOMPATIBLE_KEY_SPEC",
    ],
    [
      "P-521 by OAEP under RSA_2048",
      { keySpec: "ECC_NIST_P521", keyMaterial: pkcs8("ECC_NIST_P521") },
      "INCOMPATIBLE_KEY_SPEC",
    ],
    ["SM2PKE under an RSA key", { algorithm: "SM2PKE" }, "INCOMPATIBLE_KEY_SPEC"],
    [
      "SM2PKE outside of China",
      { parameters: parametersFor("SM2"), algorithm: "SM2PKE", keySpec: "RSA_2048" },
      "UNAVAILABLE_IN_REGION",
    ],
    [
      "RSA_AES_KEY_WRAP in China",
      {
        parameters: parametersFor("RSA_2048", CHINA_ARN),
        algorithm: "RSA_AES_KEY_WRAP_SHA_256",
        keySpec: "RSA_2048",
      },
      "UNAVAILABLE_IN_REGION",
    ],
    ["post-quantum keys", { keySpec: "ML_DSA_44" }, "INCOMPATIBLE_KEY_SPEC"],
    ["16 bytes outside of China", { keyMaterial: aesKey.slice(16) }, "RAW_MATERIAL_LENGTH"],
    ["32 bytes in China", { parameters: parametersFor("RSA_2048", CHINA_ARN) }, "RAW_MATERIAL_LENGTH"],
    ["raw material as a string", { keyMaterial: "0123456789abcdef0123456789abcdef" }, "RAW_MATERIAL_AS_TEXT"],
    [
      "material of another kind",
      { keySpec: "ECC_NIST_P256", keyMaterial: pkcs8("ECC_NIST_P384") },
      "KEY_SPEC_MISMATCH",
    ],
    [
      "a wrapping key that is none",
      { parameters: { ...parametersFor("RSA_2048"), PublicKey: importToken } },
      "UNRECOGNIZED_FORMAT",
    ],
    [
      "a private key for a wrapping key",
      { parameters: { ...parametersFor("RSA_2048"), PublicKey: WRAPPING_KEY_PAIRS.RSA_2048.pkcs8 } },
      "PRIVATE_KEY_AS_WRAPPING_KEY",
    ],
  ])("refuse %s", (_, changes, code) => {
    expect(errorCode(() => prepare(changes))).toBe(code);
  });

  test("16 bytes in China", () => {
    const request = prepare({
      parameters: parametersFor("RSA_2048", CHINA_ARN),
      keyMaterial: aesKey.slice(16),
    });
    expect(opened(request, "RSA_2048")).toEqual(aesKey.slice(16));
  });

  test("text that is meant literally", () => {
    const text = new TextEncoder().encode("0123456789abcdef0123456789abcdef");
    expect(errorCode(() => prepare({ keySpec: "HMAC_256", keyMaterial: text }))).toBe(
      "RAW_MATERIAL_LOOKS_ENCODED",
    );
    expect(isBytes(prepare({ keySpec: "HMAC_256", keyMaterial: text, raw: true }).EncryptedKeyMaterial)).toBe(
      true,
    );
  });

  test("warn of an HMAC key of unusual length", () => {
    expect(
      prepare({ keySpec: "HMAC_256", keyMaterial: Uint8Array.from({ length: 40 }, (_, i) => 7 * i) })
        .warnings,
    ).toEqual([expect.stringContaining("40")]);
  });
});
