/**
 * Where things lie in memory. SHA-256's constants come first, at 1024; all the rest is secret, and zero between calls.
 */

/** The chaining value, eight words at most. */
export const STATE: usize = 1280;
/** MGF1: the chaining value after the whole blocks of the seed. */
export const SEED_STATE: usize = 1312;
/** Four words of the message schedule, with their constants added. */
export const SCHEDULE: usize = 1344;
/** A digest, or a piece of a mask. */
export const OUTPUT: usize = 1408;
export const OUTPUT_CAPACITY: i32 = 2560;
/** A message or a piece of one, or a seed; a multiple of 64. */
export const INPUT: usize = 3968;
/** Whole blocks, such that two pages have room for what ends a message: counter, padding, length. */
export const INPUT_CAPACITY: i32 = 2 * 65536 - 3968 - 128;
