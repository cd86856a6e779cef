/** What is said of keys whose numbers are wrong: code, message and hint, word for word. */

import { expect, test } from "vitest";
import { generateKeyMaterial } from "../../../src/keys/generate.ts";
import { parseKeyMaterial } from "../../../src/keys/key-material.ts";
import { parseUnwrappingKey } from "../../../src/keys/unwrapping-key.ts";
import { parseWrappingKey } from "../../../src/keys/wrapping-key.ts";
import { bytes, SM2 } from "../../support/der-builder.ts";
import {
  ecPkcs8,
  ecPrivate,
  ecSpki,
  rsaNumbers,
  rsaPrivate,
  rsaSpki,
  scalarOf,
} from "../../support/keys-broken.ts";
import { fixture, publicJwk, RSA_1024 } from "../../support/keys-fixtures.ts";
import { type Refusal, refusalOf } from "../../support/refusals.ts";

const p256 = fixture("ECC_NIST_P256");
const ed25519 = fixture("ECC_NIST_EDWARDS25519");
const { n, p, q } = rsaNumbers();
const material = (input: Uint8Array) => parseKeyMaterial(input);

const LENGTHS = "a KMS takes no other length: make a key of one of these";
const DAMAGED =
  "the key is damaged or was put together from parts of different keys; export it again from its source";
const WRAPPING_KEYS =
  "get parameters for import again; the wrapping key is RSA_2048, RSA_3072, RSA_4096 or SM2";
const UNWRAPPING_KEYS = "the private half of a wrapping key is RSA with 2048, 3072 or 4096 bits, or SM2";
const UNCOMPRESSED =
  "write it uncompressed: openssl ec -pubin -in FILE -conv_form uncompressed -out uncompressed.pem (without -pubin for a private key)";
const OTHER_CURVE = "the key is damaged, or belongs to another curve: export it again from its source";

