/** The masks, over all the numbers that they are used on. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as ct from "../../src/constant-time.ts";

const EDGES = [0, 1, 2, 127, 128, 255, 256, 65_535, 2 ** 30, 2 ** 31 - 1];

describe("masks", () => {
  test("isZeroMask", () => {
    for (const x of [...EDGES, -1, -(2 ** 31)]) expect(ct.isZeroMask(x)).toBe(x === 0 ? -1 : 0);
  });

  test("equalMask, lessMask and select on every pair of edges", () => {
    for (const a of EDGES) {
      for (const b of EDGES) {
        expect(ct.equalMask(a, b)).toBe(a === b ? -1 : 0);
        expect(ct.lessMask(a, b)).toBe(a < b ? -1 : 0);
        expect(ct.select(-1, a, b)).toBe(a);
        expect(ct.select(0, a, b)).toBe(b);
      }
    }
  });

  test("on byte arrays", () => {
    const pair = fc
      .integer({ min: 0, max: 40 })
      .chain((length) => fc.tuple(bytesOf(length), fc.oneof(bytesOf(length), fc.constant(undefined))));
    fc.assert(
      fc.property(pair, ([a, other]) => {
        const b = other ?? a.slice();
        const order = compare(a, b);
        expect(ct.equalBytesMask(a, b)).toBe(order === 0 ? -1 : 0);
        expect(ct.lessBytesMask(a, b)).toBe(order < 0 ? -1 : 0);
        expect(ct.selectBytes(-1, a, b)).toEqual(a);
        expect(ct.selectBytes(0, a, b)).toEqual(b);
        expect(ct.allZeroMask(a)).toBe(a.every((byte) => byte === 0) ? -1 : 0);
      }),
    );
  });
});

function bytesOf(length: number) {
  const byte = fc.oneof(fc.constantFrom(0, 1, 255), fc.nat(255));
  return fc.array(byte, { minLength: length, maxLength: length }).map((bytes) => Uint8Array.from(bytes));
}

function compare(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}
