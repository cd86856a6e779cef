/** parseWrappingKey: refusals of what vectors/negative cannot hold: other than bytes, or very long. */

import { describe, expect, test } from "vitest";
import type { KmsWrapErrorCode } from "../../../src/errors.ts";
import { parseWrappingKey } from "../../../src/keys/wrapping-key.ts";
import { errorCode } from "../../support/error-code.ts";

const REFUSALS: readonly (readonly [
  name: string,
  input: unknown,
  code: KmsWrapErrorCode,
  message?: RegExp,
])[] = [
  ["a number", 7, "INVALID_ARGUMENT", /Uint8Array or a string, found number/],
  ["null", null, "INVALID_ARGUMENT"],
  ["an object that looks parsed", { type: "RSA", spec: "RSA_2048" }, "INVALID_ARGUMENT"],
  // Not every browser has them, nor every page.
  ...(typeof SharedArrayBuffer === "function"
    ? [["a shared buffer", new Uint8Array(new SharedArrayBuffer(8)), "INVALID_ARGUMENT"] as const]
    : []),
  [
    "more than 65,536 bytes",
    new Uint8Array(65_537),
    "INPUT_TOO_LARGE",
    /65537 bytes, expected at most 65536/,
  ],
  ["more than 65,536 characters", "M".repeat(65_537), "INPUT_TOO_LARGE", /has 65537 characters, expected/],
  ["more than 65,536 bytes of UTF-8", "ä".repeat(32_769), "INPUT_TOO_LARGE", /has 65538 bytes, expected/],
  ["65,536 bytes of UTF-8", "ä".repeat(32_768), "UNRECOGNIZED_FORMAT"],
];

describe("refusals", () => {
  test.each(REFUSALS)("%s", (_name, input, code, message) => {
    const parse = () => parseWrappingKey(input as Uint8Array);
    expect(errorCode(parse)).toBe(code);
    if (message) expect(parse).toThrow(message);
  });
});
