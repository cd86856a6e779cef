/** What RSA keys must satisfy: RFC 8017 §3, and what the engines compute with. Which lengths a KMS takes is one function. */

import { toBigInt } from "../bytes.ts";
import type { RsaPrivateNumbers, RsaPublicNumbers } from "../engine/engine.ts";
import { KmsWrapError } from "../errors.ts";
import { RSA_SPECS } from "./key-specs.ts";

/** What the engines take; published vectors have keys from 1024 bits on. */
const MIN_MODULUS_BITS = 1024;
const MAX_MODULUS_BITS = 4096;
const MIN_EXPONENT = 3;

/** An RSA key's name, as wrapping key and as key material alike. */
export type RsaSpec = (typeof RSA_SPECS)[number];

/**
 * The name of a key with that modulus.
 *
 * @param what - how the message calls keys of this kind, in the plural.
 * @throws KmsWrapError `INVALID_RSA_MODULUS` if it is not 2048, 3072 or 4096 bits long.
 */
export function rsaSpecOf({ modulus }: RsaPublicNumbers, what: string): RsaSpec {
  const modulusBits = bitLength(modulus);
  const spec = RSA_SPECS[modulusBits];
  if (spec !== undefined) return spec;
  throw new KmsWrapError(
    "INVALID_RSA_MODULUS",
    `the RSA modulus has ${modulusBits} bits; ${what} have ${Object.keys(RSA_SPECS).join(", ")}`,
    { hint: "a KMS takes no other length: make a key of one of these" },
  );
}

/**
 * Checks a public key as far as its numbers show. public: all of it.
 *
 * @throws KmsWrapError `INVALID_RSA_MODULUS`, `INVALID_RSA_EXPONENT`
 */
export function assertRsaPublicNumbers({ modulus, publicExponent }: RsaPublicNumbers): void {
  const modulusBits = bitLength(modulus);
  if (modulusBits < MIN_MODULUS_BITS || modulusBits > MAX_MODULUS_BITS)
    throw new KmsWrapError(
      "INVALID_RSA_MODULUS",
      `the RSA modulus has ${modulusBits} bits, expected ${MIN_MODULUS_BITS} to ${MAX_MODULUS_BITS}`,
    );
  if (isEven(modulus)) throw new KmsWrapError("INVALID_RSA_MODULUS", "the RSA modulus is even");
  if (isEven(publicExponent))
    throw new KmsWrapError("INVALID_RSA_EXPONENT", "the RSA public exponent is even, expected an odd one");
  if (publicExponent.length === 1 && publicExponent[0]! < MIN_EXPONENT)
    throw new KmsWrapError("INVALID_RSA_EXPONENT", "the RSA public exponent is 1, expected at least 3");
  if (!isBelow(publicExponent, modulus))
    throw new KmsWrapError("INVALID_RSA_EXPONENT", "the RSA public exponent is not below the modulus");
}

/** The numbers of a private key as BigInts, by the letters of RFC 8017 §3.2. */
interface PrivateLetters {
  readonly n: bigint;
  readonly e: bigint;
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dP: bigint;
  readonly dQ: bigint;
  readonly qInv: bigint;
}

/** RFC 8017 §3.2, in an order in which each row makes the next one safe to compute. */
const PRIVATE_KEY_RULES: readonly (readonly [rule: string, holds: (key: PrivateLetters) => boolean])[] = [
  ["p > 1 and q > 1", ({ p, q }) => p > 1n && q > 1n],
  ["n = p·q", ({ n, p, q }) => n === p * q],
  ["0 < d < n", ({ d, n }) => d > 0n && d < n],
  ["e·d ≡ 1 mod p − 1", ({ e, d, p }) => (e * d) % (p - 1n) === 1n],
  ["e·d ≡ 1 mod q − 1", ({ e, d, q }) => (e * d) % (q - 1n) === 1n],
  ["e·dP ≡ 1 mod p − 1, dP < p", ({ e, dP, p }) => dP < p && (e * dP) % (p - 1n) === 1n],
  ["e·dQ ≡ 1 mod q − 1, dQ < q", ({ e, dQ, q }) => dQ < q && (e * dQ) % (q - 1n) === 1n],
  ["q·qInv ≡ 1 mod p, qInv < p", ({ q, qInv, p }) => qInv < p && (q * qInv) % p === 1n],
];

/**
 * Checks that the parts of a private key belong together. BigInt arithmetic, once per key: its time depends on the
 * numbers, and its intermediate values stay with the garbage collector.
 *
 * @throws KmsWrapError `INVALID_RSA_MODULUS`, `INVALID_RSA_EXPONENT`, `INCONSISTENT_PRIVATE_KEY`
 */
export function assertRsaPrivateNumbers(numbers: RsaPrivateNumbers): void {
  assertRsaPublicNumbers(numbers);
  // Bounds the arithmetic below before it begins.
  if (Object.values(numbers).some((number: Uint8Array) => number.length > numbers.modulus.length))
    throw inconsistent("no part is longer than the modulus");
  const key: PrivateLetters = {
    n: toBigInt(numbers.modulus),
    e: toBigInt(numbers.publicExponent),
    d: toBigInt(numbers.privateExponent),
    p: toBigInt(numbers.prime1),
    q: toBigInt(numbers.prime2),
    dP: toBigInt(numbers.exponent1),
    dQ: toBigInt(numbers.exponent2),
    qInv: toBigInt(numbers.coefficient),
  };
  const broken = PRIVATE_KEY_RULES.find(([, holds]) => !holds(key));
  if (broken !== undefined) throw inconsistent(broken[0]);
}

/** Fresh copies of the public numbers. */
export function copyRsaPublicNumbers({ modulus, publicExponent }: RsaPublicNumbers): RsaPublicNumbers {
  return { modulus: modulus.slice(), publicExponent: publicExponent.slice() };
}

/** Fresh copies of all numbers. */
export function copyRsaPrivateNumbers(numbers: RsaPrivateNumbers): RsaPrivateNumbers {
  return {
    ...copyRsaPublicNumbers(numbers),
    privateExponent: numbers.privateExponent.slice(),
    prime1: numbers.prime1.slice(),
    prime2: numbers.prime2.slice(),
    exponent1: numbers.exponent1.slice(),
    exponent2: numbers.exponent2.slice(),
    coefficient: numbers.coefficient.slice(),
  };
}

/** Bits of a big-endian number without leading zero bytes. */
function bitLength(number: Uint8Array): number {
  return number.length === 0 ? 0 : 8 * number.length - Math.clz32(number[0]!) + 24;
}

function isEven(number: Uint8Array): boolean {
  return (number.at(-1) ?? 0) % 2 === 0;
}

/** a < b, neither with leading zero bytes. public: both. */
function isBelow(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return a.length < b.length;
  const i = a.findIndex((byte, j) => byte !== b[j]);
  return i >= 0 && a[i]! < b[i]!;
}

function inconsistent(rule: string): KmsWrapError {
  return new KmsWrapError(
    "INCONSISTENT_PRIVATE_KEY",
    `the parts of the RSA key contradict each other: not ${rule}`,
    {
      hint: "the key is damaged or was put together from parts of different keys; export it again from its source",
    },
  );
}
