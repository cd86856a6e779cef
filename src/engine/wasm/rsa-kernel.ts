/**
 * Glue to one RSA binary, rsa.wasm or rsa-relaxed.wasm: numbers in, one call, the result out, everything secret wiped.
 *
 * Between calls the memory holds nothing but the context of a public key: n, −n⁻¹ mod R and R² mod n.
 */

import { wipe } from "../../bytes.ts";
import { equalBytesMask } from "../../constant-time.ts";
import { type RandomSource, randomBelow } from "../../random.ts";
import type { RsaEngine, RsaPrivateNumbers, RsaPublicNumbers } from "../engine.ts";
import type { KernelExports } from "./instantiate.ts";

const ADDRESSES = [
  // Where the context begins, the work space of a public operation, that of a private one, and where it ends.
  "CONTEXT",
  "WORK",
  "PRIVATE_WORK",
  "END",
  // Buffers of NUMBER_BYTES, in which numbers are right-aligned. A result takes the place of the message.
  "MODULUS_NUMBER",
  "MESSAGE",
  "PUBLIC_EXPONENT",
  "PRIME1",
  "PRIME2",
  "EXPONENT1",
  "EXPONENT2",
  "COEFFICIENT",
  "BLINDING",
] as const;

type Address = (typeof ADDRESSES)[number];

/** The exports of assembly/rsa/index.ts. */
export interface RsaExports extends KernelExports, Readonly<Record<Address, WebAssembly.Global>> {
  readonly NUMBER_BYTES: WebAssembly.Global;
  prepareModulus(modulusBits: number): void;
  publicOperation(exponentBits: number): void;
  /** 0 if the blinding factor is not invertible. */
  privateOperation(modulusBits: number, prime1Bits: number, prime2Bits: number, exponentBits: number): number;
  multiplyAdd(a: number, b: number, c: number): number;
}

/** The operations on one binary. */
export class RsaKernel implements RsaEngine {
  readonly #exports: RsaExports;
  readonly #at: Readonly<Record<Address, number>>;
  readonly #numberBytes: number;
  readonly #contexts: WeakMap<RsaPublicNumbers, Uint8Array> = new WeakMap();
  /** The context that is in WASM memory. */
  #resident: Uint8Array | undefined;

  constructor(exports: RsaExports) {
    this.#exports = exports;
    this.#at = Object.fromEntries(ADDRESSES.map((name) => [name, exports[name].value])) as Record<
      Address,
      number
    >;
    this.#numberBytes = exports.NUMBER_BYTES.value;
  }

  publicOperation(key: RsaPublicNumbers, message: Uint8Array): Uint8Array {
    const memory = this.#memory();
    try {
      this.#makeResident(memory, key);
      this.#put(memory, "MESSAGE", message);
      this.#put(memory, "PUBLIC_EXPONENT", key.publicExponent);
      this.#exports.publicOperation(bitLength(key.publicExponent));
      return this.#takeMessage(memory, key.modulus.length);
    } finally {
      memory.fill(0, this.#at.WORK, this.#at.PRIVATE_WORK);
    }
  }

  privateOperation(
    key: RsaPrivateNumbers,
    ciphertext: Uint8Array,
    random: RandomSource,
  ): Uint8Array | undefined {
    const message = this.#decrypt(key, ciphertext, random);
    let sound = 0;
    try {
      // A fault in one half of the CRT would give away a prime (Boneh, DeMillo, Lipton 1997).
      sound = equalBytesMask(this.publicOperation(key, message), ciphertext);
    } finally {
      if (sound === 0) wipe(message);
    }
    return sound === 0 ? undefined : message;
  }

  /** RFC 8017 §5.1.2 step 2b. A blinding factor that shares a prime with n, which does not occur, is replaced. */
  #decrypt(key: RsaPrivateNumbers, ciphertext: Uint8Array, random: RandomSource): Uint8Array {
    for (;;) {
      const blinding = randomBelow(key.modulus, random);
      try {
        const message = this.#decryptBlinded(key, ciphertext, blinding);
        if (message !== undefined) return message;
      } finally {
        wipe(blinding);
      }
    }
  }

  #decryptBlinded(
    key: RsaPrivateNumbers,
    ciphertext: Uint8Array,
    blinding: Uint8Array,
  ): Uint8Array | undefined {
    const memory = this.#memory();
    // The context makes way for those of the primes.
    this.#resident = undefined;
    try {
      this.#put(memory, "MESSAGE", ciphertext);
      this.#put(memory, "PUBLIC_EXPONENT", key.publicExponent);
      this.#put(memory, "PRIME1", key.prime1);
      this.#put(memory, "PRIME2", key.prime2);
      this.#put(memory, "EXPONENT1", key.exponent1);
      this.#put(memory, "EXPONENT2", key.exponent2);
      this.#put(memory, "COEFFICIENT", key.coefficient);
      this.#put(memory, "BLINDING", blinding);
      const invertible = this.#exports.privateOperation(
        bitLength(key.modulus),
        bitLength(key.prime1),
        bitLength(key.prime2),
        bitLength(key.publicExponent),
      );
      return invertible ? this.#takeMessage(memory, key.modulus.length) : undefined;
    } finally {
      memory.fill(0, this.#at.CONTEXT, this.#at.END);
    }
  }

  /** Brings a key's context into WASM memory; derives it if the key is new. */
  #makeResident(memory: Uint8Array, key: RsaPublicNumbers): void {
    const known = this.#contexts.get(key);
    if (known !== undefined && known === this.#resident) return;
    this.#resident = undefined;
    if (known === undefined) this.#contexts.set(key, this.#derive(memory, key.modulus));
    else memory.set(known, this.#at.CONTEXT);
    this.#resident = this.#contexts.get(key);
  }

  /** Leaves the context of a modulus in WASM memory, and returns a copy of it. */
  #derive(memory: Uint8Array, modulus: Uint8Array): Uint8Array {
    this.#put(memory, "MODULUS_NUMBER", modulus);
    this.#exports.prepareModulus(bitLength(modulus));
    return memory.slice(this.#at.CONTEXT, this.#at.WORK);
  }

  #put(memory: Uint8Array, buffer: Address, number: Uint8Array): void {
    memory.set(number, this.#at[buffer] + this.#numberBytes - number.length);
  }

  #takeMessage(memory: Uint8Array, byteLength: number): Uint8Array {
    const end = this.#at.MESSAGE + this.#numberBytes;
    return memory.slice(end - byteLength, end);
  }

  #memory(): Uint8Array {
    return new Uint8Array(this.#exports.memory.buffer);
  }
}

/** Of a number without leading zero bytes. */
function bitLength(number: Uint8Array): number {
  return 8 * number.length - Math.clz32(number[0]!) + 24;
}
