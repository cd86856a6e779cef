/** Points and scalars of elliptic-curve keys: how they must be encoded, and in which range they must lie. */

import { equalBytes, toBigInt } from "../bytes.ts";
import { CURVE_PARAMETERS, type CurveName, FIELD_BYTES, isOnCurve, UNCOMPRESSED } from "../engine/curves.ts";
import { KmsWrapError } from "../errors.ts";

/** By the first octet of an encoded point, SEC 1 §2.3.3; the hybrid form is ANSI X9.62's. */
const FORMS: Readonly<Record<number, string>> = {
  0: "the point at infinity",
  2: "a compressed point",
  3: "a compressed point",
  4: "an uncompressed point",
  6: "a hybrid point",
  7: "a hybrid point",
};

/**
 * The point X‖Y of its encoding. public: all.
 *
 * @param encoded - SEC 1 §2.3.3; only the uncompressed form is taken.
 * @returns a fresh array of two field elements, checked to be on the curve.
 * @throws KmsWrapError `INVALID_EC_POINT`
 */
export function decodePoint(curve: CurveName, encoded: Uint8Array): Uint8Array {
  const byteLength = 1 + 2 * FIELD_BYTES[curve];
  if (encoded[0] !== UNCOMPRESSED || encoded.length !== byteLength)
    throw new KmsWrapError(
      "INVALID_EC_POINT",
      `the public key is ${FORMS[encoded[0] ?? -1] ?? "no encoded point"} of ${encoded.length} bytes, expected an uncompressed point of ${byteLength}`,
      {
        hint: "write it uncompressed: openssl ec -pubin -in FILE -conv_form uncompressed -out uncompressed.pem (without -pubin for a private key)",
      },
    );
  const point = encoded.slice(1);
  if (isOnCurve(curve, point)) return point;
  throw new KmsWrapError("INVALID_EC_POINT", `the public key is not a point of the curve ${curve}`, {
    hint: "the key is damaged, or made to attack whoever uses it: get it again from its source",
  });
}

/** A point X‖Y in the uncompressed form. */
export function encodePoint(point: Uint8Array): Uint8Array {
  const encoded = new Uint8Array(1 + point.length);
  encoded[0] = UNCOMPRESSED;
  encoded.set(point, 1);
  return encoded;
}

/**
 * Whether `encoded` is the point X‖Y, compressed or not. public: both.
 *
 * @throws KmsWrapError `INVALID_EC_POINT` if it is neither.
 */
export function isEncodingOf(curve: CurveName, encoded: Uint8Array, point: Uint8Array): boolean {
  const fieldBytes = FIELD_BYTES[curve];
  if (encoded.length !== 1 + fieldBytes) return equalBytes(decodePoint(curve, encoded), point);
  const compressed = Uint8Array.of(2 + (point.at(-1)! & 1), ...point.subarray(0, fieldBytes));
  return equalBytes(encoded, compressed);
}

/**
 * A private scalar in the field's length. Range check by BigInt, once per key.
 *
 * @param scalar - as found, of any length. secret: its value.
 * @returns a fresh array of the field's length.
 * @throws KmsWrapError `INVALID_EC_SCALAR` if it lies outside of [1, n − 1], for SM2 of [1, n − 2].
 */
export function normalizeScalar(curve: CurveName, scalar: Uint8Array): Uint8Array {
  const fieldBytes = FIELD_BYTES[curve];
  const last = CURVE_PARAMETERS[curve].n - (curve === "SM2" ? 2n : 1n);
  const excess = scalar.length - fieldBytes;
  const value = excess > 1 ? 0n : toBigInt(scalar);
  if (value < 1n || value > last)
    throw new KmsWrapError(
      "INVALID_EC_SCALAR",
      `the private key is a number outside of 1 … n − ${curve === "SM2" ? 2 : 1}, where n is the order of ${curve}`,
      { hint: "the key is damaged, or belongs to another curve: export it again from its source" },
    );
  const normalized = new Uint8Array(fieldBytes);
  normalized.set(scalar.subarray(Math.max(excess, 0)), Math.max(-excess, 0));
  return normalized;
}
