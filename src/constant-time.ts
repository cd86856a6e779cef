/**
 * Decisions about secrets as masks: all ones (−1) for true, 0 for false, so that they are combined with `&` and `|`
 * and turned into a branch only once, at the verdict. On 32-bit integers; operands below 2^31.
 *
 * This is what the source says. What a JavaScript engine makes of it cannot be promised: see SECURITY.md.
 */

/** −1 if `x` is 0, else 0. */
export function isZeroMask(x: number): number {
  return ((x | -x) >> 31) ^ -1;
}

/** −1 if `a` equals `b`, else 0. */
export function equalMask(a: number, b: number): number {
  return isZeroMask(a ^ b);
}

/** −1 if `a < b`, else 0; both in 0 … 2^31 − 1. */
export function lessMask(a: number, b: number): number {
  return (a - b) >> 31;
}

/** `a` under a mask of ones, `b` under a mask of zeros. */
export function select(mask: number, a: number, b: number): number {
  return (a & mask) | (b & ~mask);
}

/** A fresh array: the bytes of `a` under a mask of ones, of `b` under a mask of zeros; both of one length. */
export function selectBytes(mask: number, a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = select(mask, a[i]!, b[i]!);
  return out;
}

/** −1 if all bytes are 0, else 0. public: the length. */
export function allZeroMask(bytes: Uint8Array): number {
  let any = 0;
  for (const byte of bytes) any |= byte;
  return isZeroMask(any);
}

/** −1 if the contents are equal, else 0; both of one length. */
export function equalBytesMask(a: Uint8Array, b: Uint8Array): number {
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return isZeroMask(difference);
}

/** −1 if `a < b` as big-endian numbers of one length, else 0. */
export function lessBytesMask(a: Uint8Array, b: Uint8Array): number {
  let borrow = 0;
  for (let i = a.length - 1; i >= 0; i--) borrow = (a[i]! - b[i]! + borrow) >> 8;
  return borrow;
}
