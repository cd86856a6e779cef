/** The one instruction that everything rests on, and what is made of it: lookups whose time knows no index. */

import { NIBBLE_MASK } from "./generated/tables";

/**
 * table[index] in every byte, 0 where an index is 80 or more. All indices here are 0 to 15 or 80 to FF, where the
 * relaxed instruction is defined too: it spares x86 the saturating addition that gives others their 0.
 */
export function lookup(table: v128, indices: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i8x16.relaxed_swizzle(table, indices);
  return i8x16.swizzle(table, indices);
}

/** The bytes of `x` in the order that the 16 bytes at `order` say, 0 for an entry of 80. */
export function permute(x: v128, order: usize): v128 {
  return lookup(x, v128.load(order));
}

export function lowNibbles(x: v128, mask: v128): v128 {
  return v128.and(x, mask);
}

export function highNibbles(x: v128, mask: v128): v128 {
  return v128.and(i32x4.shr_u(x, 4), mask);
}

/** The GF(2)-linear map whose two tables lie at `map`, of every byte. */
export function linear(x: v128, map: usize): v128 {
  const mask = v128.load(NIBBLE_MASK);
  return v128.xor(
    lookup(v128.load(map), lowNibbles(x, mask)),
    lookup(v128.load(map, 16), highNibbles(x, mask)),
  );
}
