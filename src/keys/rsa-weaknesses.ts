/**
 * What makes an RSA modulus easy to factor and can be seen from it alone. A warning, not a verdict: a modulus without
 * any of it may still be weak, for instance by sharing a prime with another key. public: the modulus.
 */

import { toBigInt } from "../bytes.ts";
import type { RsaPublicNumbers } from "../engine/engine.ts";
import type { KeyMaterial } from "./key-material.ts";
import { parseWrappingKey, type WrappingKey } from "./wrapping-key.ts";

/** Fermat's method finds primes within some 2^(bits/4 + 7) of each other in this many steps. */
const FERMAT_STEPS = 100;
const TRIAL_LIMIT = 2000;
/** ROCA primes are 65537^a modulo a product of the first primes: Nemec et al., CCS 2017, §2. */
const ROCA_GENERATOR = 65_537;
const ROCA_MAX_PRIME = 167;

const WEAKNESSES: readonly (readonly [is: (n: bigint) => boolean, warning: string])[] = [
  [hasSmallFactor, `the RSA modulus has a factor below ${TRIAL_LIMIT}`],
  [hasRocaFingerprint, "the RSA modulus has the fingerprint of ROCA (CVE-2017-15361): it can be factored"],
  [hasClosePrimes, "the primes of the RSA modulus are so close to each other that it can be factored"],
];

/** Warnings about a wrapping key, for people. Takes some milliseconds if it is one of RSA. */
export function wrappingKeyWarnings(key: WrappingKey): string[] {
  return key.type === "RSA" ? rsaWeaknesses(key.numbers) : [];
}

/** The same about key material. */
export function materialWarnings({ keySpec, publicKeySpki }: KeyMaterial): string[] {
  return keySpec.startsWith("RSA_") ? wrappingKeyWarnings(parseWrappingKey(publicKeySpki!)) : [];
}

/** What shows of a modulus. */
export function rsaWeaknesses({ modulus }: RsaPublicNumbers): string[] {
  const n = toBigInt(modulus);
  return WEAKNESSES.filter(([is]) => is(n)).map(([, warning]) => warning);
}

function hasSmallFactor(n: bigint): boolean {
  return primesUpTo(TRIAL_LIMIT).some((prime) => n % BigInt(prime) === 0n);
}

/** Modulo each small prime, a ROCA modulus is a power of 65537; others are so once in some 2^27. */
function hasRocaFingerprint(n: bigint): boolean {
  return primesUpTo(ROCA_MAX_PRIME).every((prime) => powersOfGenerator(prime).has(Number(n % BigInt(prime))));
}

function powersOfGenerator(prime: number): Set<number> {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * (ROCA_GENERATOR % prime)) % prime)
    powers.add(power);
  return powers;
}

/** Fermat: n = a² − b² with a little above √n. */
function hasClosePrimes(n: bigint): boolean {
  let a = squareRoot(n);
  if (a * a < n) a++;
  for (let step = 0; step < FERMAT_STEPS; step++, a++) {
    const square = a * a - n;
    const b = squareRoot(square);
    if (b * b === square) return true;
  }
  return false;
}

/** ⌊√n⌋ by Newton's method, from above. */
function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt((n.toString(16).length * 4 + 1) >> 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** The primes from 2 to `limit`. */
function primesUpTo(limit: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; candidate <= limit; candidate++)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  return primes;
}
