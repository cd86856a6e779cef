/** sm2.wasm's recoded scalars, point formulas and tables against BigInt and @noble/curves. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { BLOCKS, SPACING, TEETH } from "../../assembly/sm2/generator/curve.mjs";
import { PAIR_BYTES } from "../../assembly/sm2/generator/field.mjs";
import { fromBigInt, toBigInt } from "../../src/bytes.ts";
import { curve } from "../../src/engine/curves.ts";
import {
  compileSm2Parts,
  limbsOf,
  mod,
  type Pair,
  R,
  type Sm2Memory,
  type Sm2Parts,
} from "../support/sm2-kernels.ts";

const { Point, parameters } = curve("SM2");
const { p, n, Gx, Gy } = parameters;
type Point = typeof Point.BASE;

const TABLE_ENTRIES = 16;

let memory: Sm2Memory;
let parts: Sm2Parts;
beforeAll(async () => {
  memory = await compileSm2Parts();
  parts = memory.parts;
});

describe("scalars", () => {
  const scalar = fc.oneof(
    fc.constantFrom(1n, 2n, 3n, n - 1n, n - 2n, n - 6n, n / 2n, 2n ** 255n, 2n ** 224n - 1n, 2n ** 32n),
    fc.bigInt(1n, n - 1n),
  );

  test.each([257, 260, 264])("as %i digits ±1", (length) => {
    fc.assert(
      fc.property(scalar, (k) => {
        memory.bytes.set(fromBigInt(k, 32), parts.SCALAR.value);
        const negative = parts.recodeScalar();
        parts.setTopDigit(length);
        const bits = parts.BITS.value;
        const b = toBigInt(memory.bytes.slice(bits, bits + 40).reverse());
        const s = 2n * b - (2n ** BigInt(length) - 1n);
        expect(b < 2n ** BigInt(length)).toBe(true);
        expect(n < s && s < 2n * n).toBe(true);
        expect(negative).toBe(k % 2n === 1n ? -1 : 0);
        expect(mod(negative === 0 ? s : -s, n)).toBe(k);
      }),
    );
  });
});

describe("points", () => {
  const multiple = fc.oneof(fc.constantFrom(1n, 2n, n - 1n, n - 3n), fc.bigInt(1n, n - 1n));
  const nonZero = fc.oneof(fc.constantFrom(1n, 2n, p - 1n, R % p), fc.bigInt(1n, p - 1n));
  const offset = fc.oneof(fc.constantFrom(0n, 1n, p - 1n), fc.bigInt(0n, p - 1n));

  /** One of the ways to write a value: any multiple of p may be added. */
  function element(value: bigint, multipleOfP: number): number[] {
    return limbsOf(mod(value * R) + BigInt(multipleOfP) * p);
  }

  /** A point in any of its Jacobian coordinates, with y as any difference. */
  const jacobian = fc
    .record({
      k: multiple,
      z: nonZero,
      N: offset,
      multiples: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 4, maxLength: 4 }),
    })
    .map(({ k, z, N, multiples: [a, b, c, d] }) => {
      const point = Point.BASE.multiplyUnsafe(k);
      const { x, y } = point.toAffine();
      const XZ: Pair = [element(x * z ** 2n, a!), element(z, b!)];
      const YN: Pair = [element(y * z ** 3n + N, c!), element(N, d!)];
      return { point, XZ, YN };
    });

  function put(address: number, { XZ, YN }: { XZ: Pair; YN: Pair }): void {
    memory.putPair(address, XZ);
    memory.putPair(address + PAIR_BYTES, YN);
  }

  function expectPoint(address: number, expected: Point): void {
    expect(memory.affine(address)).toEqual(expected.toAffine());
  }

  function putAffine(address: number, point: Point): void {
    const { x, y } = point.toAffine();
    memory.putPair(address, [element(x, 0), element(y, 0)]);
  }

  test("2P", () => {
    const P = memory.scratch(0);
    fc.assert(
      fc.property(jacobian, (input) => {
        put(P, input);
        parts.pointDouble(P);
        expectPoint(P, input.point.double());
      }),
    );
  });

  test("P + Q", () => {
    const [P, Q] = [memory.scratch(0), memory.scratch(2)];
    fc.assert(
      fc.property(jacobian, jacobian, (first, second) => {
        fc.pre(first.point.toAffine().x !== second.point.toAffine().x);
        put(P, first);
        put(Q, second);
        parts.pointAdd(P, Q);
        expectPoint(P, first.point.add(second.point));
      }),
    );
  });

  test("P + an affine point", () => {
    const [P, Q] = [memory.scratch(0), memory.scratch(2)];
    fc.assert(
      fc.property(jacobian, multiple, (first, k) => {
        const second = Point.BASE.multiplyUnsafe(k);
        fc.pre(first.point.toAffine().x !== second.toAffine().x);
        put(P, first);
        putAffine(Q, second);
        parts.pointAddAffine(P, Q);
        expectPoint(P, first.point.add(second));
      }),
    );
  });

  test("an affine point as it is", () => {
    const [P, Q] = [memory.scratch(0), memory.scratch(2)];
    putAffine(Q, Point.BASE);
    parts.pointFromAffine(P, Q, parts.MONTGOMERY_ONE.value);
    expect(memory.elements(P)).toEqual([Gx, 1n]);
    expect(memory.elements(P + PAIR_BYTES)).toEqual([Gy, 0n]);
  });

  test("from Jacobian to affine, two at a time, with either sign", () => {
    const [P, Q, out] = [memory.scratch(0), memory.scratch(2), parts.FIRST.value];
    fc.assert(
      fc.property(jacobian, jacobian, fc.constantFrom(0, -1), (first, second, negative) => {
        put(P, first);
        put(Q, second);
        parts.toAffine(P, Q, negative);
        for (const [which, { point }] of [first, second].entries()) {
          parts.storeResult(out, which);
          const expected = negative === 0 ? point : point.negate();
          expect(memory.bytes.slice(out, out + 64)).toEqual(expected.toBytes(false).slice(1));
        }
      }),
    );
  });

  test("the table of a point, read in every window, with every digit", () => {
    fc.assert(
      fc.property(multiple, fc.integer({ min: 0, max: 51 }), (k, window) => {
        const point = Point.BASE.multiplyUnsafe(k);
        putAffine(parts.AFFINE.value, point);
        parts.makeTable();
        for (let v = 0; v < 2 * TABLE_ENTRIES; v++) {
          putBits(BigInt(v) << BigInt(5 * window));
          parts.selectMultiple(parts.SELECTED.value, window);
          const d = 2 * v - 31;
          const multiple = point.multiplyUnsafe(BigInt(Math.abs(d)));
          expectPoint(parts.SELECTED.value, d < 0 ? multiple.negate() : multiple);
        }
      }),
      { numRuns: 10 },
    );
  });

  test.each([...Array(BLOCKS).keys()])("the table of G, block %i, every sum of digits", (block) => {
    const teeth = Array.from({ length: TEETH }, (_, tooth) =>
      Point.BASE.multiplyUnsafe(mod(2n ** BigInt((block * TEETH + tooth) * SPACING), n)),
    );
    for (let signs = 0; signs < 2 ** TEETH; signs++) {
      const column = signs % SPACING;
      const bits = teeth.map(
        (_, tooth) => BigInt((signs >> tooth) & 1) << BigInt((block * TEETH + tooth) * SPACING + column),
      );
      putBits(bits.reduce((sum, bit) => sum + bit));
      parts.selectFromComb(block, column);
      const expected = teeth
        .map((tooth, i) => ((signs >> i) & 1 ? tooth : tooth.negate()))
        .reduce((sum, tooth) => sum.add(tooth));
      const { x, y } = expected.toAffine();
      expect(memory.elements(parts.AFFINE.value)).toEqual([x, y]);
    }
  });

  test("k times a point, and k times G", () => {
    fc.assert(
      fc.property(multiple, multiple, (k, d) => {
        memory.bytes.set(fromBigInt(k, 32), parts.SCALAR.value);
        const negative = parts.recodeScalar();
        const signed = negative === 0 ? k : n - k;
        putAffine(parts.AFFINE.value, Point.BASE.multiplyUnsafe(d));
        parts.multiplyPoint();
        expectPoint(parts.SUM.value, Point.BASE.multiplyUnsafe(mod(signed * d, n)));
        parts.multiplyBase();
        expectPoint(parts.SUM.value, Point.BASE.multiplyUnsafe(signed));
      }),
      { numRuns: 30 },
    );
  });

  function putBits(bits: bigint): void {
    memory.bytes.set(fromBigInt(bits, 40).reverse(), parts.BITS.value);
  }
});
