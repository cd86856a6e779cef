/**
 * The rounds of FIPS 197 §5.1 and of the equivalent inverse cipher, §5.3.5, on one block in the basis of its
 * direction.
 *
 * ShiftRows is put off: after r rounds the register holds the state with r ShiftRows (or InvShiftRows) still to do.
 * SubBytes does not mind, MixColumns' permutations and the round keys are prepared for it, and one of MixColumns'
 * four terms needs no permutation. An encryption round then has 13 lookups, and 4 of them one behind the other.
 *
 * The S-box's constant 63 is in the round keys.
 *
 * What was tried and lost, as one block's time against this on Zen 4, with the plain swizzle of V8 11.3 and, behind a
 * stroke, the relaxed one of V8 13.6: jo from (i + k, k), a lookup less and a step longer 1.01 / 1.03 (decryption 0.99
 * / 1.02); ShiftRows in every round 1.06; 2s from tables and 3s = s + 2s 1.04; MixColumns' permutations as v128.shuffle 1.04;
 * the same as swizzles by constants, four rounds at a time 1.03 / 1.14; i and k from tables and in registers of their own
 * 1.16 / 1.13; tables read where they are used 1.06; all rounds unrolled 1.00. A lookup takes 2 cycles there, and V8's
 * plain swizzle an addition of 2 before it: of a round's 25 / 18 cycles, the lookups in line are 16 / 8.
 */

import {
  INVERSE,
  INVERSE_SBOX_TIMES_01,
  INVERSE_SBOX_TIMES_09,
  INVERSE_SBOX_TIMES_0B,
  INVERSE_SBOX_TIMES_0D,
  INVERSE_SBOX_TIMES_0E,
  MIX_COLUMNS,
  NIBBLE_MASK,
  OVER_V_I,
  SBOX_TIMES_1,
  SBOX_TIMES_3,
  SIGMA_OVER_K,
  SIGMA_TIMES_K,
} from "./generated/tables";
import { DECRYPTION_KEYS, ROUND_KEYS } from "./layout";
import { highNibbles, lookup, lowNibbles, permute } from "./lookup";

/** io or jo: `sum` and the inverse of what i and k were looked up to (generate.mjs). */
function partner(inverse: v128, overI: v128, overK: v128, sum: v128): v128 {
  return v128.xor(lookup(inverse, v128.xor(overI, overK)), sum);
}

/** What a pair of output tables makes of 1/x = f(io) + g(jo). */
function output(forIo: v128, io: v128, forJo: v128, jo: v128): v128 {
  return v128.xor(lookup(forJo, jo), lookup(forIo, io));
}

/** SubBytes without its constant, and nothing else. */
function substitute(x: v128, outputs: usize): v128 {
  const mask = v128.load(NIBBLE_MASK);
  const inverse = v128.load(INVERSE);
  const k = lowNibbles(x, mask);
  const i = highNibbles(x, mask);
  const overVI = lookup(v128.load(OVER_V_I), i);
  const io = partner(inverse, overVI, lookup(inverse, k), v128.xor(i, k));
  const sigmaK = lookup(v128.load(SIGMA_TIMES_K), k);
  const jo = partner(inverse, overVI, lookup(v128.load(SIGMA_OVER_K), k), v128.xor(i, sigmaK));
  return output(v128.load(outputs), io, v128.load(outputs, 16), jo);
}

/** SubBytes of encryption without its constant, for the key expansion. */
export function subBytes(x: v128): v128 {
  return substitute(x, SBOX_TIMES_1);
}

/**
 * All rounds, the last without its ShiftRows and its key.
 *
 * @param x - the block, whitened with the first round key.
 * @param lastKey - the address of the last round key.
 */
export function encryptRounds(x: v128, lastKey: usize): v128 {
  const mask = v128.load(NIBBLE_MASK);
  const inverse = v128.load(INVERSE);
  const overVITable = v128.load(OVER_V_I);
  const sigmaOverK = v128.load(SIGMA_OVER_K);
  const sigmaTimesK = v128.load(SIGMA_TIMES_K);
  const oneForIo = v128.load(SBOX_TIMES_1);
  const oneForJo = v128.load(SBOX_TIMES_1, 16);
  const threeForIo = v128.load(SBOX_TIMES_3);
  const threeForJo = v128.load(SBOX_TIMES_3, 16);
  for (let key = ROUND_KEYS + 16; key < lastKey; key += 16) {
    const orders = MIX_COLUMNS + (key & 48) * 3;
    const k = lowNibbles(x, mask);
    const i = highNibbles(x, mask);
    const overVI = lookup(overVITable, i);
    const io = partner(inverse, overVI, lookup(inverse, k), v128.xor(i, k));
    const jo = partner(inverse, overVI, lookup(sigmaOverK, k), v128.xor(i, lookup(sigmaTimesK, k)));
    // 2s is 1s + 3s: cheaper than a third pair of tables.
    const one = output(oneForIo, io, oneForJo, jo);
    const further = v128.xor(permute(one, orders + 16), permute(one, orders + 32));
    const three = output(threeForIo, io, threeForJo, jo);
    const keyed = v128.xor(v128.xor(one, v128.load(key)), three);
    x = v128.xor(further, v128.xor(keyed, permute(three, orders)));
  }
  return substitute(x, SBOX_TIMES_1);
}

/**
 * All rounds of the equivalent inverse cipher, the last without its InvShiftRows and its key.
 *
 * @param x - the block, whitened with the first key of decryption.
 * @param lastKey - the address of the last key of decryption.
 */
export function decryptRounds(x: v128, lastKey: usize): v128 {
  const mask = v128.load(NIBBLE_MASK);
  const inverse = v128.load(INVERSE);
  const overVITable = v128.load(OVER_V_I);
  const sigmaOverK = v128.load(SIGMA_OVER_K);
  const sigmaTimesK = v128.load(SIGMA_TIMES_K);
  for (let key = DECRYPTION_KEYS + 16; key < lastKey; key += 16) {
    const orders = MIX_COLUMNS + (-key & 48) * 3;
    const k = lowNibbles(x, mask);
    const i = highNibbles(x, mask);
    const overVI = lookup(overVITable, i);
    const io = partner(inverse, overVI, lookup(inverse, k), v128.xor(i, k));
    const jo = partner(inverse, overVI, lookup(sigmaOverK, k), v128.xor(i, lookup(sigmaTimesK, k)));
    const e = output(v128.load(INVERSE_SBOX_TIMES_0E), io, v128.load(INVERSE_SBOX_TIMES_0E, 16), jo);
    const b = output(v128.load(INVERSE_SBOX_TIMES_0B), io, v128.load(INVERSE_SBOX_TIMES_0B, 16), jo);
    const d = output(v128.load(INVERSE_SBOX_TIMES_0D), io, v128.load(INVERSE_SBOX_TIMES_0D, 16), jo);
    const nine = output(v128.load(INVERSE_SBOX_TIMES_09), io, v128.load(INVERSE_SBOX_TIMES_09, 16), jo);
    const further = v128.xor(permute(d, orders + 16), permute(nine, orders + 32));
    x = v128.xor(v128.xor(further, v128.xor(e, v128.load(key))), permute(b, orders));
  }
  return substitute(x, INVERSE_SBOX_TIMES_01);
}
