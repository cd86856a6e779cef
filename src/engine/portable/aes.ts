/**
 * AES key wrap's permutation W and its inverse (SP 800-38F §6.1) on the AES of @noble/ciphers.
 *
 * That AES looks tables up by secret bytes: this engine is not constant-time. See SECURITY.md.
 */

import { unsafe } from "@noble/ciphers/aes.js";
import { swap32IfBE } from "@noble/ciphers/utils.js";
import type { AesEngine } from "../engine.ts";

// By name: a cipher that is passed as a value is not inlined, which costs an eighth.
const { encrypt, decrypt, expandKeyLE, expandKeyDecLE } = unsafe;

/** Six passes over the semiblocks: s = 6·(n − 1) steps, SP 800-38F §6.1. */
const PASSES = 6;

export const portableAes: AesEngine = {
  wrapSemiblocks: (kek, semiblocks) => transform(semiblocks, expandKeyLE(kek), wrapWords),
  unwrapSemiblocks: (kek, semiblocks) => transform(semiblocks, expandKeyDecLE(kek), unwrapWords),
};

/** What `walk` does to the little-endian words of the semiblocks, in a fresh array. */
function transform(
  semiblocks: Uint8Array,
  roundKeys: Uint32Array,
  walk: (words: Uint32Array, roundKeys: Uint32Array) => void,
): Uint8Array {
  const out = new Uint8Array(semiblocks);
  const words = swap32IfBE(new Uint32Array(out.buffer));
  walk(words, roundKeys);
  swap32IfBE(words);
  roundKeys.fill(0);
  return out;
}

function wrapWords(words: Uint32Array, roundKeys: Uint32Array): void {
  let a0 = words[0]!;
  let a1 = words[1]!;
  let t = 1;
  // One semiblock besides A is one block, CIPH_K.
  const single = words.length === 4;
  for (let pass = 0; pass < (single ? 1 : PASSES); pass++) {
    for (let i = 2; i < words.length; i += 2, t++) {
      const { s0, s1, s2, s3 } = encrypt(roundKeys, a0, a1, words[i]!, words[i + 1]!);
      a0 = s0;
      a1 = single ? s1 : s1 ^ counter(t);
      words[i] = s2;
      words[i + 1] = s3;
    }
  }
  words[0] = a0;
  words[1] = a1;
}

function unwrapWords(words: Uint32Array, roundKeys: Uint32Array): void {
  let a0 = words[0]!;
  let a1 = words[1]!;
  const single = words.length === 4;
  let t = PASSES * (words.length / 2 - 1);
  for (let pass = 0; pass < (single ? 1 : PASSES); pass++) {
    for (let i = words.length - 2; i >= 2; i -= 2, t--) {
      const masked = single ? a1 : a1 ^ counter(t);
      const { s0, s1, s2, s3 } = decrypt(roundKeys, a0, masked, words[i]!, words[i + 1]!);
      a0 = s0;
      a1 = s1;
      words[i] = s2;
      words[i + 1] = s3;
    }
  }
  words[0] = a0;
  words[1] = a1;
}

/**
 * The low half of [t]_64, big-endian, as a little-endian word. The high half is zero: KWP's length field ends at 2^32
 * bytes, which are 3·2^30 steps.
 */
function counter(t: number): number {
  return ((t & 0xff) << 24) | ((t & 0xff00) << 8) | ((t >>> 8) & 0xff00) | (t >>> 24);
}
