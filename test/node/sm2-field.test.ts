/** sm2.wasm's field arithmetic and conversions against BigInt, over extreme and unreduced limbs. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { LIMB_BITS, LIMB_COUNT, PAIR_BYTES } from "../../assembly/sm2/generator/field.mjs";
import { concatBytes, fromBigInt, toBigInt } from "../../src/bytes.ts";
import { CURVE_PARAMETERS } from "../../src/engine/curves.ts";
import {
  compileSm2Parts,
  limbsOf,
  mod,
  type Pair,
  power,
  R,
  type Sm2Memory,
  type Sm2Parts,
  toValue,
} from "../support/sm2-kernels.ts";

const { p, n } = CURVE_PARAMETERS.SM2;
const HALF = 2 ** (LIMB_BITS - 1);
const HIGHEST = 2 ** 26;

let memory: Sm2Memory;
let parts: Sm2Parts;
beforeAll(async () => {
  memory = await compileSm2Parts();
  parts = memory.parts;
});

const EDGES = [0n, 1n, 2n, p - 1n, p, p + 1n, 2n * p, n, R % p, 2n ** 258n, -1n, -p, 2n ** 256n - 1n];

/** Limbs of up to `bound`: extreme ones, all alike, any, or those of an edge value. */
function limbs(bound: number): fc.Arbitrary<number[]> {
  const extreme = fc.constantFrom(bound, -bound, bound - 1, HALF - 1, -HALF, 1, 0, -1);
  const limb = fc.oneof({ weight: 2, arbitrary: extreme }, fc.integer({ min: -bound, max: bound }));
  const lower = fc.oneof(
    fc.array(limb, { minLength: LIMB_COUNT - 1, maxLength: LIMB_COUNT - 1 }),
    extreme.map((value) => Array<number>(LIMB_COUNT - 1).fill(value)),
  );
  const highest = fc.oneof(
    fc.constantFrom(HIGHEST, -HIGHEST, 0),
    fc.integer({ min: -HIGHEST, max: HIGHEST }),
  );
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...EDGES).map(limbsOf) },
    { weight: 4, arbitrary: fc.tuple(lower, highest).map(([rest, last]) => [...rest, last]) },
  );
}

function pair(bound: number): fc.Arbitrary<Pair> {
  return fc.tuple(limbs(bound), limbs(bound));
}

function expectCarried(limbs: readonly number[]): void {
  for (const limb of limbs.slice(0, -1)) expect(limb >= -HALF && limb < HALF).toBe(true);
  expect(Math.abs(limbs.at(-1)!)).toBeLessThan(2 ** 30);
}

describe("field arithmetic", () => {
  /** As far as the bounds of the columns reach, and what the formulas use. */
  const FACTORS = [
    [7 * HALF, 2 * HALF],
    [2 * HALF, 7 * HALF],
    [HALF, HALF],
  ] as const;

  test.each(FACTORS)("a·b and a·b − c, limbs up to %i and %i", (boundA, boundB) => {
    const [out, a, b, c] = [0, 1, 2, 3].map((i) => memory.scratch(i)) as [number, number, number, number];
    fc.assert(
      fc.property(pair(boundA), pair(boundB), pair(4 * HALF), (x, y, z) => {
        memory.putPair(a, x);
        memory.putPair(b, y);
        memory.putPair(c, z);
        parts.fieldMultiply(out, a, b);
        for (const [lane, limbs] of memory.pair(out).entries()) {
          expectCarried(limbs);
          expect(mod(toValue(limbs) * R)).toBe(mod(toValue(x[lane]!) * toValue(y[lane]!)));
        }
        parts.fieldMultiplyMinus(c, a, b, c);
        for (const [lane, limbs] of memory.pair(c).entries()) {
          expectCarried(limbs);
          expect(mod((toValue(limbs) + toValue(z[lane]!)) * R)).toBe(
            mod(toValue(x[lane]!) * toValue(y[lane]!)),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([Math.floor(3.74 * HALF), HALF])("a² and a² − c, limbs up to %i", (bound) => {
    const [out, a, c] = [0, 1, 2].map((i) => memory.scratch(i)) as [number, number, number];
    fc.assert(
      fc.property(pair(bound), pair(4 * HALF), (x, z) => {
        memory.putPair(a, x);
        memory.putPair(c, z);
        parts.fieldSquareMinus(out, a, c);
        parts.fieldSquare(a, a);
        for (const lane of [0, 1] as const) {
          const [square, difference] = [memory.pair(a)[lane], memory.pair(out)[lane]];
          expectCarried(square);
          expectCarried(difference);
          expect(mod(toValue(square) * R)).toBe(mod(toValue(x[lane]) ** 2n));
          expect(toValue(difference)).toBe(toValue(square) - toValue(z[lane]));
        }
      }),
      { numRuns: 500 },
    );
  });

  test("1/a, and 0 for 0", () => {
    const [out, a] = [memory.scratch(0), memory.scratch(1)];
    fc.assert(
      fc.property(pair(HALF), (x) => {
        memory.putPair(a, x);
        parts.fieldInvert(out, a);
        const elements = memory.elements(a);
        for (const [lane, inverse] of memory.elements(out).entries())
          expect(inverse).toBe(power(elements[lane]!, p - 2n));
      }),
    );
    memory.putPair(a, [limbsOf(0n), limbsOf(p)]);
    parts.fieldInvert(out, a);
    expect(memory.elements(out)).toEqual([0n, 0n]);
  });
});

describe("conversion", () => {
  const bits256 = fc.oneof(
    fc.constantFrom(0n, 1n, p - 1n, p, n, 2n ** 256n - 1n),
    fc.bigInt(0n, 2n ** 256n - 1n),
  );

  test("big-endian bytes to limbs", () => {
    const out = memory.scratch(0);
    fc.assert(
      fc.property(bits256, bits256, (x, y) => {
        memory.bytes.set(concatBytes(fromBigInt(x, 32), fromBigInt(y, 32)), parts.POINT.value);
        parts.loadPoint(out, parts.POINT.value);
        expect(memory.elements(out)).toEqual([mod(x), mod(y)]);
      }),
    );
  });

  test("limbs to big-endian bytes, fully reduced", () => {
    const a = memory.scratch(0);
    const bytes = parts.FIRST.value;
    const multipleOfP = fc.integer({ min: -8, max: 8 }).map((i) => limbsOf(BigInt(i) * p));
    const any = fc.oneof(limbs(2 * HALF), multipleOfP);
    fc.assert(
      fc.property(fc.tuple(any, any), (x) => {
        memory.putPair(a, x);
        for (const lane of [0, 1] as const) {
          parts.storeElement(bytes, a, lane);
          expect(toBigInt(memory.bytes.slice(bytes, bytes + 32))).toBe(memory.elements(a)[lane]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test("the tables end before the work space, and this before the memory", () => {
  expect(parts.TABLES_END.value).toBeLessThanOrEqual(parts.WORK.value);
  expect(parts.BUFFER_END.value).toBeLessThanOrEqual(parts.SCRATCH.value);
  expect(parts.SCRATCH.value + 8 * PAIR_BYTES).toBeLessThanOrEqual(memory.bytes.length);
});
