/** The page's rules and work: what fits, wraps, import requests, rehearsals, and where errors are shown. */

import { describe, expect, test } from "vitest";
import { encodeBase64 } from "../../../src/formats/base64.ts";
import { parseWrappingKey, unwrap, WRAPPING_ALGORITHMS } from "../../../src/index.ts";
import { placeOf } from "../../../src/page/faults.ts";
import { kindOfRegion, regionFor, verdicts } from "../../../src/page/fit.ts";
import { rehearse } from "../../../src/page/rehearsal.ts";
import { runWrapJob, type WrapJob } from "../../../src/page/wrap-job.ts";
import { readWrappingInput } from "../../../src/page/wrapping-input.ts";
import { errorCode } from "../../support/error-code.ts";
import { fixture } from "../../support/keys-fixtures.ts";
import { WRAPPING_KEY_PAIRS } from "../../support/wrapping-keys.ts";

const ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const { RSA_2048, SM2 } = WRAPPING_KEY_PAIRS;
const p384 = fixture("ECC_NIST_P384").pkcs8;
const token = Uint8Array.of(1, 2, 3);
const utf8 = (text: string) => new TextEncoder().encode(text);

const alone = (spki: Uint8Array) => readWrappingInput([{ name: "key", bytes: spki }]);
const withToken = (KeyId?: string) => {
  const answer = { KeyId, PublicKey: encodeBase64(RSA_2048.spki), ImportToken: encodeBase64(token) };
  return readWrappingInput([{ name: "params.json", bytes: utf8(JSON.stringify(answer)) }]);
};

describe("what fits", () => {
  const fitting = (known: Parameters<typeof verdicts>[0]) =>
    verdicts(known).flatMap(({ algorithm, refusal }) => (refusal ? [] : [algorithm]));
  const region = "eu-central-1";

  test("everything, as long as nothing is known", () => {
    expect(fitting({ region })).toEqual(WRAPPING_ALGORITHMS);
  });

  test("by the type of the wrapping key alone", () => {
    expect(fitting({ region, wrappingKey: parseWrappingKey(SM2.spki) })).toEqual(["SM2PKE"]);
  });

  test("by the table of the KMS, with the reason for the others", () => {
    const known = { region, wrappingKey: parseWrappingKey(RSA_2048.spki), keySpec: "ECC_NIST_P521" } as const;
    expect(fitting(known)).toEqual(["RSA_AES_KEY_WRAP_SHA_1", "RSA_AES_KEY_WRAP_SHA_256"]);
    expect(verdicts(known).map(({ refusal }) => refusal?.code)).toEqual([
      "INCOMPATIBLE_KEY_SPEC",
      "INCOMPATIBLE_KEY_SPEC",
      undefined,
      undefined,
      "WRAPPING_KEY_MISMATCH",
    ]);
  });

  test("nothing for a key spec that the region lacks", () => {
    expect(fitting({ region, keySpec: "SM2" })).toEqual([]);
    expect(fitting({ region: "cn-north-1", keySpec: "SM2" })).toEqual(WRAPPING_ALGORITHMS);
  });

  test("in the region of the ARN, whatever was chosen", () => {
    expect(regionFor({ text: "", id: "", region: "cn-north-1" }, "world")).toBe("cn-north-1");
    expect(kindOfRegion(regionFor({ text: "", id: "" }, "china"))).toBe("china");
    expect(kindOfRegion(regionFor(undefined, "world"))).toBe("world");
  });
});

