/**
 * SM3, GB/T 32905-2016, over messages that come through BUFFER in pieces.
 *
 * secret: message; public: its length.
 */

import { expandingRounds, rounds } from "./generated/sm3-rounds";
import { BLOCK_BYTES, BUFFER, SCHEDULE, STATE } from "./layout";
import { bigEndianWords, loadFourBlocks } from "./schedule";

/** §4.1 */
const INITIAL_VALUE: usize = memory.data<u32>(
  [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e],
  16,
);
const GROUP_BYTES: usize = 4 * BLOCK_BYTES;

/** Begins a message that comes in several pieces. */
export function startHash(): void {
  v128.store(STATE, v128.load(INITIAL_VALUE));
  v128.store(STATE, v128.load(INITIAL_VALUE, 16), 16);
}

/**
 * Takes the blocks in BUFFER into STATE, in groups of four: §5.3.1. What comes after the last block is read, and is of
 * no consequence.
 */
export function hashBlocks(count: i32): void {
  for (let group = BUFFER; count > 0; group += GROUP_BYTES, count -= 4) {
    loadFourBlocks(group);
    expandingRounds();
    const end = SCHEDULE + (<usize>min(count, 4) << 2);
    for (let schedule = SCHEDULE + 4; schedule < end; schedule += 4) rounds(schedule);
  }
}

/**
 * Pads the last piece, takes it into STATE and leaves the digest there, big-endian: §5.2, §5.4.
 *
 * @param byteLength - of the piece in BUFFER, up to BUFFER_CAPACITY.
 * @param totalBytes - of the whole message, a whole number below 2^53; if it is all in this piece, there is no start.
 */
export function finishHash(byteLength: i32, totalBytes: f64): void {
  if (<f64>byteLength == totalBytes) startHash();
  const end = BUFFER + <usize>byteLength;
  for (let i: usize = 0; i < 2 * BLOCK_BYTES; i += 16) v128.store(end + i, i64x2.splat(0));
  store<u8>(end, 0x80);
  const blockCount = blocksOf(byteLength);
  store<u64>(BUFFER + <usize>blockCount * BLOCK_BYTES - 8, bswap<u64>(<u64>totalBytes << 3));
  hashBlocks(blockCount);
  v128.store(STATE, bigEndianWords(v128.load(STATE)));
  v128.store(STATE, bigEndianWords(v128.load(STATE, 16)), 16);
}

/**
 * Overwrites the state, the schedule, and `byteLength` bytes of BUFFER with the padding behind them.
 *
 * @param byteLength - at least that of the longest piece since memory was last wiped.
 */
export function wipeHash(byteLength: i32): void {
  const end = BUFFER + <usize>byteLength + 2 * BLOCK_BYTES;
  for (let address = STATE; address < end; address += 64) {
    v128.store(address, i64x2.splat(0));
    v128.store(address, i64x2.splat(0), 16);
    v128.store(address, i64x2.splat(0), 32);
    v128.store(address, i64x2.splat(0), 48);
  }
}

/** How many blocks a last piece of that length makes. */
function blocksOf(byteLength: i32): i32 {
  return (byteLength + 8 + <i32>BLOCK_BYTES) / <i32>BLOCK_BYTES;
}
