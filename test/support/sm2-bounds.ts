/**
 * Runs the programs and formulas that assembly/sm2 is generated from over intervals: every limb is known only to lie
 * between two numbers, and whatever could leave its type is an error.
 */

import { CONSTANTS, LIMB_BITS, LIMB_COUNT, PROGRAMS } from "../../assembly/sm2/generator/field.mjs";
import { FORMULAS, parseStep } from "../../assembly/sm2/generator/points.mjs";

/** All integers from `min` to `max`. */
export interface Interval {
  readonly min: bigint;
  readonly max: bigint;
}

/** The limbs of an element. */
export type Limbs = readonly Interval[];

/** Elements by name. */
export type Elements = Readonly<Record<string, Limbs>>;

/** What a value might be, and may not. */
export class OutOfBounds extends Error {
  override readonly name: string = "OutOfBounds";
}

type Program = (typeof PROGRAMS)[number];
type Operand = Extract<Program["statements"][number], { target: string }>["operation"]["operands"][number];
type Step = ReturnType<typeof parseStep>;

const I32: Interval = { min: -(2n ** 31n), max: 2n ** 31n - 1n };
const U64: Interval = { min: 0n, max: 2n ** 64n - 1n };
const HALF = 2n ** BigInt(LIMB_BITS - 1);

/** Limbs from `min` to `max`, the highest one up to `highest`, and down to −`highest` where `min` is negative. */
export function limbsWithin(min: bigint, max: bigint, highest: bigint): Limbs {
  const last = { min: min < 0n ? -highest : 0n, max: highest };
  return Array.from({ length: LIMB_COUNT }, (_, i) => (i < LIMB_COUNT - 1 ? { min, max } : last));
}

/** The exact limbs of a number below 2^256, as it is cut. */
export function limbsOfConstant(value: bigint): Limbs {
  return Array.from({ length: LIMB_COUNT }, (_, i) => {
    const limb = BigInt.asUintN(LIMB_BITS, value >> BigInt(LIMB_BITS * i));
    return { min: limb, max: limb };
  });
}

/** Whatever is in one or the other. */
function union(a: Limbs, b: Limbs): Limbs {
  return a.map((x, i) => {
    const y = b[i]!;
    return { min: x.min < y.min ? x.min : y.min, max: x.max > y.max ? x.max : y.max };
  });
}

/** Element by element whatever is in one or the other; both of the same names. */
export function either(a: Elements, b: Elements): Elements {
  return Object.fromEntries(Object.entries(a).map(([name, limbs]) => [name, union(limbs, b[name]!)]));
}

/**
 * All that comes of any number of applications of `step`.
 *
 * @throws OutOfBounds if there is no end to it.
 */
export function closure(start: Elements, step: (elements: Elements) => Elements): Elements {
  let all = start;
  for (let round = 0; round < 100; round++) {
    const wider = either(all, step(all));
    if (Object.keys(all).every((name) => isSame(all[name]!, wider[name]!))) return all;
    all = wider;
  }
  throw new OutOfBounds("limbs grow from round to round");
}

function isSame(a: Limbs, b: Limbs): boolean {
  return a.every(({ min, max }, i) => min === b[i]!.min && max === b[i]!.max);
}

/** Either sign of it. */
export function orNegated(a: Limbs): Limbs {
  return union(
    a,
    a.map((x) => scale(x, -1n)),
  );
}

/** The largest value there may be, either sign. */
export function largestValue(a: Limbs): bigint {
  return orNegated(a).reduceRight((sum, { max }) => (sum << BigInt(LIMB_BITS)) + max, 0n);
}

function isWithin(inner: Interval, outer: Interval): boolean {
  return outer.min <= inner.min && inner.max <= outer.max;
}

/**
 * Runs the program of that name.
 *
 * @returns the limbs of the result.
 * @throws OutOfBounds
 */
export function runProgram(name: string, operands: Elements): Limbs {
  const program = PROGRAMS.find((program) => program.name === name)!;
  const variables = new Map<string, Interval>(
    Object.entries(CONSTANTS).map(([name, value]) => [name, { min: value, max: value }]),
  );
  const result: Interval[] = [];
  for (const statement of program.statements) {
    if (!("limb" in statement)) {
      const { target, operation } = statement;
      variables.set(
        target,
        within(`${name}: ${target}`, () => evaluate(operation, variables, operands)),
      );
    } else if (statement.columns.length === 2)
      result.push(...statement.columns.map((column) => center(variables.get(column)!)));
    else result.push(expectType(variables.get(statement.columns[0]!)!, I32, `${name}: highest limb`));
  }
  return result;
}

