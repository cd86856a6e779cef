/**
 * The point formulas, and the AssemblyScript that runs them on pairs of field elements.
 *
 * A formula is a list of steps; each makes one pair, by one multiplication of pairs or by none:
 *
 *     D|G = (Z|Y-N)^2                      D = Z², G = (Y − N)²
 *     A|B = (3X-3D|X) * (X+D|4G)           A = 3(X − D)(X + D), B = 4·X·G
 *     X|Z = (A|Y-N+Z)^2 - (2B|D+G)         X = A² − 2B, Z = (Y − N + Z)² − D − G
 *     Xt|Yt = (V|B)                        Xt = V, Yt = B
 *
 * Names are variables: a step reads what the steps before it left. Sums are not reduced, their limbs grow: the test of
 * the bounds runs the formulas over intervals. `_` is a lane of no use.
 *
 * Points are Jacobian, on a curve with a = −3: x = X/Z², y = (Y − N)/Z³. The y-coordinate stays the difference of the
 * two lanes in which its two products came out; so the formulas end with a multiplication.
 *
 * Counted in multiplications, and not built: a table of multiples brought to one Z would save as many as it costs;
 * an affine one costs twice what it saves, for it takes an inversion of its own.
 */

/**
 * @typedef {object} Formula
 * @property {string} name
 * @property {string} meaning
 * @property {string[]} parameters - addresses
 * @property {Record<string, string>} pairs - the elements in memory, "X|Z", to the address of their pair
 * @property {string[]} steps
 */

/** Σ coefficient·element. @typedef {{ coefficient: number, name: string }[]} Sum */
/** One for each lane. @typedef {[first: Sum, second: Sum]} Sums */
/**
 * out = left·right or left², less `minus`; or left alone.
 * @typedef {{ out: [string, string], left: Sums, square: boolean, right?: Sums, minus?: Sums }} Step
 */

