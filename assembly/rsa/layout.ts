/**
 * The memory map of the RSA binaries, and the number in which they differ: the radix.
 *
 * A number modulo n is `vectors` pairs of digits, least significant first, each digit a double that holds an
 * integer; the value is Σ digit[i]·2^(RADIX_BITS·i). Carried digits are balanced: at most 2^(RADIX_BITS−1) + 2^8.
 * R = 2^(2·RADIX_BITS·vectors) ≥ 16n: this slack lets every multiplication go without a final subtraction.
 *
 * A slot holds one such number. Zeros before and after it, and in it beyond `vectors`, spare the kernels all edge
 * branches: `prepare` clears the slots, and whoever uses one leaves its margins alone.
 */

/** plain SIMD: 24, products summed in doubles; relaxed: 47, high and low halves by fused multiply-add. */
export const RADIX_BITS: i32 = ASC_FEATURE_RELAXED_SIMD ? 47 : 24;
/** R ≥ 2^SLACK_BITS·n. */
export const SLACK_BITS: i32 = 4;
/** Pairs of digits of the longest modulus, 4096 bits. */
export const MAX_VECTORS: i32 = (4096 + SLACK_BITS + 2 * RADIX_BITS - 1) / (2 * RADIX_BITS);
/** So that there are as many digits as modulus.ts looks at. */
export const MIN_VECTORS: i32 = 2;
/** Bits of a secret exponent at a time. */
export const WINDOW_BITS: i32 = 5;

export const VECTOR_BYTES: usize = 16;
/** Vectors of zeros between slots: a tile of the column kernels reaches three beyond either end. */
const MARGIN_VECTORS: i32 = 4;
const SLOT_BYTES: usize = <usize>(MAX_VECTORS + MARGIN_VECTORS) * VECTOR_BYTES;
const MARGIN_BYTES: usize = <usize>MARGIN_VECTORS * VECTOR_BYTES;

// Static data comes first (constants.ts): it begins at 1024 and takes less than 256 bytes.

// The context: public between calls, derived from the modulus. Copied out and in as a whole.
export const CONTEXT: usize = 1280;
/** i32: how many vectors a number takes under the current modulus. */
export const VECTORS: usize = CONTEXT;
export const MODULUS: usize = CONTEXT + MARGIN_BYTES;
/** −n⁻¹ mod R */
export const NEGATIVE_INVERSE: usize = MODULUS + SLOT_BYTES;
/** R² mod n */
export const R_SQUARED: usize = NEGATIVE_INVERSE + SLOT_BYTES;

// Work space: secret while a call runs, zero between calls.
export const WORK: usize = R_SQUARED + SLOT_BYTES;
/** The number to be raised, and the same in Montgomery form. */
export const BASE: usize = WORK;
export const MONTGOMERY_BASE: usize = BASE + SLOT_BYTES;
export const RESULT: usize = MONTGOMERY_BASE + SLOT_BYTES;
/** The doubled operand of a squaring. */
export const TWICE: usize = RESULT + SLOT_BYTES;
/** T mod R and q of a reduction. */
export const LOW: usize = TWICE + SLOT_BYTES;
export const QUOTIENT: usize = LOW + SLOT_BYTES;
/** The power picked from the table; a second operand elsewhere. */
export const OTHER: usize = QUOTIENT + SLOT_BYTES;
export const SPARE: usize = OTHER + SLOT_BYTES;

/**
 * Columns of products, in two rows: those of the even digits of b, and ODD_ROW further on those of its odd digits.
 * PRODUCT has 2·vectors blocks and a tile's overshoot, PARTIAL half of them, two more, and an overshoot at both ends.
 */
export const PRODUCT: usize = SPARE + SLOT_BYTES;
export const PARTIAL: usize = PRODUCT + <usize>(2 * MAX_VECTORS + MARGIN_VECTORS) * VECTOR_BYTES;
export const ODD_ROW: usize = <usize>(3 * MAX_VECTORS + 4 * MARGIN_VECTORS) * VECTOR_BYTES;
const COLUMNS_END: usize = PRODUCT + 2 * ODD_ROW + VECTOR_BYTES;

/** What `prepare` clears. */
export const SLOTS_BYTES: usize = COLUMNS_END - CONTEXT;

// Big-endian numbers come and go right-aligned in buffers of NUMBER_BYTES, zeros to the left. That is eight bytes more
// than the digits of the longest number, so that it may be read in words of eight bytes.
export const NUMBER_BYTES: usize = 528;
export const MODULUS_NUMBER: usize = COLUMNS_END;
export const MESSAGE: usize = MODULUS_NUMBER + NUMBER_BYTES;
export const PUBLIC_EXPONENT: usize = MESSAGE + NUMBER_BYTES;

/** Here ends what a public operation touches. */
export const PRIVATE_WORK: usize = PUBLIC_EXPONENT + NUMBER_BYTES;
export const PRIME1: usize = PRIVATE_WORK;
export const PRIME2: usize = PRIME1 + NUMBER_BYTES;
export const EXPONENT1: usize = PRIME2 + NUMBER_BYTES;
export const EXPONENT2: usize = EXPONENT1 + NUMBER_BYTES;
export const COEFFICIENT: usize = EXPONENT2 + NUMBER_BYTES;
/** The blinding factor r, r mod the prime at hand, and the inverse of that. */
export const BLINDING: usize = COEFFICIENT + NUMBER_BYTES;
export const RESIDUE: usize = BLINDING + NUMBER_BYTES;
export const UNBLINDING: usize = RESIDUE + NUMBER_BYTES;
/** The result modulo the second prime. */
export const RESIDUE2: usize = UNBLINDING + NUMBER_BYTES;

/** 2^WINDOW_BITS powers; before and after the exponentiation, scratch of inversion and recombination. */
export const TABLE: usize = RESIDUE2 + NUMBER_BYTES;
const TABLE_BYTES: usize = <usize>(((MAX_VECTORS + 3) & ~3) << WINDOW_BITS) * VECTOR_BYTES;
export const END: usize = TABLE + TABLE_BYTES;
