/** Private keys, as unwrapping keys and as key material: refusals that vectors/negative cannot hold, or that differ. */

import { describe, expect, test } from "vitest";
import type { KmsWrapErrorCode } from "../../../src/errors.ts";
import { parseKeyMaterial } from "../../../src/keys/key-material.ts";
import { parseUnwrappingKey } from "../../../src/keys/unwrapping-key.ts";
import { errorCode } from "../../support/error-code.ts";
import { ecPrivate } from "../../support/keys-broken.ts";
import { fixture, publicJwk } from "../../support/keys-fixtures.ts";

const rsa = fixture("RSA_2048");
const p256 = fixture("ECC_NIST_P256");
const sm2 = fixture("SM2");
const ed25519 = fixture("ECC_NIST_EDWARDS25519");
const scalar = sm2.traditional!.slice(7, 39);

/** What both parsers refuse. */
const REFUSALS: readonly (readonly [
  name: string,
  input: unknown,
  code: KmsWrapErrorCode,
  message?: RegExp,
])[] = [
  ["a number", 7, "INVALID_ARGUMENT"],
  ["a CryptoKey's look-alike", { [Symbol.toStringTag]: "CryptoKey" }, "INVALID_ARGUMENT", /found CryptoKey/],
  ["more than 65,536 bytes", new Uint8Array(65_537), "INPUT_TOO_LARGE"],
];

describe.each([
  ["parseUnwrappingKey", (input: unknown) => parseUnwrappingKey(input as Uint8Array)],
  ["parseKeyMaterial", (input: unknown) => parseKeyMaterial(input as Uint8Array)],
])("%s refuses", (_name, parse) => {
  test.each(REFUSALS)("%s", (_what, input, code, message) => {
    expect(errorCode(() => parse(input))).toBe(code);
    if (message) expect(() => parse(input)).toThrow(message);
  });
});

describe("as unwrapping keys are refused", () => {
  test.each<[string, Uint8Array | string, KmsWrapErrorCode]>([
    ["a public key", rsa.spki, "PUBLIC_KEY_AS_PRIVATE_KEY"],
    ["a PKCS#1 public key", rsa.traditionalPublic!, "PUBLIC_KEY_AS_PRIVATE_KEY"],
    ["a public JWK", JSON.stringify(publicJwk(sm2)), "PUBLIC_KEY_AS_PRIVATE_KEY"],
    ["a P-256 key", p256.pkcs8, "UNSUPPORTED_CURVE"],
    ["an Ed25519 key", ed25519.pkcs8, "UNSUPPORTED_KEY_TYPE"],
    ["a SEC 1 key that names no curve", ecPrivate({ scalar }), "UNSUPPORTED_CURVE"],
    ["no bytes", new Uint8Array(0), "UNRECOGNIZED_FORMAT"],
    ["a bare scalar", scalar, "UNRECOGNIZED_FORMAT"],
  ])("%s", (_name, input, code) => {
    expect(errorCode(() => parseUnwrappingKey(input))).toBe(code);
  });
});
