/**
 * Arithmetic modulo SM2's p as straight-line programs over columns, and those programs as AssemblyScript.
 *
 * An element is nine signed limbs of 29 bits, Σ limb[i]·2^(29i). Two elements make a pair, one in each lane: limb i of
 * both is one 64-bit word of two i32, and every function computes on both lanes at once. Products are Montgomery's,
 * a·b/R with R = 2^261.
 *
 * p = 2^256 − 2^224 − 2^96 + 2^64 − 1 = (1 − 2^32)·(2^64 − 2^224) − 1. So a row of the reduction takes the low 29 bits
 * m of the lowest column and adds m·p without a multiplication: the column's low bits become zero, and
 * z = m − 2^32·m goes to two columns above. The part −2^32·m is of the next row's z.
 *
 * Programs are data, so that the test of the bounds runs the very statements that are printed here over intervals.
 *
 * Measured, two products: in V8 11.3 on Zen 3, 36 ns here, 57 ns by two scalar functions of the same radix in i64,
 * 74 ns by two with 10 limbs of 26 bits, 84 ns by two with 8 of 32; in JavaScriptCore the first two take the same time.
 * Not built: doubles with exact products, by count as many operations, with slower carries. Half of a product's time
 * goes into laying out its operands, which V8 does anew each time.
 */

export const LIMB_BITS = 29;
export const LIMB_COUNT = 9;
/** Nine words of 8 bytes, in whole vectors; the last 8 bytes are zero. */
export const PAIR_BYTES = 80;

/**
 * In each lane:
 * - on i32: `load(operand, i)`, limb i; `twice(x)`, x + x
 * - from i32 to i64: `widen(x)`; `product(x, y)`
 * - on i64: `add(x, y)`; `subtract(x, y)`; `shift(x, bits)`, x·2^bits; `low(x)`, x modulo 2^29; `carry(x)`, x / 2^29
 *   with x taken as unsigned
 * @typedef {{ operator: string, operands: Operand[] }} Operation
 */
/** A variable, a constant, a number of the syntax, or what an operation gives. @typedef {string | number | Operation} Operand */

/** Sets a variable. @typedef {{ target: string, operation: Operation }} Assignment */
/**
 * Stores the low 29 bits of two columns, less 2^28, as limbs `limb` and `limb + 1`; the last limb as it is.
 * @typedef {{ limb: number, columns: string[] }} Store
 */
/** @typedef {Assignment | Store} Statement */

/** @typedef {{ name: string, meaning: string, operands: string[], statements: Statement[] }} Program */

const BIAS = 2n ** 63n;
const CARRIED_BIAS = BIAS >> BigInt(LIMB_BITS);
const HALF = 2n ** BigInt(LIMB_BITS - 1);
const LIMB_MASK = 2n * HALF - 1n;

/**
 * What columns start from. Their sums are signed, but SIMD shifts only unsigned numbers cheaply: a column that is
 * carried from has 2^63 added, and what this carries into the column above is taken off there. The columns of the
 * result have 2^28 added, which comes off again when they are stored: that centers the limbs.
 * @type {Record<string, bigint>}
 */
export const CONSTANTS = {
  BIAS,
  NEXT_BIAS: BIAS - CARRIED_BIAS,
  ROUNDED_BIAS: BIAS - CARRIED_BIAS + HALF,
  LAST_BIAS: -CARRIED_BIAS,
};

/** Of 2^64 − 2^224: the column, above that of z, that a term goes to, its shift there, its sign, and that of −z. */
const OUTER_TERMS = [
  { bits: 64, operator: "add", opposite: "subtract" },
  { bits: 224, operator: "subtract", opposite: "add" },
].map((term) => ({ ...term, column: Math.floor(term.bits / LIMB_BITS), shift: term.bits % LIMB_BITS }));
/** Of 1 − 2^32: 2^32·m is 2^3·m one column above. */
const INNER_SHIFT = 32 - LIMB_BITS;

const LIMBS = [...Array(LIMB_COUNT).keys()];

/** The statements of one function, as they come. */
class Builder {
  /** @type {Statement[]} */
  statements = [];
  #started = new Set();

