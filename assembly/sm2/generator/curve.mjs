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
  const teeth = [G];
  while (teeth.length < BLOCKS * TEETH) {
    let point = /** @type {Point} */ (teeth.at(-1));
    for (let i = 0; i < SPACING; i++) point = add(point, point);
    teeth.push(point);
  }
  return [...Array(BLOCKS).keys()].flatMap((block) => {
    const [highest, ...lower] = teeth.slice(block * TEETH, (block + 1) * TEETH).reverse();
    return [...Array(1 << (TEETH - 1)).keys()].map((signs) =>
      lower.reduce(
        (sum, tooth, i) => add(sum, (signs >> (TEETH - 2 - i)) & 1 ? tooth : negate(tooth)),
        highest,
      ),
    );
  });
}

/**
 * x and y of an entry, times R, in words of 64 bits: x's lowest, y's lowest, x's next, …
 * @type {(point: Point) => bigint[]}
 */
function packedEntry(point) {
  const [x, y] = point.map((coordinate) => (coordinate * R) % p);
  return [0n, 64n, 128n, 192n].flatMap((shift) => [x, y].map((value) => BigInt.asUintN(64, value >> shift)));
}

/** A pair of field elements, with limbs in [0, 2^29). @type {(first: bigint, second: bigint) => bigint[]} */
function pair(first, second) {
  return [...Array(PAIR_BYTES / 8).keys()].map((i) => {
    const [low, high] = [first, second].map(
      (value) => (value >> BigInt(LIMB_BITS * i)) & (2n ** BigInt(LIMB_BITS) - 1n),
    );
    return low | (high << 32n);
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
  const bytesOfG = G.flatMap((value) =>
    [...Array(32).keys()].map((i) => (value >> BigInt(248 - 8 * i)) & 0xffn),
  );
  return [
    `export const TEETH: i32 = ${TEETH};`,
    `export const BLOCKS: i32 = ${BLOCKS};`,
    `export const SPACING: i32 = ${SPACING};`,
    "/** For each block its entries, four vectors each. */",
    table("COMB_TABLE", "u64", combTable().flatMap(packedEntry)),
    "/** G, as x‖y in bytes. */",
    table("BASE_POINT", "u8", bytesOfG),
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
