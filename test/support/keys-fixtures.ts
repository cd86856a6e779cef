/** One key of each kind in each form, made by OpenSSL and Node: keys-fixtures.json says how. */

import type { KeySpec } from "../../src/keys/key-specs.ts";
import fixtures from "./keys-fixtures.json" with { type: "json" };

/** The key specs with an asymmetric key. */
export type AsymmetricSpec = Exclude<KeySpec, `HMAC_${string}` | `ML_${string}` | "SYMMETRIC_DEFAULT">;

export interface KeyFixture {
  readonly spec: AsymmetricSpec;
  /** What `openssl pkcs8 -topk8 -nocrypt -outform DER` writes. */
  readonly pkcs8: Uint8Array;
  readonly spki: Uint8Array;
  /** PKCS#1 or SEC 1. */
  readonly traditional: Uint8Array | undefined;
  /** PKCS#1. */
  readonly traditionalPublic: Uint8Array | undefined;
  readonly jwk: Readonly<Record<string, string>>;
}

interface StoredKey {
  readonly pkcs8: string;
  readonly spki: string;
  readonly traditional?: string;
  readonly traditionalPublic?: string;
  readonly jwk?: Record<string, string>;
}

export const ASYMMETRIC_SPECS: readonly AsymmetricSpec[] = [
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "ECC_NIST_P256",
  "ECC_NIST_P384",
  "ECC_NIST_P521",
  "ECC_SECG_P256K1",
  "SM2",
  "ECC_NIST_EDWARDS25519",
];
export const EC_SPECS: readonly AsymmetricSpec[] = ASYMMETRIC_SPECS.slice(3, 8);

const stored = fixtures.keys as Readonly<Record<string, StoredKey>>;

export function fixture(spec: AsymmetricSpec): KeyFixture {
  const { pkcs8, spki, traditional, traditionalPublic, jwk } = stored[spec]!;
  return {
    spec,
    pkcs8: decode(pkcs8),
    spki: decode(spki),
    traditional: traditional === undefined ? undefined : decode(traditional),
    traditionalPublic: traditionalPublic === undefined ? undefined : decode(traditionalPublic),
    jwk: jwk!,
  };
}

export const FIXTURES: readonly KeyFixture[] = ASYMMETRIC_SPECS.map(fixture);

/** A 1024-bit RSA key: below what a KMS takes, within what the engines compute with. */
export const RSA_1024 = { pkcs8: decode(stored["RSA_1024"]!.pkcs8), spki: decode(stored["RSA_1024"]!.spki) };

/** The public members of a JWK. */
export function publicJwk({ jwk }: KeyFixture): Record<string, string> {
  const publicMembers = ["kty", "crv", "x", "y", "n", "e"];
  return Object.fromEntries(Object.entries(jwk).filter(([name]) => publicMembers.includes(name)));
}

/** Base64 to bytes. */
export function decode(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
