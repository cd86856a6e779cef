/** RSAPublicKey and RSAPrivateKey, RFC 8017 §A.1. */

import type { RsaPrivateNumbers, RsaPublicNumbers } from "../engine/engine.ts";
import { KmsWrapError } from "../errors.ts";
import type { DerReader } from "./der.ts";
import { type DerNode, integer, sequence, smallInteger } from "./der-writer.ts";

const TWO_PRIMES = 0;
const MULTI_PRIME = 1;

/** Reads the fields of RSAPublicKey, §A.1.1. */
export function readRsaPublicKey(fields: DerReader): RsaPublicNumbers {
  return { modulus: fields.integer("modulus"), publicExponent: fields.integer("publicExponent") };
}

/**
 * Reads the fields of a two-prime RSAPrivateKey, §A.1.2.
 *
 * @throws KmsWrapError `INVALID_DER`, `MULTI_PRIME_RSA_KEY`, `UNSUPPORTED_KEY_VERSION`
 */
export function readRsaPrivateKey(fields: DerReader): RsaPrivateNumbers {
  const { offset } = fields;
  const version = fields.version();
  const numbers = {
    modulus: fields.integer("modulus"),
    publicExponent: fields.integer("publicExponent"),
    privateExponent: fields.integer("privateExponent"),
    prime1: fields.integer("prime1"),
    prime2: fields.integer("prime2"),
    exponent1: fields.integer("exponent1"),
    exponent2: fields.integer("exponent2"),
    coefficient: fields.integer("coefficient"),
  };
  assertTwoPrimes(version, offset);
  return numbers;
}

/** Only after the numbers: another structure than RSAPrivateKey must not pass for one of another version. */
function assertTwoPrimes(version: number | undefined, offset: number): void {
  if (version === MULTI_PRIME)
    throw new KmsWrapError(
      "MULTI_PRIME_RSA_KEY",
      `at byte ${offset}: RSAPrivateKey version 1, a key of more than two primes, expected version 0`,
      { hint: "a KMS takes RSA keys of two primes only; make a new key: openssl genpkey -algorithm RSA" },
    );
  if (version !== TWO_PRIMES)
    throw new KmsWrapError(
      "UNSUPPORTED_KEY_VERSION",
      `at byte ${offset}: RSAPrivateKey of an unknown version, expected version 0`,
    );
}

export function rsaPublicKey({ modulus, publicExponent }: RsaPublicNumbers): DerNode {
  return sequence(integer(modulus), integer(publicExponent));
}

export function rsaPrivateKey(numbers: RsaPrivateNumbers): DerNode {
  return sequence(
    smallInteger(TWO_PRIMES),
    integer(numbers.modulus),
    integer(numbers.publicExponent),
    integer(numbers.privateExponent),
    integer(numbers.prime1),
    integer(numbers.prime2),
    integer(numbers.exponent1),
    integer(numbers.exponent2),
    integer(numbers.coefficient),
  );
}
