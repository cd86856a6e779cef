/** The RSA binaries: built once with plain and once with relaxed SIMD. See layout.ts for representation and memory. */

export {
  BASE, BLINDING, COEFFICIENT, CONTEXT, END, EXPONENT1, EXPONENT2, MESSAGE, MODULUS_NUMBER, NUMBER_BYTES, PRIME1, PRIME2,
  PRIVATE_WORK, PUBLIC_EXPONENT, WORK,
} from "./layout";

// What the tests compare with a BigInt twin, kernel by kernel.
export { MODULUS, NEGATIVE_INVERSE, R_SQUARED, RADIX_BITS, RESULT, SPARE, TABLE, VECTORS } from "./layout";
export { multiply, square } from "./montgomery";
export { correct, loadNumber, storeNumber } from "./numbers";

import { powerVartime } from "./exponentiate";
import { BASE, MESSAGE, MODULUS_NUMBER, PUBLIC_EXPONENT, RESULT } from "./layout";
import { prepare } from "./modulus";
import { vectors } from "./montgomery";
import { correct, loadNumber, storeNumber } from "./numbers";

/** Derives the context from MODULUS_NUMBER, odd, of exactly `bits` bits. */
export function prepareModulus(bits: i32): void {
  prepare(MODULUS_NUMBER, bits);
}

/** MESSAGE^PUBLIC_EXPONENT mod n to MESSAGE, under the current context. */
export function publicOperation(exponentBits: i32): void {
  loadNumber(BASE, MESSAGE);
  powerVartime(PUBLIC_EXPONENT, exponentBits);
  correct(RESULT);
  storeNumber(MESSAGE, RESULT, vectors());
}
