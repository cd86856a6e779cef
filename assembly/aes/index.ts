/**
 * AES key wrap's keyed permutation, SP 800-38F §6.1: W and W⁻¹ over semiblocks, and through them CIPH_K and CIPH⁻¹_K.
 *
 * W is serial: each step is one AES block that takes A from the step before. What counts is one block's latency, so A
 * never leaves its register and never leaves the basis of the rounds; the register holds S-box outputs of the last
 * round, and the last key, the step's number and the next whitening key come in with the next semiblock.
 *
 * secret: key and semiblocks; public: their lengths.
 */

import { FROM_DELTA, FROM_PHI, SHIFT_ROWS, TO_DELTA, TO_PHI } from "./generated/tables";
import { DECRYPTION_KEYS, KEK, ROUND_KEYS, SEMIBLOCKS } from "./layout";
import { linear, lookup } from "./lookup";
import { decryptRounds, encryptRounds } from "./rounds";
import { prepareDecryption, prepareEncryption } from "./schedule";

export { KEK, SEMIBLOCK_CAPACITY, SEMIBLOCKS } from "./layout";

/**
 * Steps of W: `passes` times over all semiblocks but the first, which is A.
 *
 * @param keyBytes - 16, 24 or 32.
 * @param count - how many semiblocks, A included: at least 2.
 * @param passes - 6 for all of W, 1 for a part of a pass.
 * @param step - t of the first step, a whole number below 2^53; 0 for the one step that is CIPH_K.
 */
export function wrap(keyBytes: i32, count: i32, passes: i32, step: f64): void {
  const lastKey = prepareEncryption(keyBytes);
  const end = endOf(count);
  convert(TO_PHI, end);
  const last = v128.load(lastKey);
  const whitening = betweenBlocks(last, v128.load(ROUND_KEYS));
  const order = v128.load(SHIFT_ROWS + (lastKey & 48));
  const orderOfA = lowHalfOnly(order);
  let t = <u64>step;
  let tAsBlock = i64x2(0, 0);
  let x = v128.xor(v128.load64_zero(SEMIBLOCKS), lowHalf(last));
  for (; passes > 0; passes--) {
    for (let r = SEMIBLOCKS + 8; r < end; r += 8) {
      x = v128.xor(x, v128.xor(v128.xor(whitening, tAsBlock), inHighHalf(r)));
      x = encryptRounds(x, lastKey);
      v128.store64_lane(r, v128.xor(lookup(x, order), last), 1);
      x = lookup(x, orderOfA);
      tAsBlock = linear(asBlock(t++), TO_PHI);
    }
  }
  v128.store64_lane(SEMIBLOCKS, v128.xor(v128.xor(x, last), tAsBlock), 0);
  convert(FROM_PHI, end);
}

/**
 * Steps of W⁻¹: `passes` times over all semiblocks but the first, from the last to the second.
 *
 * @param keyBytes - 16, 24 or 32.
 * @param count - how many semiblocks, A included: at least 2.
 * @param passes - 6 for all of W⁻¹, 1 for a part of a pass.
 * @param step - t of the first step, below 2^53: the highest; 0 for the one step that is CIPH⁻¹_K.
 */
export function unwrap(keyBytes: i32, count: i32, passes: i32, step: f64): void {
  const lastKey = prepareDecryption(keyBytes);
  const end = endOf(count);
  convert(TO_DELTA, end);
  const last = v128.load(lastKey);
  const whitening = betweenBlocks(last, v128.load(DECRYPTION_KEYS));
  const order = v128.load(SHIFT_ROWS + (-lastKey & 48));
  const orderOfA = lowHalfOnly(order);
  let t = <u64>step;
  let x = v128.xor(v128.load64_zero(SEMIBLOCKS), lowHalf(last));
  for (; passes > 0; passes--) {
    for (let r = end - 8; r > SEMIBLOCKS; r -= 8) {
      const tAsBlock = linear(asBlock(t--), TO_DELTA);
      x = v128.xor(x, v128.xor(v128.xor(whitening, tAsBlock), inHighHalf(r)));
      x = decryptRounds(x, lastKey);
      v128.store64_lane(r, v128.xor(lookup(x, order), last), 1);
      x = lookup(x, orderOfA);
    }
  }
  v128.store64_lane(SEMIBLOCKS, v128.xor(x, last), 0);
  convert(FROM_DELTA, end);
}

/** Overwrites the key, all that was made of it, and `count` semiblocks. */
export function wipe(count: i32): void {
  const end = endOf(count);
  for (let address = KEK; address < end; address += 16) v128.store(address, i64x2(0, 0));
}

function endOf(count: i32): usize {
  return SEMIBLOCKS + (<usize>count << 3);
}

/** Takes all semiblocks from one basis to another, in pairs; what follows a last single one is zero and stays so. */
function convert(map: usize, end: usize): void {
  for (let pair = SEMIBLOCKS; pair < end; pair += 16) v128.store(pair, linear(v128.load(pair), map));
}

/** Last key and first key for A's half, which passes from block to block; the first key for the other. */
function betweenBlocks(last: v128, first: v128): v128 {
  return v128.xor(lowHalf(last), first);
}

function lowHalf(x: v128): v128 {
  return v128.and(x, i64x2(-1, 0));
}

/** The same order, but 0 in the high half. */
function lowHalfOnly(order: v128): v128 {
  return v128.or(order, i64x2(0, 0x8080808080808080));
}

/** The semiblock at `address`, where the block has R. */
function inHighHalf(address: usize): v128 {
  return v128.load64_lane(address, i64x2(0, 0), 1);
}

/** t as 64 big-endian bits, where the block has A. */
function asBlock(t: u64): v128 {
  return i64x2.replace_lane(i64x2(0, 0), 0, bswap<u64>(t));
}
