/**
 * Powers: square-and-multiply for public exponents, a fixed window with a masked table for secret ones.
 *
 * secret: base, result, and the exponent of `powerSecret`; public: the exponent of `powerVartime`, all lengths.
 */

import { BASE, MONTGOMERY_BASE, OTHER, R_SQUARED, RESULT, SPARE, TABLE, VECTOR_BYTES, WINDOW_BITS } from "./layout";
import { multiply, square, vectors } from "./montgomery";
import { bitsAt } from "./numbers";

const ENTRIES: i32 = 1 << WINDOW_BITS;

/** BASE^e mod n to RESULT, for the odd exponent e > 1 in `exponent`, of exactly `bits` bits. Time depends on e. */
export function powerVartime(exponent: usize, bits: i32): void {
  multiply(MONTGOMERY_BASE, BASE, R_SQUARED);
  square(RESULT, MONTGOMERY_BASE);
  for (let bit = bits - 2; bit > 0; bit--) {
    if (bitsAt(exponent, bit) & 1) multiply(RESULT, RESULT, MONTGOMERY_BASE);
    square(RESULT, RESULT);
  }
  // e is odd. The last factor is the plain base: that leaves Montgomery form for free.
  multiply(RESULT, RESULT, BASE);
}

/** MONTGOMERY_BASE^e to RESULT, both in Montgomery form, for the exponent in `exponent`, below 2^bits. */
export function powerSecret(exponent: usize, bits: i32): void {
  const entryBytes = <usize>((vectors() + 3) & ~3) * VECTOR_BYTES;
  buildTable(entryBytes);
  let window = (bits - 1) / WINDOW_BITS;
  pick(RESULT, exponent, window, entryBytes);
  while (--window >= 0) {
    for (let i = 0; i < WINDOW_BITS; i++) square(RESULT, RESULT);
    pick(OTHER, exponent, window, entryBytes);
    multiply(RESULT, RESULT, OTHER);
  }
}

/** The powers 0 to 31 of MONTGOMERY_BASE, `entryBytes` apart, in TABLE. */
function buildTable(entryBytes: usize): void {
  const bytes = <usize>vectors() * VECTOR_BYTES;
  memory.fill(TABLE, 0, entryBytes << WINDOW_BITS);
  memory.fill(SPARE, 0, bytes);
  store<f64>(SPARE, 1);
  multiply(RESULT, R_SQUARED, SPARE);
  for (let i = 0; i < ENTRIES; i++) {
    memory.copy(TABLE + <usize>i * entryBytes, RESULT, bytes);
    multiply(RESULT, RESULT, MONTGOMERY_BASE);
  }
}

/** Copies the table entry that a window of the exponent names to slot `out`, reading all of them. */
function pick(out: usize, exponent: usize, window: i32, entryBytes: usize): void {
  const wanted = i32x4.splat(<i32>bitsAt(exponent, window * WINDOW_BITS) & (ENTRIES - 1));
  const one = i32x4.splat(1);
  for (let offset: usize = 0; offset < entryBytes; offset += 4 * VECTOR_BYTES) {
    let a = i64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let index = a;
    let entry = TABLE + offset;
    for (let i = 0; i < ENTRIES; i++, entry += entryBytes, index = i32x4.add(index, one)) {
      const mask = i32x4.eq(index, wanted);
      a = v128.or(a, v128.and(mask, v128.load(entry)));
      b = v128.or(b, v128.and(mask, v128.load(entry, 16)));
      c = v128.or(c, v128.and(mask, v128.load(entry, 32)));
      d = v128.or(d, v128.and(mask, v128.load(entry, 48)));
    }
    v128.store(out + offset, a);
    v128.store(out + offset, b, 16);
    v128.store(out + offset, c, 32);
    v128.store(out + offset, d, 48);
  }
}
