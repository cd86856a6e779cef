/**
 * Montgomery multiplication, separated: T = a·b, q = T·n' mod R, result = (T + q·n)/R, with n' = −n⁻¹ mod R.
 *
 * Every product is a whole matter of columns, so no digit of q waits for another, which is what lets SIMD pay. Operands
 * and results are balanced and signed, reduced only as far as |x| < n: if |a|, |b| ≤ n then |result| < 0.6n, since
 * R ≥ 16n and |q| < 0.51R. See test/node/rsa-bounds.test.ts for the bounds of the columns.
 *
 * secret: the operands; public: the modulus.
 */

import { carryColumns, carrySum } from "./carry";
import { multiplyColumns, squareColumns, TILE_BLOCKS } from "./columns";
import { CONSTANTS } from "./constants";
import {
  LOW, MODULUS, NEGATIVE_INVERSE, ODD_ROW, PARTIAL, PRODUCT, QUOTIENT, TWICE, VECTOR_BYTES, VECTORS,
} from "./layout";

/** How many vectors a number takes under the current modulus. */
// @ts-ignore: decorator
@inline
export function vectors(): i32 {
  return load<i32>(VECTORS);
}

/** a·b/R mod n to slot `out`, which may be either operand. */
export function multiply(out: usize, a: usize, b: usize): void {
  multiplyColumns(PRODUCT, a, b, vectors(), 0, 2 * vectors());
  reduce(out);
}

/** a²/R mod n to slot `out`, which may be `a`. */
export function square(out: usize, a: usize): void {
  const bytes = <usize>vectors() * VECTOR_BYTES;
  for (let i: usize = 0; i < bytes; i += VECTOR_BYTES) {
    const digits = v128.load(a + i);
    v128.store(TWICE + i, f64x2.add(digits, digits));
  }
  squareColumns(PRODUCT, a, TWICE, vectors());
  reduce(out);
}

/** a·b mod 2^(RADIX_BITS·2·count): the low `count` vectors of the product, to `out`. */
export function multiplyLow(out: usize, a: usize, b: usize, count: i32): void {
  // The last tile ends with the last block that is wanted, the first one may begin below zero.
  const lead = -count & (TILE_BLOCKS - 1);
  multiplyColumns(PARTIAL, a, b, count, -lead, count);
  carryColumns(out, PARTIAL + <usize>lead * VECTOR_BYTES, count);
}

/** PRODUCT/R mod n to slot `out`. */
function reduce(out: usize): void {
  const count = vectors();
  const upper = <usize>count * VECTOR_BYTES;
  const carry = carryColumns(LOW, PRODUCT, count);
  multiplyLow(QUOTIENT, LOW, NEGATIVE_INVERSE, count);
  // Blocks count − 2 and count − 1 belong to the low half: the last two columns of it are needed in full.
  multiplyColumns(PARTIAL, MODULUS, QUOTIENT, count, count - 2, 2 * count);
  const low = PARTIAL + VECTOR_BYTES;
  carrySum(out, PRODUCT + upper, low + VECTOR_BYTES, count, carry + carryOfLowHalf(LOW + upper - VECTOR_BYTES, low));
}

/**
 * (T mod R + low half of q·n)/R: a whole number, since the sum is a multiple of R, and so known from the two top
 * columns: all others together are less than R/2^17.
 *
 * @param digits - the top two of T mod R
 * @param columns - the top two of the low half of q·n
 */
function carryOfLowHalf(digits: usize, columns: usize): f64 {
  const magic = load<f64>(CONSTANTS);
  const unit = load<f64>(CONSTANTS, 16);
  const lower = load<f64>(columns) + load<f64>(columns, ODD_ROW) + load<f64>(digits);
  const upper = load<f64>(columns, 8) + load<f64>(columns, ODD_ROW + 8) + load<f64>(digits, 8);
  return (upper + lower * unit + magic - magic) * unit;
}
