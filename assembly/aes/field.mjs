/**
 * GF(2^8) of FIPS 197 §4.2, seen as a quadratic extension of its subfield F16, as in Mike Hamburg, "Accelerating
 * AES with Vector Permute Instructions" (CHES 2009).
 *
 * Every element is k + iθ with k, i in F16 and θ² + θ + v = 0. Its φ basis is the byte code(i) << 4 | code(k), a
 * GF(2)-linear recoding: addition stays ⊕.
 */

/**
 * x · y modulo x⁸ + x⁴ + x³ + x + 1.
 * @type {(x: number, y: number) => number}
 */
export function multiply(x, y) {
  let product = 0;
  for (let power = x, bits = y; bits > 0; bits >>= 1) {
    if (bits & 1) product ^= power;
    power = (power << 1) ^ (power & 0x80 ? 0x11b : 0);
  }
  return product;
}

/**
 * 1/x = x²⁵⁴, and 0 for 0.
 * @type {(x: number) => number}
 */
export function inverse(x) {
  return power(x, 254);
}

/** @type {(x: number, exponent: number) => number} */
function power(x, exponent) {
  let result = 1;
  for (let i = 0; i < exponent; i++) result = multiply(result, x);
  return result;
}

const FIELD = [...Array(256).keys()];
const F16 = FIELD.filter((x) => power(x, 16) === x);
const b = /** @type {number} */ (F16.find((x) => x > 1 && power(x, 3) !== 1 && power(x, 5) !== 1));

/** The element of F16 that a nibble stands for: its bits are the coordinates over 1, b, b², b³. */
export const F16_ELEMENT = [...Array(16).keys()].map((nibble) =>
  [0, 1, 2, 3].reduce((sum, bit) => sum ^ (nibble & (1 << bit) ? power(b, bit) : 0), 0),
);

/**
 * The nibble that stands for an element of F16.
 * @type {(element: number) => number}
 */
export function code(element) {
  return F16_ELEMENT.indexOf(element);
}

/** The smallest root outside F16 of a polynomial θ² + θ + v with v in F16. */
export const theta = /** @type {number} */ (
  FIELD.find((x) => !F16.includes(x) && F16.includes(multiply(x, x) ^ x))
);
export const v = multiply(theta, theta) ^ theta;

const FROM_PHI = FIELD.map((byte) => F16_ELEMENT[byte & 15] ^ multiply(theta, F16_ELEMENT[byte >> 4]));

/**
 * From the φ basis.
 * @type {(byte: number) => number}
 */
export function fromPhi(byte) {
  return FROM_PHI[byte];
}

/**
 * Into the φ basis.
 * @type {(x: number) => number}
 */
export function phi(x) {
  return FROM_PHI.indexOf(x);
}

/**
 * The S-box's affine map without its constant 63, FIPS 197 §5.1.1.
 * @type {(x: number) => number}
 */
export function affine(x) {
  const wide = x * 0x0101;
  return (wide ^ (wide >> 4) ^ (wide >> 5) ^ (wide >> 6) ^ (wide >> 7)) & 0xff;
}

const AFFINE = FIELD.map(affine);

/** @type {(x: number) => number} */
export function inverseAffine(x) {
  return AFFINE.indexOf(x);
}
