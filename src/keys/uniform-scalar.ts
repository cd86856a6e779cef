/** Private numbers drawn at random: of key pairs, and of one encryption or signature. */

import { fromBigInt, wipe } from "../bytes.ts";
import { allZeroMask, lessBytesMask } from "../constant-time.ts";
import { CURVE_PARAMETERS, type CurveName, FIELD_BYTES } from "../engine/curves.ts";
import { KmsWrapError } from "../errors.ts";
import type { RandomSource } from "../random.ts";

/** A draw lies outside of the range once in 2^32 (P-256, SM2) or more seldom: twice in a row, the generator is broken. */
const MAX_DRAWS = 4;

/**
 * Uniform in [1, last] by rejection, FIPS 186-5 §A.2.2, which says nothing about the number that is kept. secret: the
 * number.
 *
 * @param last - n − 1 or, for SM2's private keys, n − 2.
 * @returns the field's length; the caller's to overwrite.
 * @throws KmsWrapError `RANDOM_BROKEN`, and what `random` throws.
 */
export function uniformScalar(curve: CurveName, random: RandomSource, last: bigint): Uint8Array {
  const fieldBytes = FIELD_BYTES[curve];
  const bound = fromBigInt(last + 1n, fieldBytes);
  const topMask = 0xff >> (8 * fieldBytes - CURVE_PARAMETERS[curve].n.toString(2).length);
  for (let draws = 0; draws < MAX_DRAWS; draws++) {
    const scalar = random(fieldBytes);
    scalar[0]! &= topMask;
    if ((lessBytesMask(scalar, bound) & ~allZeroMask(scalar)) !== 0) return scalar;
    wipe(scalar);
  }
  throw new KmsWrapError("RANDOM_BROKEN", `${MAX_DRAWS} draws in a row were no private numbers of ${curve}`, {
    hint: "do not make key material on this system until its random generator is mended",
  });
}