describe("a wrap", () => {
  const job = (changes: Partial<WrapJob> = {}): WrapJob => ({
    wrapping: alone(RSA_2048.spki),
    material: p384.slice(),
    keySpec: "ECC_NIST_P384",
    algorithm: "RSA_AES_KEY_WRAP_SHA_256",
    region: "eu-central-1",
    ...changes,
  });
  const open = (wrapped: Uint8Array) =>
    unwrap({ algorithm: "RSA_AES_KEY_WRAP_SHA_256", privateKey: RSA_2048.pkcs8, wrapped });

  test("under a public key alone is a blob", () => {
    const { files, blobBytes, next, material } = runWrapJob(job());
    expect(files.map(({ name }) => name)).toEqual(["EncryptedKeyMaterial.bin"]);
    expect(open(files[0]!.bytes)).toEqual(p384);
    expect({ blobBytes, next, spki: material.publicKeySpki }).toEqual({
      blobBytes: files[0]!.bytes.length,
      next: undefined,
      spki: fixture("ECC_NIST_P384").spki,
    });
  });

  test("with a token and a key's id is an import request, and the blob beside it", () => {
    const { files, next } = runWrapJob(job({ wrapping: withToken(ARN) }));
    const request = JSON.parse(new TextDecoder().decode(files[0]!.bytes));
    expect(files.map(({ name }) => name)).toEqual(["import.json", "EncryptedKeyMaterial.bin"]);
    expect(request).toEqual({
      KeyId: ARN,
      ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
      ImportToken: encodeBase64(token),
      EncryptedKeyMaterial: encodeBase64(files[1]!.bytes),
    });
    expect(open(files[1]!.bytes)).toEqual(p384);
    expect(next!.command).toMatch(/file:\/\/import\.json --region eu-central-1$/);
  });

  test("takes the key's id that is given; its region is not made up", () => {
    const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
    const { files, next } = runWrapJob(job({ wrapping: withToken(), keyId, region: "us-east-1" }));
    expect(JSON.parse(new TextDecoder().decode(files[0]!.bytes)).KeyId).toBe(keyId);
    expect(next!.command).toMatch(/file:\/\/import\.json$/);
    expect(runWrapJob(job({ wrapping: withToken() })).files.map(({ name }) => name)).toEqual([
      "EncryptedKeyMaterial.bin",
    ]);
  });

  test.each([
    ["an algorithm that does not fit", { algorithm: "SM2PKE" }, "algorithm"],
    ["another key spec", { keySpec: "ECC_NIST_P256" }, "key-spec"],
    ["an alias", { wrapping: withToken(), keyId: "alias/mine" }, "key-id"],
    ["an expiration in the past", { wrapping: withToken(ARN), validTo: "2020-01-01T00:00:00Z" }, "valid-to"],
    ["a description that is none", { ...symmetric(), keyMaterialDescription: "€" }, "options"],
    ["broken material", { material: Uint8Array.of(0x30, 0x80) }, "material"],
  ] as [string, Partial<WrapJob>, string][])("%s is refused in its field", (_, changes, field) => {
    expect(placeOf(errorCode(() => runWrapJob(job(changes)))!)).toBe(field);
  });

  function symmetric(): Partial<WrapJob> {
    return {
      wrapping: withToken(ARN),
      material: new Uint8Array(32).fill(0xc3),
      keySpec: "SYMMETRIC_DEFAULT",
      algorithm: "RSAES_OAEP_SHA_256",
    };
  }
});

describe("a rehearsal", () => {
  const request = { algorithm: "SM2PKE", wrappingKeySpec: "SM2", region: "cn-north-1" } as const;

  test("opens what it wrapped, and leaves the material as it was", async () => {
    const material = p384.slice();
    const done = await rehearse({ ...request, keySpec: "ECC_NIST_P384", material });
    expect(done.materialBytes).toBe(185);
    expect(done.blobBytes).toBeGreaterThan(185 + 96);
    expect(material).toEqual(p384);
  });

  test("refuses what the wrap would refuse", async () => {
    const refused = rehearse({
      ...request,
      region: "eu-central-1",
      keySpec: "ECC_NIST_P384",
      material: p384,
    });
    await expect(refused).rejects.toMatchObject({ code: "UNAVAILABLE_IN_REGION" });
  });
});