const REFUSALS: Readonly<Record<string, Refusal>> = {
  "an RSA wrapping key of 1024 bits": [
    () => parseWrappingKey(RSA_1024.spki),
    "INVALID_RSA_MODULUS",
    "the RSA modulus has 1024 bits; wrapping keys have 2048, 3072, 4096",
    LENGTHS,
  ],
  "an RSA unwrapping key of 1024 bits": [
    () => parseUnwrappingKey(RSA_1024.pkcs8),
    "INVALID_RSA_MODULUS",
    "the RSA modulus has 1024 bits; unwrapping keys have 2048, 3072, 4096",
    LENGTHS,
  ],
  "RSA key material of 1024 bits": [
    () => material(RSA_1024.pkcs8),
    "INVALID_RSA_MODULUS",
    "the RSA modulus has 1024 bits; keys that a KMS imports have 2048, 3072, 4096",
    LENGTHS,
  ],
  "an RSA key of few bits": [
    () => parseUnwrappingKey(rsaPrivate({ n: 15n })),
    "INVALID_RSA_MODULUS",
    "the RSA modulus has 4 bits, expected 1024 to 4096",
  ],
  "an even modulus": [
    () => parseWrappingKey(rsaSpki(n - 1n, 3n)),
    "INVALID_RSA_MODULUS",
    "the RSA modulus is even",
  ],
  "an even exponent": [
    () => parseWrappingKey(rsaSpki(n, 2n)),
    "INVALID_RSA_EXPONENT",
    "the RSA public exponent is even, expected an odd one",
  ],
  "an exponent of 1": [
    () => parseWrappingKey(rsaSpki(n, 1n)),
    "INVALID_RSA_EXPONENT",
    "the RSA public exponent is 1, expected at least 3",
  ],
  "an exponent above the modulus": [
    () => parseWrappingKey(rsaSpki(n, n + 2n)),
    "INVALID_RSA_EXPONENT",
    "the RSA public exponent is not below the modulus",
  ],
  "a part longer than the modulus": [
    () => material(rsaPrivate({ d: n << 8n })),
    "INCONSISTENT_PRIVATE_KEY",
    "the parts of the RSA key contradict each other: not no part is longer than the modulus",
    DAMAGED,
  ],
  "a prime of 1": [
    () => material(rsaPrivate({ p: 1n })),
    "INCONSISTENT_PRIVATE_KEY",
    "the parts of the RSA key contradict each other: not p > 1 and q > 1",
    DAMAGED,
  ],
  "primes of another modulus": [
    () => material(rsaPrivate({ p: p + 2n })),
    "INCONSISTENT_PRIVATE_KEY",
    "the parts of the RSA key contradict each other: not n = p·q",
    DAMAGED,
  ],
  "d = 0": [
    () => material(rsaPrivate({ d: 0n })),
    "INCONSISTENT_PRIVATE_KEY",
    "the parts of the RSA key contradict each other: not 0 < d < n",
    DAMAGED,
  ],
  "another d": [
    () => material(rsaPrivate({ d: 3n })),
    "INCONSISTENT_PRIVATE_KEY",
    "the parts of the RSA key contradict each other: not e·d ≡ 1 mod p − 1",
    DAMAGED,
  ],
  "a d for p alone": [
    () => material(rsaPrivate({ d: rsaNumbers().dP + (p - 1n) * 2n })),
    "INCONSISTENT_PRIVATE_KEY",
    "the parts of the RSA key contradict each other: not e·d ≡ 1 mod q − 1",
    DAMAGED,
  ],
  "another dP": [
    () => material(rsaPrivate({ dP: 3n })),
    "INCONSISTENT_PRIVATE_KEY",
    "the parts of the RSA key contradict each other: not e·dP ≡ 1 mod p − 1, dP < p",
    DAMAGED,
  ],
  "another dQ": [
    () => material(rsaPrivate({ dQ: 3n })),
    "INCONSISTENT_PRIVATE_KEY",
    "the parts of the RSA key contradict each other: not e·dQ ≡ 1 mod q − 1, dQ < q",
    DAMAGED,
  ],
  "another qInv": [
    () => material(rsaPrivate({ qInv: q })),
    "INCONSISTENT_PRIVATE_KEY",
    "the parts of the RSA key contradict each other: not q·qInv ≡ 1 mod p, qInv < p",
    DAMAGED,
  ],
  "an elliptic-curve key on P-256 for a wrapping key": [
    () => parseWrappingKey(p256.spki),
    "UNSUPPORTED_CURVE",
    "an elliptic-curve key on P-256, expected SM2",
    WRAPPING_KEYS,
  ],
  "an elliptic-curve key on P-256 for an unwrapping key": [
    () => parseUnwrappingKey(p256.pkcs8),
    "UNSUPPORTED_CURVE",
    "an elliptic-curve key on P-256, expected SM2",
    UNWRAPPING_KEYS,
  ],
  "an elliptic-curve key without a curve for an unwrapping key": [
    () => parseUnwrappingKey(ecPrivate()),
    "UNSUPPORTED_CURVE",
    "an elliptic-curve key that does not name its curve, expected SM2",
    UNWRAPPING_KEYS,
  ],
  "an elliptic-curve key without a curve for key material": [
    () => material(ecPrivate()),
    "KEY_SPEC_REQUIRED",
    "an EC private key that does not name its curve",
    "say which key spec it is for",
  ],
  "an Ed25519 key for a wrapping key": [
    () => parseWrappingKey(ed25519.spki),
    "UNSUPPORTED_KEY_TYPE",
    "an Ed25519 key, which cannot encrypt",
    WRAPPING_KEYS,
  ],
  "an Ed25519 key for a wrapping key, as JWK": [
    () => parseWrappingKey(JSON.stringify(publicJwk(ed25519))),
    "UNSUPPORTED_KEY_TYPE",
    "an Ed25519 key, which cannot encrypt",
    WRAPPING_KEYS,
  ],
  "an Ed25519 key for an unwrapping key": [
    () => parseUnwrappingKey(ed25519.pkcs8),
    "UNSUPPORTED_KEY_TYPE",
    "an Ed25519 key, which cannot decrypt",
    UNWRAPPING_KEYS,
  ],
  "a point at infinity": [
    () => parseWrappingKey(ecSpki(SM2, bytes([0], new Uint8Array(0)))),
    "INVALID_EC_POINT",
    "the public key is the point at infinity of 1 bytes, expected an uncompressed point of 65",
    UNCOMPRESSED,
  ],
  "a point compressed": [
    () => parseWrappingKey(ecSpki(SM2, bytes([2], new Uint8Array(32)))),
    "INVALID_EC_POINT",
    "the public key is a compressed point of 33 bytes, expected an uncompressed point of 65",
    UNCOMPRESSED,
  ],
  "a point compressed, odd": [
    () => parseWrappingKey(ecSpki(SM2, bytes([3], new Uint8Array(32)))),
    "INVALID_EC_POINT",
    "the public key is a compressed point of 33 bytes, expected an uncompressed point of 65",
    UNCOMPRESSED,
  ],
  "a point that is too short": [
    () => parseWrappingKey(ecSpki(SM2, bytes([4], new Uint8Array(32)))),
    "INVALID_EC_POINT",
    "the public key is an uncompressed point of 33 bytes, expected an uncompressed point of 65",
    UNCOMPRESSED,
  ],
  "a point of no form": [
    () => parseWrappingKey(ecSpki(SM2, bytes([5], new Uint8Array(32)))),
    "INVALID_EC_POINT",
    "the public key is no encoded point of 33 bytes, expected an uncompressed point of 65",
    UNCOMPRESSED,
  ],
  "a point in the hybrid form": [
    () => parseWrappingKey(ecSpki(SM2, bytes([6], new Uint8Array(32)))),
    "INVALID_EC_POINT",
    "the public key is a hybrid point of 33 bytes, expected an uncompressed point of 65",
    UNCOMPRESSED,
  ],
  "a point in the hybrid form, odd": [
    () => parseWrappingKey(ecSpki(SM2, bytes([7], new Uint8Array(32)))),
    "INVALID_EC_POINT",
    "the public key is a hybrid point of 33 bytes, expected an uncompressed point of 65",
    UNCOMPRESSED,
  ],
  "a point without an octet": [
    () => parseWrappingKey(ecSpki(SM2, bytes())),
    "INVALID_EC_POINT",
    "the public key is no encoded point of 0 bytes, expected an uncompressed point of 65",
    UNCOMPRESSED,
  ],
  "a point off the curve": [
    () => parseWrappingKey(ecSpki(SM2, bytes([4], new Uint8Array(64).fill(1)))),
    "INVALID_EC_POINT",
    "the public key is not a point of the curve SM2",
    "the key is damaged, or made to attack whoever uses it: get it again from its source",
  ],
  "a scalar of zero": [
    () => material(ecPkcs8({ scalar: scalarOf(0n) })),
    "INVALID_EC_SCALAR",
    "the private key is a number outside of 1 … n − 1, where n is the order of P-256",
    OTHER_CURVE,
  ],
  "a scalar of zero on SM2": [
    () => material(ecPkcs8({ scalar: scalarOf(0n) }, SM2)),
    "INVALID_EC_SCALAR",
    "the private key is a number outside of 1 … n − 2, where n is the order of SM2",
    OTHER_CURVE,
  ],
  "another public key in a private key": [
    () => material(ecPkcs8({ point: p256.spki.slice(-65) })),
    "INCONSISTENT_PRIVATE_KEY",
    "the public key that goes with the private key is not the one that follows from it",
    DAMAGED,
  ],
  "generated RSA keys": [
    () => generateKeyMaterial("RSA_2048", () => bytes()),
    "UNSUPPORTED_KEY_SPEC",
    "RSA_2048 key material is not made here",
    "make it with WebCrypto or: openssl genpkey -algorithm RSA",
  ],
  "generated post-quantum keys": [
    () => generateKeyMaterial("ML_KEM_512", () => bytes()),
    "UNSUPPORTED_KEY_SPEC",
    "ML_KEM_512 key material is not made here",
    "let the KMS generate it",
  ],
};

test.each(Object.entries(REFUSALS))("%s", (_name, [call, ...said]) => {
  expect(refusalOf(call)).toEqual(said);
});
