/** The blinding factor: uniform in [1, n − 1], by rejection. */

import { wipe } from "../../bytes.ts";
import { allZeroMask, lessBytesMask } from "../../constant-time.ts";
import { KmsWrapError } from "../../errors.ts";
import type { RandomSource } from "../../random.ts";

/** Each attempt succeeds with a probability above 1/2. */
const MAX_ATTEMPTS = 128;

/**
 * @param modulus - without leading zero bytes.
 * @returns as many bytes as the modulus has.
 * @throws KmsWrapError `RANDOM_BROKEN` if the source, over and over, yields what cannot be used.
 */
export function randomBelow(modulus: Uint8Array, random: RandomSource): Uint8Array {
  const topMask = (1 << (32 - Math.clz32(modulus[0]!))) - 1;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const candidate = random(modulus.length);
    candidate[0]! &= topMask;
    if ((lessBytesMask(candidate, modulus) & ~allZeroMask(candidate)) !== 0) return candidate;
    wipe(candidate);
  }
  throw new KmsWrapError(
    "RANDOM_BROKEN",
    `the random source gave ${MAX_ATTEMPTS} unusable numbers in a row`,
    {
      hint: "do not unwrap key material on this system until its random generator is mended",
    },
  );
}
