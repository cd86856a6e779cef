/**
 * Why sm2.wasm adds points without exceptional cases: for no scalar does an addition meet a point that is equal or
 * opposite to the one it is added to. The kernels' sums in integers, the arguments those of assembly/sm2/window.ts
 * and comb.ts.
 */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BLOCKS, SPACING, TEETH } from "../../assembly/sm2/generator/curve.mjs";
import { CURVE_PARAMETERS } from "../../src/engine/curves.ts";

const { n } = CURVE_PARAMETERS.SM2;
const ROWS = BLOCKS * TEETH;
const SIGNS = [
  [1n, 1n],
  [1n, -1n],
  [-1n, 1n],
  [-1n, -1n],
] as const;
const WINDOW_BITS = 5;
const WINDOWS = 52;

/** Any odd s between n and 2n: what assembly/sm2/scalar.ts makes of a scalar. */
const recodedScalar = fc
  .oneof(fc.bigInt(1n, n - 1n), fc.bigInt(1n, 300n), fc.bigInt(n - 300n, n - 1n))
  .map((k) => (k % 2n === 0n ? n + k : 2n * n - k));

/** An addition of `entry`, with what is then in the sum; both times G or P. */
interface Addition {
  readonly sum: bigint;
  readonly entry: bigint;
}

/** The digit of s, 1 or −1, at `position`, of `length` digits. */
function digit(s: bigint, position: number, length: number): bigint {
  const bits = (s >> 1n) + 2n ** BigInt(length - 1);
  return (bits >> BigInt(position)) & 1n ? 1n : -1n;
}

function isExceptional({ sum, entry }: Addition): boolean {
  return (sum - entry) % n === 0n || (sum + entry) % n === 0n;
}

describe("windows", () => {
  function additions(s: bigint): Addition[] {
    const found: Addition[] = [];
    let sum = 0n;
    for (let window = WINDOWS - 1; window >= 0; window--) {
      const entry = [0, 1, 2, 3, 4].reduce(
        (total, i) => total + digit(s, window * WINDOW_BITS + i, WINDOWS * WINDOW_BITS) * 2n ** BigInt(i),
        0n,
      );
      sum *= 32n;
      if (window < WINDOWS - 1) found.push({ sum, entry });
      sum += entry;
    }
    expect(sum).toBe(s);
    return found;
  }

  test("meet no exceptional case, for any s", () => {
    fc.assert(
      fc.property(recodedScalar, (s) => {
        const all = additions(s);
        for (const { sum, entry } of all) {
          expect(sum % 64n).toBe(32n);
          expect(sum > 0n && entry % 2n !== 0n && entry ** 2n < 32n ** 2n).toBe(true);
        }
        // All but the last are too small to pass n; in the last sum + entry = s.
        for (const { sum, entry } of all.slice(0, -1)) expect(sum + entry ** 2n < n).toBe(true);
        expect(all.some(isExceptional)).toBe(false);
      }),
    );
  });

  test("nor in the last window, for the only s that could: n + 2d with d odd, the last entry", () => {
    for (let d = 1n; d < 32n; d += 2n) {
      const { entry } = additions(n + 2n * d).at(-1)!;
      expect(entry).not.toBe(d);
    }
  });
});

