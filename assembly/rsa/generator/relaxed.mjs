/**
 * Relaxed SIMD: products of 47-bit digits, split into a high and a low part by fused multiply-add.
 *
 * `high` starts at bias = 1.5·2^99, where doubles are spaced by 2^47, the radix. high' = fma(a, b, high) adds the
 * product rounded to the radix, and high − high', exact, is minus what was added; fma(a, b, high − high') is what
 * the rounding left, an integer of at most 2^46, and is summed in `low`. Four operations where adding bit patterns
 * (a bias per product, 51-bit digits) takes five.
 *
 * In the end high − bias, divided by the radix, goes one column up: the even digit's to the odd row of its block, the
 * odd digit's to the even row of the next block.
 *
 * Bounds (machine-checked in test/node/rsa-bounds.test.ts): |digit| ≤ 2^46 + 2^8; high stays within 2^98 of its bias,
 * and a row below 2^52.1 at 4096 bits.
 */

/** Adds va·digit to a sum in two halves. @param {string} high @param {string} low @param {string} digit */
const product = (high, low, digit) => `sum = f64x2.relaxed_madd(va, ${digit}, ${high});
${low} = f64x2.add(${low}, f64x2.relaxed_madd(va, ${digit}, f64x2.sub(${high}, sum)));
${high} = sum;`;

/** @type {import("./tile.mjs").Arithmetic} */
export const relaxed = {
  summary: "Relaxed SIMD: 47-bit digits, f64x2.relaxed_madd. Right only where that is fused.",
  blocks: 2,
  declare: `let sum: v128;
v128.store(out, zero);`,
  begin: (block) => `let highEven${block} = v128.load(CONSTANTS), highOdd${block} = v128.load(CONSTANTS);
let lowEven${block} = ${block === 0 ? "v128.load(out)" : "zero"}, lowOdd${block} = zero;`,
  multiply: (block) => [
    product(`highEven${block}`, `lowEven${block}`, "s0"),
    product(`highOdd${block}`, `lowOdd${block}`, "s1"),
  ].join("\n"),
  finish: (block, offset) => {
    /** @param {string} high */
    const carried = (high) => `f64x2.mul(f64x2.sub(${high}, v128.load(CONSTANTS)), v128.load(CONSTANTS, 16))`;
    const even = block === 0 ? `lowEven${block}` : `f64x2.add(lowEven${block}, sum)`;
    return `v128.store(out, ${even}, ${offset});
v128.store(out, f64x2.add(lowOdd${block}, ${carried(`highEven${block}`)}), ODD_ROW + ${offset + 8});
sum = ${carried(`highOdd${block}`)};
${block === 1 ? `v128.store(out, sum, ${offset + 16});` : ""}`;
  },
};
