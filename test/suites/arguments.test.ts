/** A request or options that were left out, or are no object: refused with a code, as every other slip is. */

import { describe, expect, test } from "vitest";
import { parseKeyMaterial, parseUnwrappingKey, parseWrappingKey, unwrap, wrap } from "../../src/portable.ts";
import * as schemes from "../../src/schemes.ts";
import { fixture } from "../support/keys-fixtures.ts";

const { pkcs8 } = fixture("ECC_NIST_P256");

const CALLS: readonly (readonly [name: string, call: (value: never) => unknown])[] = [
  ["wrap", wrap],
  ["unwrap", unwrap],
  ["rsaOaepEncrypt", schemes.rsaOaepEncrypt],
  ["rsaOaepDecrypt", schemes.rsaOaepDecrypt],
  ["rsaAesKeyWrap", schemes.rsaAesKeyWrap],
  ["rsaAesKeyUnwrap", schemes.rsaAesKeyUnwrap],
  ["sm2Encrypt", schemes.sm2Encrypt],
  ["sm2Decrypt", schemes.sm2Decrypt],
  ["aesKwpWrap", (value) => schemes.aesKwpWrap(value, value)],
  ["aesKwpUnwrap", (value) => schemes.aesKwpUnwrap(value, value)],
  ["sm3", schemes.sm3],
  ["parseWrappingKey", parseWrappingKey],
  ["parseUnwrappingKey", parseUnwrappingKey],
  ["parseKeyMaterial", (value) => parseKeyMaterial(value)],
];

describe.each(CALLS)("%s", (_name, call) => {
  test.each([
    [undefined, "undefined"],
    [null, "null"],
    [7, "number"],
  ])("of %s", (value, found) => {
    const run = () => call(value as never);
    expect(run).toThrow(expect.objectContaining({ name: "KmsWrapError", code: "INVALID_ARGUMENT" }));
    expect(run).toThrow(new RegExp(`, found ${found}$`));
  });
});

test.each([null, 7, "raw"])("parseKeyMaterial with %s for options", (options) => {
  expect(() => parseKeyMaterial(pkcs8, "ECC_NIST_P256", options as never)).toThrow(
    expect.objectContaining({ name: "KmsWrapError", code: "INVALID_ARGUMENT" }),
  );
});
