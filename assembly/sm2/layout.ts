/**
 * Where things lie in memory. The tables of generated/ come first, placed by the compiler from 1024 on; everything
 * from WORK on is zero between calls.
 */

import { PAIR_BYTES } from "./generated/field";

/** A Jacobian point: the pairs X|Z and Y|N, for (X, Y − N, Z). */
export const POINT_BYTES: usize = 2 * PAIR_BYTES;
/** A scalar times a variable point goes by windows of five bits, with a table of P, 3P, … 31P. */
export const WINDOW_BITS: i32 = 5;
export const TABLE_ENTRIES: i32 = 1 << (WINDOW_BITS - 1);

export const BLOCK_BYTES: usize = 64;
/** W_j of four blocks. */
export const SCHEDULE_WORD_BYTES: usize = 16;
const SCHEDULE_BYTES: usize = 68 * SCHEDULE_WORD_BYTES;

/** Beyond the tables, which a test checks. */
export const WORK: usize = 12288;

// Points. In: a scalar, and a point as x‖y. Out: two points as x‖y.
export const SCALAR: usize = WORK;
export const POINT: usize = SCALAR + 32;
export const FIRST: usize = POINT + 64;
export const SECOND: usize = FIRST + 64;
/** The recoded scalar: 36 bytes, and four zeros for reads that go beyond. */
export const BITS: usize = SECOND + 64;
/** Limbs of a number from 0 to p, as i64. */
export const LIMBS: usize = BITS + 48;
// Pairs of field elements: the operands of the next multiplication, the results of a formula's steps, an affine point.
export const LEFT: usize = LIMBS + 80;
export const RIGHT: usize = LEFT + PAIR_BYTES;
export const MINUS: usize = RIGHT + PAIR_BYTES;
export const TEMPORARIES: usize = MINUS + PAIR_BYTES;
export const AFFINE: usize = TEMPORARIES + 6 * PAIR_BYTES;
/** X, Y and Z of two points, one in each lane. */
export const X_OF_BOTH: usize = AFFINE + PAIR_BYTES;
export const Y_OF_BOTH: usize = X_OF_BOTH + PAIR_BYTES;
export const Z_OF_BOTH: usize = Y_OF_BOTH + PAIR_BYTES;
// Points: the running sum, another sum, the table entry read, twice P.
export const SUM: usize = Z_OF_BOTH + PAIR_BYTES;
export const OTHER_SUM: usize = SUM + POINT_BYTES;
export const SELECTED: usize = OTHER_SUM + POINT_BYTES;
export const DOUBLED: usize = SELECTED + POINT_BYTES;
export const TABLE: usize = DOUBLED + POINT_BYTES;
export const POINTS_END: usize = TABLE + <usize>TABLE_ENTRIES * POINT_BYTES;

// SM3: the chaining value, the schedule of four blocks; blocks to hash or derived bytes.
export const STATE: usize = POINTS_END;
export const SCHEDULE: usize = STATE + 32;
export const BUFFER: usize = SCHEDULE + SCHEDULE_BYTES;
/** A multiple of four blocks. */
export const BUFFER_CAPACITY: i32 = 16384;
/** Beyond it: padding, the rest of a group of four blocks, what wiping in steps goes too far. */
export const BUFFER_END: usize = BUFFER + <usize>BUFFER_CAPACITY + 8 * BLOCK_BYTES;
