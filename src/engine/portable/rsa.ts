/**
 * RSA on BigInt.
 *
 * BigInt arithmetic takes time that depends on its operands. The public operation handles a padded message once;
 * the private one is blinded and checked, which hides the message from timing but not the key's own structure:
 * this engine is not constant-time. See SECURITY.md.
 */

import { fromBigInt, toBigInt, wipe } from "../../bytes.ts";
import { type RandomSource, randomBelow } from "../../random.ts";
import type { RsaEngine, RsaPrivateNumbers, RsaPublicNumbers } from "../engine.ts";

export const portableRsa: RsaEngine = {
  publicOperation: ({ modulus, publicExponent }, message) =>
    fromBigInt(power(toBigInt(message), toBigInt(publicExponent), toBigInt(modulus)), modulus.length),
  privateOperation: (key, ciphertext, random) => {
    const n = toBigInt(key.modulus);
    const e = toBigInt(key.publicExponent);
    const c = toBigInt(ciphertext);
    const blinding = makeBlinding(key, random);
    const blinded = (c * power(blinding.factor, e, n)) % n;
    const m = (crt(key, blinded) * blinding.inverse) % n;
    // A fault in one half of the CRT would give away a prime (Boneh, DeMillo, Lipton 1997).
    return power(m, e, n) === c ? fromBigInt(m, key.modulus.length) : undefined;
  },
};

/** RFC 8017 §5.1.2, step 2.b for two primes. */
function crt(key: RsaPrivateNumbers, c: bigint): bigint {
  const p = toBigInt(key.prime1);
  const q = toBigInt(key.prime2);
  const m1 = power(c % p, toBigInt(key.exponent1), p); // step 2.b.i
  const m2 = power(c % q, toBigInt(key.exponent2), q);
  const h = ((((m1 - m2) % p) + p) * toBigInt(key.coefficient)) % p; // step 2.b.iii
  return m2 + q * h; // step 2.b.iv
}

/** Square-and-multiply from the top bit. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === "1") result = (result * base) % modulus;
  }
  return result;
}

/** r and r⁻¹ mod n. A random number that shares a factor with n does not occur; the loop costs nothing to state. */
function makeBlinding(
  { modulus }: RsaPublicNumbers,
  random: RandomSource,
): { factor: bigint; inverse: bigint } {
  for (;;) {
    const bytes = randomBelow(modulus, random);
    const factor = toBigInt(bytes);
    wipe(bytes);
    const inverse = invert(factor, toBigInt(modulus));
    if (inverse !== undefined) return { factor, inverse };
  }
}

/** a⁻¹ mod n by the extended Euclidean algorithm. */
function invert(a: bigint, n: bigint): bigint | undefined {
  let [r0, r1] = [n, a];
  let [t0, t1] = [0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  if (r0 !== 1n) return undefined;
  return t0 < 0n ? t0 + n : t0;
}
