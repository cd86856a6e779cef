/**
 * SUM = [s]P for the affine point P at AFFINE, by windows of five digits ±1, each an odd number from −31 to 31.
 * secret: s, at BITS, and SUM; public: P.
 *
 * No addition meets an exceptional case. Before it SUM is 32m·P: m is what the windows so far spell, odd, and positive,
 * since the highest window is 1 or 3. It adds d·P, d odd, |d| ≤ 31, and 32m ≠ ±d. Modulo n the two could agree in
 * the last window only, where 32m + d = s, n < s < 2n. 32m ≡ −d would make s ≡ 0. 32m ≡ d would make s ≡ 2d, so that
 * s = n + 2d, for s is odd, d > 0, and 32m = n + d; but m is odd and n ≡ 35 (mod 64): d ≡ −3 (mod 64).
 */

import { MONTGOMERY_ONE } from "./generated/curve";
import { PAIR_BYTES } from "./generated/field";
import { pointAdd, pointAddEqualZ, pointDouble, pointFromAffine, pointStartTable } from "./generated/points";
import { maskWhereZero, negateWhere } from "./lanes";
import { AFFINE, DOUBLED, POINT_BYTES, SELECTED, SUM, TABLE, TABLE_ENTRIES, WINDOW_BITS } from "./layout";
import { digits, setTopDigit } from "./scalar";

/** 260 digits, for s < 2^257. */
const WINDOWS: i32 = 52;

export function multiplyPoint(): void {
  makeTable();
  setTopDigit(WINDOWS * WINDOW_BITS);
  selectMultiple(SUM, WINDOWS - 1);
  for (let window = WINDOWS - 2; window >= 0; window--) {
    for (let i = 0; i < WINDOW_BITS; i++) pointDouble(SUM);
    selectMultiple(SELECTED, window);
    pointAdd(SUM, SELECTED);
  }
}

/** TABLE = P, 3P, … 31P, each from the one before and 2P, these two always on one Z. */
export function makeTable(): void {
  pointFromAffine(SUM, AFFINE, MONTGOMERY_ONE);
  pointDouble(SUM);
  pointStartTable(TABLE, DOUBLED, AFFINE, SUM);
  const last = TABLE + <usize>(TABLE_ENTRIES - 1) * POINT_BYTES;
  for (let entry = TABLE; entry < last; entry += POINT_BYTES) pointAddEqualZ(entry + POINT_BYTES, entry, DOUBLED);
}

/** out = (the number in that window)·P. Reads the whole table. */
export function selectMultiple(out: usize, window: i32): void {
  // 5 bits v for the number 2v − 31: from 16 on, entry v − 16; below, entry 15 − v, negative.
  const v = digits(window * WINDOW_BITS, WINDOW_BITS);
  const negative = (v >> (WINDOW_BITS - 1)) - 1;
  const wanted = (v ^ negative) & (TABLE_ENTRIES - 1);
  selectPair(out, TABLE, wanted);
  selectPair(out + PAIR_BYTES, TABLE + PAIR_BYTES, wanted);
  const mask = i32x4.splat(negative);
  for (let i = out + PAIR_BYTES; i < out + POINT_BYTES; i += 16) v128.store(i, negateWhere(mask, v128.load(i)));
}

/** out = that pair of entry `wanted`. */
function selectPair(out: usize, table: usize, wanted: i32): void {
  const end = table + <usize>TABLE_ENTRIES * POINT_BYTES;
  let v0 = i64x2.splat(0), v1 = v0, v2 = v0, v3 = v0, v4 = v0;
  for (let entry = table; entry < end; entry += POINT_BYTES, wanted--) {
    const mask = maskWhereZero(wanted);
    v0 = v128.or(v0, v128.and(v128.load(entry), mask));
    v1 = v128.or(v1, v128.and(v128.load(entry, 16), mask));
    v2 = v128.or(v2, v128.and(v128.load(entry, 32), mask));
    v3 = v128.or(v3, v128.and(v128.load(entry, 48), mask));
    v4 = v128.or(v4, v128.and(v128.load(entry, 64), mask));
  }
  v128.store(out, v0);
  v128.store(out, v1, 16);
  v128.store(out, v2, 32);
  v128.store(out, v3, 48);
  v128.store(out, v4, 64);
}