/** @type {Formula[]} */
export const FORMULAS = [
  {
    name: "pointDouble",
    meaning: "P ← 2P. 3M + 5S (dbl-2001-b)",
    parameters: ["p"],
    pairs: { "X|Z": "p", "Y|N": "p + PAIR_BYTES" },
    steps: [
      "D|G = (Z|Y-N)^2",
      "A|B = (3X-3D|X) * (X+D|4G)",
      "X|Z = (A|Y-N+Z)^2 - (2B|D+G)",
      "Y|N = (A|4G) * (B-X|2G)",
    ],
  },
  {
    name: "pointAdd",
    meaning: "P ← P + Q, for Q ≠ ±P, neither infinite. 12M + 4S",
    parameters: ["p", "q"],
    pairs: { "X|Z": "p", "Y|N": "p + PAIR_BYTES", "Xq|Zq": "q", "Yq|Nq": "q + PAIR_BYTES" },
    steps: [
      "D|Dq = (Z|Zq)^2",
      "C|Cq = (Z|Zq) * (D|Dq)",
      "U|Uq = (X|Xq) * (Dq|D)",
      "S|Sq = (Y-N|Yq-Nq) * (Cq|C)",
      "W|HH = (Z|Uq-U) * (Zq|Uq-U)",
      "V|HHH = (U|Uq-U) * (HH|HH)",
      "X|Z = (Sq-S|W) * (Sq-S|Uq-U) - (HHH+2V|0)",
      "Y|N = (Sq-S|S) * (V-X|HHH)",
    ],
  },
  {
    name: "pointAddAffine",
    meaning: "P ← P + (x, y), for (x, y) ≠ ±P and P not infinite. 8M + 3S",
    parameters: ["p", "q"],
    pairs: { "X|Z": "p", "Y|N": "p + PAIR_BYTES", "x|y": "q" },
    steps: [
      "D|E = (Z|Z)^2",
      "C|U = (Z|x) * (D|E)",
      "S|HH = (y|U-X) * (C|U-X)",
      "V|HHH = (X|U-X) * (HH|HH)",
      "X|Z = (S-Y+N|Z) * (S-Y+N|U-X) - (HHH+2V|0)",
      "Y|N = (S-Y+N|Y-N) * (V-X|HHH)",
    ],
  },
  {
    name: "pointFromAffine",
    meaning: "P ← (x, y)",
    parameters: ["p", "q", "one"],
    pairs: { "X|Z": "p", "Y|N": "p + PAIR_BYTES", "x|y": "q", "ONE|_": "one" },
    steps: ["X|Z = (x|ONE)", "Y|N = (y|0)"],
  },
  {
    name: "pointStartTable",
    meaning: "E ← (x, y) with the Z of 2P; T ← 2P, without its Z",
    parameters: ["e", "t", "q", "doubled"],
    pairs: {
      "X|Z": "e",
      "Y|N": "e + PAIR_BYTES",
      "Xt|Yt": "t",
      "x|y": "q",
      "Xd|Zd": "doubled",
      "Yd|Nd": "doubled + PAIR_BYTES",
    },
    steps: [
      "D|E = (Zd|Zd)^2",
      "C|U = (Zd|x) * (D|E)",
      "X|Z = (U|Zd)",
      "Y|N = (y|0) * (C|0)",
      "Xt|Yt = (Xd|Yd-Nd)",
    ],
  },
  {
    name: "pointAddEqualZ",
    meaning: "S ← E + T, for E ≠ ±T on one Z; and T on the Z of S. 6M + 2S (Meloni 2007)",
    parameters: ["s", "e", "t"],
    pairs: { "Xs|Zs": "s", "Ys|Ns": "s + PAIR_BYTES", "X|Z": "e", "Y|N": "e + PAIR_BYTES", "Xt|Yt": "t" },
    steps: [
      "HH|W = (X-Xt|Z) * (X-Xt|X-Xt)",
      "V|HHH = (Xt|X-Xt) * (HH|HH)",
      "A|B = (Y-N-Yt|Yt) * (Y-N-Yt|HHH) - (HHH+2V|0)",
      "Ys|Ns = (Y-N-Yt|0) * (V-A|0) - (B|0)",
      "Xs|Zs = (A|W)",
      "Xt|Yt = (V|B)",
    ],
  },
  {
    name: "pointsSideBySide",
    meaning: "The coordinates of P and Q in pairs: X of both, Y of both, Z of both",
    parameters: ["out", "p", "q"],
    pairs: {
      "Xo|Xoq": "out",
      "Yo|Yoq": "out + PAIR_BYTES",
      "Zo|Zoq": "out + 2 * PAIR_BYTES",
      "X|Z": "p",
      "Y|N": "p + PAIR_BYTES",
      "Xq|Zq": "q",
      "Yq|Nq": "q + PAIR_BYTES",
    },
    steps: ["Xo|Xoq = (X|Xq)", "Yo|Yoq = (Y-N|Yq-Nq)", "Zo|Zoq = (Z|Zq)"],
  },
];

/** layout.ts has room for so many. */
const TEMPORARY_PAIRS = 6;

const STEP = /^(\w+)\|(\w+) = \(([^)]*)\)(\^2)?(?: \* \(([^)]*)\))?(?: - \(([^)]*)\))?$/;

/** @type {(text: string) => Step} */
export function parseStep(text) {
  const match = STEP.exec(text);
  if (match === null) throw new SyntaxError(`not a step: ${text}`);
  const [, first = "", second = "", left = "", square, right, minus] = match;
  return {
    out: [first, second],
    left: parseSums(left),
    square: square !== undefined,
    ...(right !== undefined && { right: parseSums(right) }),
    ...(minus !== undefined && { minus: parseSums(minus) }),
  };
}

/** @type {(text: string) => Sums} */
function parseSums(text) {
  const [first = "", second = ""] = text.split("|");
  return [parseSum(first), parseSum(second)];
}

/** @type {(text: string) => Sum} */
function parseSum(text) {
  return Array.from(text.matchAll(/([+-]?)(\d*)([A-Za-z]\w*)/g), ([, sign, digits, name = ""]) => ({
    coefficient: (sign === "-" ? -1 : 1) * Number(digits || 1),
    name,
  }));
}

const ZERO = "i64x2.splat(0)";

/** Where an element is. @typedef {{ address: string, lane: number }} Place */

