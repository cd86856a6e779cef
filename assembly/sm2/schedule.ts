/**
 * SM3's message expansion, GB/T 32905-2016 §5.3.2, for four blocks at once, one in each 32-bit lane: a schedule is the
 * 68 vectors W_0 to W_67. W'_j = W_j ⊕ W_{j+4} is left to the rounds: storing it costs more, in time and to wipe, for
 * short messages than it gains for long ones (3 % at 16 KiB).
 */

import { BLOCK_BYTES, SCHEDULE, SCHEDULE_WORD_BYTES } from "./layout";

const BYTE_ORDER: usize = memory.data<u8>([3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12], 16);

/** The first 16 words of four blocks, to SCHEDULE. */
export function loadFourBlocks(blocks: usize): void {
  let schedule = SCHEDULE;
  for (let i: usize = 0; i < BLOCK_BYTES; i += 16, schedule += 4 * SCHEDULE_WORD_BYTES) {
    const b0 = bigEndianWords(v128.load(blocks + i));
    const b1 = bigEndianWords(v128.load(blocks + i, 64));
    const b2 = bigEndianWords(v128.load(blocks + i, 128));
    const b3 = bigEndianWords(v128.load(blocks + i, 192));
    storeTransposed(schedule, SCHEDULE_WORD_BYTES, b0, b1, b2, b3);
  }
}

/** Stores the four columns of 32 bits in four rows as vectors, `distance` bytes apart. */
// @ts-ignore: decorator
@inline
export function storeTransposed(out: usize, distance: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(out + distance, v128.shuffle<i64>(low01, low23, 1, 3));
  v128.store(out + 2 * distance, v128.shuffle<i64>(high01, high23, 0, 2));
  v128.store(out + 3 * distance, v128.shuffle<i64>(high01, high23, 1, 3));
}

/** Computes and stores W_j, where W_{j−16} is at `word`. */
// @ts-ignore: decorator
@inline
export function expandWord(word: usize): void {
  const oldest = v128.xor(v128.load(word), v128.load(word, 7 * SCHEDULE_WORD_BYTES));
  const x = v128.xor(oldest, rotateLeft(v128.load(word, 13 * SCHEDULE_WORD_BYTES), 15));
  const P1 = v128.xor(v128.xor(x, rotateLeft(x, 15)), rotateLeft(x, 23));
  const older = rotateLeft(v128.load(word, 3 * SCHEDULE_WORD_BYTES), 7);
  const W = v128.xor(P1, v128.xor(older, v128.load(word, 10 * SCHEDULE_WORD_BYTES)));
  v128.store(word, W, 16 * SCHEDULE_WORD_BYTES);
}

/** In every 32-bit lane. */
// @ts-ignore: decorator
@inline
export function rotateLeft(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/** Reverses the bytes of every 32-bit lane. */
// @ts-ignore: decorator
@inline
export function bigEndianWords(x: v128): v128 {
  return i8x16.swizzle(x, v128.load(BYTE_ORDER));
}
