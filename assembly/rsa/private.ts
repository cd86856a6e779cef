/**
 * The private operation: RSADP, RFC 8017 §5.1.2, by the Chinese remainder theorem, with base blinding.
 *
 * For each prime P of the two: with r random, (c·r^e)^d = c^d·r modulo P, where d is the prime's own exponent; the
 * factor r is taken off again by its inverse. What is raised to the secret power is thus unrelated to c. The primes may
 * be of any lengths: each has a context of its own size.
 *
 * secret: everything but the ciphertext and the public exponent; public: all lengths, those of the primes included.
 */

import { carryColumns, carryRows } from "./carry";
import { multiplyColumns } from "./columns";
import { powerSecret, powerVartime } from "./exponentiate";
import { invert } from "./invert";
import {
  BASE, BLINDING, COEFFICIENT, EXPONENT1, EXPONENT2, MESSAGE, MONTGOMERY_BASE, OTHER, PRIME1, PRIME2, PRODUCT,
  PUBLIC_EXPONENT, R_SQUARED, RADIX_BITS, RESIDUE, RESIDUE2, RESULT, SPARE, TABLE, UNBLINDING, VECTOR_BYTES,
} from "./layout";
import { prepare } from "./modulus";
import { multiply, vectors } from "./montgomery";
import { correct, loadDigits, loadNumber, storeNumber } from "./numbers";

/**
 * MESSAGE^d mod n to MESSAGE, for the key and the blinding factor in their buffers. The context is a prime's afterwards.
 *
 * @returns false if the blinding factor has no inverse, and is to be replaced by another.
 */
export function privateOperation(modulusBits: i32, prime1Bits: i32, prime2Bits: i32, exponentBits: i32): bool {
  if (!powerModuloPrime(PRIME2, prime2Bits, EXPONENT2, modulusBits, exponentBits)) return false;
  storeNumber(RESIDUE2, RESULT, vectors());
  const vectors2 = vectors();
  if (!powerModuloPrime(PRIME1, prime1Bits, EXPONENT1, modulusBits, exponentBits)) return false;
  differenceTimesCoefficient(prime2Bits);
  recombine(max(vectors(), vectors2));
  return true;
}

/** MESSAGE^exponent modulo a prime, in [0, prime), to RESULT. */
function powerModuloPrime(prime: usize, bits: i32, exponent: usize, modulusBits: i32, exponentBits: i32): bool {
  prepare(prime, bits);
  reduceNumber(BASE, BLINDING, modulusBits); // r
  storeNumber(RESIDUE, BASE, vectors());
  if (!invert(UNBLINDING, RESIDUE, prime, bits)) return false;
  powerVartime(PUBLIC_EXPONENT, exponentBits); // r^e
  reduceNumber(BASE, MESSAGE, modulusBits);
  multiply(BASE, BASE, R_SQUARED);
  multiply(BASE, BASE, RESULT); // c·r^e
  multiply(MONTGOMERY_BASE, BASE, R_SQUARED);
  powerSecret(exponent, bits);
  loadNumber(BASE, UNBLINDING, vectors());
  multiply(RESULT, RESULT, BASE);
  correct(RESULT);
  return true;
}

/**
 * The number of up to `bits` bits in `buffer`, modulo the current modulus, in [0, modulus), to slot `out`: Horner's
 * rule over pieces of two digits less than the modulus takes, each below R/16. Uses OTHER and SPARE.
 */
function reduceNumber(out: usize, buffer: usize, bits: i32): void {
  const pieceDigits = 2 * (vectors() - 1);
  const pieceBits = pieceDigits * RADIX_BITS;
  // OTHER = R·2^pieceBits
  setSpare(pieceDigits);
  multiply(OTHER, R_SQUARED, SPARE);
  let piece = (bits - 1) / pieceBits;
  loadDigits(out, vectors(), buffer, piece * pieceDigits, pieceDigits);
  while (--piece >= 0) {
    multiply(out, out, OTHER);
    loadDigits(SPARE, vectors(), buffer, piece * pieceDigits, pieceDigits);
    carryRows(out, out, 1, SPARE, 1, vectors());
  }
  setSpare(0);
  multiply(out, out, R_SQUARED);
  multiply(out, out, SPARE);
  correct(out);
}

/** SPARE = 2^(RADIX_BITS·digit) */
function setSpare(digit: i32): void {
  memory.fill(SPARE, 0, <usize>vectors() * VECTOR_BYTES);
  store<f64>(SPARE + (<usize>digit << 3), 1);
}

/** RFC 8017 §5.1.2 step 2b iii: h = (m1 − m2)·qInv mod p, with m1 in RESULT, to RESULT. */
function differenceTimesCoefficient(prime2Bits: i32): void {
  reduceNumber(BASE, RESIDUE2, prime2Bits);
  carryRows(RESULT, RESULT, 1, BASE, -1, vectors());
  multiply(RESULT, RESULT, R_SQUARED);
  loadNumber(BASE, COEFFICIENT, vectors());
  multiply(RESULT, RESULT, BASE);
  correct(RESULT);
}

/** Step 2b iv: m = m2 + q·h to MESSAGE. */
function recombine(count: i32): void {
  loadNumber(BASE, PRIME2, count);
  multiplyColumns(PRODUCT, RESULT, BASE, count, 0, 2 * count);
  loadNumber(BASE, RESIDUE2, count);
  for (let i: usize = 0; i < <usize>count * VECTOR_BYTES; i += VECTOR_BYTES)
    v128.store(PRODUCT + i, f64x2.add(v128.load(PRODUCT + i), v128.load(BASE + i)));
  carryColumns(TABLE, PRODUCT, 2 * count);
  storeNumber(MESSAGE, TABLE, 2 * count);
}