describe("the comb", () => {
  const length = ROWS * SPACING;
  const blockOf = (row: number) => Math.floor(row / TEETH);

  /** Column by column from the highest, block by block from the first. */
  function additions(s: bigint): (Addition & { readonly column: number; readonly block: number })[] {
    const found: ReturnType<typeof additions> = [];
    let sum = 0n;
    for (let column = SPACING - 1; column >= 0; column--) {
      sum *= 2n;
      for (let block = 0; block < BLOCKS; block++) {
        let entry = 0n;
        for (let row = block * TEETH; row < (block + 1) * TEETH; row++)
          entry += digit(s, row * SPACING + column, length) * 2n ** BigInt(row * SPACING);
        if (sum !== 0n) found.push({ column, block, sum, entry });
        sum += entry;
      }
    }
    expect(sum).toBe(s);
    return found;
  }

  /** What each row's digits of column 0 and of column 1 are worth in an equation for s. */
  type Weights = (row: number) => readonly [column0: bigint, column1: bigint];

  /**
   * s = 2^column·(sum ± entry) + Σ over the rows of 2^(SPACING·row)·(weight·digit in column 0 + … in column 1): what
   * comes after an addition counts once, the entry twice where it is −, not at all where it is +.
   */
  function weightsAt(column: number, block: number, sign: "+" | "-"): Weights {
    const ofEntry = sign === "-" ? 2n : 0n;
    return (row) => {
      const inColumn = blockOf(row) === block ? ofEntry : blockOf(row) > block ? 1n : 0n;
      return column === 0 ? [inColumn, 0n] : [1n, 2n * inColumn];
    };
  }

  function weigh(s: bigint, weights: Weights): bigint {
    return Array.from({ length: ROWS }, (_, row) => {
      const digits = [0, 1].map((column) => digit(s, row * SPACING + column, length));
      return weights(row).reduce((sum, weight, i) => sum + weight * digits[i]!, 0n) << BigInt(SPACING * row);
    }).reduce((sum, term) => sum + term);
  }

  /** All s = constant + weigh(s). A row's term does not reach the digits below it: each row is settled in turn. */
  function solve(constant: bigint, weights: Weights): bigint[] {
    let candidates = [constant];
    for (let row = 0; row < ROWS; row++) {
      const position = SPACING * row;
      const [weight0, weight1] = weights(row);
      candidates = candidates.flatMap((rest) =>
        SIGNS.map(([d0, d1]) => ({
          s: rest + ((weight0 * d0 + weight1 * d1) << BigInt(position)),
          digits: [d0, d1],
        }))
          .filter(({ s, digits }) => digits.every((d, column) => digit(s, position + column, length) === d))
          .map(({ s }) => s),
      );
    }
    return candidates;
  }

  const CASES = [0, 1].flatMap((column) =>
    [...Array(BLOCKS).keys()].flatMap((block) =>
      (["+", "-"] as const).map((sign) => {
        const name = `column ${column}, block ${block}, sum ${sign} entry`;
        return { name, column, block, weights: weightsAt(column, block, sign), sign };
      }),
    ),
  );

  test("sums and entries differ as integers, and are too small to pass n but in the last two columns", () => {
    fc.assert(
      fc.property(recodedScalar, (s) => {
        for (const { column, block, sum, entry } of additions(s)) {
          expect(sum % 2n === 0n).toBe(block === 0);
          expect(entry % 2n === 0n).toBe(block !== 0);
          if (column > 1) expect(magnitude(sum) + magnitude(entry) < n).toBe(true);
        }
      }),
    );
  });

  test.each(CASES)("$name: s is what the equation says", ({ column, block, sign, weights }) => {
    fc.assert(
      fc.property(recodedScalar, (s) => {
        const { sum, entry } = additions(s).find((one) => one.column === column && one.block === block)!;
        const difference = sign === "+" ? sum + entry : sum - entry;
        expect(s).toBe(difference * 2n ** BigInt(column) + weigh(s, weights));
      }),
    );
  });

  test.each(CASES)("$name: solving the equation finds every s", ({ weights }) => {
    fc.assert(
      fc.property(recodedScalar, (s) => solve(s - weigh(s, weights), weights).includes(s)),
      // Up to 2^12 solutions each.
      { numRuns: 4 },
    );
  });

  test.each(CASES)("$name: no s makes it a multiple of n", ({ column, weights }) => {
    for (const multiple of [0n, 1n, 2n, 3n]) {
      const found = solve(multiple * n * 2n ** BigInt(column), weights);
      expect(found.filter((s) => n < s && s < 2n * n && s % 2n === 1n)).toEqual([]);
    }
  });

  test("so none is exceptional", () => {
    fc.assert(fc.property(recodedScalar, (s) => !additions(s).some(isExceptional)));
  });
});

function magnitude(x: bigint): bigint {
  return x < 0n ? -x : x;
}
