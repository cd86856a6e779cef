/** What is said when an import is refused: code, message and hint, word for word. */

import { expect, test } from "vitest";
import { portableEngine } from "../../../src/engine/portable/engine.ts";
import { parseKeyMaterial } from "../../../src/keys/key-material.ts";
import type { KeySpec, WrappingKeySpec } from "../../../src/keys/key-specs.ts";
import { assertCompatible, compatibleAlgorithms } from "../../../src/kms/compatibility.ts";
import { importCommandWords } from "../../../src/kms/import-command.ts";
import { parseKeyId } from "../../../src/kms/key-id.ts";
import { readParameters } from "../../../src/kms/parameters.ts";
import { type PrepareImportRequest, prepareImportWith } from "../../../src/kms/prepare-import.ts";
import type { WrappingAlgorithm } from "../../../src/schemes/algorithms.ts";
import { type Refusal, refusalOf } from "../../support/refusals.ts";
import { WRAPPING_KEY_PAIRS } from "../../support/wrapping-keys.ts";

const NOW = Date.UTC(2026, 10, 23, 10, 11, 12);
const DAY = 86_400_000;
const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const ARN = `arn:aws:kms:eu-central-1:111122223333:key/${ID}`;
const { spki } = WRAPPING_KEY_PAIRS.RSA_2048;

const PARAMETERS = {
  KeyId: ARN,
  PublicKey: spki,
  ImportToken: new Uint8Array(9),
  ParametersValidTo: NOW / 1000 + 3600,
};
const parameters = (changes: Record<string, unknown>) => readParameters({ ...PARAMETERS, ...changes });

/** Prepares an import on the day above. */
function prepare(changes: Partial<Record<keyof PrepareImportRequest, unknown>>): unknown {
  const request = {
    parameters: PARAMETERS,
    algorithm: "RSAES_OAEP_SHA_256",
    keySpec: "SYMMETRIC_DEFAULT",
    keyMaterial: new Uint8Array(32).fill(0x99),
    ...changes,
  } as PrepareImportRequest;
  return prepareImportWith(portableEngine, request, { now: () => NOW });
}

const compatible = (
  algorithm: WrappingAlgorithm,
  keySpec: KeySpec,
  wrappingKeySpec: WrappingKeySpec,
  region?: string,
) => assertCompatible({ algorithm, keySpec, wrappingKeySpec, region });

/** Bytes whose memory has gone elsewhere. */
function transferred(): Uint8Array {
  const moved = new Uint8Array(1);
  structuredClone(moved.buffer, { transfer: [moved.buffer] });
  return moved;
}

const KEY_ID =
  "a key id is 1234abcd-12ab-34cd-56ef-1234567890ab or mrk-…, an ARN arn:aws:kms:REGION:ACCOUNT:key/ID";
const WHOLE_JSON = "give the whole JSON that aws kms get-parameters-for-import --output json prints";
const TRANSFERRED = "its buffer was transferred elsewhere; keep a copy of the bytes before the transfer";
const AS_IT_CAME = "write it as the service gave it";
const VALID_TO = "give validTo as a time in the future, or leave it out";
const IMPORT_TYPES = "give NEW_KEY_MATERIAL or EXISTING_KEY_MATERIAL";

