/**
 * AES key wrap's permutation W and its inverse (SP 800-38F §6.1) on the AES of @noble/ciphers.
 *
 * That AES looks tables up by secret bytes: this engine is not constant-time. See SECURITY.md.
 */

import { unsafe } from "@noble/ciphers/aes.js";
import { swap32IfBE } from "@noble/ciphers/utils.js";
import type { AesEngine } from "../engine.ts";

/** Six passes over the semiblocks: s = 6·(n − 1) steps, SP 800-38F §6.1. */
const PASSES = 6;

export const portableAes: AesEngine = {
  wrapSemiblocks: (kek, semiblocks) =>
    transform(semiblocks, unsafe.expandKeyLE(kek), wrapWords, unsafe.encrypt),
  unwrapSemiblocks: (kek, semiblocks) =>
    transform(semiblocks, unsafe.expandKeyDecLE(kek), unwrapWords, unsafe.decrypt),
};

/** One block on four little-endian words, as @noble/ciphers offers it. */
type Cipher = typeof unsafe.encrypt;
type Walk = (words: Uint32Array, roundKeys: Uint32Array, cipher: Cipher) => void;

function transform(semiblocks: Uint8Array, roundKeys: Uint32Array, walk: Walk, cipher: Cipher): Uint8Array {
  const out = new Uint8Array(semiblocks);
  const words = swap32IfBE(new Uint32Array(out.buffer));
  if (words.length === 4) oneBlock(words, roundKeys, cipher);
  else walk(words, roundKeys, cipher);
  swap32IfBE(words);
  roundKeys.fill(0);
  return out;
}

function oneBlock(words: Uint32Array, roundKeys: Uint32Array, cipher: Cipher): void {
  const { s0, s1, s2, s3 } = cipher(roundKeys, words[0]!, words[1]!, words[2]!, words[3]!);
  words.set([s0, s1, s2, s3]);
}

function wrapWords(words: Uint32Array, roundKeys: Uint32Array, cipher: Cipher): void {
  let a0 = words[0]!;
  let a1 = words[1]!;
  let t = 1;
  for (let pass = 0; pass < PASSES; pass++) {
    for (let i = 2; i < words.length; i += 2, t++) {
      const { s0, s1, s2, s3 } = cipher(roundKeys, a0, a1, words[i]!, words[i + 1]!);
      a0 = s0 ^ counterHigh(t);
      a1 = s1 ^ counterLow(t);
      words[i] = s2;
      words[i + 1] = s3;
    }
  }
  words[0] = a0;
  words[1] = a1;
}

function unwrapWords(words: Uint32Array, roundKeys: Uint32Array, cipher: Cipher): void {
  let a0 = words[0]!;
  let a1 = words[1]!;
  let t = PASSES * (words.length / 2 - 1);
  for (let pass = 0; pass < PASSES; pass++) {
    for (let i = words.length - 2; i >= 2; i -= 2, t--) {
      const { s0, s1, s2, s3 } = cipher(
        roundKeys,
        a0 ^ counterHigh(t),
        a1 ^ counterLow(t),
        words[i]!,
        words[i + 1]!,
      );
      a0 = s0;
      a1 = s1;
      words[i] = s2;
      words[i + 1] = s3;
    }
  }
  words[0] = a0;
  words[1] = a1;
}

/** The halves of [t]_64, big-endian, as little-endian words. */
function counterLow(t: number): number {
  return ((t & 0xff) << 24) | ((t & 0xff00) << 8) | ((t >>> 8) & 0xff00) | ((t >>> 24) & 0xff);
}

function counterHigh(t: number): number {
  return t < 2 ** 32 ? 0 : counterLow(Math.floor(t / 2 ** 32));
}
