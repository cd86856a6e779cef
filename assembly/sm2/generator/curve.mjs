/**
 * The curve's constants in the representation of the kernels, and the table for multiples of G, computed from the
 * curve's definition, GB/T 32918.5-2017.
 */

import { LIMB_BITS, LIMB_COUNT, PAIR_BYTES } from "./field.mjs";

export const p = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
export const n = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const a = p - 3n;
/** @type {Point} */
const G = [
  0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
];

/** Montgomery's R. */
export const R = 2n ** BigInt(LIMB_BITS * LIMB_COUNT);

/**
 * The comb: a scalar's digits ±1 stand in BLOCKS × TEETH rows of SPACING columns, row r from digit r·SPACING on; one
 * entry of the table is the sum of a column's digits in one block.
 *
 * 43 additions and 21 doublings, 4 KiB. Four blocks save 11 doublings, 2 % of an encryption, and take 4 KiB more,
 * which do not compress: too much, with 30 kB for all binaries together.
 */
export const TEETH = 6;
export const BLOCKS = 2;
export const SPACING = 22;

/** An affine point, never infinity. @typedef {[x: bigint, y: bigint]} Point */

/** @type {(x: bigint) => bigint} */
function mod(x) {
  return ((x % p) + p) % p;
}

/** 1/x by Euclid. @type {(x: bigint) => bigint} */
function inverse(x) {
  let [r0, r1, s0, s1] = [p, mod(x), 0n, 1n];
  while (r1 > 0n) [r0, r1, s0, s1] = [r1, r0 % r1, s1, s0 - (r0 / r1) * s1];
  return mod(s0);
}

/** The sum, where it is not infinity. @type {(P: Point, Q: Point) => Point} */
export function add([x1, y1], [x2, y2]) {
  const slope = x1 === x2 ? (3n * x1 * x1 + a) * inverse(2n * y1) : (y2 - y1) * inverse(x2 - x1);
  const x3 = mod(slope * slope - x1 - x2);
  return [x3, mod(slope * (x1 - x3) - y1)];
}

/** @type {(P: Point) => Point} */
function negate([x, y]) {
  return [x, p - y];
}

/**
 * For each block and each choice of signs of its lower teeth (a set bit is +), the sum of ±2^(SPACING·tooth)·G with
 * the highest tooth positive.
 * @returns {Point[]}
 */
function combTable() {
  /** @type {Point[]} */
  const table = [];
  let tooth = G;
  for (let block = 0; block < BLOCKS; block++) {
    // The sums of the block's teeth so far: with the highest one negative, then with it positive.
    let sums = [negate(tooth), tooth];
    for (let i = 1; i < TEETH; i++) {
      tooth = shiftedBySpacing(tooth);
      sums = [negate(tooth), tooth].flatMap((sign) => sums.map((sum) => add(sign, sum)));
    }
    table.push(...sums.slice(sums.length / 2));
    tooth = shiftedBySpacing(tooth);
  }
  return table;
}

/** 2^SPACING·P @type {(P: Point) => Point} */
function shiftedBySpacing(P) {
  let shifted = P;
  for (let i = 0; i < SPACING; i++) shifted = add(shifted, shifted);
  return shifted;
}

/**
 * x and y of an entry, times R, in words of 64 bits: x's lowest, y's lowest, x's next, …
 * @type {(point: Point) => bigint[]}
 */
function packedEntry(point) {
  const coordinates = point.map((coordinate) => (coordinate * R) % p);
  return [0n, 64n, 128n, 192n].flatMap((shift) =>
    coordinates.map((value) => BigInt.asUintN(64, value >> shift)),
  );
}

/** A pair of field elements, with limbs in [0, 2^29). @type {(first: bigint, second: bigint) => bigint[]} */
function pair(first, second) {
  return [...Array(PAIR_BYTES / 8).keys()].map((i) => {
    const shift = BigInt(LIMB_BITS * i);
    return BigInt.asUintN(LIMB_BITS, first >> shift) | (BigInt.asUintN(LIMB_BITS, second >> shift) << 32n);
  });
}

/** @type {(name: string, type: string, values: bigint[]) => string} */
function table(name, type, values) {
  const list = values.map((value) => `0x${value.toString(16)}`).join(", ");
  return `export const ${name}: usize = memory.data<${type}>([${list}], 16);`;
}

/** generated/curve.ts */
export function curveSource() {
  const orderWords = [...Array(9).keys()].map((i) => (n >> BigInt(32 * i)) & 0xffffffffn);
  return [
    `export const TEETH: i32 = ${TEETH};`,
    `export const BLOCKS: i32 = ${BLOCKS};`,
    `export const SPACING: i32 = ${SPACING};`,
    "/** For each block its entries, four vectors each. */",
    table("COMB_TABLE", "u64", combTable().flatMap(packedEntry)),
    "/** n, 9 words of 32 bits from the lowest up. */",
    table("ORDER", "u32", orderWords),
    "/** Pairs: p in one lane; R in one lane, which is 1 in Montgomery form; 1 in both; R² in both. */",
    table("PRIME", "u64", pair(p, 0n)),
    table("MONTGOMERY_ONE", "u64", pair(R % p, 0n)),
    table("ONES", "u64", pair(1n, 1n)),
    table("R_SQUARED", "u64", pair((R * R) % p, (R * R) % p)),
    "",
  ].join("\n");
}
