/**
 * The bounds of the RSA kernels' lazy carrying, by interval arithmetic over every size: random tests do not reach the
 * worst sums. Each limit is shown to be one: the next larger size or radix breaks it.
 */

import { setFlagsFromString } from "node:v8";
import { describe, expect, test } from "vitest";
import {
  type Arithmetic,
  checkMontgomery,
  checkRows,
  digitBound,
  Overflow,
  PLAIN,
  RELAXED,
  resultRatio,
} from "../support/rsa-intervals.ts";

if (process.version.startsWith("v20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");
const { binariesHere, open, RsaMemory } = await import("../support/rsa-binary.ts");

const MIN_VECTORS = 2;

const KERNELS: readonly { name: string; arithmetic: Arithmetic; maxVectors: number; firstFailure: number }[] =
  [
    { name: "rsa", arithmetic: PLAIN, maxVectors: 86, firstFailure: 128 },
    { name: "rsa-relaxed", arithmetic: RELAXED, maxVectors: 44, firstFailure: 57 },
  ];

function vectorsFor(bits: number, { radixBits }: Arithmetic): number {
  return Math.ceil((bits + 4) / (2 * radixBits));
}

describe.each(KERNELS)("the kernel of $name", ({ name, arithmetic, maxVectors, firstFailure }) => {
  test("holds its bounds at every size up to 4096 bits", () => {
    expect(vectorsFor(4096, arithmetic)).toBe(maxVectors);
    for (let vectors = MIN_VECTORS; vectors <= maxVectors; vectors++) checkMontgomery(arithmetic, vectors);
    checkRows(arithmetic);
  });

  test("would break them, and says so", () => {
    for (let vectors = maxVectors; vectors < firstFailure; vectors++) checkMontgomery(arithmetic, vectors);
    expect(() => checkMontgomery(arithmetic, firstFailure)).toThrow(Overflow);
    const wider = { ...arithmetic, radixBits: arithmetic.radixBits + 1 };
    expect(() => checkMontgomery(wider, vectorsFor(4096, wider))).toThrow(Overflow);
    const farther = { ...arithmetic, shiftBits: arithmetic.shiftBits + 1 };
    expect(() => checkRows(farther)).toThrow(Overflow);
  });

  test("results stay below 0.6·n, and below 0.49·R in digits that add up to 0.51·R at most", () => {
    expect(resultRatio(arithmetic)).toBeLessThan(0.6);
    expect(resultRatio(arithmetic) - 1 / 16).toBeLessThan(0.51);
  });

  test("is what is compiled: equal parameters, and products of extreme digits at the very bound", () => {
    const [, hex] = binariesHere().find(([found]) => found === name)!;
    const memory = new RsaMemory(open(hex));
    expect(memory.radixBits).toBe(arithmetic.radixBits);
    expect(memory.exports.MAX_VECTORS.value).toBe(maxVectors);
    const bound = Number(digitBound(arithmetic));
    for (const bits of [1024, 2048, 3072, 4096]) {
      memory.prepare((1n << BigInt(bits)) - 1n);
      const { BASE, SPARE, RESULT } = memory.exports;
      const rows = checkMontgomery(arithmetic, memory.vectors);
      for (const sign of [1, -1]) {
        memory.putDigits("BASE", Array<number>(2 * memory.vectors).fill(bound));
        memory.putDigits("SPARE", Array<number>(2 * memory.vectors).fill(sign * bound));
        memory.exports.multiply(RESULT.value, BASE.value, SPARE.value);
        const found = memory.productRows();
        for (const row of ["even", "odd"] as const)
          for (const [column, limit] of rows[row].entries())
            expect(Math.abs(found[row][column]!)).toBeLessThanOrEqual(Number(limit));
        if (!arithmetic.fused)
          expect(Math.max(...found.even.map(Math.abs))).toBe(Number(rows.even[2 * memory.vectors - 1]));
      }
    }
  });
});

test("one pass would not do for the plain kernel", () => {
  expect(() => checkMontgomery({ ...PLAIN, passes: 1 }, 43)).toThrow("digit of T mod R");
});