function evaluate(operand: Operand, variables: ReadonlyMap<string, Interval>, elements: Elements): Interval {
  if (typeof operand === "number") return { min: BigInt(operand), max: BigInt(operand) };
  if (typeof operand === "string") return variables.get(operand)!;
  const { operator, operands } = operand;
  if (operator === "load")
    return expectType(elements[String(operands[0])]![Number(operands[1])]!, I32, "limb");
  const [x, y] = operands.map((inner) => evaluate(inner, variables, elements)) as [Interval, Interval];
  return OPERATORS[operator]!(x, y);
}

const OPERATORS: Readonly<Record<string, (x: Interval, y: Interval) => Interval>> = {
  twice: (x) => expectType(scale(x, 2n), I32, "a limb doubled"),
  widen: (x) => x,
  product: multiply,
  add,
  subtract: (x, y) => add(x, scale(y, -1n)),
  shift: (x, bits) => scale(x, 2n ** bits.min),
  low,
  // A sum may pass 2^64 on its way, if it comes back; what is carried from may not.
  carry: (x) => {
    const { min, max } = expectType(x, U64, "a column");
    return { min: min >> BigInt(LIMB_BITS), max: max >> BigInt(LIMB_BITS) };
  },
};

/**
 * Runs the formula of that name.
 *
 * @param inputs - its elements, by the formula's names.
 * @returns these and all that its steps make.
 * @throws OutOfBounds
 */
export function runFormula(name: string, inputs: Elements): Elements {
  const elements = new Map(Object.entries(inputs));
  for (const text of FORMULAS.find((formula) => formula.name === name)!.steps) {
    const step = parseStep(text);
    const made = within(`${name}: ${text}`, () => [runStep(step, 0, elements), runStep(step, 1, elements)]);
    for (const [lane, element] of step.out.entries()) elements.set(element, made[lane]!);
  }
  return Object.fromEntries(elements);
}

function runStep(step: Step, lane: 0 | 1, elements: ReadonlyMap<string, Limbs>): Limbs {
  const sums = { a: step.left, b: step.right, c: step.minus };
  const operands: Record<string, Limbs> = {};
  for (const [operand, sum] of Object.entries(sums)) if (sum) operands[operand] = addUp(sum[lane], elements);
  if (!step.square && !step.right) return operands["a"]!;
  const name = `field${step.square ? "Square" : "Multiply"}${step.minus ? "Minus" : ""}`;
  return runProgram(name, operands);
}

function addUp(sum: Step["left"][0], elements: ReadonlyMap<string, Limbs>): Limbs {
  return Array.from({ length: LIMB_COUNT }, (_, i) => {
    const total = sum.reduce<Interval>(
      (total, { coefficient, name }) => add(total, scale(elements.get(name)![i]!, BigInt(coefficient))),
      { min: 0n, max: 0n },
    );
    return expectType(total, I32, `limb ${i} of a sum`);
  });
}

/** x modulo 2^29. */
function low(x: Interval): Interval {
  if (x.min !== x.max) return { min: 0n, max: 2n * HALF - 1n };
  const exact = BigInt.asUintN(LIMB_BITS, x.min);
  return { min: exact, max: exact };
}

function center(column: Interval): Interval {
  return add(low(column), { min: -HALF, max: -HALF });
}

function add(x: Interval, y: Interval): Interval {
  return { min: x.min + y.min, max: x.max + y.max };
}

function scale({ min, max }: Interval, factor: bigint): Interval {
  return factor < 0n ? { min: max * factor, max: min * factor } : { min: min * factor, max: max * factor };
}

function multiply(x: Interval, y: Interval): Interval {
  const products = [x.min * y.min, x.min * y.max, x.max * y.min, x.max * y.max];
  return {
    min: products.reduce((least, product) => (product < least ? product : least)),
    max: products.reduce((most, product) => (product > most ? product : most)),
  };
}

function expectType(value: Interval, type: Interval, what: string): Interval {
  if (!isWithin(value, type)) throw new OutOfBounds(`${what} may be from ${value.min} to ${value.max}`);
  return value;
}

function within<Result>(what: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof OutOfBounds) throw new OutOfBounds(`${what}: ${error.message}`);
    throw error;
  }
}
