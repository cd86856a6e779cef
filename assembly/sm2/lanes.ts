/** Vectors with two limbs of a pair: the 32-bit lanes 0 and 2 are of the first element, 1 and 3 of the second. */

/** The other element in each place. */
// @ts-ignore: decorator
@inline
export function swapElements(v: v128): v128 {
  return v128.shuffle<i32>(v, v, 1, 0, 3, 2);
}

/** The first element of one, the second of the other. */
// @ts-ignore: decorator
@inline
export function firstOfSecondOf(first: v128, second: v128): v128 {
  return v128.shuffle<i32>(first, second, 0, 5, 2, 7);
}

/** x where `mask` is 0, −x where it is −1. */
// @ts-ignore: decorator
@inline
export function negateWhere(mask: v128, x: v128): v128 {
  return i32x4.sub(v128.xor(x, mask), mask);
}

/** All ones where x is 0, else zeros. */
// @ts-ignore: decorator
@inline
export function maskWhereZero(x: i32): v128 {
  return i32x4.eq(i32x4.splat(x), i64x2.splat(0));
}
