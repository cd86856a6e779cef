/** Raw keys that happen to begin like text: nothing explains them, so that nobody calls them damaged. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withInput } from "../../../src/formats/open-key.ts";
import { bytes, utf8 } from "../../support/der-builder.ts";
import { errorCode } from "../../support/error-code.ts";

const open = (input: Uint8Array | string) => withInput(input, "x", (opened) => opened.open());

/** `length` bytes: the beginning, then bytes of no encoding that do not make it binary. */
const raw = (length: number, beginning: string) =>
  bytes(utf8(beginning), new Uint8Array(length - beginning.length).fill(0xc3));

describe("raw keys", () => {
  test.each([
    ["{", raw(16, "{")],
    ['{"', raw(16, '{"')],
    ["{ and a blank", raw(32, "{ ")],
    ["{ and ASCII", utf8("{kty: RSA, n: 12")],
    ["MC", raw(32, "MC")],
    ["MI behind blanks", raw(32, "\n MI")],
    ["sk-", raw(32, "sk-")],
    ["sk- and ASCII", utf8("sk-0123456789abc")],
  ])("that begin with %s", (_beginning, input) => {
    expect(open(input)).toBeUndefined();
  });

  test("that begin like text, and go on as they like", () => {
    const octets = fc.uint8Array({ minLength: 30, maxLength: 30, min: 0x80 });
    fc.assert(
      fc.property(octets, fc.constantFrom("{", "MC", "MI", "\t{"), (rest, beginning) => {
        expect(open(bytes(utf8(beginning), rest))).toBeUndefined();
      }),
    );
  });
});

describe("text that is damaged is still called so", () => {
  test.each([
    ["{}", "INVALID_JWK"],
    ["{\n", "INVALID_JWK"],
    ['{"kty":"RSA"', "INVALID_JWK"],
    ['{"kid":"ключ"}', "INVALID_JWK"],
    ["MIIB!", "INVALID_BASE64"],
  ])("%j", (text, code) => {
    expect(errorCode(() => open(text))).toBe(code);
    expect(errorCode(() => open(utf8(text)))).toBe(code);
  });
});