  /** @type {(target: string, operator: string, ...operands: Operand[]) => void} */
  set(target, operator, ...operands) {
    this.statements.push({ target, operation: apply(operator, ...operands) });
  }

  /** @type {(column: number, operator: string, operand: Operand) => void} */
  accumulate(column, operator, operand) {
    this.set(`t${column}`, operator, this.#started.has(column) ? `t${column}` : startOf(column), operand);
    this.#started.add(column);
  }
}

/**
 * @param {"product" | "square"} kind - a·b or a².
 * @param {boolean} minus - whether c is subtracted.
 * @returns {Statement[]}
 */
function statementsOf(kind, minus) {
  const builder = new Builder();
  for (const i of LIMBS) builder.set(`a${i}`, "load", "a", i);
  if (kind === "product") for (const i of LIMBS) builder.set(`b${i}`, "load", "b", i);
  for (const i of LIMBS) {
    if (kind === "product") multiplyRow(builder, i);
    else squareRow(builder, i);
    reduceRow(builder, i);
  }
  // The part −2^32·m of the last row.
  for (const { column, opposite, shift } of OUTER_TERMS)
    builder.accumulate(
      LIMB_COUNT + column,
      opposite,
      apply("shift", `m${LIMB_COUNT - 1}`, INNER_SHIFT + shift),
    );
  storeResult(builder, minus);
  return builder.statements;
}

/** @type {(builder: Builder, i: number) => void} */
function multiplyRow(builder, i) {
  for (const j of LIMBS) builder.accumulate(i + j, "add", apply("product", `a${i}`, `b${j}`));
}

/** @type {(builder: Builder, i: number) => void} */
function squareRow(builder, i) {
  builder.accumulate(2 * i, "add", apply("product", `a${i}`, `a${i}`));
  if (i < LIMB_COUNT - 1) builder.set("twice", "twice", `a${i}`);
  for (const j of LIMBS.slice(i + 1)) builder.accumulate(i + j, "add", apply("product", "twice", `a${j}`));
}

/** @type {(builder: Builder, i: number) => void} */
function reduceRow(builder, i) {
  builder.set(`m${i}`, "low", `t${i}`);
  builder.accumulate(i + 1, "add", apply("carry", `t${i}`));
  if (i > 0) builder.set(`z${i}`, "subtract", `m${i}`, apply("shift", `m${i - 1}`, INNER_SHIFT));
  for (const { column, operator, shift } of OUTER_TERMS)
    builder.accumulate(i + column, operator, apply("shift", i > 0 ? `z${i}` : "m0", shift));
}

/**
 * Carries from column to column. Limbs of c are read when lower ones are stored already, so that c may be the result.
 * @type {(builder: Builder, minus: boolean) => void}
 */
function storeResult(builder, minus) {
  for (const i of LIMBS) {
    const column = LIMB_COUNT + i;
    if (i > 0) builder.accumulate(column, "add", apply("carry", `t${column - 1}`));
    if (minus) builder.accumulate(column, "subtract", apply("widen", apply("load", "c", i)));
    if (i % 2 === 1) builder.statements.push({ limb: i - 1, columns: [`t${column - 1}`, `t${column}`] });
  }
  builder.statements.push({ limb: LIMB_COUNT - 1, columns: [`t${2 * LIMB_COUNT - 1}`] });
}

/** @type {(operator: string, ...operands: Operand[]) => Operation} */
function apply(operator, ...operands) {
  return { operator, operands };
}

/** The constant that a column starts from. @type {(column: number) => string} */
function startOf(column) {
  if (column === 0) return "BIAS";
  if (column < LIMB_COUNT) return "NEXT_BIAS";
  return column < 2 * LIMB_COUNT - 1 ? "ROUNDED_BIAS" : "LAST_BIAS";
}

/** @type {Program[]} */
export const PROGRAMS = [
  {
    name: "fieldMultiply",
    meaning: "a·b/R",
    operands: ["a", "b"],
    statements: statementsOf("product", false),
  },
  { name: "fieldSquare", meaning: "a²/R", operands: ["a"], statements: statementsOf("square", false) },
  {
    name: "fieldMultiplyMinus",
    meaning: "a·b/R − c",
    operands: ["a", "b", "c"],
    statements: statementsOf("product", true),
  },
  {
    name: "fieldSquareMinus",
    meaning: "a²/R − c",
    operands: ["a", "c"],
    statements: statementsOf("square", true),
  },
];

/** @type {Record<string, (...operands: string[]) => string>} */
const SYNTAX = {
  load: (operand, i) => `v128.load64_zero(${operand}, ${8 * Number(i)})`,
  twice: (x) => `i32x4.add(${x}, ${x})`,
  widen: (x) => `i64x2.extend_low_i32x4_s(${x})`,
  product: (x, y) => `i64x2.extmul_low_i32x4_s(${x}, ${y})`,
  add: (x, y) => `i64x2.add(${x}, ${y})`,
  subtract: (x, y) => `i64x2.sub(${x}, ${y})`,
  shift: (x, bits) => `i64x2.shl(${x}, ${bits})`,
  low: (x) => `v128.and(${x}, LOW)`,
  carry: (x) => `i64x2.shr_u(${x}, ${LIMB_BITS})`,
};

/** @type {(operand: Operand) => string} */
function print(operand) {
  if (typeof operand !== "object") return String(operand);
  const printed = SYNTAX[operand.operator]?.(...operand.operands.map(print));
  if (printed === undefined) throw new Error(`no syntax for ${operand.operator}`);
  return printed;
}

/**
 * Constants of the syntax: the low bits of an i64 and of two i32, and what centers two i32.
 * @type {Record<string, bigint>}
 */
const MASKS = { LOW: LIMB_MASK, LIMBS_LOW: inBothHalves(LIMB_MASK), LIMBS_HALF: inBothHalves(HALF) };

/** @type {(limb: bigint) => bigint} */
function inBothHalves(limb) {
  return limb | (limb << 32n);
}

/** All constants lie in memory, for V8 builds a constant vector anew at each use. */
const VECTORS = { ...CONSTANTS, ...MASKS };

/** @type {(program: Program) => string} */
function printProgram({ name, meaning, operands, statements }) {
  const lines = Object.keys(VECTORS).map(
    (constant, i) => `const ${constant} = v128.load(CONSTANTS, ${16 * i});`,
  );
  const declared = new Set();
  for (const statement of statements) {
    if ("limb" in statement) lines.push(printStore(statement));
    else {
      const { target, operation } = statement;
      lines.push(`${declared.has(target) ? "" : "let "}${target} = ${print(operation)};`);
      declared.add(target);
    }
  }
  const parameters = ["out", ...operands].map((operand) => `${operand}: usize`).join(", ");
  return `/** out = ${meaning}, in both lanes; \`out\` may be one of the operands. */
export function ${name}(${parameters}): void {
  ${lines.join("\n  ")}
}
`;
}

/**
 * Whole vectors, even for the last limb: a load of a whole has to wait where it was stored in halves.
 * @type {(store: Store) => string}
 */
function printStore({ limb, columns: [first, second] }) {
  if (second === undefined)
    return `v128.store(out, v128.shuffle<i32>(${first}, i64x2.splat(0), 0, 2, 4, 6), ${8 * limb});`;
  const low = `v128.and(v128.shuffle<i32>(${first}, ${second}, 0, 2, 4, 6), LIMBS_LOW)`;
  return `v128.store(out, i32x4.sub(${low}, LIMBS_HALF), ${8 * limb});`;
}

/** generated/field.ts */
export function fieldSource() {
  const words = Object.values(VECTORS).flatMap((value) => {
    const word = `0x${BigInt.asUintN(64, value).toString(16)}`;
    return [word, word];
  });
  return [
    `export const PAIR_BYTES: usize = ${PAIR_BYTES};`,
    `const CONSTANTS: usize = memory.data<u64>([${words.join(", ")}], 16);\n`,
    ...PROGRAMS.map(printProgram),
  ].join("\n");
}
