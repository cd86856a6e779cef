/**
 * Scalars as digits ±1, never zero: nothing to skip, nothing that starts or ends differently.
 *
 * For k in [1, n − 1] let s = n + k where k is even, 2n − k where it is odd: odd, between n and 2n, and ≡ ±k. Any odd
 * s < 2^L is Σ (2·b_i − 1)·2^i, i < L, over the bits b_i of (s >> 1) + 2^(L−1).
 *
 * secret: everything but L and where digits are read.
 */

import { ORDER } from "./generated/curve";
import { BITS, SCALAR } from "./layout";

/**
 * BITS = s >> 1, little-endian, below 2^256.
 *
 * @returns −1 where s ≡ −k, else 0.
 */
export function recodeScalar(): i32 {
  const odd = -(<i64>load<u8>(SCALAR + 31) & 1);
  let carry: i64 = 0;
  let below: i64 = 0;
  for (let i: usize = 0; i <= 8; i++) {
    const n = <i64>load<u32>(ORDER + (i << 2));
    const k = i < 8 ? <i64>bswap<u32>(load<u32>(SCALAR + 28 - (i << 2))) : 0;
    carry += n + (n & odd) + ((k ^ odd) - odd);
    const word = carry & 0xffffffff;
    carry >>= 32;
    if (i > 0) store<u32>(BITS + (i << 2) - 4, <u32>((below >> 1) | (word << 31)));
    below = word;
  }
  return <i32>odd;
}

/** Adds 2^(length−1) to BITS, for 257 ≤ length ≤ 264, and takes off what was added before. */
export function setTopDigit(length: i32): void {
  const bit = 1 << (length - 257);
  store<u8>(BITS + 32, <u8>bit);
}

/** The bits of up to 25 digits from position `from` on. */
// @ts-ignore: decorator
@inline
export function digits(from: i32, count: i32): i32 {
  return (load<u32>(BITS + (from >> 3)) >> (from & 7)) & ((1 << count) - 1);
}
