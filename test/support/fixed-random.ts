/** Randomness that is known beforehand, so that encryption can be compared byte for byte. */

import type { RandomSource } from "../../src/random.ts";

/** A random source that hands out given values in the given order. */
export interface FixedRandom extends RandomSource {
  /** How many of the values have not been asked for. */
  unused(): number;
}

/**
 * @param values - what each call returns, a copy each: who draws a secret wipes it.
 * @throws Error if another length is asked for than the next value's, or more values than there are.
 */
export function fixedRandom(...values: readonly Uint8Array[]): FixedRandom {
  let drawn = 0;
  const draw = (byteLength: number): Uint8Array => {
    const value = values[drawn++];
    if (value?.length === byteLength) return value.slice();
    const given = value === undefined ? "none is left" : `the next is ${value.length} bytes long`;
    throw new Error(`random value ${drawn}: ${byteLength} bytes asked for, ${given}`);
  };
  return Object.assign(draw, { unused: () => Math.max(values.length - drawn, 0) });
}
