/**
 * SHA-1 and SHA-256, FIPS 180-4, and MGF1 on them, RFC 8017 §B.2.1.
 *
 * A hash is named by the bytes of its digest: 20 or 32.
 *
 * secret: messages, seeds and all that is made of them; public: their lengths, which hash.
 */

import { compressSha1, compressSha256, initializeSha1, initializeSha256 } from "./generated/compress";
import { INPUT, OUTPUT, SEED_STATE, STATE } from "./layout";

export { INPUT, INPUT_CAPACITY, OUTPUT, OUTPUT_CAPACITY } from "./layout";

const SHA_1_BYTES: usize = 20;
const BLOCK_BYTES: usize = 64;
const LENGTH_BYTES: usize = 8;
const COUNTER_BYTES: usize = 4;

/**
 * Takes in a message, whole or piece by piece; when the last piece has come, its digest is at OUTPUT.
 *
 * @param digestBytes - which hash.
 * @param pieceBytes - how much is at INPUT: whole blocks, unless it is the last.
 * @param bytesBefore - what went before, a whole number below 2^50; 0 begins a message.
 * @param isLast - whether the message ends here.
 */
export function digest(digestBytes: usize, pieceBytes: usize, bytesBefore: f64, isLast: bool): void {
  if (bytesBefore == 0) initialize(digestBytes);
  const end = INPUT + pieceBytes;
  if (isLast) {
    compress(digestBytes, INPUT, pad(end, <u64>bytesBefore + pieceBytes));
    writeDigest(digestBytes, OUTPUT);
  } else compress(digestBytes, INPUT, end);
}

/**
 * A piece of a mask, to OUTPUT: the digests of the seed at INPUT and of each counter in turn. What the seed's whole
 * blocks do is computed once.
 *
 * @param digestBytes - which hash.
 * @param seedBytes - how long the seed is.
 * @param counter - of the first digest.
 * @param count - how many digests.
 */
export function mgf1(digestBytes: usize, seedBytes: usize, counter: u32, count: u32): void {
  const seedEnd = INPUT + seedBytes;
  const wholeBlocksEnd = INPUT + (seedBytes & -BLOCK_BYTES);
  const end = pad(seedEnd + COUNTER_BYTES, seedBytes + COUNTER_BYTES);
  initialize(digestBytes);
  compress(digestBytes, INPUT, wholeBlocksEnd);
  copyState(SEED_STATE, STATE);
  for (let i: u32 = 0; i < count; i++) {
    store<u32>(seedEnd, bswap<u32>(counter + i));
    copyState(STATE, SEED_STATE);
    compress(digestBytes, wholeBlocksEnd, end);
    writeDigest(digestBytes, OUTPUT + <usize>i * digestBytes);
  }
}

/** Overwrites the state, `outputBytes` of output, and of input all that ends with a message or seed of `inputBytes`. */
export function wipe(outputBytes: usize, inputBytes: usize): void {
  wipeRange(STATE, OUTPUT + outputBytes);
  wipeRange(INPUT, INPUT + inputBytes + COUNTER_BYTES + BLOCK_BYTES + LENGTH_BYTES);
}

/**
 * FIPS 180-4 §5.1.1: a one, zeros, and the length in bits, which end the block.
 *
 * @param end - where the message ends.
 * @param messageBytes - the length of the message from its beginning.
 * @returns where the padded message ends.
 */
function pad(end: usize, messageBytes: u64): usize {
  const paddedEnd = (end + LENGTH_BYTES + BLOCK_BYTES) & -BLOCK_BYTES;
  for (let address = end; address < paddedEnd; address += 8) store<u64>(address, 0);
  store<u8>(end, 0x80);
  store<u64>(paddedEnd - LENGTH_BYTES, bswap<u64>(messageBytes << 3));
  return paddedEnd;
}

function initialize(digestBytes: usize): void {
  if (digestBytes == SHA_1_BYTES) initializeSha1();
  else initializeSha256();
}

function compress(digestBytes: usize, block: usize, end: usize): void {
  if (digestBytes == SHA_1_BYTES) compressSha1(block, end);
  else compressSha256(block, end);
}

/** The words of the chaining value, big-endian. */
function writeDigest(digestBytes: usize, to: usize): void {
  for (let offset: usize = 0; offset < digestBytes; offset += 4)
    store<u32>(to + offset, bswap<u32>(load<u32>(STATE + offset)));
}

function copyState(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
}

function wipeRange(from: usize, to: usize): void {
  for (; from < to; from += 16) v128.store(from, i64x2(0, 0));
}
