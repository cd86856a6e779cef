/** The parts of sm2.wasm, compiled from assembly/sm2/testing.ts, and field elements in its memory as numbers. */

import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { LIMB_BITS, LIMB_COUNT, PAIR_BYTES } from "../../assembly/sm2/generator/field.mjs";
import { CURVE_PARAMETERS } from "../../src/engine/curves.ts";
import type { Sm2Exports } from "../../src/engine/wasm/sm2.ts";

const ADDRESSES = [
  "AFFINE",
  "BITS",
  "BUFFER_END",
  "MONTGOMERY_ONE",
  "OTHER_SUM",
  "SCRATCH",
  "SELECTED",
  "SUM",
  "TABLES_END",
  "WORK",
] as const;

/** The exports of assembly/sm2/testing.ts; parameters are addresses where nothing else is said. */
export interface Sm2Parts
  extends Sm2Exports,
    Readonly<Record<(typeof ADDRESSES)[number], WebAssembly.Global>> {
  fieldMultiply(out: number, a: number, b: number): void;
  fieldSquare(out: number, a: number): void;
  fieldMultiplyMinus(out: number, a: number, b: number, c: number): void;
  fieldSquareMinus(out: number, a: number, c: number): void;
  fieldInvert(out: number, a: number): void;
  loadPoint(out: number, bytes: number): void;
  storeElement(out: number, a: number, lane: number): void;
  pointDouble(p: number): void;
  pointAdd(p: number, q: number): void;
  pointAddAffine(p: number, q: number): void;
  pointFromAffine(p: number, q: number, one: number): void;
  pointStartTable(e: number, t: number, q: number, doubled: number): void;
  pointAddEqualZ(s: number, e: number, t: number): void;
  pointsSideBySide(out: number, p: number, q: number): void;
  toAffine(first: number, second: number, negative: number): void;
  storeResult(out: number, which: number): void;
  recodeScalar(): number;
  setTopDigit(length: number): void;
  makeTable(): void;
  selectMultiple(out: number, window: number): void;
  selectFromComb(block: number, column: number): void;
  multiplyPoint(): void;
  multiplyBase(): void;
}

const { p } = CURVE_PARAMETERS.SM2;
export const R: bigint = 1n << BigInt(LIMB_BITS * LIMB_COUNT);

/** Compiles with the options of the shipped binaries. */
export async function compileSm2Parts(): Promise<Sm2Memory> {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      "assembly/sm2/testing.ts",
      `--baseDir=${fileURLToPath(new URL("../..", import.meta.url))}`,
      "--outFile=sm2-parts.wasm",
      ...["-O3", "--converge", "--noAssert", "--runtime=stub", "--use=abort=", "--zeroFilledMemory"],
      ...["--enable=simd", "--initialMemory=1", "--maximumMemory=1"],
    ],
    {
      writeFile: (_name, contents) => {
        wasm = contents as Uint8Array;
      },
    },
  );
  if (error || !wasm) throw new Error(`${error?.message}\n${stderr.toString()}`);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm as BufferSource));
  return new Sm2Memory(instance.exports as unknown as Sm2Parts);
}

/** A pair: the limbs of two elements. */
export type Pair = readonly [first: readonly number[], second: readonly number[]];

/** Reads and writes the memory of the parts. */
export class Sm2Memory {
  readonly parts: Sm2Parts;
  readonly bytes: Uint8Array;
  readonly #words: Int32Array;

  constructor(parts: Sm2Parts) {
    this.parts = parts;
    this.bytes = new Uint8Array(parts.memory.buffer);
    this.#words = new Int32Array(parts.memory.buffer);
  }

  /** The address of the `i`-th pair that no kernel uses. */
  scratch(i: number): number {
    return this.parts.SCRATCH.value + i * PAIR_BYTES;
  }

  putPair(address: number, pair: Pair): void {
    for (const [lane, limbs] of pair.entries())
      for (const [i, limb] of limbs.entries()) this.#words[address / 4 + 2 * i + lane] = limb;
  }

  pair(address: number): Pair {
    const limbs = (lane: number) =>
      Array.from({ length: LIMB_COUNT }, (_, i) => this.#words[address / 4 + 2 * i + lane]!);
    return [limbs(0), limbs(1)];
  }

  /** The two elements of a pair, out of Montgomery form. */
  elements(address: number): [first: bigint, second: bigint] {
    const [first, second] = this.pair(address);
    return [fromMontgomery(toValue(first)), fromMontgomery(toValue(second))];
  }

  /** x and y of the Jacobian point at `address`, if it is not infinity. */
  affine(address: number): { x: bigint; y: bigint } {
    const [X, Z] = this.elements(address);
    const [Y, N] = this.elements(address + PAIR_BYTES);
    const inverse = power(Z, p - 2n);
    return { x: mod(X * inverse ** 2n), y: mod((Y - N) * inverse ** 3n) };
  }
}

/** Σ limb[i]·2^(29i) */
export function toValue(limbs: readonly number[]): bigint {
  return limbs.reduceRight((sum, limb) => (sum << BigInt(LIMB_BITS)) + BigInt(limb), 0n);
}

/** Nine limbs of `value`, the lower eight in [−2^28, 2^28), the highest whatever is left. */
export function limbsOf(value: bigint): number[] {
  let rest = value;
  return Array.from({ length: LIMB_COUNT }, (_, i) => {
    const limb = i < LIMB_COUNT - 1 ? BigInt.asIntN(LIMB_BITS, rest) : rest;
    rest = (rest - limb) >> BigInt(LIMB_BITS);
    return Number(limb);
  });
}

export function mod(x: bigint, modulus: bigint = p): bigint {
  return ((x % modulus) + modulus) % modulus;
}

export function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = mod(base), bits = exponent; bits > 0n; bits >>= 1n, square = mod(square * square))
    if (bits & 1n) result = mod(result * square);
  return result;
}

const INVERSE_OF_R = power(R, p - 2n);

function fromMontgomery(value: bigint): bigint {
  return mod(value * INVERSE_OF_R);
}
