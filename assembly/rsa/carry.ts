/**
 * Carrying: from columns to balanced digits, in vectors, without a serial chain.
 *
 * Adding and subtracting 1.5·2^(52+RADIX_BITS) rounds a column to a multiple of the radix; what was rounded off is the
 * digit, the multiple goes one column up. All columns do so at once (a pass), so that digits end up a little larger
 * than half the radix. Columns of up to 2^54.5 take two passes at 24 bits and one at 47. The value never changes.
 *
 * A column may be the sum of two rows and not fit a double. What is rounded may be off by a few units, then, but what
 * is left when the multiple is subtracted from one row before the other is added is exact.
 *
 * What leaves the top column is dropped, unless returned: the digits are then right modulo R, and since balanced digits
 * stay below 0.51·R, right altogether for a value below 0.49·R.
 *
 * All doubles here are integers, a zero or far above the subnormal numbers, which processors may take longer over.
 */

import { CONSTANTS } from "./constants";
import { ODD_ROW, RADIX_BITS, VECTOR_BYTES } from "./layout";

const TWO_PASSES: bool = RADIX_BITS < 32;

/** The part of `value` that is a multiple of the radix. */
// @ts-ignore: decorator
@inline
function multiple(value: v128, magic: v128): v128 {
  return f64x2.sub(f64x2.add(value, magic), magic);
}

/** One column up: the lanes that follow `last`'s first. */
// @ts-ignore: decorator
@inline
function up(last: v128, next: v128): v128 {
  return v128.shuffle<i64>(last, next, 1, 2);
}

/**
 * Carries `count` blocks of columns, in two rows, to digits.
 *
 * @returns what leaves the top column, in units of R.
 */
export function carryColumns(out: usize, columns: usize, count: i32): f64 {
  const magic = v128.load(CONSTANTS);
  const unit = v128.load(CONSTANTS, 16);
  let last = f64x2.splat(0);
  let last2 = last;
  const end = columns + <usize>count * VECTOR_BYTES;
  do {
    const even = v128.load(columns);
    const odd = v128.load(columns, ODD_ROW);
    let high = multiple(f64x2.add(even, odd), magic);
    let carry = f64x2.mul(high, unit);
    let digits = f64x2.add(f64x2.add(f64x2.sub(even, high), odd), up(last, carry));
    last = carry;
    if (TWO_PASSES) {
      high = multiple(digits, magic);
      carry = f64x2.mul(high, unit);
      digits = f64x2.add(f64x2.sub(digits, high), up(last2, carry));
      last2 = carry;
    }
    v128.store(out, digits);
    columns += VECTOR_BYTES;
    out += VECTOR_BYTES;
  } while (columns < end);
  return f64x2.extract_lane(last, 1) + f64x2.extract_lane(last2, 1);
}

/** Carries the sum of two times `count` blocks of columns, and `carryIn`, to digits. */
export function carrySum(out: usize, a: usize, b: usize, count: i32, carryIn: f64): void {
  const magic = v128.load(CONSTANTS);
  const unit = v128.load(CONSTANTS, 16);
  let last = f64x2.splat(carryIn);
  let last2 = f64x2.splat(0);
  const end = a + <usize>count * VECTOR_BYTES;
  do {
    const evenA = v128.load(a);
    const oddA = v128.load(a, ODD_ROW);
    const evenB = v128.load(b);
    const oddB = v128.load(b, ODD_ROW);
    const highA = multiple(f64x2.add(evenA, oddA), magic);
    const restA = f64x2.add(f64x2.sub(evenA, highA), oddA);
    let high = multiple(f64x2.add(f64x2.add(evenB, oddB), restA), magic);
    const rest = f64x2.add(f64x2.add(f64x2.sub(evenB, high), oddB), restA);
    let carry = f64x2.mul(f64x2.add(highA, high), unit);
    let digits = f64x2.add(rest, up(last, carry));
    last = carry;
    if (TWO_PASSES) {
      high = multiple(digits, magic);
      carry = f64x2.mul(high, unit);
      digits = f64x2.add(f64x2.sub(digits, high), up(last2, carry));
      last2 = carry;
    }
    v128.store(out, digits);
    a += VECTOR_BYTES;
    b += VECTOR_BYTES;
    out += VECTOR_BYTES;
  } while (a < end);
}

/** a·factorA + b·factorB over `count` vectors of single rows, carried, to `out`, which may be either. */
export function carryRows(out: usize, a: usize, factorA: f64, b: usize, factorB: f64, count: i32): void {
  const magic = v128.load(CONSTANTS);
  const unit = v128.load(CONSTANTS, 16);
  const factorsA = f64x2.splat(factorA);
  const factorsB = f64x2.splat(factorB);
  let last = f64x2.splat(0);
  let last2 = last;
  const end = a + <usize>count * VECTOR_BYTES;
  do {
    const value = f64x2.add(f64x2.mul(v128.load(a), factorsA), f64x2.mul(v128.load(b), factorsB));
    let high = multiple(value, magic);
    let carry = f64x2.mul(high, unit);
    let digits = f64x2.add(f64x2.sub(value, high), up(last, carry));
    last = carry;
    if (TWO_PASSES) {
      high = multiple(digits, magic);
      carry = f64x2.mul(high, unit);
      digits = f64x2.add(f64x2.sub(digits, high), up(last2, carry));
      last2 = carry;
    }
    v128.store(out, digits);
    a += VECTOR_BYTES;
    b += VECTOR_BYTES;
    out += VECTOR_BYTES;
  } while (a < end);
}

/**
 * x·radix + n·factor over `count` vectors of single rows, carried, in place of x. Relaxed only: |factor| ≤ 2·radix, and
 * each product comes in two halves, the upper of which goes up by a column together with the digit of x.
 */
export function carryShifted(x: usize, n: usize, factor: f64, count: i32): void {
  const magic = v128.load(CONSTANTS);
  const unit = v128.load(CONSTANTS, 16);
  const factors = f64x2.splat(factor);
  let lastUpper = f64x2.splat(0);
  let last = lastUpper;
  const end = x + <usize>count * VECTOR_BYTES;
  do {
    const digitsOfN = v128.load(n);
    const minusHigh = f64x2.sub(magic, f64x2.relaxed_madd(digitsOfN, factors, magic));
    const low = f64x2.relaxed_madd(digitsOfN, factors, minusHigh);
    const upper = f64x2.sub(v128.load(x), f64x2.mul(minusHigh, unit));
    const value = f64x2.add(low, up(lastUpper, upper));
    const high = multiple(value, magic);
    const carry = f64x2.mul(high, unit);
    v128.store(x, f64x2.add(f64x2.sub(value, high), up(last, carry)));
    lastUpper = upper;
    last = carry;
    n += VECTOR_BYTES;
    x += VECTOR_BYTES;
  } while (x < end);
}

/** Carries `count` vectors of one row in place. */
// @ts-ignore: decorator
@inline
export function carryRow(row: usize, count: i32): void {
  carryRows(row, row, 1, row, 0, count);
}
