/**
 * No column of sm2.wasm's field arithmetic overflows, and no limb, whatever the points and scalars: the statements it
 * is generated from run over intervals, along every way that the kernels take, until nothing new comes out.
 */

import { describe, expect, test } from "vitest";
import { R } from "../../assembly/sm2/generator/curve.mjs";
import { LIMB_BITS } from "../../assembly/sm2/generator/field.mjs";
import { FORMULAS } from "../../assembly/sm2/generator/points.mjs";
import { CURVE_PARAMETERS } from "../../src/engine/curves.ts";
import {
  closure,
  type Elements,
  either,
  type Limbs,
  largestValue,
  limbsOfConstant,
  limbsWithin,
  OutOfBounds,
  orNegated,
  runFormula,
  runProgram,
} from "../support/sm2-bounds.ts";

const { p } = CURVE_PARAMETERS.SM2;
const LIMB = 2n ** BigInt(LIMB_BITS);
/** Any number below 2^256 as convert.ts cuts it. */
const CUT: Limbs = limbsWithin(0n, LIMB - 1n, 2n ** 24n - 1n);
const ONE: Limbs = limbsOfConstant(R % p);

const formulasRun = new Set<string>();

function run(name: string, inputs: Elements): Elements {
  formulasRun.add(name);
  return runFormula(name, inputs);
}

/** A point, of all elements. */
function point(elements: Elements): Elements {
  return Object.fromEntries(["X", "Y", "N", "Z"].map((name) => [name, elements[name]!]));
}

function asSecondPoint(elements: Elements): Elements {
  return Object.fromEntries(["X", "Y", "N", "Z"].map((name) => [`${name}q`, elements[name]!]));
}

/** window.ts, makeTable: every entry, with either sign. */
function tableEntries(): Elements {
  const x = runProgram("fieldMultiply", { a: CUT, b: limbsOfConstant(R ** 2n % p) });
  const { X, Y, N, Z } = run("pointDouble", point(run("pointFromAffine", { x, y: x, ONE })));
  const first = run("pointStartTable", { x, y: x, Xd: X!, Yd: Y!, Nd: N!, Zd: Z! });
  const all = closure({ ...point(first), Xt: first["Xt"]!, Yt: first["Yt"]! }, (entry) => {
    const { Xs, Ys, Ns, Zs, Xt, Yt } = run("pointAddEqualZ", entry);
    return { X: Xs!, Y: Ys!, N: Ns!, Z: Zs!, Xt: Xt!, Yt: Yt! };
  });
  return { ...point(all), Y: orNegated(all["Y"]!), N: orNegated(all["N"]!) };
}

/** window.ts, multiplyPoint: every sum. */
function windowSums(entries: Elements): Elements {
  return closure(entries, (sum) => {
    const doubled = point(run("pointDouble", sum));
    return either(doubled, point(run("pointAdd", { ...doubled, ...asSecondPoint(entries) })));
  });
}

/** comb.ts, multiplyBase: every sum from the first addition on. */
function combSums(): Elements {
  const entry = { x: CUT, y: orNegated(CUT) };
  const start = point(run("pointFromAffine", { ...entry, ONE }));
  return closure(point(run("pointAddAffine", { ...start, ...entry })), (sum) =>
    either(point(run("pointDouble", sum)), point(run("pointAddAffine", { ...sum, ...entry }))),
  );
}

/** affine.ts, toAffine: x and y. */
function affine(sums: Elements): readonly Limbs[] {
  const { Xo, Yo, Zo } = run("pointsSideBySide", { ...sums, ...asSecondPoint(sums) });
  const { b } = closure({ b: Zo! }, ({ b }) =>
    either({ b: runProgram("fieldSquare", { a: b! }) }, { b: runProgram("fieldMultiply", { a: b!, b: b! }) }),
  );
  const x = runProgram("fieldMultiply", { a: Xo!, b: b! });
  const yTimesZ = runProgram("fieldMultiply", { a: orNegated(Yo!), b: b! });
  return [x, runProgram("fieldMultiply", { a: yTimesZ, b: b! })];
}

describe("along every way through the kernels", () => {
  const sums = either(windowSums(tableEntries()), combSums());

  test("nothing overflows, and sums stay well below R", () => {
    for (const limbs of Object.values(sums)) expect(largestValue(limbs)).toBeLessThan(R / 4n);
    expect(formulasRun.size).toBeGreaterThan(4);
  });

  test("what storeElement takes out of Montgomery form is below R", () => {
    for (const coordinate of affine(sums)) {
      expect(largestValue(coordinate)).toBeLessThan(R);
      const out = runProgram("fieldMultiply", { a: coordinate, b: limbsOfConstant(1n) });
      expect(largestValue(out)).toBeLessThan(2n * p);
    }
  });

  test("no formula was left out", () => {
    expect([...formulasRun].sort()).toEqual(FORMULAS.map(({ name }) => name).sort());
  });
});

describe("the check can fail", () => {
  const carried = limbsWithin(-LIMB / 2n, LIMB / 2n, 2n ** 26n);

  test("a column that overflows", () => {
    const upTo = (bound: bigint) => limbsWithin(-bound, bound, bound);
    // 9 products of up to 7/2 · 2^58 fit, with what the reduction adds; 33/32 of it does not.
    const a = upTo((7n * LIMB) / 2n);
    expect(() => runProgram("fieldMultiply", { a, b: upTo(LIMB) })).not.toThrow();
    expect(() => runProgram("fieldMultiply", { a, b: upTo((33n * LIMB) / 32n) })).toThrow("a column may be");
    expect(() => runProgram("fieldSquare", { a: upTo(2n * LIMB - 1n) })).toThrow(OutOfBounds);
  });

  test("a limb that overflows", () => {
    const large = limbsWithin(-(2n ** 30n), 2n ** 30n, 2n ** 26n);
    const inputs = { X: large, Y: carried, N: carried, Z: carried };
    expect(() => run("pointDouble", inputs)).toThrow("limb 0 of a sum may be");
  });

  test("limbs that grow from round to round", () => {
    const grow = ({ a }: Elements): Elements => ({
      a: runProgram("fieldMultiplyMinus", { a: carried, b: carried, c: a! }),
    });
    expect(() => closure({ a: carried }, grow)).toThrow("limbs grow from round to round");
  });
});
