/**
 * The loops of the column kernels, common to both arithmetics.
 *
 * A number is a row of vectors, two digits each. Vector i of `a` times the two digits of vector j of `b`, each
 * splatted, falls into "block" i + j: the even digit's products into columns 2(i+j) and +1, the odd digit's one column
 * higher. A tile is `blocks` neighbouring blocks whose sums stay in registers while j runs; one step of j multiplies
 * `blocks` vectors of `a` by one vector of `b`:
 *
 *     block k+n  +=  a[k+n−j] · b[j]        n = 0 … blocks−1
 *
 * Where a tile's range of j differs from block to block (at its first and last steps) the extra products would meet
 * the zeros beside the operands. They are left out instead, unrolled as triangles: 7 % of the whole time at 2048 bits.
 */

/**
 * @typedef {object} Arithmetic
 * @property {string} summary - for the header of the generated file
 * @property {number} blocks - in a tile
 * @property {string} declare - scratch variables and constants
 * @property {(block: number) => string} begin - declares a block's sums
 * @property {(block: number, offset: number) => string} multiply - one step of one block; `offset` in bytes from pa
 * @property {(block: number, offset: number) => string} finish - stores a block's two rows at `offset` from `out`
 */

const VECTOR_BYTES = 16;

/** @param {number} from @param {number} to */
const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

/** @param {string} text @param {number} depth */
const indent = (text, depth) => text.replaceAll(/^(?=.)/gm, "  ".repeat(depth));

/**
 * The whole generated file.
 *
 * @param {Arithmetic} arithmetic
 */
export function columnKernels(arithmetic) {
  return `// Made by assembly/rsa/generate.mjs. ${arithmetic.summary}
import { CONSTANTS } from "../constants";
import { ODD_ROW } from "../layout";

${multiplyColumns(arithmetic)}

${squareColumns(arithmetic)}
`;
}

/** @param {Arithmetic} arithmetic */
function multiplyColumns(arithmetic) {
  const { blocks } = arithmetic;
  return `/** Columns of a·b, blocks \`from\` to \`to\` and a tile's overshoot, to \`out\`. */
export function multiplyColumns(out: usize, a: usize, b: usize, vectors: i32, from: i32, to: i32): void {
${indent(prologue(arithmetic), 1)}
  for (let k = from; k < to; k += ${blocks}) {
    const first = max(0, k - vectors + 1);
    let pa: usize = a + ((k - first) << 4);
    let pb: usize = b + (first << 4);
    const pbEnd: usize = b + (min(k + 1, vectors) << 4);
${indent(reset(arithmetic), 2)}
    if (k >= vectors) {
${indent(openingTriangle(arithmetic), 3)}
    }
    if (pb < pbEnd) {
${indent(mainLoop(arithmetic), 3)}
    }
    if (k + 1 < vectors) {
${indent(closingTriangle(arithmetic), 3)}
    }
${indent(epilogue(arithmetic), 2)}
  }
}`;
}

/** @param {Arithmetic} arithmetic */
function squareColumns(arithmetic) {
  const { blocks } = arithmetic;
  return `/** All columns of a², to \`out\`; \`twice\` holds the doubled digits of a. */
export function squareColumns(out: usize, a: usize, twice: usize, vectors: i32): void {
${indent(prologue(arithmetic), 1)}
  for (let k = 0; k < 2 * vectors; k += ${blocks}) {
    const first = max(0, k - vectors + 1);
    let pa: usize = a + ((k - first) << 4);
    let pb: usize = twice + (first << 4);
    const pbEnd: usize = twice + ((k >> 1) << 4);
${indent(reset(arithmetic), 2)}
    if (k >= vectors && pb + ${(blocks - 1) * VECTOR_BYTES} <= pbEnd) {
${indent(openingTriangle(arithmetic), 3)}
    }
    if (pb < pbEnd) {
${indent(mainLoop(arithmetic), 3)}
    }
${indent(diagonal(arithmetic), 2)}
${indent(epilogue(arithmetic), 2)}
  }
}`;
}

/** @param {Arithmetic} arithmetic */
function prologue({ declare }) {
  return `const zero = f64x2.splat(0);
let va: v128, s0: v128, s1: v128;
${declare}`;
}

/** @param {Arithmetic} arithmetic */
function reset({ blocks, begin }) {
  return range(0, blocks).map(begin).join("\n");
}

/** One step of j for the given blocks. @param {Arithmetic} arithmetic @param {number[]} which @param {number} [ahead] */
function step(arithmetic, which, ahead = 0) {
  const lines = [`s0 = v128.load64_splat(pb, ${ahead * VECTOR_BYTES});`, `s1 = v128.load64_splat(pb, ${ahead * VECTOR_BYTES + 8});`];
  for (const block of which) lines.push(arithmetic.multiply(block, block * VECTOR_BYTES));
  return lines.join("\n");
}

const ADVANCE = `pa -= ${VECTOR_BYTES};\npb += ${VECTOR_BYTES};`;

/** @param {Arithmetic} arithmetic */
function mainLoop(arithmetic) {
  return `do {
${indent(step(arithmetic, range(0, arithmetic.blocks)), 1)}
${indent(ADVANCE, 1)}
} while (pb < pbEnd);`;
}

/** The first steps above the middle: a's last vector reaches block after block. @param {Arithmetic} arithmetic */
function openingTriangle(arithmetic) {
  return range(1, arithmetic.blocks)
    .map((count) => `${step(arithmetic, range(0, count))}\n${ADVANCE}`)
    .join("\n");
}

/** The last steps below the middle: block after block has met a's first vector. @param {Arithmetic} arithmetic */
function closingTriangle(arithmetic) {
  return range(1, arithmetic.blocks)
    .map((block) => `${step(arithmetic, range(block, arithmetic.blocks))}\n${ADVANCE}`)
    .join("\n");
}

/**
 * The pairs i ≥ j ≥ h = k/2 that a squaring's main loop leaves over: i = h + di, j = h + dj, di + dj = block. Those
 * beside the diagonal count twice, those on it once.
 *
 * @param {Arithmetic} arithmetic
 */
function diagonal({ blocks, multiply }) {
  const lines = ["pa = a + ((k >> 1) << 4);"];
  for (const dj of range(0, blocks / 2)) {
    /** @param {string} source */
    const splats = (source) => `s0 = v128.load64_splat(${source}, ${dj * VECTOR_BYTES});\ns1 = v128.load64_splat(${source}, ${dj * VECTOR_BYTES + 8});`;
    lines.push(splats("pbEnd"));
    for (const block of range(2 * dj + 1, blocks)) lines.push(multiply(block, (block - dj) * VECTOR_BYTES));
    lines.push(splats("pa"), multiply(2 * dj, dj * VECTOR_BYTES));
  }
  return lines.join("\n");
}

/** @param {Arithmetic} arithmetic */
function epilogue({ blocks, finish }) {
  const lines = range(0, blocks).map((block) => finish(block, block * VECTOR_BYTES));
  return `${lines.join("\n")}\nout += ${blocks * VECTOR_BYTES};`;
}
