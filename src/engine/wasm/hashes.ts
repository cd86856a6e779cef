/** Glue to sha.wasm: SHA-1, SHA-256 and MGF1 on them. SHA-384 and SHA-512 are @noble/hashes' here too. */

import { wipe } from "../../bytes.ts";
import type { HashEngine, HashName } from "../engine.ts";
import { portableHashes } from "../portable/hashes.ts";
import { WASM } from "./generated/sha.ts";
import { instantiate, type KernelExports } from "./instantiate.ts";

/** The exports of assembly/sha/index.ts, where they are described. */
export interface ShaExports extends KernelExports {
  readonly INPUT: WebAssembly.Global;
  readonly INPUT_CAPACITY: WebAssembly.Global;
  readonly OUTPUT: WebAssembly.Global;
  readonly OUTPUT_CAPACITY: WebAssembly.Global;
  digest(digestBytes: number, pieceBytes: number, bytesBefore: number, isLast: boolean): void;
  mgf1(digestBytes: number, seedBytes: number, counter: number, count: number): void;
  wipe(outputBytes: number, inputBytes: number): void;
}

/** The hashes that the binary has, by the length of their digests. */
const DIGEST_BYTES: Readonly<Partial<Record<HashName, number>>> = { "SHA-1": 20, "SHA-256": 32 };

let kernel: HashEngine | undefined;

/**
 * The hashes and MGF1.
 *
 * @throws WasmUnavailable if sha.wasm cannot be used here.
 */
export function wasmHashes(): HashEngine {
  return (kernel ??= new ShaKernel(instantiate<ShaExports>("sha", WASM)));
}

/** The operations on the binary. */
export class ShaKernel implements HashEngine {
  readonly #exports: ShaExports;
  readonly #input: number;
  readonly #inputCapacity: number;
  readonly #output: number;
  readonly #outputCapacity: number;

  constructor(exports: ShaExports) {
    this.#exports = exports;
    this.#input = exports.INPUT.value;
    this.#inputCapacity = exports.INPUT_CAPACITY.value;
    this.#output = exports.OUTPUT.value;
    this.#outputCapacity = exports.OUTPUT_CAPACITY.value;
  }

  digest(hash: HashName, message: Uint8Array): Uint8Array {
    const digestBytes = DIGEST_BYTES[hash];
    if (digestBytes === undefined) return portableHashes.digest(hash, message);
    const memory = new Uint8Array(this.#exports.memory.buffer);
    try {
      let before = 0;
      for (; message.length - before > this.#inputCapacity; before += this.#inputCapacity) {
        memory.set(message.subarray(before, before + this.#inputCapacity), this.#input);
        this.#exports.digest(digestBytes, this.#inputCapacity, before, false);
      }
      memory.set(before === 0 ? message : message.subarray(before), this.#input);
      this.#exports.digest(digestBytes, message.length - before, before, true);
      return memory.slice(this.#output, this.#output + digestBytes);
    } finally {
      this.#exports.wipe(digestBytes, Math.min(message.length, this.#inputCapacity));
    }
  }

  mgf1(hash: HashName, seed: Uint8Array, maskBytes: number): Uint8Array {
    const digestBytes = DIGEST_BYTES[hash];
    // OAEP's seeds have at most 512 bytes; one that exceeds the memory is no reason for a second way to feed it.
    if (digestBytes === undefined || seed.length > this.#inputCapacity)
      return portableHashes.mgf1(hash, seed, maskBytes);
    const mask = new Uint8Array(maskBytes);
    const bytesAtOnce = this.#outputCapacity - (this.#outputCapacity % digestBytes);
    const memory = new Uint8Array(this.#exports.memory.buffer);
    try {
      memory.set(seed, this.#input);
      for (let offset = 0; offset < maskBytes; offset += bytesAtOnce) {
        const pieceBytes = Math.min(maskBytes - offset, bytesAtOnce);
        this.#exports.mgf1(
          digestBytes,
          seed.length,
          offset / digestBytes,
          Math.ceil(pieceBytes / digestBytes),
        );
        mask.set(memory.subarray(this.#output, this.#output + pieceBytes), offset);
      }
      return mask;
    } catch (error) {
      wipe(mask);
      throw error;
    } finally {
      this.#exports.wipe(Math.min(maskBytes, bytesAtOnce) + digestBytes, seed.length);
    }
  }
}
