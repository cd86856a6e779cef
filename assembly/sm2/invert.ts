/** 1/a = a^(p−2), Fermat. p − 2 in bits: 31 ones, a zero, 128 ones, 32 zeros, 62 ones, 01. */

import { fieldMultiply, fieldSquare, PAIR_BYTES } from "./generated/field";
import { LEFT, TEMPORARIES } from "./layout";

/** out = a^(p−2) in both lanes; 0 for 0. 256 squarings, 15 multiplications. `out` may not be `a`. */
export function fieldInvert(out: usize, a: usize): void {
  // xK = a^(2^K − 1), K ones.
  const x3 = TEMPORARIES;
  const x15 = x3 + PAIR_BYTES;
  const x31 = x15 + PAIR_BYTES;
  const x32 = x31 + PAIR_BYTES;
  raise(x3, a, 1, a);
  raise(x3, x3, 1, a);
  raise(x15, x3, 3, x3);
  raise(x15, x15, 6, x15);
  raise(x15, x15, 3, x3);
  raise(x31, x15, 15, x15);
  raise(x31, x31, 1, a);
  raise(x32, x31, 1, a);
  raise(out, x31, 33, x32);
  for (let i = 0; i < 3; i++) raise(out, out, 32, x32);
  raise(out, out, 63, x31);
  raise(out, out, 31, x31);
  raise(out, out, 2, a);
}

/** out = x^(2^squarings)·factor: appends bits to the exponent. */
function raise(out: usize, x: usize, squarings: i32, factor: usize): void {
  fieldSquare(LEFT, x);
  while (--squarings > 0) fieldSquare(LEFT, LEFT);
  fieldMultiply(out, LEFT, factor);
}
