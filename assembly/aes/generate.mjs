/**
 * Derives every table of the AES kernel from its definition and writes generated/tables.ts.
 *
 * A table is 16 bytes, looked up by nibble with i8x16.swizzle. An index of 80 or more yields 0; 80 stands for ∞, the
 * inverse of 0. With x = k + iθ in the φ basis, N = k² + ki + vi² its norm, and σ = 1 + 1/v:
 *
 *     io = N/(k + vi) = i + k + 1/(1/(vi) + 1/k)
 *     jo = σN/(k + (1 + v)i) = i + σk + 1/(1/(vi) + σ/k)
 *
 * so that 1/x = (k + i + iθ)/N is a sum of a multiple of 1/io and one of 1/jo. Hamburg (§4) has θ² + aθ + a, and takes jo
 * from i + k, which is known later than i and k.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import {
  affine,
  code,
  F16_ELEMENT,
  fromPhi,
  inverse,
  inverseAffine,
  multiply,
  phi,
  theta,
  v,
} from "./field.mjs";

const NIBBLES = [...Array(16).keys()];
const PLACES = NIBBLES;
const INFINITY = 0x80;

/**
 * Decryption's basis takes the inverse S-box's affine map in: δ(x) = φ(A⁻¹(x)).
 * @type {(x: number) => number}
 */
const delta = (x) => phi(inverseAffine(x));

/** @type {(byte: number) => number} */
const fromDelta = (byte) => affine(fromPhi(byte));

const sigma = 1 ^ inverse(v);

/**
 * What e = 1/io contributes to 1/x = 1/io + (1 + v + θ)·i/N, where i/N = 1/io + σ/jo.
 * @type {(e: number) => number}
 */
const fromIo = (e) => multiply(v ^ theta, e);

/**
 * What e = 1/jo contributes.
 * @type {(e: number) => number}
 */
const fromJo = (e) => multiply(multiply(sigma, 1 ^ v ^ theta), e);

/** @type {Record<string, number[]>} */
const tables = {};

tables.NIBBLE_MASK = PLACES.map(() => 0x0f);
/**
 * x/n for the element n of F16.
 * @type {(x: number) => number[]}
 */
const quotients = (x) => NIBBLES.map((n) => (n === 0 ? INFINITY : code(multiply(x, inverse(F16_ELEMENT[n])))));
tables.INVERSE = quotients(1);
tables.OVER_V_I = quotients(inverse(v));
tables.SIGMA_OVER_K = quotients(sigma);
tables.SIGMA_TIMES_K = NIBBLES.map((n) => code(multiply(sigma, F16_ELEMENT[n])));

/**
 * A table for io, then one for jo: the sum of what they yield is `map` of 1/x.
 * @type {(map: (x: number) => number) => number[]}
 */
const outputs = (map) =>
  [fromIo, fromJo].flatMap((part) => NIBBLES.map((n) => (n === 0 ? 0 : map(part(inverse(F16_ELEMENT[n]))))));

// Encryption: the S-box without its constant, times what MixColumns asks for (FIPS 197 §5.1.3; 2 = 1 + 3).
tables.SBOX_TIMES_1 = outputs((x) => phi(affine(x)));
tables.SBOX_TIMES_3 = outputs((x) => phi(multiply(3, affine(x))));
// Decryption: the inversion alone, times what InvMixColumns asks for (FIPS 197 §5.3.3).
const INV_MIX_COLUMNS = [0x01, 0x09, 0x0b, 0x0d, 0x0e];
for (const c of INV_MIX_COLUMNS)
  tables[`INVERSE_SBOX_TIMES_${hex(c)}`] = outputs((x) => delta(multiply(c, x)));

/**
 * A linear map, for the low nibble, then for the high one.
 * @type {(map: (byte: number) => number) => number[]}
 */
const linear = (map) => [...NIBBLES.map((n) => map(n)), ...NIBBLES.map((n) => map(n << 4))];

tables.TO_PHI = linear(phi);
tables.FROM_PHI = linear(fromPhi);
tables.TO_DELTA = linear(delta);
tables.FROM_DELTA = linear(fromDelta);
for (const c of INV_MIX_COLUMNS)
  tables[`PHI_TO_DELTA_TIMES_${hex(c)}`] = linear((byte) => delta(multiply(c, fromPhi(byte))));

/** The S-box's constant, in every byte. */
tables.PHI_63 = PLACES.map(() => phi(0x63));

/**
 * The permutation that brings to each place the byte that `from` says; the state is held by columns.
 * @type {(from: (column: number, row: number) => number) => number[]}
 */
const permutation = (from) => PLACES.map((p) => from(p >> 2, p & 3));
/** @type {(column: number, row: number) => number} */
const at = (column, row) => 4 * (column & 3) + (row & 3);

/** ShiftRows applied m times, m = 0 to 3. */
tables.SHIFT_ROWS = [0, 1, 2, 3].flatMap((m) => permutation((column, row) => at(column + m * row, row)));
/** MixColumns' reach for the row 1, 2 and 3 further down, seen through m ShiftRows not yet done, m = 0 to 3. */
tables.MIX_COLUMNS = [0, 1, 2, 3].flatMap((m) =>
  [1, 2, 3].flatMap((d) => permutation((column, row) => at(column + m * d, row + d))),
);

// Key expansion, FIPS 197 §5.2: prefix sums over words, and SubWord's result to every word.
tables.ONE_WORD_UP = permutation((column, row) => (column < 1 ? INFINITY : at(column - 1, row)));
tables.TWO_WORDS_UP = permutation((column, row) => (column < 2 ? INFINITY : at(column - 2, row)));
tables.SPREAD_WORD_1 = permutation((_column, row) => at(1, row));
tables.SPREAD_WORD_3 = permutation((_column, row) => at(3, row));
tables.SPREAD_ROTATED_WORD_1 = permutation((_column, row) => at(1, row + 1));
tables.SPREAD_ROTATED_WORD_3 = permutation((_column, row) => at(3, row + 1));
/** Rcon[i] ⊕ the S-box's constant, i = 1 to 10, a word each. */
tables.ROUND_CONSTANTS = powersOfTwo(10).flatMap((rcon) => [rcon ^ 0x63, 0x63, 0x63, 0x63].map(phi));

/** @param {number} count */
function powersOfTwo(count) {
  const powers = [1];
  while (powers.length < count) powers.push(multiply(2, /** @type {number} */ (powers.at(-1))));
  return powers;
}

/** @param {number} byte */
function hex(byte) {
  return byte.toString(16).padStart(2, "0").toUpperCase();
}

/** @type {(name: string, bytes: number[]) => string} */
const declaration = (name, bytes) =>
  `export const ${name}: usize = memory.data<u8>([${bytes.map((byte) => `0x${hex(byte)}`).join(", ")}], 16);\n`;

const folder = new URL("generated/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(
  new URL("tables.ts", folder),
  `// Made by assembly/aes/generate.mjs, which says what they mean.\n\n${Object.entries(tables)
    .map(([name, bytes]) => declaration(name, bytes))
    .join("")}`,
);
