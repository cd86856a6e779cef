/**
 * RSA on WASM runs the same instructions on the same addresses whatever the secrets: see test/support/trace.ts. Both
 * kernels, on Node 20 by the flag that gives it relaxed SIMD.
 */

import { setFlagsFromString } from "node:v8";
import { describe, expect, test } from "vitest";
import { fromBigInt, toBigInt } from "../../src/bytes.ts";
import type { RsaPrivateNumbers } from "../../src/engine/engine.ts";
import { RsaKernel } from "../../src/engine/wasm/rsa-kernel.ts";
import { systemRandom } from "../../src/random.ts";
import { fromHex } from "../support/bytes.ts";
import type { RsaTestExports } from "../support/rsa-binary.ts";
import { keyOf, mod, prime, pseudoRandom } from "../support/rsa-keys.ts";
import { distinctTraces, traceBinary } from "../support/trace.ts";

if (process.version.startsWith("v20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");
const { binariesHere, RsaMemory } = await import("../support/rsa-binary.ts");

/** Of 512 bits: zeros in the middle, and ones only. Any two of them make a modulus of 1024 bits. */
const PRIMES = [
  ...[569n, 629n, 875n, 975n].map((offset) => 2n ** 512n - offset),
  ...[761n, 1505n, 2129n, 2141n].map((offset) => 3n * 2n ** 510n + offset),
  prime("p512"),
  prime("q512"),
];

const KEYS: readonly RsaPrivateNumbers[] = PRIMES.flatMap((p, i) => [
  keyOf(p, PRIMES[(i + 1) % PRIMES.length]!),
  keyOf(p, PRIMES[(i + 3) % PRIMES.length]!),
]);

/** The edges of what a number below n can be, and what is nothing special. */
function numbersBelow(n: bigint): bigint[] {
  const random = Array.from({ length: 6 }, (_, i) => mod(pseudoRandom(4096, i), n));
  return [0n, 1n, 2n, n - 1n, n - 2n, n >> 1n, n >> 500n, (1n << 512n) - 1n, 1n << 511n, ...random];
}

describe.each(binariesHere())("%s.wasm runs alike", (_name, hex) => {
  const exports = traceBinary<RsaTestExports>(fromHex(hex));
  const kernel = new RsaKernel(exports);
  const memory = new RsaMemory(exports);
  const key = KEYS.at(-1)!;
  const n = toBigInt(key.modulus);
  const asBytes = (value: bigint) => fromBigInt(value, key.modulus.length);

  test("whatever the message, in the public operation", () => {
    kernel.publicOperation(key, asBytes(0n));
    const run = (message: bigint) => kernel.publicOperation(key, asBytes(message));
    expect(distinctTraces(numbersBelow(n), run)).toHaveLength(1);
  });

  test("whatever the ciphertext and the blinding factor, in the private operation", () => {
    const run = (ciphertext: bigint) =>
      kernel.privateOperation({ ...key }, asBytes(ciphertext), systemRandom);
    expect(distinctTraces(numbersBelow(n), run)).toHaveLength(1);
  });

  test("whatever the primes, exponents and coefficient", () => {
    const run = (any: RsaPrivateNumbers) =>
      kernel.privateOperation({ ...any }, asBytes(1234567n), systemRandom);
    expect(distinctTraces(KEYS, run)).toHaveLength(1);
  });

  test("whether or not a fault is found", () => {
    const run = (faulty: RsaPrivateNumbers) =>
      kernel.privateOperation(faulty, asBytes(1234567n), systemRandom);
    const faults = [{ ...key }, { ...key, exponent1: key.exponent2 }, { ...key, coefficient: key.prime1 }];
    expect(distinctTraces(faults, run)).toHaveLength(1);
  });

  test("on unreduced and extreme digits, function by function", () => {
    memory.prepare(n);
    const half = 2 ** (memory.radixBits - 1);
    const rows = [0, 1, -1, half, -half, half - 1].map((digit) => {
      const row = Array<number>(2 * memory.vectors).fill(digit);
      return row.fill(0, Math.floor(1022 / memory.radixBits));
    });
    const { BASE, SPARE, RESULT, MESSAGE } = exports;
    const functions: Record<string, () => void> = {
      multiply: () => exports.multiply(RESULT.value, BASE.value, SPARE.value),
      square: () => exports.square(RESULT.value, BASE.value),
      correct: () => exports.correct(BASE.value),
      storeNumber: () => exports.storeNumber(MESSAGE.value, BASE.value, memory.vectors),
      loadNumber: () => exports.loadNumber(BASE.value, MESSAGE.value, memory.vectors),
    };
    for (const [name, run] of Object.entries(functions)) {
      const traces = distinctTraces(rows, (row) => {
        memory.putDigits("BASE", row);
        memory.putDigits("SPARE", row);
        run();
      });
      expect(traces, name).toHaveLength(1);
    }
  });

  test("in deriving what belongs to a prime, and in inverting modulo it", () => {
    const [p] = PRIMES;
    const run = ([modulus, value]: readonly [bigint, bigint]) => {
      memory.prepare(modulus);
      memory.putNumber("PRIME1", modulus);
      memory.putNumber("BLINDING", value);
      exports.invert(exports.MESSAGE.value, exports.BLINDING.value, exports.PRIME1.value, 512);
    };
    const values = [0n, 1n, p! - 1n, p! >> 300n, 1n << 511n, pseudoRandom(511, 1)];
    const all = [
      ...PRIMES.map((prime) => [prime, 3n] as const),
      ...values.map((value) => [p!, value] as const),
    ];
    expect(distinctTraces(all, run)).toHaveLength(1);
  });

  test("but not for other lengths or another public exponent: the check sees a difference", () => {
    const message = asBytes(99n);
    const exponents = [[3], [5], [7], [1, 0, 1], [1, 1, 1]].map((bytes) => Uint8Array.from(bytes));
    const vary = (publicExponent: Uint8Array) => kernel.publicOperation({ ...key, publicExponent }, message);
    expect(distinctTraces(exponents, vary)).toHaveLength(exponents.length);
    const shapes = [keyOf(prime("p513"), prime("p511")), keyOf(prime("p768"), prime("p300")), key];
    const decrypt = (shape: RsaPrivateNumbers) =>
      kernel.privateOperation({ ...shape }, fromBigInt(99n, shape.modulus.length), systemRandom);
    expect(distinctTraces(shapes, decrypt)).toHaveLength(3);
  });
});
