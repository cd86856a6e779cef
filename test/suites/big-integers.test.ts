/** Big-endian bytes and BigInts: RFC 8017 §4's OS2IP and I2OSP. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBigInt, toBigInt } from "../../src/bytes.ts";

describe("toBigInt and fromBigInt", () => {
  it.each([
    [[], 0n],
    [[0], 0n],
    [[0xff], 255n],
    [[1, 2, 3, 4, 5, 6, 7], 0x01020304050607n],
    [[0x80, 0, 0, 0, 0, 0, 0, 1], 0x8000000000000001n],
    [[0x12, 0x80, 0, 0, 0, 0, 0, 0, 0xff], 0x1280000000000000ffn],
    [[0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2], 0x010000000000000002n],
  ])("%j is %d", (bytes, value) => {
    expect(toBigInt(Uint8Array.from(bytes))).toBe(value);
    expect([...fromBigInt(value, bytes.length)]).toEqual(bytes);
  });

  it("reads a view at an odd offset, and only it", () => {
    const around = Uint8Array.from({ length: 32 }, (_, i) => i);
    expect(toBigInt(around.subarray(3, 14))).toBe(0x030405060708090a0b0c0dn);
  });

  it("agrees with hexadecimal at every length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 520 }), (bytes) => {
        const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
        expect(toBigInt(bytes)).toBe(BigInt(`0x${hex}`));
        expect(fromBigInt(BigInt(`0x${hex}`), bytes.length)).toEqual(bytes);
      }),
    );
  });
});
