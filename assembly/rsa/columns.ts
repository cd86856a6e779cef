/** The seam between the two arithmetics: everything above is written once. */

import * as plain from "./generated/columns-plain";
import * as relaxed from "./generated/columns-relaxed";

/** How many blocks the kernels produce at a time: a power of two. */
export const TILE_BLOCKS: i32 = ASC_FEATURE_RELAXED_SIMD ? 2 : 4;

/**
 * The columns of a·b in blocks `from` to `to`, in two rows (layout.ts), to `out`; a block is one vector of columns. Up
 * to four blocks beyond `to` are written as well. What block `from − 1` adds to the first column is missing.
 */
// @ts-ignore: decorator
@inline
export function multiplyColumns(out: usize, a: usize, b: usize, vectors: i32, from: i32, to: i32): void {
  if (ASC_FEATURE_RELAXED_SIMD) relaxed.multiplyColumns(out, a, b, vectors, from, to);
  else plain.multiplyColumns(out, a, b, vectors, from, to);
}

/** All columns of a², in two rows (layout.ts), to `out`; `twice` holds the doubled digits of a. */
// @ts-ignore: decorator
@inline
export function squareColumns(out: usize, a: usize, twice: usize, vectors: i32): void {
  if (ASC_FEATURE_RELAXED_SIMD) relaxed.squareColumns(out, a, twice, vectors);
  else plain.squareColumns(out, a, twice, vectors);
}
