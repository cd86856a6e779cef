/**
 * Numbers between bytes and digits: RFC 8017 §4, OS2IP and I2OSP, with the radix conversion in between.
 *
 * secret: the numbers; public: all lengths.
 */

import { carryRow, carryRows } from "./carry";
import { MAX_VECTORS, MODULUS, NUMBER_BYTES, PRODUCT, RADIX_BITS, VECTOR_BYTES } from "./layout";
import { vectors } from "./montgomery";

const MAX_DIGITS: i32 = 2 * MAX_VECTORS;
const DIGIT_MASK: u64 = (1 << RADIX_BITS) - 1;
/** A double of less than 2^51 added to this has its integer value in the low bits: faster than a conversion. */
const INTEGER_MAGIC: f64 = 6755399441055744; // 1.5·2^52
const INTEGER_MAGIC_BITS: i64 = 0x4338000000000000;

/** 57 bits or more of the number in `buffer`, from bit `bit` up. */
// @ts-ignore: decorator
@inline
export function bitsAt(buffer: usize, bit: i32): u64 {
  return bswap(load<u64>(buffer + NUMBER_BYTES - 8 - (bit >> 3))) >> (bit & 7);
}

/** `digits` digits of the number in `buffer`, from digit `first` up, balanced, to `count` vectors of slot `out`. */
export function loadDigits(out: usize, count: i32, buffer: usize, first: i32, digits: i32): void {
  memory.fill(out, 0, <usize>count * VECTOR_BYTES);
  const end = min(digits, MAX_DIGITS - first);
  for (let i = 0; i < end; i++) {
    const digit = bitsAt(buffer, (first + i) * RADIX_BITS) & DIGIT_MASK;
    store<f64>(out + (<usize>i << 3), <f64>(<i64>digit));
  }
  carryRow(out, count);
}

/** The number in `buffer`, at most half of what `count` vectors hold, to slot `out`. */
export function loadNumber(out: usize, buffer: usize, count: i32): void {
  loadDigits(out, count, buffer, 0, 2 * count);
}

/** Digit i as an integer. */
// @ts-ignore: decorator
@inline
function digitAt(digits: usize, i: i32): i64 {
  return reinterpret<i64>(load<f64>(digits + (<usize>i << 3)) + INTEGER_MAGIC) - INTEGER_MAGIC_BITS;
}

/** Brings slot `x`, |x| < n, into [0, n). */
export function correct(x: usize): void {
  let sign: i64 = 0;
  for (let i = 0; i < 2 * vectors(); i++) sign = (digitAt(x, i) + sign) >> RADIX_BITS;
  carryRows(x, x, 1, MODULUS, <f64>-sign, vectors());
}

/** The number in `count` vectors of slot `x`, not negative, to `buffer`. Overwrites PRODUCT. */
export function storeNumber(buffer: usize, x: usize, count: i32): void {
  const end = min(2 * count, MAX_DIGITS);
  let carry: i64 = 0;
  for (let i = 0; i < end; i++) {
    carry += digitAt(x, i);
    store<u64>(PRODUCT + (<usize>i << 3), carry & DIGIT_MASK);
    carry >>= RADIX_BITS;
  }
  storeWords(buffer, PRODUCT, end, RADIX_BITS);
}

/** `count` words of `bits` bits each, 48 at most, in 8 bytes each, least significant first, to `buffer`. */
export function storeWords(buffer: usize, words: usize, count: i32, bits: i32): void {
  memory.fill(buffer, 0, NUMBER_BYTES);
  let pending: u64 = 0;
  let pendingBits = 0;
  let end = buffer + NUMBER_BYTES;
  for (let i = 0; i < count; i++) {
    pending |= load<u64>(words + (<usize>i << 3)) << pendingBits;
    for (pendingBits += bits; pendingBits >= 16; pendingBits -= 16) {
      end -= 2;
      store<u16>(end, bswap<u16>(<u16>pending));
      pending >>= 16;
    }
  }
  store<u16>(end - 2, bswap<u16>(<u16>pending));
}
