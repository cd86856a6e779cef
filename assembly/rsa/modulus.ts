/**
 * What is derived from a modulus: n' = −n⁻¹ mod R and R² mod n, without a division, in time that depends on its
 * length only, so that the secret primes are prepared like the public modulus.
 */

import { carryRows, carryShifted } from "./carry";
import { CONSTANTS } from "./constants";
import {
  CONTEXT, MIN_VECTORS, MODULUS, NEGATIVE_INVERSE, QUOTIENT, R_SQUARED, RADIX_BITS, SLACK_BITS, SLOTS_BYTES, VECTORS,
} from "./layout";
import { multiplyLow, square, vectors } from "./montgomery";
import { loadNumber } from "./numbers";

/**
 * A step of a shift is as long as its arithmetic stays exact: relaxed, a whole digit, for the halves of a product by the
 * quotient are at hand; plain, until a digit times 2^SHIFT_BITS, less a digit times the quotient, fills a double.
 */
const SHIFT_BITS: i32 = ASC_FEATURE_RELAXED_SIMD ? RADIX_BITS : 52 - RADIX_BITS;
/** Digits that make an estimate: at most two are zero, and the others have 44 bits where 30 will do, 91 where 49 will. */
const LEADING_DIGITS: i32 = 4;
/** 1.5·2^52: adding and subtracting it rounds to an integer. */
const INTEGER_MAGIC: f64 = 6755399441055744;

/** Makes the modulus in `buffer`, odd, of exactly `bits` bits, the current one. Clears all slots. */
export function prepare(buffer: usize, bits: i32): void {
  memory.fill(CONTEXT, 0, SLOTS_BYTES);
  const digitPairBits = 2 * RADIX_BITS;
  store<i32>(VECTORS, max(MIN_VECTORS, (bits + SLACK_BITS + digitPairBits - 1) / digitPairBits));
  loadNumber(MODULUS, buffer, vectors());
  invertModulus();
  squareR(bits);
}

/** Newton's iteration, from one digit up: if n·m = −1 + ε then n·m·(2 + n·m) = −1 + ε². */
function invertModulus(): void {
  const lowest = <i64>load<f64>(MODULUS);
  let inverse = lowest; // right modulo 2^3
  for (let i = 0; i < 4; i++) inverse *= 2 - lowest * inverse;
  const unused = 64 - RADIX_BITS;
  store<f64>(NEGATIVE_INVERSE, <f64>((-inverse << unused) >> unused));
  // Sizes vectors/2^k, rounded up: each is at most twice the one before, as each step doubles what is right.
  for (let k = 32 - clz(vectors() - 1); k >= 0; k--) {
    const count = (vectors() + (1 << k) - 1) >> k;
    multiplyLow(QUOTIENT, MODULUS, NEGATIVE_INVERSE, count);
    store<f64>(QUOTIENT, load<f64>(QUOTIENT) + 2);
    multiplyLow(NEGATIVE_INVERSE, QUOTIENT, NEGATIVE_INVERSE, count);
  }
}

/**
 * R² mod n: from a power of two below 2n, shifted to R·√R, by one Montgomery squaring, which spares half of the shifts.
 * `prepare` takes 22 µs for 4096 bits (plain) and 9 µs (relaxed); by steps of 5 bits and three squarings 17 µs (relaxed).
 */
function squareR(bits: i32): void {
  const digit = bits / RADIX_BITS;
  store<f64>(R_SQUARED + (<usize>digit << 3), 1);
  shiftModulo(R_SQUARED, (3 * vectors() - digit) * RADIX_BITS);
  square(R_SQUARED, R_SQUARED);
}

/** x·2^bits mod n, for |x| ≤ 2n; the result is at most n/2 and a little. Relaxed: `bits` is a multiple of SHIFT_BITS. */
function shiftModulo(x: usize, bits: i32): void {
  const reciprocal = reciprocalOf(leading(MODULUS));
  for (; bits > 0; bits -= SHIFT_BITS) {
    const factor = <f64>(<i64>1 << min(bits, SHIFT_BITS));
    const quotient = leading(x) * reciprocal * factor + INTEGER_MAGIC - INTEGER_MAGIC;
    if (ASC_FEATURE_RELAXED_SIMD) carryShifted(x, MODULUS, -quotient, vectors());
    else carryRows(x, x, factor, MODULUS, -quotient, vectors());
  }
}

/** x as a fraction of the weight of its top digit. */
function leading(x: usize): f64 {
  const unit = load<f64>(CONSTANTS, 16);
  let digit = x + (<usize>vectors() << 4) - (LEADING_DIGITS << 3);
  let sum: f64 = 0;
  for (let i = 0; i < LEADING_DIGITS; i++, digit += 8) sum = sum * unit + load<f64>(digit);
  return sum;
}

/** 1/x for x > 0 by Newton's iteration: the time that a processor's division takes may depend on x. */
function reciprocalOf(x: f64): f64 {
  // Subtracting from this inverts the exponent and, within 13 %, the mantissa.
  let y = reinterpret<f64>(0x7fde623822fc16e6 - reinterpret<i64>(x));
  for (let i = 0; i < 5; i++) y *= 2 - x * y;
  return y;
}
