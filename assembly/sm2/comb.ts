/**
 * SUM = [s]G by a comb with a table: generator/curve.mjs. secret: s, at BITS, and SUM.
 *
 * No addition meets an exceptional case. As integers, SUM is even before it takes the odd sum of a column's first
 * block, and odd before it takes an even one. Modulo n they could agree, or be opposite, only where SUM + |entry| ≥ n:
 * in the last two columns. Each way in which they could there determines s digit by digit, and no such s lies
 * between n and 2n: test/suites/wasm-sm2-exceptions.test.ts works them out.
 */

import { BLOCKS, COMB_TABLE, MONTGOMERY_ONE, SPACING, TEETH } from "./generated/curve";
import { PAIR_BYTES } from "./generated/field";
import { pointAddAffine, pointDouble, pointFromAffine } from "./generated/points";
import { storePair } from "./convert";
import { firstOfSecondOf, maskWhereZero, negateWhere } from "./lanes";
import { AFFINE, SUM } from "./layout";
import { digits, setTopDigit } from "./scalar";

const ENTRY_BYTES: usize = 64;
const BLOCK_ENTRIES: i32 = 1 << (TEETH - 1);
const BLOCK_BYTES: usize = <usize>BLOCK_ENTRIES * ENTRY_BYTES;

export function multiplyBase(): void {
  setTopDigit(BLOCKS * TEETH * SPACING);
  for (let column = SPACING - 1; column >= 0; column--) {
    if (column < SPACING - 1) pointDouble(SUM);
    for (let block = 0; block < BLOCKS; block++) {
      selectFromComb(block, column);
      if (column == SPACING - 1 && block == 0) pointFromAffine(SUM, AFFINE, MONTGOMERY_ONE);
      else pointAddAffine(SUM, AFFINE);
    }
  }
}

/** AFFINE = the sum of that block's digits in that column. Reads the whole block. */
export function selectFromComb(block: i32, column: i32): void {
  let signs = 0;
  for (let tooth = 0; tooth < TEETH; tooth++) signs |= digits((block * TEETH + tooth) * SPACING + column, 1) << tooth;
  // The table has the sums with the highest digit positive.
  const negative = (signs >> (TEETH - 1)) - 1;
  let wanted = (signs ^ negative) & (BLOCK_ENTRIES - 1);
  let entry = COMB_TABLE + <usize>block * BLOCK_BYTES;
  let w0 = i64x2.splat(0), w1 = w0, w2 = w0, w3 = w0;
  for (const end = entry + BLOCK_BYTES; entry < end; entry += ENTRY_BYTES, wanted--) {
    const mask = maskWhereZero(wanted);
    w0 = v128.or(w0, v128.and(v128.load(entry), mask));
    w1 = v128.or(w1, v128.and(v128.load(entry, 16), mask));
    w2 = v128.or(w2, v128.and(v128.load(entry, 32), mask));
    w3 = v128.or(w3, v128.and(v128.load(entry, 48), mask));
  }
  storePair(AFFINE, w0, w1, w2, w3);
  const mask = firstOfSecondOf(i64x2.splat(0), i32x4.splat(negative));
  for (let i = AFFINE; i < AFFINE + PAIR_BYTES; i += 16) v128.store(i, negateWhere(mask, v128.load(i)));
}