const REFUSALS: Readonly<Record<string, Refusal>> = {
  "a finished request for key material": [
    () => parseKeyMaterial(JSON.stringify(prepare({}))),
    "UNSUPPORTED_FORMAT",
    "a finished import request, expected a JWK",
    `send it: ${importCommandWords("FILE").join(" ")}`,
  ],
  "options that are none": [
    () => compatibleAlgorithms("SM2", "SM2", null as never),
    "INVALID_ARGUMENT",
    "options must be an object, found null",
  ],
  "a region that is none": [
    () => compatibleAlgorithms("SM2", "SM2", { region: "here" }),
    "INVALID_ARGUMENT",
    "region does not have the form of a region's name",
    'write it as in "us-east-1" or "cn-north-1"',
  ],
  "what another algorithm does": [
    () => compatible("RSAES_OAEP_SHA_1", "RSA_2048", "RSA_4096"),
    "INCOMPATIBLE_KEY_SPEC",
    "RSA_2048 key material may not be wrapped by RSAES_OAEP_SHA_1 under an RSA_4096 wrapping key",
    "use RSA_AES_KEY_WRAP_SHA_256 or RSA_AES_KEY_WRAP_SHA_1",
  ],
  "what another wrapping key does": [
    () => compatible("SM2PKE", "RSA_2048", "RSA_4096", "cn-north-1"),
    "INCOMPATIBLE_KEY_SPEC",
    "RSA_2048 key material may not be wrapped by SM2PKE under an RSA_4096 wrapping key",
    "get parameters for import with a wrapping key of SM2 instead of RSA_4096",
  ],
  "what a region does not do": [
    () => compatible("RSA_AES_KEY_WRAP_SHA_1", "ECC_NIST_P256", "RSA_2048", "cn-north-1"),
    "UNAVAILABLE_IN_REGION",
    "cn-north-1 does not take ECC_NIST_P256 key material by RSA_AES_KEY_WRAP_SHA_1 under an RSA_2048 wrapping key",
    "use RSAES_OAEP_SHA_256 or RSAES_OAEP_SHA_1",
  ],
  "what nothing does": [
    () => compatible("RSAES_OAEP_SHA_1", "ML_KEM_512", "RSA_4096"),
    "INCOMPATIBLE_KEY_SPEC",
    "ML_KEM_512 key material may not be wrapped by RSAES_OAEP_SHA_1 under an RSA_4096 wrapping key",
    "ML_KEM_512 takes no imported key material",
  ],
  "what nothing does in a region": [
    () => compatible("RSAES_OAEP_SHA_1", "SM2", "RSA_4096", "eu-central-1"),
    "UNAVAILABLE_IN_REGION",
    "eu-central-1 does not take SM2 key material by RSAES_OAEP_SHA_1 under an RSA_4096 wrapping key",
    "SM2 cannot be imported in eu-central-1",
  ],
  "a KeyId that is no string": [
    () => parseKeyId(7, "keyId"),
    "INVALID_ARGUMENT",
    "keyId must be a string, found number",
  ],
  "a KeyId that is too long": [
    () => parseKeyId("a".repeat(2049), "keyId"),
    "INVALID_KEY_ID",
    "keyId has 2049 characters, and 2048 are the most",
    KEY_ID,
  ],
  "an empty KeyId": [() => parseKeyId("", "keyId"), "INVALID_KEY_ID", "keyId is empty", KEY_ID],
  "a KeyId that is none": [
    () => parseKeyId("a b", "keyId"),
    "INVALID_KEY_ID",
    "keyId is neither a key id nor an ARN",
    KEY_ID,
  ],
  "an alias": [
    () => parseKeyId("alias/mine", "keyId"),
    "ALIAS_AS_KEY_ID",
    "keyId is an alias, and imports take none",
    "use the key's id or ARN: aws kms describe-key --key-id alias/… --query KeyMetadata.Arn",
  ],
  "an ARN of something else": [
    () => parseKeyId("arn:aws:s3:::bucket", "keyId"),
    "INVALID_KEY_ID",
    "keyId begins like an ARN but is not that of a KMS key",
    KEY_ID,
  ],
  "an ARN of another partition": [
    () => parseKeyId(ARN.replace("aws", "aws-cn"), "keyId"),
    "INVALID_KEY_ID",
    "keyId is an ARN of a partition that does not have its region",
    KEY_ID,
  ],
  "parameters that are no object": [
    () => readParameters(7),
    "INVALID_PARAMETERS",
    "the parameters are number, not an object",
    WHOLE_JSON,
  ],
  "parameters that are an error": [
    () => readParameters({ __type: "NotFoundException" }),
    "INVALID_PARAMETERS",
    "the parameters are an error that the service answered",
    "mend its cause and ask again",
  ],
  "empty parameters": [
    () => readParameters(" "),
    "INVALID_PARAMETERS",
    "the parameters are empty",
    "the call that should have printed them probably failed",
  ],
  "parameters that are no text": [
    () => readParameters(Uint8Array.of(0)),
    "INVALID_TEXT",
    "1 bytes that are not text in UTF-8",
    "give the whole JSON that aws kms get-parameters-for-import --output json prints; a wrapping key alone is given as --public-key, or to wrap",
  ],
  "parameters that are too long": [
    () => readParameters(" ".repeat(65_537)),
    "INPUT_TOO_LARGE",
    "the parameters have 65537 bytes of text",
    "parameters for import stay below 65536 bytes: check that it is the right file",
  ],
  "parameters that were transferred": [
    () => readParameters(transferred()),
    "INVALID_ARGUMENT",
    "parameters lies in a detached ArrayBuffer",
    TRANSFERRED,
  ],
  "parameters without a key": [
    () => parameters({ PublicKey: undefined }),
    "INVALID_PARAMETERS",
    "the parameters have no PublicKey",
    WHOLE_JSON,
  ],
  "parameters without a token": [
    () => parameters({ ImportToken: null }),
    "INVALID_PARAMETERS",
    "the parameters have no ImportToken",
    WHOLE_JSON,
  ],
  "a token that is no base64": [
    () => parameters({ ImportToken: "*" }),
    "INVALID_PARAMETERS",
    "ImportToken of the parameters is not base64: at character 0: not in the base64 alphabet",
    WHOLE_JSON,
  ],
  "a token that is no bytes": [
    () => parameters({ ImportToken: [1] }),
    "INVALID_PARAMETERS",
    "ImportToken of the parameters must be base64 or bytes, found Array",
    "where an SDK's answer is written as JSON, write the bytes as base64",
  ],
  "a token that was transferred": [
    () => parameters({ ImportToken: transferred() }),
    "INVALID_ARGUMENT",
    "ImportToken lies in a detached ArrayBuffer",
    TRANSFERRED,
  ],
  "an empty token": [
    () => parameters({ ImportToken: "" }),
    "INVALID_PARAMETERS",
    "ImportToken of the parameters has 0 bytes, and 1 to 6144 are possible",
    WHOLE_JSON,
  ],
  "a public key that is too long": [
    () => parameters({ PublicKey: new Uint8Array(4097) }),
    "INVALID_PARAMETERS",
    "PublicKey of the parameters has 4097 bytes, and 1 to 4096 are possible",
    WHOLE_JSON,
  ],
  "a public key that is cut off": [
    () => prepare({ parameters: { ...PARAMETERS, PublicKey: spki.subarray(0, -5) } }),
    "INVALID_DER",
    "PublicKey of the parameters: at byte 0: the length of SEQUENCE is 290, but 285 bytes are left",
    "the file may be cut short, or text mode may have changed it",
  ],
  "a public key that is none": [
    () => prepare({ parameters: { ...PARAMETERS, PublicKey: new Uint8Array(9) } }),
    "UNRECOGNIZED_FORMAT",
    "PublicKey of the parameters: 9 bytes that are no key in DER, PEM, base64 or JWK, expected a wrapping key",
    "check that it is the right file, and that it was copied whole",
  ],
  "a KeyId in the parameters that is none": [
    () => parameters({ KeyId: "" }),
    "INVALID_KEY_ID",
    "KeyId of the parameters is empty",
    KEY_ID,
  ],
  "a time that is no time": [
    () => parameters({ ParametersValidTo: true }),
    "INVALID_PARAMETERS",
    "ParametersValidTo must be a time, found boolean",
    AS_IT_CAME,
  ],
  "a time in milliseconds": [
    () => parameters({ ParametersValidTo: NOW }),
    "INVALID_PARAMETERS",
    "ParametersValidTo is no time in seconds since 1970; is it in milliseconds?",
    AS_IT_CAME,
  ],
  "a time without an offset": [
    () => parameters({ ParametersValidTo: "2026-11-23 10:11:12" }),
    "INVALID_PARAMETERS",
    "ParametersValidTo has no offset from UTC: add Z, or for instance +01:00",
    AS_IT_CAME,
  ],
  "a time in words": [
    () => parameters({ ParametersValidTo: "tomorrow" }),
    "INVALID_PARAMETERS",
    "ParametersValidTo is neither seconds since 1970 nor a time like 2026-11-23T10:11:12Z",
    AS_IT_CAME,
  ],
  "a time of no calendar": [
    () => parameters({ ParametersValidTo: "2026-11-31T10:11:12Z" }),
    "INVALID_PARAMETERS",
    "ParametersValidTo is a time that no calendar or clock has",
    AS_IT_CAME,
  ],
  "a time that is an invalid Date": [
    () => parameters({ ParametersValidTo: new Date(Number.NaN) }),
    "INVALID_PARAMETERS",
    "ParametersValidTo is an invalid Date",
    AS_IT_CAME,
  ],
  "parameters that have expired": [
    () => prepare({ parameters: { ...PARAMETERS, ParametersValidTo: NOW / 1000 } }),
    "PARAMETERS_EXPIRED",
    "the parameters expired at 2026-11-23T10:11:12Z, and now it is 2026-11-23T10:11:12Z",
    "get new parameters for import and wrap again under their key; or set this machine's clock right",
  ],
  "parameters of another key": [
    () => prepare({ keyId: "1234" }),
    "KEY_ID_MISMATCH",
    "the parameters are for another key than keyId names",
    "leave out keyId, or get parameters for import for that key",
  ],
  "parameters of no key": [
    () => prepare({ parameters: { ...PARAMETERS, KeyId: undefined } }),
    "INVALID_PARAMETERS",
    "the parameters have no KeyId, and none is given beside them",
    "give the key's id or ARN as keyId",
  ],
  "a keyId that is none": [() => prepare({ keyId: "" }), "INVALID_KEY_ID", "keyId is empty", KEY_ID],
  "another region": [
    () => prepare({ region: "eu-west-1" }),
    "REGION_MISMATCH",
    "the key is in eu-central-1, and the region given is eu-west-1",
    "leave out the region: the key's ARN tells it",
  ],
  "an expiration model that there is not": [
    () => prepare({ expirationModel: "NEVER" }),
    "INVALID_EXPIRATION",
    "expirationModel is not a value that the service knows",
    "give KEY_MATERIAL_EXPIRES or KEY_MATERIAL_DOES_NOT_EXPIRE, or leave it out",
  ],
  "an expiration without a time": [
    () => prepare({ expirationModel: "KEY_MATERIAL_EXPIRES" }),
    "INVALID_EXPIRATION",
    "KEY_MATERIAL_EXPIRES needs a validTo, and none is given",
    VALID_TO,
  ],
  "no expiration and a time": [
    () => prepare({ expirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE", validTo: NOW / 1000 + 9 }),
    "INVALID_EXPIRATION",
    "KEY_MATERIAL_DOES_NOT_EXPIRE takes no validTo, and one is given",
    "leave out one of the two",
  ],
  "an expiration that is no time": [
    () => prepare({ validTo: "tomorrow" }),
    "INVALID_EXPIRATION",
    "validTo is neither seconds since 1970 nor a time like 2026-11-23T10:11:12Z",
    VALID_TO,
  ],
  "an expiration in the past": [
    () => prepare({ validTo: NOW / 1000 }),
    "INVALID_EXPIRATION",
    "validTo is 2026-11-23T10:11:12Z, which is not in the future",
    VALID_TO,
  ],
  "an expiration too far away": [
    () => prepare({ validTo: new Date(NOW + 366 * DAY) }),
    "INVALID_EXPIRATION",
    "validTo is 2027-11-24T10:11:12Z, more than 365 days from now",
    "the service takes 365 days at most",
  ],
  "an import type that there is not": [
    () => prepare({ importType: "OLD" }),
    "INVALID_IMPORT_OPTION",
    "importType does not have its form",
    IMPORT_TYPES,
  ],
  "an import type that is no string": [
    () => prepare({ importType: 7 }),
    "INVALID_IMPORT_OPTION",
    "importType must be a string, found number",
    IMPORT_TYPES,
  ],
  "a material id of another form": [
    () => prepare({ keyMaterialId: "1" }),
    "INVALID_IMPORT_OPTION",
    "keyMaterialId does not have its form",
    "give 64 of a-f and 0-9",
  ],
  "a description of another form": [
    () => prepare({ keyMaterialDescription: "50 %" }),
    "INVALID_IMPORT_OPTION",
    "keyMaterialDescription does not have its form",
    "give at most 256 letters, digits, blanks and : / _ . -",
  ],
  "options of symmetric keys for others": [
    () => prepare({ keySpec: "HMAC_256", importType: "NEW_KEY_MATERIAL" }),
    "INVALID_IMPORT_OPTION",
    "importType, keyMaterialId and keyMaterialDescription are for SYMMETRIC_DEFAULT keys, and this is HMAC_256",
    "leave them out",
  ],
  "the id of new material": [
    () => prepare({ importType: "NEW_KEY_MATERIAL", keyMaterialId: "a".repeat(64) }),
    "INVALID_IMPORT_OPTION",
    "keyMaterialId names material that was imported before, and importType is NEW_KEY_MATERIAL",
    "leave out keyMaterialId: the service makes one and answers with it",
  ],
};

test.each(Object.entries(REFUSALS))("%s", (_name, [call, ...said]) => {
  expect(refusalOf(call)).toEqual(said);
});
