/**
 * The functions of FIPS 180-4 §4.1, under the name of the symbol where the standard has one, and the message schedules
 * of §6.1.2 and §6.2.2 in steps of four words.
 */

export function choose(x: u32, y: u32, z: u32): u32 {
  return z ^ (x & (y ^ z));
}

export function majority(x: u32, y: u32, z: u32): u32 {
  return (x & y) | (z & (x | y));
}

export function parity(x: u32, y: u32, z: u32): u32 {
  return x ^ y ^ z;
}

/** Σ₀ of SHA-256 */
export function Sigma0(x: u32): u32 {
  return rotr<u32>(x, 2) ^ rotr<u32>(x, 13) ^ rotr<u32>(x, 22);
}

/** Σ₁ of SHA-256 */
export function Sigma1(x: u32): u32 {
  return rotr<u32>(x, 6) ^ rotr<u32>(x, 11) ^ rotr<u32>(x, 25);
}

/** σ₀ of SHA-256, of four words */
function sigma0(x: v128): v128 {
  return v128.xor(v128.xor(rotateLeft(x, 25), rotateLeft(x, 14)), i32x4.shr_u(x, 3));
}

/** σ₁ of SHA-256, of four words */
function sigma1(x: v128): v128 {
  return v128.xor(v128.xor(rotateLeft(x, 15), rotateLeft(x, 13)), i32x4.shr_u(x, 10));
}

/** Four words of a block. */
export function wordsAt(address: usize): v128 {
  return i8x16.swizzle(
    v128.load(address),
    i8x16(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12),
  );
}

/** W(t) to W(t + 3) of SHA-1, from W(t − 16) on in `w0` to `w3`. */
export function nextOfSha1(w0: v128, w1: v128, w2: v128, w3: v128): v128 {
  const from14 = v128.shuffle<u32>(w0, w1, 2, 3, 4, 5);
  const from3 = v128.shuffle<u32>(w3, i32x4.splat(0), 1, 2, 3, 4);
  const sum = v128.xor(v128.xor(w0, from14), v128.xor(w2, from3));
  // W(t + 3) needs W(t), which is only now known, rotated once more.
  const tooLate = v128.shuffle<u32>(i32x4.splat(0), rotateLeft(sum, 2), 0, 0, 0, 4);
  return v128.xor(rotateLeft(sum, 1), tooLate);
}

/** W(t) to W(t + 3) of SHA-256, from W(t − 16) on in `w0` to `w3`. Too large to be inlined unasked. */
// @ts-ignore: decorator
@inline
export function nextOfSha256(w0: v128, w1: v128, w2: v128, w3: v128): v128 {
  const from15 = v128.shuffle<u32>(w0, w1, 1, 2, 3, 4);
  const from7 = v128.shuffle<u32>(w2, w3, 1, 2, 3, 4);
  const sum = i32x4.add(i32x4.add(w0, sigma0(from15)), from7);
  // W(t + 2) and W(t + 3) need the two before them.
  const firstTwo = i32x4.add(sum, sigma1(v128.shuffle<u32>(w3, i32x4.splat(0), 2, 3, 4, 4)));
  return i32x4.add(firstTwo, sigma1(v128.shuffle<u32>(i32x4.splat(0), firstTwo, 0, 0, 4, 5)));
}

function rotateLeft(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}
