/**
 * The arithmetic of the RSA kernels on bounds instead of numbers: for each column, the largest magnitude that any digits
 * within their bound can bring about. Wherever the kernels rely on a double to be exact, or to stay in its binade, the
 * bound is checked; `Overflow` tells which check failed.
 *
 * It follows assembly/rsa: generator/plain.mjs and relaxed.mjs (rows), carry.ts, montgomery.ts and modulus.ts.
 */

/** What distinguishes the kernels. */
export interface Arithmetic {
  readonly radixBits: number;
  /** Products in a high and a low half, by fused multiply-add; else whole. */
  readonly fused: boolean;
  /** Passes of `carryColumns` and `carrySum`. */
  readonly passes: 1 | 2;
  /** Of a step of `shiftModulo`; a whole digit where products come in halves. */
  readonly shiftBits: number;
}

export const PLAIN: Arithmetic = { radixBits: 24, fused: false, passes: 2, shiftBits: 28 };
export const RELAXED: Arithmetic = { radixBits: 47, fused: true, passes: 1, shiftBits: 47 };

/** A bound that does not hold. */
export class Overflow extends Error {
  override readonly name: string = "Overflow";
}

/** Magnitudes of integers, exact. */
type Bound = bigint;

/** The columns of a product in two rows, from the lowest column up. */
export interface Rows {
  readonly even: readonly Bound[];
  readonly odd: readonly Bound[];
}

const EXACT: Bound = 2n ** 53n;

/** A carried digit's, as stated in layout.ts. */
export function digitBound({ radixBits }: Arithmetic): Bound {
  return (1n << BigInt(radixBits - 1)) + 256n;
}

/** Checks everything that `multiply`, `square` and `reduce` do with `vectors` vectors; returns the rows of the product. */
export function checkMontgomery(arithmetic: Arithmetic, vectors: number): Rows {
  const d = digitBound(arithmetic);
  const product = productRows(arithmetic, vectors, d, d);
  const square = squareRows(arithmetic, vectors, d);
  for (const rows of [product, square]) {
    const low = carryColumns(arithmetic, slice(rows, 0, 2 * vectors));
    const high = slice(rows, 2 * vectors, 4 * vectors);
    atMost(d, "digit of T mod R", ...low.digits);
    atMost(d, "digit of q", ...carryColumns(arithmetic, slice(product, 0, 2 * vectors)).digits);
    const carryIn = low.carryOut + checkCarryOfLowHalf(arithmetic, slice(product, 0, 2 * vectors), d);
    atMost(
      d,
      "digit of a result",
      ...carrySum(arithmetic, high, slice(product, 2 * vectors, 4 * vectors), carryIn),
    );
  }
  return product;
}

/** Checks what makes a number anew: loading, correcting, adding rows, and the shifts that lead to R². */
export function checkRows(arithmetic: Arithmetic): void {
  const d = digitBound(arithmetic);
  const radix = radixOf(arithmetic);
  atMost(d, "digit of a loaded number", carryRow(arithmetic, radix - 1n));
  atMost(d, "digit of a sum", carryRow(arithmetic, d + d));
  let digit = exact("shifted difference", shiftedDifference(arithmetic, d));
  for (let pass = 0; pass < arithmetic.passes; pass++) digit = carryRow(arithmetic, digit);
  atMost(d, "digit of a shifted number", digit);
  // The integer trick of storeNumber.
  atMost(2n ** 51n, "digit to be stored", d + d);
}

/** A column of x·2^shiftBits less quotient times n, for |x| ≤ 2n. */
function shiftedDifference(arithmetic: Arithmetic, d: Bound): Bound {
  const radix = radixOf(arithmetic);
  const factor = 1n << BigInt(arithmetic.shiftBits);
  const quotient = 2n * factor + 1n; // one for rounding and the estimate's error
  // The error: of both leadings 2^-52 each, of the reciprocal 2^-52, of the product 2^-53, which is less than 2^-50 in all.
  atMost(2n ** 49n, "quotient, of which 2^-50 must be less than 1/2", quotient);
  if (!arithmetic.fused)
    return exact("shifted digit", d * factor) + exact("quotient times digit", quotient * d);
  const high = quotient * d + radix / 2n;
  atMost(2n ** BigInt(51 + arithmetic.radixBits), "high half, from its bias", high);
  return exact("low half", radix / 2n) + exact("digit and high half", d + high / radix);
}

/** The largest |result|/n of a multiplication of operands within n, if R = 16n: |a·b|/(n·R) + |q|/R. */
export function resultRatio(arithmetic: Arithmetic): number {
  const radix = radixOf(arithmetic);
  return 1 / 16 + Number(digitBound(arithmetic)) / Number(radix - 1n);
}

function productRows(arithmetic: Arithmetic, vectors: number, a: Bound, b: Bound): Rows {
  const terms = Array.from({ length: 2 * vectors }, (_, block) => BigInt(pairsIn(block, vectors)));
  return rowsOf(
    arithmetic,
    terms.map((count) => count * a * b),
    terms,
  );
}

/** In a square, pairs beside the diagonal are taken once, with doubled digits. */
function squareRows(arithmetic: Arithmetic, vectors: number, a: Bound): Rows {
  const pairs = Array.from({ length: 2 * vectors }, (_, block) => BigInt(pairsIn(block, vectors)));
  const products = pairs.map((count) => (count / 2n) * (2n * a) * a + (count % 2n) * a * a);
  return rowsOf(
    arithmetic,
    products,
    pairs.map((count) => count / 2n + (count % 2n)),
  );
}

/** How many i + j make `block`, with i, j < vectors. */
function pairsIn(block: number, vectors: number): number {
  return Math.max(0, Math.min(block + 1, 2 * vectors - 1 - block));
}

