/** From Jacobian to affine coordinates, two points at a time, and into bytes. secret: all. */

import { storeElement } from "./convert";
import { fieldMultiply, fieldSquare, PAIR_BYTES } from "./generated/field";
import { pointsSideBySide } from "./generated/points";
import { fieldInvert } from "./invert";
import { negateWhere } from "./lanes";
import { RIGHT, X_OF_BOTH, Y_OF_BOTH, Z_OF_BOTH } from "./layout";

/** Makes x = X/Z² and y = ±Y/Z³ of both points; y is negated where `negative` is −1. */
export function toAffine(first: usize, second: usize, negative: i32): void {
  pointsSideBySide(X_OF_BOTH, first, second);
  const mask = i32x4.splat(negative);
  for (let i = Y_OF_BOTH; i < Y_OF_BOTH + PAIR_BYTES; i += 16) v128.store(i, negateWhere(mask, v128.load(i)));
  fieldInvert(RIGHT, Z_OF_BOTH);
  fieldMultiply(Y_OF_BOTH, Y_OF_BOTH, RIGHT);
  fieldSquare(RIGHT, RIGHT);
  fieldMultiply(Y_OF_BOTH, Y_OF_BOTH, RIGHT);
  fieldMultiply(X_OF_BOTH, X_OF_BOTH, RIGHT);
}

/** 64 bytes at `out` = x‖y of the first (0) or the second (1) point that toAffine made. */
export function storeResult(out: usize, which: usize): void {
  storeElement(out, X_OF_BOTH, which);
  storeElement(out + 32, Y_OF_BOTH, which);
}
