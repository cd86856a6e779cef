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
 * A tile's range of j is that of all its blocks together: at its ends some products meet the zeros beside the operands.
 * Leaving those out, by unrolled triangles, gained 0 to 2 %.
 *
 * What registers there are decides the rest; V8 has fifteen. Tried and lost, in V8 11.3 and 13.6: carrying a tile's
 * sums before they are stored (15 to 20 % slower, since what passes from tile to tile is live throughout), four blocks
 * a tile for the relaxed kernel (1.6 to 1.9 times the time), two steps an iteration (0 to 30 % slower, whether or not
 * they share their loads of a).
 */

/**
 * @typedef {object} Arithmetic
 * @property {string} summary - for the header of the generated file
 * @property {number} blocks - in a tile
 * @property {string} declare - scratch variables and constants
 * @property {(block: number) => string} begin - declares a block's sums
 * @property {(block: number) => string} multiply - adds va times b's two digits, splatted in s0 and s1, to a block
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
    const pbEnd: usize = b + (min(k + ${blocks}, vectors) << 4);
${indent(reset(arithmetic), 2)}
${indent(mainLoop(arithmetic), 2)}
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
${indent(mainLoop(arithmetic), 2)}
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

/** The two digits of a vector, splatted. @param {string} pointer @param {number} [vector] - counted from there */
function splats(pointer, vector = 0) {
  return [0, 1].map((i) => `s${i} = v128.load64_splat(${pointer}, ${vector * VECTOR_BYTES + i * 8});`).join("\n");
}

/** @param {number} vector - counted from pa */
function loadA(vector) {
  return `va = v128.load(pa, ${vector * VECTOR_BYTES});`;
}

/** Steps j through its range, which may be empty. @param {Arithmetic} arithmetic */
function mainLoop({ blocks, multiply }) {
  const products = range(0, blocks).map((block) => `${loadA(block)}\n${multiply(block)}`);
  return `if (pb < pbEnd) {
  do {
${indent([splats("pb"), ...products].join("\n"), 2)}
    pa -= ${VECTOR_BYTES};
    pb += ${VECTOR_BYTES};
  } while (pb < pbEnd);
}`;
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
    lines.push(splats("pbEnd", dj));
    for (const block of range(2 * dj + 1, blocks)) lines.push(loadA(block - dj), multiply(block));
    lines.push(splats("pa", dj), loadA(dj), multiply(2 * dj));
  }
  return lines.join("\n");
}

/** @param {Arithmetic} arithmetic */
function epilogue({ blocks, finish }) {
  const lines = range(0, blocks).map((block) => finish(block, block * VECTOR_BYTES));
  return `${lines.join("\n")}\nout += ${blocks * VECTOR_BYTES};`;
}
