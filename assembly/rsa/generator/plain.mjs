/**
 * Plain SIMD: products of 24-bit digits summed in doubles, exactly, by `f64x2.mul` and `f64x2.add`.
 *
 * Bounds (machine-checked in test/node/rsa-bounds.test.ts): |digit| ≤ 2^23 + 2^8, so a row stays below 2^52.5 at 4096
 * bits. The sum of both rows may not: carry.ts takes care of that.
 */

/** @type {import("./tile.mjs").Arithmetic} */
export const plain = {
  summary: "Plain SIMD: 24-bit digits, f64x2 multiplications and additions.",
  blocks: 4,
  declare: "",
  begin: (block) => `let even${block} = zero, odd${block} = zero;`,
  multiply: (block) => `even${block} = f64x2.add(even${block}, f64x2.mul(va, s0));
odd${block} = f64x2.add(odd${block}, f64x2.mul(va, s1));`,
  finish: (block, offset) =>
    `v128.store(out, even${block}, ${offset});\nv128.store(out, odd${block}, ODD_ROW + ${offset + 8});`,
};
