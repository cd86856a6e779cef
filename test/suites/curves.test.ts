/** Which coordinates are a point: below p, of the field's length, on the equation. */

import { expect, test } from "vitest";
import { concatBytes, fromBigInt } from "../../src/bytes.ts";
import { CURVE_PARAMETERS, isOnCurve } from "../../src/engine/curves.ts";

// The field of P-521 has 66 bytes, seven bits more than p: room for a coordinate and p besides.
const { p, Gx, Gy } = CURVE_PARAMETERS["P-521"];
const point = (x: bigint, y: bigint) => concatBytes(fromBigInt(x, 66), fromBigInt(y, 66));

test.each<[string, Uint8Array, boolean]>([
  ["G", point(Gx, Gy), true],
  ["−G", point(Gx, p - Gy), true],
  ["another y", point(Gx, Gy + 1n), false],
  ["x + p", point(Gx + p, Gy), false],
  ["y + p", point(Gx, Gy + p), false],
  ["a y with a zero in front", concatBytes(fromBigInt(Gx, 66), fromBigInt(Gy, 67)), false],
])("%s", (_name, coordinates, isPoint) => {
  expect(isOnCurve("P-521", coordinates)).toBe(isPoint);
});