/** @type {(formula: Formula) => string} */
function printFormula({ name, meaning, parameters, pairs, steps }) {
  /** @type {Map<string, Place>} */
  const places = new Map();
  /** @type {(elements: string[], address: string) => void} */
  const place = (elements, address) => {
    for (const [lane, element] of elements.entries()) places.set(element, { address, lane });
  };
  for (const [pair, address] of Object.entries(pairs)) place(pair.split("|"), address);
  const lines = steps.flatMap((text, i) => {
    const step = parseStep(text);
    const out = pairs[step.out.join("|")] ?? `TEMPORARIES + ${i} * PAIR_BYTES`;
    if (out.startsWith("TEMPORARIES") && i >= TEMPORARY_PAIRS) throw new RangeError(`${name} is too long`);
    const printed = printStep(step, out, places);
    place(step.out, out);
    return [`// ${text}`, ...printed];
  });
  const signature = parameters.map((parameter) => `${parameter}: usize`).join(", ");
  return `/** ${meaning}. */\nexport function ${name}(${signature}): void {\n  ${lines.join("\n  ")}\n}\n`;
}

/** @type {(step: Step, out: string, places: Map<string, Place>) => string[]} */
function printStep({ left, square, right, minus }, out, places) {
  /** The vectors that the loop below reads: their addresses and names. @type {Map<string, string>} */
  const vectors = new Map();
  /** @type {string[]} */
  const stores = [];
  /** @type {(sums: Sums, address: string) => string} */
  const gather = (sums, address) => {
    const known = addressOfPair(sums, places);
    if (known !== undefined && address !== out) return known;
    const [first, second] = sums.map((sum, lane) => printSum(sum, lane, places, vectors));
    stores.push(
      `v128.store(${address} + i, ${first === second ? first : `firstOfSecondOf(${first}, ${second})`});`,
    );
    return address;
  };
  const call = [];
  if (square || right) {
    const operands = [gather(left, "LEFT")];
    if (right) operands.push(gather(right, "RIGHT"));
    if (minus) operands.push(gather(minus, "MINUS"));
    call.push(
      `field${square ? "Square" : "Multiply"}${minus ? "Minus" : ""}(${[out, ...operands].join(", ")});`,
    );
  } else gather(left, out);
  if (stores.length === 0) return call;
  const loads = Array.from(vectors, ([address, name]) => `const ${name} = v128.load(${address} + i);`);
  const body = [...loads, ...stores].map((line) => `  ${line}`);
  return ["for (let i: usize = 0; i < PAIR_BYTES; i += 16) {", ...body, "}", ...call];
}

/**
 * Where the two elements lie side by side already, if they do.
 * @type {(sums: Sums, places: Map<string, Place>) => string | undefined}
 */
function addressOfPair(sums, places) {
  const [first, second] = sums.map((sum, lane) => {
    const [term, ...others] = sum;
    const place = term?.coefficient === 1 && others.length === 0 ? places.get(term.name) : undefined;
    return place?.lane === lane ? place.address : undefined;
  });
  return first === second ? first : undefined;
}

/** @type {(sum: Sum, lane: number, places: Map<string, Place>, vectors: Map<string, string>) => string} */
function printSum(sum, lane, places, vectors) {
  // A positive term first: there is no negation.
  const ordered = sum.toSorted((a, b) => b.coefficient - a.coefficient);
  return ordered.reduce((text, { coefficient, name }) => {
    const place = places.get(name);
    if (place === undefined) throw new ReferenceError(`no element ${name}`);
    const vector = vectors.get(place.address) ?? `v${vectors.size}`;
    vectors.set(place.address, vector);
    const element = place.lane === lane ? vector : `swapElements(${vector})`;
    const multiple = printMultiple(element, Math.abs(coefficient));
    if (text === ZERO && coefficient > 0) return multiple;
    return `i32x4.${coefficient < 0 ? "sub" : "add"}(${text}, ${multiple})`;
  }, ZERO);
}

/** @type {(vector: string, coefficient: number) => string} */
function printMultiple(vector, coefficient) {
  if (coefficient === 1) return vector;
  if (coefficient === 3) return `i32x4.add(i32x4.shl(${vector}, 1), ${vector})`;
  return `i32x4.shl(${vector}, ${Math.log2(coefficient)})`;
}

/** generated/points.ts */
export function pointsSource() {
  return [
    'import { firstOfSecondOf, swapElements } from "../lanes";',
    'import { LEFT, MINUS, RIGHT, TEMPORARIES } from "../layout";',
    'import { fieldMultiply, fieldMultiplyMinus, fieldSquare, fieldSquareMinus, PAIR_BYTES } from "./field";\n',
    ...FORMULAS.map(printFormula),
  ].join("\n");
}
