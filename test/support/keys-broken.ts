/** Keys put together in tests, so that one part of each can be made wrong. */

import {
  bits,
  bytes,
  EC,
  ecAlgorithm,
  element,
  integer,
  octets,
  oid,
  P256,
  pkcs8,
  rsaAlgorithm,
  SM2,
  sequence,
  spki,
} from "./der-builder.ts";
import { decode, fixture } from "./keys-fixtures.ts";

/** The numbers of an RSA private key, RFC 8017 §A.1.2. */
export interface RsaNumbers {
  n: bigint;
  e: bigint;
  d: bigint;
  p: bigint;
  q: bigint;
  dP: bigint;
  dQ: bigint;
  qInv: bigint;
}

/** The RSA_2048 key of the fixtures as numbers. */
export function rsaNumbers(): RsaNumbers {
  const { n, e, d, p, q, dp, dq, qi } = fixture("RSA_2048").jwk;
  const number = (text: string | undefined) => toNumber(fromBase64Url(text!));
  return {
    n: number(n),
    e: number(e),
    d: number(d),
    p: number(p),
    q: number(q),
    dP: number(dp),
    dQ: number(dq),
    qInv: number(qi),
  };
}

/** RSAPrivateKey with some numbers replaced. */
export function rsaPrivate(change: Partial<RsaNumbers> = {}, version = 0): Uint8Array {
  const { n, e, d, p, q, dP, dQ, qInv } = { ...rsaNumbers(), ...change };
  return sequence(...[version, n, e, d, p, q, dP, dQ, qInv].map(integer));
}

/** PKCS#8 of the RSA_2048 key of the fixtures, with some numbers replaced. */
export function rsaPkcs8(change: Partial<RsaNumbers>): Uint8Array {
  return pkcs8(rsaAlgorithm(), rsaPrivate(change));
}

/** SubjectPublicKeyInfo of an RSA key of these numbers. */
export function rsaSpki(n: bigint, e: bigint): Uint8Array {
  return spki(rsaAlgorithm(), sequence(integer(n), integer(e)));
}

/** SubjectPublicKeyInfo of an elliptic-curve key with this encoded point. */
export function ecSpki(curve: string, point: Uint8Array): Uint8Array {
  return spki(ecAlgorithm(curve), point);
}

/** An ECPrivateKey's parts. */
export interface EcParts {
  version?: number;
  scalar?: Uint8Array;
  parameters?: Uint8Array | undefined;
  point?: Uint8Array | undefined;
}

/** ECPrivateKey; without parameters and without a public key unless they are given. */
export function ecPrivate({
  version = 1,
  scalar = scalarOf(7n),
  parameters,
  point,
}: EcParts = {}): Uint8Array {
  return sequence(
    integer(version),
    octets(scalar),
    ...(parameters ? [element(0xa0, parameters)] : []),
    ...(point ? [element(0xa1, bits(point))] : []),
  );
}

/** PKCS#8 of an elliptic-curve key. */
export function ecPkcs8(parts: EcParts = {}, curve: string = P256): Uint8Array {
  return pkcs8(ecAlgorithm(curve), ecPrivate(parts));
}

/** PKCS#8 of the SM2 key of the fixtures, with some parts replaced. */
export function sm2Pkcs8(parts: EcParts): Uint8Array {
  return ecPkcs8({ scalar: fixture("SM2").traditional!.slice(7, 39), ...parts }, SM2);
}

/** A scalar in `byteLength` bytes. */
export function scalarOf(value: bigint, byteLength = 32): Uint8Array {
  return Uint8Array.from(
    value
      .toString(16)
      .padStart(2 * byteLength, "0")
      .match(/../g)!,
    (pair) => Number.parseInt(pair, 16),
  );
}

/** ECParameters of P-256 written out, RFC 3279 §2.3.5. */
export function explicitP256(): Uint8Array {
  const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
  const field = sequence(oid("1.2.840.10045.1.1"), integer(p));
  const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
  const curve = sequence(octets(scalarOf(p - 3n)), octets(scalarOf(b)));
  const base = octets(bytes([4], fixture("ECC_NIST_P256").spki.slice(-64)));
  return sequence(integer(1), field, curve, base, integer(p), integer(1));
}

/** AlgorithmIdentifier of an elliptic-curve key with these parameters. */
export const ecAlgorithmWith = (parameters: Uint8Array): Uint8Array => sequence(oid(EC), parameters);

function toNumber(octetsOfNumber: Uint8Array): bigint {
  return octetsOfNumber.reduce((number, octet) => number * 256n + BigInt(octet), 0n);
}

function fromBase64Url(text: string): Uint8Array {
  return decode(text.replaceAll("-", "+").replaceAll("_", "/"));
}
