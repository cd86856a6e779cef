/** An RSA binary of its own for a test, with what it exports beyond the operations, and its digits as BigInt. */

import { fromBigInt, toBigInt } from "../../src/bytes.ts";
import { WASM as PLAIN } from "../../src/engine/wasm/generated/rsa.ts";
import { WASM as RELAXED } from "../../src/engine/wasm/generated/rsa-relaxed.ts";
import { isFused } from "../../src/engine/wasm/rsa.ts";
import type { RsaExports } from "../../src/engine/wasm/rsa-kernel.ts";
import { bitLengthOf } from "./rsa-keys.ts";
import { compile, isSupported } from "./wasm-features.ts";

type Slot = "BASE" | "MODULUS" | "NEGATIVE_INVERSE" | "R_SQUARED" | "RESULT" | "SPARE";

/** What assembly/rsa/index.ts exports for the tests. */
export interface RsaTestExports
  extends RsaExports,
    Readonly<
      Record<Slot | "MAX_VECTORS" | "ODD_ROW" | "PRODUCT" | "RADIX_BITS" | "VECTORS", WebAssembly.Global>
    > {
  multiply(out: number, a: number, b: number): void;
  square(out: number, a: number): void;
  correct(x: number): void;
  loadNumber(out: number, buffer: number, count: number): void;
  storeNumber(buffer: number, x: number, count: number): void;
  invert(out: number, value: number, modulus: number, bits: number): number;
}

const NUMBER_BUFFERS = ["MODULUS_NUMBER", "MESSAGE", "PUBLIC_EXPONENT", "PRIME1", "BLINDING"] as const;

/** The binaries that are right on this host, by name. Plain SIMD always is. */
export function binariesHere(): (readonly [name: string, hex: string])[] {
  const relaxedIsRight = isSupported(RELAXED) && isFused(open(RELAXED));
  return [["rsa", PLAIN], ...(relaxedIsRight ? ([["rsa-relaxed", RELAXED]] as const) : [])];
}

/** A fresh instance. */
export function open(hex: string): RsaTestExports {
  return new WebAssembly.Instance(compile(hex)).exports as unknown as RsaTestExports;
}

/** Reads and writes the memory of a binary. */
export class RsaMemory {
  readonly exports: RsaTestExports;
  readonly radixBits: number;

  constructor(exports: RsaTestExports) {
    this.exports = exports;
    this.radixBits = exports.RADIX_BITS.value;
  }

  /** Makes `n` the current modulus. */
  prepare(n: bigint): void {
    this.putNumber("MODULUS_NUMBER", n);
    this.exports.prepareModulus(bitLengthOf(n));
  }

  get vectors(): number {
    return new Int32Array(this.exports.memory.buffer)[this.exports.VECTORS.value / 4]!;
  }

  /** R, by which a multiplication divides. */
  get r(): bigint {
    return 1n << BigInt(2 * this.vectors * this.radixBits);
  }

  putNumber(buffer: (typeof NUMBER_BUFFERS)[number], value: bigint): void {
    const byteLength = this.exports.NUMBER_BYTES.value;
    new Uint8Array(this.exports.memory.buffer).set(fromBigInt(value, byteLength), this.exports[buffer].value);
  }

  number(buffer: (typeof NUMBER_BUFFERS)[number]): bigint {
    const start = this.exports[buffer].value;
    return toBigInt(
      new Uint8Array(this.exports.memory.buffer).slice(start, start + this.exports.NUMBER_BYTES.value),
    );
  }

  digits(slot: Slot): number[] {
    return this.#doubles(this.exports[slot].value, 2 * this.vectors);
  }

  /** The columns of the last product, in its two rows. */
  productRows(): { even: number[]; odd: number[] } {
    const { PRODUCT, ODD_ROW } = this.exports;
    const count = 4 * this.vectors;
    return {
      even: this.#doubles(PRODUCT.value, count),
      odd: this.#doubles(PRODUCT.value + ODD_ROW.value, count),
    };
  }

  #doubles(address: number, count: number): number[] {
    return Array.from(
      new Float64Array(this.exports.memory.buffer).subarray(address / 8, address / 8 + count),
    );
  }

  putDigits(slot: Slot, digits: readonly number[]): void {
    new Float64Array(this.exports.memory.buffer).set(digits, this.exports[slot].value / 8);
  }

  value(slot: Slot): bigint {
    return digitsToBigInt(this.digits(slot), this.radixBits);
  }
}

/** Σ digit[i]·2^(radixBits·i) */
export function digitsToBigInt(digits: readonly number[], radixBits: number): bigint {
  return digits.reduceRight((sum, digit) => (sum << BigInt(radixBits)) + BigInt(digit), 0n);
}
