/** Between big-endian bytes and pairs of field elements. secret: the numbers. */

import { ONES, PRIME, R_SQUARED } from "./generated/curve";
import { fieldMultiply } from "./generated/field";
import { LEFT, LIMBS } from "./layout";

const LIMB_MASK: i64 = 0x1fffffff;

/** out = the point x‖y at `bytes`, as the pair x|y. */
export function loadPoint(out: usize, bytes: usize): void {
  storePair(out, wordOfBoth(bytes, 0), wordOfBoth(bytes, 1), wordOfBoth(bytes, 2), wordOfBoth(bytes, 3));
  fieldMultiply(out, out, R_SQUARED);
}

/** Word `i`, from the lowest, of x and of y. */
// @ts-ignore: decorator
@inline
function wordOfBoth(bytes: usize, i: usize): v128 {
  const x = bswap<u64>(load<u64>(bytes + 24 - 8 * i));
  const y = bswap<u64>(load<u64>(bytes + 56 - 8 * i));
  return i64x2.replace_lane(i64x2.splat(x), 1, y);
}

/** Cuts two numbers of four 64-bit words, one in each lane, into limbs in [0, 2^29). */
// @ts-ignore: decorator
@inline
export function storePair(out: usize, w0: v128, w1: v128, w2: v128, w3: v128): void {
  storeLimbs(out, w0, i64x2.shr_u(w0, 29));
  storeLimbs(out + 16, across(w0, 58, w1), i64x2.shr_u(w1, 23));
  storeLimbs(out + 32, across(w1, 52, w2), i64x2.shr_u(w2, 17));
  storeLimbs(out + 48, across(w2, 46, w3), i64x2.shr_u(w3, 11));
  storeLimbs(out + 64, i64x2.shr_u(w3, 40), i64x2.splat(0));
}

/** The low 29 bits of each. */
// @ts-ignore: decorator
@inline
function storeLimbs(out: usize, limb: v128, next: v128): void {
  v128.store(out, v128.and(v128.shuffle<i32>(limb, next, 0, 2, 4, 6), i32x4.splat(<i32>LIMB_MASK)));
}

/** The bits from `bit` of one word on, and the next word's above them. */
// @ts-ignore: decorator
@inline
function across(word: v128, bit: i32, next: v128): v128 {
  return v128.or(i64x2.shr_u(word, bit), i64x2.shl(next, 64 - bit));
}

/**
 * 32 bytes at `out` = element `lane` of the pair at `a`, out of Montgomery form and fully reduced.
 *
 * |a| < R, so that a·1/R by Montgomery is a number from 0 to p; p itself becomes 0.
 */
export function storeElement(out: usize, a: usize, lane: usize): void {
  fieldMultiply(LEFT, a, ONES);
  let carry: i64 = 0;
  let difference: i64 = 0;
  for (let i: usize = 0; i < 9; i++) {
    carry += <i64>load<i32>(LEFT + (lane << 2) + (i << 3));
    const limb = carry & LIMB_MASK;
    carry >>= 29;
    difference |= limb ^ <i64>load<i32>(PRIME + (i << 3));
    store<i64>(LIMBS + (i << 3), limb);
  }
  // 0 where the number is p, else −1.
  const keep = (-difference) >> 63;
  storeWord(out + 24, keep & (limb(0) | (limb(1) << 29) | (limb(2) << 58)));
  storeWord(out + 16, keep & ((limb(2) >> 6) | (limb(3) << 23) | (limb(4) << 52)));
  storeWord(out + 8, keep & ((limb(4) >> 12) | (limb(5) << 17) | (limb(6) << 46)));
  storeWord(out, keep & ((limb(6) >> 18) | (limb(7) << 11) | (limb(8) << 40)));
}

// @ts-ignore: decorator
@inline
function limb(i: usize): i64 {
  return load<i64>(LIMBS + (i << 3));
}

// @ts-ignore: decorator
@inline
function storeWord(address: usize, word: i64): void {
  store<u64>(address, bswap<u64>(<u64>word));
}
