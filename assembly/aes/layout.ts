/**
 * Where things lie in memory. The tables of generated/tables.ts come first, from 1024 on; everything from KEK on is
 * secret and zero between calls.
 */

/** The key-encryption key, 16, 24 or 32 bytes. */
export const KEK: usize = 4096;
/** Up to 15 round keys of 16 bytes, and room for what the expansion computes beyond the last; a multiple of 64. */
export const ROUND_KEYS: usize = 4160;
/** Up to 15 round keys in the order and the basis of decryption; a multiple of 64. */
export const DECRYPTION_KEYS: usize = 4416;
/** The semiblocks, A first, and room for the second half of a last pair. */
export const SEMIBLOCKS: usize = 4672;
/** As many as fit into three pages with that room. */
export const SEMIBLOCK_CAPACITY: i32 = (3 * 65536 - 4672) / 8 - 1;
