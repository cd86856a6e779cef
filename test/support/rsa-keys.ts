/** RSA keys for tests, rebuilt from a few numbers, and RSA on BigInt to compare with. */

import { fromBigInt } from "../../src/bytes.ts";
import type { RsaPrivateNumbers } from "../../src/engine/engine.ts";

/** A prime of `bits` bits: the next one, `offset` further on, after pseudo-random bits. */
interface Prime {
  readonly bits: number;
  readonly seed: number;
  readonly offset: number;
}

/** Each chosen so that neither 3 nor 65537 divides p − 1. */
const PRIMES = {
  p24: { bits: 24, seed: 1, offset: 40 },
  p64: { bits: 64, seed: 2, offset: 178 },
  p300: { bits: 300, seed: 3, offset: 432 },
  p511: { bits: 511, seed: 6, offset: 776 },
  p512: { bits: 512, seed: 4, offset: 740 },
  q512: { bits: 512, seed: 5, offset: 512 },
  p513: { bits: 513, seed: 7, offset: 6 },
  p768: { bits: 768, seed: 20, offset: 696 },
  p960: { bits: 960, seed: 8, offset: 648 },
  p1000: { bits: 1000, seed: 9, offset: 1956 },
  p1023: { bits: 1023, seed: 18, offset: 1472 },
  p1024: { bits: 1024, seed: 10, offset: 3232 },
  q1024: { bits: 1024, seed: 11, offset: 138 },
  p1025: { bits: 1025, seed: 19, offset: 76 },
  p1096: { bits: 1096, seed: 12, offset: 4006 },
  p1536: { bits: 1536, seed: 13, offset: 5138 },
  q1536: { bits: 1536, seed: 14, offset: 1030 },
  p2048: { bits: 2048, seed: 15, offset: 1044 },
  q2048: { bits: 2048, seed: 16, offset: 1114 },
  p3000: { bits: 3000, seed: 17, offset: 2480 },
} as const satisfies Record<string, Prime>;

export type PrimeName = keyof typeof PRIMES;

/** The primes next to powers of two: digits of zeros only, and of ones only. */
export const EXTREME_PRIMES: readonly bigint[] = [
  2n ** 512n - 569n,
  2n ** 511n + 111n,
  2n ** 1024n - 105n,
  2n ** 1023n + 1155n,
];

export function prime(name: PrimeName): bigint {
  const { bits, seed, offset } = PRIMES[name];
  return (pseudoRandom(bits, seed) | (3n << BigInt(bits - 2)) | 1n) + BigInt(offset);
}

/** A number below 2^bits that a seed determines: Knuth's generator, its upper halves. */
export function pseudoRandom(bits: number, seed: number): bigint {
  let state = BigInt(seed);
  let value = 0n;
  for (let i = 0; i < bits; i += 32) {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    value = (value << 32n) | (state >> 32n);
  }
  return BigInt.asUintN(bits, value);
}

/** An odd number of exactly `bits` bits. */
export function pseudoModulus(bits: number, seed: number): bigint {
  return pseudoRandom(bits, seed) | (1n << BigInt(bits - 1)) | 1n;
}

/** A key of two primes, in the engine's form. */
export function keyOf(p: bigint, q: bigint, e: bigint = 65537n): RsaPrivateNumbers {
  const d = inverse(e, (p - 1n) * (q - 1n));
  return Object.freeze({
    modulus: minimalBytes(p * q),
    publicExponent: minimalBytes(e),
    privateExponent: minimalBytes(d),
    prime1: minimalBytes(p),
    prime2: minimalBytes(q),
    exponent1: minimalBytes(d % (p - 1n)),
    exponent2: minimalBytes(d % (q - 1n)),
    coefficient: minimalBytes(inverse(q % p, p)),
  });
}

export function minimalBytes(value: bigint): Uint8Array {
  return fromBigInt(value, Math.ceil(bitLengthOf(value) / 8));
}

export function bitLengthOf(value: bigint): number {
  return value.toString(2).length;
}

export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === "1") result = (result * base) % modulus;
  }
  return result;
}

/** a⁻¹ mod n, for coprime numbers. */
export function inverse(a: bigint, n: bigint): bigint {
  let [r0, r1, t0, t1] = [n, mod(a, n), 0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1, t0, t1] = [r1, r0 - quotient * r1, t1, t0 - quotient * t1];
  }
  if (r0 !== 1n) throw new Error("no inverse");
  return mod(t0, n);
}

/** The remainder in [0, n). */
export function mod(value: bigint, n: bigint): bigint {
  const remainder = value % n;
  return remainder < 0n ? remainder + n : remainder;
}
