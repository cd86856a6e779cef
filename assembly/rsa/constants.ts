/** Static data of the kernels, two equal lanes each: see layout.ts for the radix. */

/**
 * 1.5·2^(52+RADIX_BITS): adding and subtracting it rounds a double to a multiple of the radix. Then 1/radix.
 * As bit patterns, since there are no hexadecimal doubles.
 */
export const CONSTANTS: usize = ASC_FEATURE_RELAXED_SIMD
  ? memory.data<u64>([0x4628000000000000, 0x4628000000000000, 0x3d00000000000000, 0x3d00000000000000], 16)
  : memory.data<u64>([0x44b8000000000000, 0x44b8000000000000, 0x3e70000000000000, 0x3e70000000000000], 16);
