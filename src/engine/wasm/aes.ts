/**
 * Glue to aes.wasm and aes-relaxed.wasm: SP 800-38F's W and W⁻¹, a message at a time, or a piece of a pass at a time
 * where it exceeds the memory.
 */

import { concatBytes, wipe } from "../../bytes.ts";
import type { AesEngine } from "../engine.ts";
import { WASM as PLAIN } from "./generated/aes.ts";
import { WASM as RELAXED } from "./generated/aes-relaxed.ts";
import { instantiate, type KernelExports, WasmUnavailable } from "./instantiate.ts";

/** The exports of assembly/aes/index.ts, where they are described. */
export interface AesExports extends KernelExports {
  readonly KEK: WebAssembly.Global;
  readonly SEMIBLOCKS: WebAssembly.Global;
  readonly SEMIBLOCK_CAPACITY: WebAssembly.Global;
  wrap(kekBytes: number, count: number, passes: number, step: number): void;
  unwrap(kekBytes: number, count: number, passes: number, step: number): void;
  wipe(count: number): void;
}

/** An engine for AES, and the feature of the host that it is built on. */
export interface ChosenAes {
  readonly engine: AesEngine;
  readonly feature: "simd" | "relaxed-simd";
}

const SEMIBLOCK_BYTES = 8;
/** s = 6·(n − 1) steps, SP 800-38F §6.1. */
const PASSES = 6;

let chosen: ChosenAes | undefined;

/**
 * The binary with the relaxed swizzle where the host has it, else the plain one; both compute the same.
 *
 * @throws WasmUnavailable if neither can be used.
 */
export function wasmAes(): ChosenAes {
  return (chosen ??= choose());
}

function choose(): ChosenAes {
  try {
    return {
      engine: new AesKernel(instantiate<AesExports>("aes-relaxed", RELAXED)),
      feature: "relaxed-simd",
    };
  } catch (error) {
    if (!(error instanceof WasmUnavailable)) throw error;
    return { engine: new AesKernel(instantiate<AesExports>("aes", PLAIN)), feature: "simd" };
  }
}

/** Part of a pass: the semiblocks R from index `from` to before `to`, and t of the step that comes first. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** The operations on one binary. */
export class AesKernel implements AesEngine {
  readonly #exports: AesExports;
  readonly #kek: number;
  readonly #semiblocks: number;
  readonly #capacity: number;

  constructor(exports: AesExports) {
    this.#exports = exports;
    this.#kek = exports.KEK.value;
    this.#semiblocks = exports.SEMIBLOCKS.value;
    this.#capacity = exports.SEMIBLOCK_CAPACITY.value;
  }

  wrapSemiblocks(kek: Uint8Array, semiblocks: Uint8Array): Uint8Array {
    const count = semiblocks.length / SEMIBLOCK_BYTES;
    // CIPH_K is a step of W with t = 0.
    if (count === 2) return this.#run("wrap", kek, semiblocks, 1, 0);
    if (count <= this.#capacity) return this.#run("wrap", kek, semiblocks, PASSES, 1);
    return this.#runPieces("wrap", kek, semiblocks, wrapPieces(count, this.#capacity - 1));
  }

  unwrapSemiblocks(kek: Uint8Array, semiblocks: Uint8Array): Uint8Array {
    const count = semiblocks.length / SEMIBLOCK_BYTES;
    if (count === 2) return this.#run("unwrap", kek, semiblocks, 1, 0);
    if (count <= this.#capacity) return this.#run("unwrap", kek, semiblocks, PASSES, PASSES * (count - 1));
    return this.#runPieces("unwrap", kek, semiblocks, unwrapPieces(count, this.#capacity - 1));
  }

  #run(
    direction: "wrap" | "unwrap",
    kek: Uint8Array,
    semiblocks: Uint8Array,
    passes: number,
    step: number,
  ): Uint8Array {
    const count = semiblocks.length / SEMIBLOCK_BYTES;
    const memory = new Uint8Array(this.#exports.memory.buffer);
    try {
      memory.set(kek, this.#kek);
      memory.set(semiblocks, this.#semiblocks);
      this.#exports[direction](kek.length, count, passes, step);
      return memory.slice(this.#semiblocks, this.#semiblocks + semiblocks.length);
    } finally {
      this.#exports.wipe(count);
    }
  }

  #runPieces(
    direction: "wrap" | "unwrap",
    kek: Uint8Array,
    semiblocks: Uint8Array,
    pieces: Iterable<Piece>,
  ): Uint8Array {
    const out = Uint8Array.from(semiblocks);
    let whole = false;
    try {
      for (const piece of pieces) this.#runPiece(direction, kek, out, piece);
      whole = true;
      return out;
    } finally {
      if (!whole) wipe(out);
    }
  }

  /** Brings A and a piece of R in `semiblocks` a part of a pass further. */
  #runPiece(
    direction: "wrap" | "unwrap",
    kek: Uint8Array,
    semiblocks: Uint8Array,
    { from, to, step }: Piece,
  ): void {
    const a = semiblocks.subarray(0, SEMIBLOCK_BYTES);
    const r = semiblocks.subarray(from * SEMIBLOCK_BYTES, to * SEMIBLOCK_BYTES);
    const before = concatBytes(a, r);
    try {
      const after = this.#run(direction, kek, before, 1, step);
      a.set(after.subarray(0, SEMIBLOCK_BYTES));
      r.set(after.subarray(SEMIBLOCK_BYTES));
      wipe(after);
    } finally {
      wipe(before);
    }
  }
}

/** W: pass by pass, upwards; the step at R[i] in pass j has t = (n − 1)j + i. */
function* wrapPieces(count: number, atMost: number): Generator<Piece> {
  for (let pass = 0; pass < PASSES; pass++)
    for (let from = 1; from < count; from += atMost)
      yield { from, to: Math.min(from + atMost, count), step: (count - 1) * pass + from };
}

/** W⁻¹: the same steps in reverse. */
function* unwrapPieces(count: number, atMost: number): Generator<Piece> {
  for (let pass = PASSES - 1; pass >= 0; pass--)
    for (let to = count; to > 1; to -= atMost)
      yield { from: Math.max(to - atMost, 1), to, step: (count - 1) * pass + to - 1 };
}
