/**
 * Glue to sm2.wasm: SM2's point multiplications, SM3 and the KDF. Copies in, calls, copies out; whatever happens, all
 * that a call left in WASM memory is overwritten.
 */

import { wipe } from "../../bytes.ts";
import type { Sm2Engine } from "../engine.ts";
import { WASM } from "./generated/sm2.ts";
import { instantiate, type KernelExports } from "./instantiate.ts";

const ADDRESSES = [
  // In: a scalar, a point. Out: two points.
  "SCALAR",
  "POINT",
  "FIRST",
  "SECOND",
  // SM3's chaining value, in the end the digest; blocks to hash, or derived bytes.
  "STATE",
  "BUFFER",
] as const;

type Address = (typeof ADDRESSES)[number];

/** The exports of assembly/sm2/index.ts, where they are described. */
export interface Sm2Exports extends KernelExports, Readonly<Record<Address, WebAssembly.Global>> {
  readonly BUFFER_CAPACITY: WebAssembly.Global;
  encapsulate(): void;
  decapsulate(): void;
  publicKey(): void;
  wipePoints(): void;
  startHash(): void;
  hashBlocks(count: number): void;
  finishHash(byteLength: number, totalBytes: number): void;
  startKdf(): void;
  derive(counter: number, groups: number): void;
  wipeHash(byteLength: number): void;
}

const POINT_BYTES = 64;
const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** Bytes of four counters, which the kernel derives at once. */
const GROUP_BYTES = 4 * DIGEST_BYTES;

let engine: Sm2Engine | undefined;

/**
 * SM2 and SM3 in WebAssembly; compiled at the first call.
 *
 * @throws WasmUnavailable if the binary cannot be used here.
 */
export function wasmSm2(): Sm2Engine {
  return (engine ??= new Sm2Kernel(instantiate<Sm2Exports>("sm2", WASM)));
}

/** The operations on one instance. */
export class Sm2Kernel implements Sm2Engine {
  readonly #exports: Sm2Exports;
  readonly #at: Readonly<Record<Address, number>>;
  readonly #capacity: number;
  #view: Uint8Array = new Uint8Array();

  constructor(exports: Sm2Exports) {
    this.#exports = exports;
    this.#at = Object.fromEntries(ADDRESSES.map((name) => [name, exports[name].value])) as Record<
      Address,
      number
    >;
    this.#capacity = exports.BUFFER_CAPACITY.value;
  }

  encapsulate(
    publicKey: Uint8Array,
    k: Uint8Array,
  ): { readonly c1: Uint8Array; readonly shared: Uint8Array } {
    const memory = this.#memory();
    try {
      memory.set(k, this.#at.SCALAR);
      memory.set(publicKey, this.#at.POINT);
      this.#exports.encapsulate();
      return { c1: pointAt(memory, this.#at.FIRST), shared: pointAt(memory, this.#at.SECOND) };
    } finally {
      this.#exports.wipePoints();
    }
  }

  decapsulate(privateKey: Uint8Array, c1: Uint8Array): Uint8Array {
    const memory = this.#memory();
    try {
      memory.set(privateKey, this.#at.SCALAR);
      memory.set(c1, this.#at.POINT);
      this.#exports.decapsulate();
      return pointAt(memory, this.#at.FIRST);
    } finally {
      this.#exports.wipePoints();
    }
  }

  publicKey(privateKey: Uint8Array): Uint8Array {
    const memory = this.#memory();
    try {
      memory.set(privateKey, this.#at.SCALAR);
      this.#exports.publicKey();
      return pointAt(memory, this.#at.FIRST);
    } finally {
      this.#exports.wipePoints();
    }
  }

  sm3(message: Uint8Array): Uint8Array {
    const memory = this.#memory();
    try {
      const tail = message.length > this.#capacity ? this.#hashAllButTail(message) : message;
      memory.set(tail, this.#at.BUFFER);
      this.#exports.finishHash(tail.length, message.length);
      return memory.slice(this.#at.STATE, this.#at.STATE + DIGEST_BYTES);
    } finally {
      this.#exports.wipeHash(Math.min(message.length, this.#capacity));
    }
  }

  /** Takes all of a long message into the state but the last piece, which it returns. */
  #hashAllButTail(message: Uint8Array): Uint8Array {
    const memory = this.#memory();
    this.#exports.startHash();
    let offset = 0;
    for (; message.length - offset > this.#capacity; offset += this.#capacity) {
      memory.set(message.subarray(offset, offset + this.#capacity), this.#at.BUFFER);
      this.#exports.hashBlocks(this.#capacity / BLOCK_BYTES);
    }
    return message.subarray(offset);
  }

  kdf(shared: Uint8Array, byteLength: number): Uint8Array {
    const memory = this.#memory();
    const key = new Uint8Array(byteLength);
    try {
      memory.set(shared, this.#at.BUFFER);
      this.#exports.startKdf();
      for (let offset = 0; offset < byteLength; offset += this.#capacity) {
        const length = Math.min(byteLength - offset, this.#capacity);
        this.#exports.derive(1 + offset / DIGEST_BYTES, Math.ceil(length / GROUP_BYTES));
        key.set(memory.subarray(this.#at.BUFFER, this.#at.BUFFER + length), offset);
      }
      return key;
    } catch (error) {
      wipe(key);
      throw error;
    } finally {
      this.#exports.wipeHash(Math.min(Math.max(shared.length, byteLength), this.#capacity));
    }
  }

  /** The memory never grows, but a host may detach its buffer; making a view takes as long as hashing 16 bytes. */
  #memory(): Uint8Array {
    if (this.#view.length === 0) this.#view = new Uint8Array(this.#exports.memory.buffer);
    return this.#view;
  }
}

function pointAt(memory: Uint8Array, offset: number): Uint8Array {
  return memory.slice(offset, offset + POINT_BYTES);
}
