/**
 * The KDF of GB/T 32918.4-2016 §5.4.3 for Z = x2‖y2: SM3(Z ‖ ct) for ct = 1, 2, … Z is one block, so that its
 * chaining value serves every ct, and four counters are hashed at once, one in each 32-bit lane.
 *
 * secret: Z, the derived bytes; public: their number.
 */

import { EXPANDING_ROUNDS, ROUND_CONSTANTS } from "./generated/sm3-rounds";
import { BUFFER, SCHEDULE, SCHEDULE_WORD_BYTES, STATE } from "./layout";
import { bigEndianWords, expandWord, rotateLeft, storeTransposed } from "./schedule";
import { hashBlocks, startHash } from "./sm3";

/** Bits of Z ‖ ct. */
const MESSAGE_BITS: i32 = 8 * (64 + 4);

/** Takes Z, at BUFFER, into STATE. */
export function startKdf(): void {
  startHash();
  hashBlocks(1);
}

/** Writes to BUFFER the bytes for `groups` times four counters, from `counter` on. */
export function derive(counter: i32, groups: i32): void {
  for (let out = BUFFER; groups > 0; groups--, counter += 4, out += 128) {
    v128.store(SCHEDULE, i32x4.add(i32x4.splat(counter), i32x4(0, 1, 2, 3)));
    setWord(1, 1 << 31);
    for (let j: usize = 2; j < 15; j++) setWord(j, 0);
    setWord(15, MESSAGE_BITS);
    compressFour(out);
  }
}

/** The same word in all four blocks. */
// @ts-ignore: decorator
@inline
function setWord(j: usize, value: i32): void {
  v128.store(SCHEDULE + j * SCHEDULE_WORD_BYTES, i32x4.splat(value));
}

/** Writes CF(STATE, B) for the four blocks B in SCHEDULE, one after the other: GB/T 32905-2016 §5.3.3. */
function compressFour(out: usize): void {
  let A = stateWord(0), B = stateWord(1), C = stateWord(2), D = stateWord(3);
  let E = stateWord(4), F = stateWord(5), G = stateWord(6), H = stateWord(7);
  for (let j = 0; j < 64; j++) {
    const word = SCHEDULE + <usize>j * SCHEDULE_WORD_BYTES;
    // Between the rounds: they wait for one another, and leave time for it.
    if (j < EXPANDING_ROUNDS) expandWord(word);
    const a12 = rotateLeft(A, 12);
    const T = v128.load32_splat(ROUND_CONSTANTS + (<usize>j << 2));
    const ss1 = rotateLeft(i32x4.add(i32x4.add(a12, E), T), 7);
    let FF: v128, GG: v128;
    if (j < 16) {
      FF = v128.xor(v128.xor(A, B), C);
      GG = v128.xor(v128.xor(E, F), G);
    } else {
      FF = v128.or(v128.and(A, B), v128.and(v128.or(A, B), C));
      GG = v128.bitselect(F, G, E);
    }
    const W = v128.load(word);
    const W1 = v128.xor(W, v128.load(word, 4 * SCHEDULE_WORD_BYTES));
    const tt1 = i32x4.add(i32x4.add(i32x4.add(D, W1), FF), v128.xor(ss1, a12));
    const tt2 = i32x4.add(i32x4.add(i32x4.add(H, W), GG), ss1);
    D = C;
    C = rotateLeft(B, 9);
    B = A;
    A = tt1;
    H = G;
    G = rotateLeft(F, 19);
    F = E;
    E = v128.xor(v128.xor(tt2, rotateLeft(tt2, 9)), rotateLeft(tt2, 17));
  }
  storeTransposed(out, 32, chained(A, 0), chained(B, 1), chained(C, 2), chained(D, 3));
  storeTransposed(out + 16, 32, chained(E, 4), chained(F, 5), chained(G, 6), chained(H, 7));
}

// @ts-ignore: decorator
@inline
function stateWord(i: usize): v128 {
  return v128.load32_splat(STATE + (i << 2));
}

/** A word of the new chaining value, as bytes. */
// @ts-ignore: decorator
@inline
function chained(x: v128, i: usize): v128 {
  return bigEndianWords(v128.xor(x, stateWord(i)));
}