/** @param sums - of the products in a block, for one lane of one row. @param counts - how many products. */
function rowsOf(arithmetic: Arithmetic, sums: readonly Bound[], counts: readonly Bound[]): Rows {
  const even: Bound[] = [];
  const odd: Bound[] = [0n];
  const half = radixOf(arithmetic) / 2n;
  let highBelow = 0n;
  for (const [block, sum] of sums.entries()) {
    if (!arithmetic.fused) {
      even.push(...twice(exact("row", sum)));
      odd.push(...twice(sum));
      continue;
    }
    // Each product is rounded to the radix when it is added to `high`; `low` takes what that leaves.
    const high = sum + counts[block]! * half;
    atMost(2n ** BigInt(51 + arithmetic.radixBits), "high half, from its bias", high);
    const low = exact("low half", counts[block]! * half);
    const carried = high / radixOf(arithmetic);
    even.push(...twice(exact("row", low + highBelow)));
    odd.push(...twice(exact("row", low + carried)));
    highBelow = carried;
  }
  return { even, odd: odd.slice(0, even.length) };
}

function carryColumns(arithmetic: Arithmetic, { even, odd }: Rows): { digits: Bound[]; carryOut: Bound } {
  const columns = even.map((bound, column) => settle(arithmetic, bound, odd[column]!, 0n));
  return carryUp(arithmetic, columns, 0n);
}

function carrySum(arithmetic: Arithmetic, a: Rows, b: Rows, carryIn: Bound): Bound[] {
  const columns = a.even.map((bound, column) => {
    const first = settle(arithmetic, bound, a.odd[column]!, 0n);
    const second = settle(arithmetic, b.even[column]!, b.odd[column]!, first.rest);
    return { rest: second.rest, carry: exact("carry", first.carry + second.carry) };
  });
  return carryUp(arithmetic, columns, carryIn).digits;
}

/** One column: which multiple of the radix goes up, and what stays. */
function settle(arithmetic: Arithmetic, even: Bound, odd: Bound, more: Bound): { rest: Bound; carry: Bound } {
  const sum = even + odd + more;
  const half = radixOf(arithmetic) / 2n;
  // The sum that decides the multiple may be inexact, twice; a double below 2^(53+k) is off by at most 2^(k−1).
  const error = sum <= EXACT ? 0n : sum <= 2n * EXACT ? 2n : 4n;
  atMost(4n * EXACT, "sum of rows", sum);
  atMost(2n ** BigInt(51 + arithmetic.radixBits), "what is added to the magic number", sum + error);
  const rest = half + error;
  exact("even row less the multiple", odd + more + rest);
  exact("the same and the odd row", more + rest);
  return { rest, carry: (sum + error + half) / radixOf(arithmetic) };
}

function carryUp(
  arithmetic: Arithmetic,
  columns: readonly { rest: Bound; carry: Bound }[],
  carryIn: Bound,
): { digits: Bound[]; carryOut: Bound } {
  const once = columns.map(({ rest }, i) => exact("digit", rest + (columns[i - 1]?.carry ?? carryIn)));
  const carryOut = columns.at(-1)!.carry;
  if (arithmetic.passes === 1) return { digits: once, carryOut };
  const carries = once.map((digit) => (digit + radixOf(arithmetic) / 2n) / radixOf(arithmetic));
  const digits = once.map((_, i) => radixOf(arithmetic) / 2n + (carries[i - 1] ?? 0n));
  return { digits, carryOut: carryOut + carries.at(-1)! };
}

function carryRow(arithmetic: Arithmetic, digit: Bound): Bound {
  const half = radixOf(arithmetic) / 2n;
  return half + (exact("digit", digit) + half) / radixOf(arithmetic);
}

/**
 * The low half's carry is a whole number and taken from the two top columns: everything else, and the rounding of the sums,
 * must be far less than half of what is rounded to. Returns the bound of the carry.
 */
function checkCarryOfLowHalf(arithmetic: Arithmetic, { even, odd }: Rows, digit: Bound): Bound {
  const radix = radixOf(arithmetic);
  const columns = even.map((bound, column) => bound + odd[column]! + digit);
  const scale = 2n ** 60n;
  // Σ column·radix^(i−N), in units of 2^-60, of all but the two top columns; below the sixth it vanishes in the remainder.
  let neglected = 1n;
  for (const [below, bound] of columns.slice(0, -2).reverse().entries())
    if (below < 6) neglected += (bound * scale) / radix ** BigInt(below + 3) + 1n;
    else neglected += 1n;
  const rounding = (8n * scale) / radix; // each sum is below 2^56, and so off by at most 4
  atMost(scale / 4n, "what the low half's carry neglects", neglected + rounding);
  return (columns.at(-1)! + columns.at(-2)!) / radix + 1n;
}

function slice({ even, odd }: Rows, from: number, to: number): Rows {
  return { even: even.slice(from, to), odd: odd.slice(from, to) };
}

function radixOf({ radixBits }: Arithmetic): Bound {
  return 1n << BigInt(radixBits);
}

function twice(bound: Bound): [Bound, Bound] {
  return [bound, bound];
}

function exact(what: string, bound: Bound): Bound {
  atMost(EXACT, what, bound);
  return bound;
}

function atMost(limit: Bound, what: string, ...bounds: readonly Bound[]): void {
  for (const bound of bounds)
    if (bound > limit) throw new Overflow(`${what}: ${log2(bound)} where ${log2(limit)} is the limit`);
}

function log2(bound: Bound): string {
  return `2^${Math.log2(Number(bound)).toFixed(3)}`;
}
