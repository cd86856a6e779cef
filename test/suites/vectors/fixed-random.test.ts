/** The tests' random source gives what it was told to, and notices when something else is wanted. */

import { expect, test } from "vitest";
import { fixedRandom } from "../../support/fixed-random.ts";

test("the values in order, and how many are left", () => {
  const random = fixedRandom(Uint8Array.of(1, 2), Uint8Array.of(3));
  expect(random(2)).toEqual(Uint8Array.of(1, 2));
  expect(random.unused()).toBe(1);
  expect(random(1)).toEqual(Uint8Array.of(3));
  expect(random.unused()).toBe(0);
});

test("copies: wiping what was drawn leaves the vector alone", () => {
  const value = Uint8Array.of(7);
  fixedRandom(value)(1).fill(0);
  expect(value).toEqual(Uint8Array.of(7));
});

test("another length, or one value too many", () => {
  expect(() => fixedRandom(Uint8Array.of(1))(2)).toThrow("2 bytes asked for, the next is 1 bytes long");
  expect(() => fixedRandom()(1)).toThrow("1 bytes asked for, none is left");
});
