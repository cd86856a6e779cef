/** The RSA binaries, built once with plain and once with relaxed SIMD. layout.ts: how numbers and memory are laid out. */

export {
  BLINDING, COEFFICIENT, CONTEXT, END, EXPONENT1, EXPONENT2, MESSAGE, MODULUS_NUMBER, NUMBER_BYTES, PRIME1, PRIME2,
  PRIVATE_WORK, PUBLIC_EXPONENT, WORK,
} from "./layout";

export { privateOperation } from "./private";

// What the tests compare with a BigInt twin, kernel by kernel: of what is shipped, since relaxed SIMD is what each browser
// makes of it, and a testing binary would show that of another module only. It is 0.4 kB of a bundle.
export {
  BASE, MAX_VECTORS, MODULUS, NEGATIVE_INVERSE, ODD_ROW, PRODUCT, R_SQUARED, RADIX_BITS, RESULT, SPARE, VECTORS,
} from "./layout";
export { invert } from "./invert";
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
  loadNumber(BASE, MESSAGE, vectors());
  powerVartime(PUBLIC_EXPONENT, exponentBits);
  correct(RESULT);
  storeNumber(MESSAGE, RESULT, vectors());
}

/**
 * a·b + c with one rounding, if this host fuses: NaN if the two lanes disagree. The kernels of rsa-relaxed.wasm are
 * right only if it does. Plain SIMD has nothing to fuse, and no need to.
 */
export function multiplyAdd(a: f64, b: f64, c: f64): f64 {
  if (!ASC_FEATURE_RELAXED_SIMD) return a * b + c;
  const sum = f64x2.relaxed_madd(f64x2.splat(a), f64x2.splat(b), f64x2.splat(c));
  const first = f64x2.extract_lane(sum, 0);
  return first == f64x2.extract_lane(sum, 1) ? first : NaN;
}
