/**
 * Key expansion, FIPS 197 §5.2 and §5.3.5, for 16, 24 and 32 bytes, a key's worth of words at a time.
 *
 * secret: the keys; public: their length.
 */

import {
  MIX_COLUMNS,
  ONE_WORD_UP,
  PHI_63,
  PHI_TO_DELTA_TIMES_01,
  PHI_TO_DELTA_TIMES_09,
  PHI_TO_DELTA_TIMES_0B,
  PHI_TO_DELTA_TIMES_0D,
  PHI_TO_DELTA_TIMES_0E,
  ROUND_CONSTANTS,
  SHIFT_ROWS,
  SPREAD_ROTATED_WORD_1,
  SPREAD_ROTATED_WORD_3,
  SPREAD_WORD_1,
  SPREAD_WORD_3,
  TO_PHI,
  TWO_WORDS_UP,
} from "./generated/tables";
import { DECRYPTION_KEYS, KEK, ROUND_KEYS } from "./layout";
import { linear, permute } from "./lookup";
import { subBytes } from "./rounds";

/** Where the last round key of a key of `keyBytes` lies, counted from the first: Nr = Nk + 6 rounds. */
function lastKeyOffset(keyBytes: i32): usize {
  return ((<usize>keyBytes >> 2) + 6) << 4;
}

/** Every word ⊕ all words before it. */
function prefixSums(words: v128): v128 {
  const pairs = v128.xor(words, permute(words, ONE_WORD_UP));
  return v128.xor(pairs, permute(pairs, TWO_WORDS_UP));
}

/** The round keys of FIPS 197 §5.2, in the φ basis. */
function expand(keyBytes: i32): void {
  let low = linear(v128.load(KEK), TO_PHI);
  let high = linear(v128.load(KEK, 16), TO_PHI);
  v128.store(ROUND_KEYS, low);
  v128.store(ROUND_KEYS, high, 16);
  const end = ROUND_KEYS + lastKeyOffset(keyBytes);
  let constant = ROUND_CONSTANTS;
  for (let words = ROUND_KEYS + keyBytes; words <= end; words += keyBytes) {
    const rotated =
      keyBytes == 24
        ? permute(subBytes(high), SPREAD_ROTATED_WORD_1)
        : permute(subBytes(keyBytes == 16 ? low : high), SPREAD_ROTATED_WORD_3);
    low = v128.xor(v128.xor(prefixSums(low), v128.load32_splat(constant)), rotated);
    v128.store(words, low);
    if (keyBytes == 24) {
      high = v128.xor(prefixSums(high), permute(low, SPREAD_WORD_3));
      v128.store(words, high, 16);
    } else if (keyBytes == 32 && words < end) {
      high = v128.xor(v128.xor(prefixSums(high), v128.load(PHI_63)), permute(subBytes(low), SPREAD_WORD_3));
      v128.store(words, high, 16);
    }
    constant += 4;
  }
}

/**
 * Makes the round keys ready for `encryptRounds`: those of the middle rounds ahead of the ShiftRows that are put off,
 * all but the first with the S-box's constant.
 *
 * @returns the address of the last.
 */
export function prepareEncryption(keyBytes: i32): usize {
  expand(keyBytes);
  const last = ROUND_KEYS + lastKeyOffset(keyBytes);
  const constant = v128.load(PHI_63);
  for (let key = ROUND_KEYS + 16; key < last; key += 16)
    v128.store(key, permute(v128.xor(v128.load(key), constant), SHIFT_ROWS + (-key & 48)));
  v128.store(last, v128.xor(v128.load(last), constant));
  return last;
}

/**
 * Makes the keys of the equivalent inverse cipher for `decryptRounds`: last round key first, InvMixColumns on those
 * of the middle rounds. δ(k) ⊕ δ(63) is δ(k ⊕ 63), and InvMixColumns leaves 63 in every byte as it is.
 *
 * @returns the address of the last.
 */
export function prepareDecryption(keyBytes: i32): usize {
  expand(keyBytes);
  const offset = lastKeyOffset(keyBytes);
  const last = DECRYPTION_KEYS + offset;
  const constant = v128.load(PHI_63);
  v128.store(DECRYPTION_KEYS, linear(v128.xor(v128.load(ROUND_KEYS + offset), constant), PHI_TO_DELTA_TIMES_01));
  let source = ROUND_KEYS + offset;
  for (let key = DECRYPTION_KEYS + 16; key < last; key += 16) {
    source -= 16;
    const mixed = inverseMixColumns(v128.xor(v128.load(source), constant));
    v128.store(key, permute(mixed, SHIFT_ROWS + (key & 48)));
  }
  v128.store(last, linear(v128.load(ROUND_KEYS), PHI_TO_DELTA_TIMES_01));
  return last;
}

/** From the φ to the δ basis on the way. */
function inverseMixColumns(key: v128): v128 {
  return v128.xor(
    v128.xor(linear(key, PHI_TO_DELTA_TIMES_0E), permute(linear(key, PHI_TO_DELTA_TIMES_0B), MIX_COLUMNS)),
    v128.xor(
      permute(linear(key, PHI_TO_DELTA_TIMES_0D), MIX_COLUMNS + 16),
      permute(linear(key, PHI_TO_DELTA_TIMES_09), MIX_COLUMNS + 32),
    ),
  );
}
