/** What parseUnwrappingKey and parseKeyMaterial must both refuse: crafted private keys, each with its code. */

import { CURVE_PARAMETERS } from "../../../src/engine/curves.ts";
import {
  base64Url,
  bytes,
  ED25519,
  ecAlgorithm,
  element,
  integer,
  nested,
  nothing,
  octets,
  oid,
  P256,
  pem,
  pkcs8,
  rsaAlgorithm,
  SM2,
  sequence,
} from "../der-builder.ts";
import {
  ecAlgorithmWith,
  ecPkcs8,
  ecPrivate,
  explicitP256,
  rsaNumbers,
  rsaPkcs8,
  rsaPrivate,
  scalarOf,
  sm2Pkcs8,
} from "../keys-broken.ts";
import { fixture, RSA_1024 } from "../keys-fixtures.ts";
import { FOREIGN } from "../keys-foreign.ts";
import { prime } from "../rsa-keys.ts";
import type { Crafted } from "./crafted.ts";

const rsa = fixture("RSA_2048");
const p256 = fixture("ECC_NIST_P256");
const sm2 = fixture("SM2");
const ed25519 = fixture("ECC_NIST_EDWARDS25519");
const numbers = rsaNumbers();
const { n, e, d, p, q, dP, dQ, qInv } = numbers;
const scalar = sm2.traditional!.slice(7, 39);
const point = sm2.spki.slice(-65);
const { n: ofSm2, p: ofP } = CURVE_PARAMETERS.SM2;

const sm2Jwk = (change: Record<string, string | undefined>) => JSON.stringify({ ...sm2.jwk, ...change });
const rsaJwk = (change: Record<string, unknown>) => JSON.stringify({ ...rsa.jwk, ...change });

export const PRIVATE_KEYS: readonly Crafted[] = [
  [
    "a modulus that claims two gigabytes",
    pkcs8(rsaAlgorithm(), sequence(integer(0), [0x02, 0x84, 0x7f, 0xff, 0xff, 0xff, 1])),
    "INVALID_DER",
    /the length of INTEGER is 2147483647/,
  ],
  [
    "a private key of two gigabytes, in name",
    bytes([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff], rsa.pkcs8.slice(4)),
    "INVALID_DER",
  ],
  [
    "an outer length in BER",
    bytes([0x30, 0x83, 0x00], rsa.pkcs8.slice(2)),
    "INVALID_DER",
    /more octets than it needs/,
  ],
  [
    "an outer length that is indefinite",
    bytes([0x30, 0x80], rsa.pkcs8.slice(4), [0, 0]),
    "INVALID_DER",
    /indefinite/,
  ],
  ["a modulus of zero", rsaPkcs8({ n: 0n }), "INVALID_RSA_MODULUS"],
  ["a modulus of 5 bits", rsaPkcs8({ n: 21n }), "INVALID_RSA_MODULUS"],
  ["exponent 0", rsaPkcs8({ e: 0n }), "INVALID_RSA_EXPONENT"],
  ["exponent 2", rsaPkcs8({ e: 2n }), "INVALID_RSA_EXPONENT"],
  ["an even exponent", rsaPkcs8({ e: 65_536n }), "INVALID_RSA_EXPONENT"],
  ["an exponent above the modulus", rsaPkcs8({ e: n + 2n }), "INVALID_RSA_EXPONENT"],
  [
    "the numbers of another key in the public half",
    rsaPkcs8({ n: p * prime("q1024") }),
    "INCONSISTENT_PRIVATE_KEY",
  ],
  [
    "an encrypted PKCS#8",
    FOREIGN.encryptedPkcs8,
    "ENCRYPTED_PRIVATE_KEY",
    /encrypted private key \(PKCS#8, DER\)/,
  ],
  [
    "an encrypted PKCS#8 as PEM",
    pem("ENCRYPTED PRIVATE KEY", FOREIGN.encryptedPkcs8),
    "ENCRYPTED_PRIVATE_KEY",
  ],
  ["an encrypted traditional PEM", FOREIGN.encryptedPem, "ENCRYPTED_PRIVATE_KEY", /traditional, PEM/],
  ["a certificate", FOREIGN.certificate, "CERTIFICATE_GIVEN"],
  ["a certificate as PEM", pem("CERTIFICATE", FOREIGN.certificate), "CERTIFICATE_GIVEN"],
  ["PKCS#12", FOREIGN.pkcs12, "UNSUPPORTED_FORMAT"],
  ["an OpenSSH private key", FOREIGN.opensshPrivate, "UNSUPPORTED_FORMAT", /OpenSSH private key, PEM/],
  ["RSASSA-PSS", pkcs8(sequence(oid("1.2.840.113549.1.1.10")), rsaPrivate()), "RSA_PSS_KEY"],
  [
    "a traditional DSA key",
    sequence(integer(0), ...[p, q, 2n, 3n, 4n].map(integer)),
    "UNSUPPORTED_FORMAT",
    /\(DSA private key, DER\)/,
  ],
  [
    "X25519",
    pkcs8(sequence(oid("1.3.101.110")), octets(scalar)),
    "UNSUPPORTED_KEY_TYPE",
    /X25519 \(1.3.101.110\)/,
  ],
  [
    "ML-DSA",
    pkcs8(sequence(oid("2.16.840.1.101.3.4.3.18")), octets(scalar)),
    "UNSUPPORTED_KEY_TYPE",
    /ML-DSA-65/,
  ],
  [
    "PKCS#8 of version 2",
    sequence(integer(2), rsaAlgorithm(), octets(rsaPrivate())),
    "UNSUPPORTED_KEY_VERSION",
  ],
  [
    "PKCS#8 of version 65536",
    sequence(integer(65_536), rsaAlgorithm(), octets(rsaPrivate())),
    "UNSUPPORTED_KEY_VERSION",
  ],
  ["RSAPrivateKey of version 2", rsaPrivate({}, 2), "UNSUPPORTED_KEY_VERSION"],
  ["three primes", rsaPrivate({}, 1), "MULTI_PRIME_RSA_KEY"],
  ["three primes as JWK", rsaJwk({ oth: [] }), "MULTI_PRIME_RSA_KEY"],
  [
    "a JWK of RSA without primes",
    rsaJwk({ p: undefined }),
    "INVALID_JWK",
    /"p" must be a string, found nothing/,
  ],
  ["a trailing byte", bytes(rsa.pkcs8, [0]), "INVALID_DER", /trailing/],
  ["a line break behind the key", bytes(sm2.pkcs8, [10]), "INVALID_DER", /at byte 138: 1 trailing byte/],
  ["a trailing byte in the OCTET STRING", pkcs8(rsaAlgorithm(), bytes(rsaPrivate(), [0])), "INVALID_DER"],
  [
    "a public key behind version 0",
    sequence(integer(0), rsaAlgorithm(), octets(rsaPrivate()), element(0x81, [0, 1])),
    "INVALID_DER",
  ],
  [
    "attributes in BER",
    pkcs8(rsaAlgorithm(), rsaPrivate(), element(0xa0, [0x30, 0x80, 0, 0])),
    "INVALID_DER",
    /indefinite/,
  ],
  [
    "attributes nested too deeply",
    pkcs8(rsaAlgorithm(), rsaPrivate(), element(0xa0, nested(30))),
    "INVALID_DER",
    /levels/,
  ],
  ["cut short", rsa.pkcs8.slice(0, 700), "INVALID_DER"],
  ["1024 bits", RSA_1024.pkcs8, "INVALID_RSA_MODULUS", /has 1024 bits/],
  ["an even modulus", rsaPkcs8({ n: n - 1n }), "INVALID_RSA_MODULUS"],
  ["65,000 bits", rsaPkcs8({ n: 1n + (1n << 64_999n) }), "INVALID_RSA_MODULUS"],
  ["exponent 1", rsaPkcs8({ e: 1n }), "INVALID_RSA_EXPONENT"],
  ["n ≠ p·q", rsaPkcs8({ n: n + 2n }), "INCONSISTENT_PRIVATE_KEY", /not n = p·q/],
  ["p = 1", rsaPkcs8({ p: 1n, q: n }), "INCONSISTENT_PRIVATE_KEY", /not p > 1 and q > 1/],
  ["q = 0", rsaPkcs8({ q: 0n }), "INCONSISTENT_PRIVATE_KEY", /not p > 1 and q > 1/],
  ["p longer than n", rsaPkcs8({ p: p << 2048n }), "INCONSISTENT_PRIVATE_KEY", /no part is longer/],
  ["d = 0", rsaPkcs8({ d: 0n }), "INCONSISTENT_PRIVATE_KEY", /0 < d < n/],
  ["d ≥ n", rsaPkcs8({ d: n + 2n }), "INCONSISTENT_PRIVATE_KEY", /0 < d < n/],
  ["another d", rsaPkcs8({ d: d + 2n }), "INCONSISTENT_PRIVATE_KEY", /e·d ≡ 1 mod p/],
  ["d right for p alone", rsaPkcs8({ d: dP }), "INCONSISTENT_PRIVATE_KEY", /e·d ≡ 1 mod q/],
  ["another e", rsaPkcs8({ e: 3n }), "INCONSISTENT_PRIVATE_KEY"],
  ["another dP", rsaPkcs8({ dP: dP + 2n }), "INCONSISTENT_PRIVATE_KEY", /e·dP/],
  ["an unreduced dP", rsaPkcs8({ dP: dP + p - 1n }), "INCONSISTENT_PRIVATE_KEY", /dP < p/],
  ["dP = 0", rsaPkcs8({ dP: 0n }), "INCONSISTENT_PRIVATE_KEY", /e·dP/],
  ["another dQ", rsaPkcs8({ dQ: dQ + 2n }), "INCONSISTENT_PRIVATE_KEY", /e·dQ/],
  ["another qInv", rsaPkcs8({ qInv: qInv + 1n }), "INCONSISTENT_PRIVATE_KEY", /qInv/],
  ["an unreduced qInv", rsaPkcs8({ qInv: qInv + p }), "INCONSISTENT_PRIVATE_KEY", /qInv < p/],
  ["primes exchanged alone", rsaPkcs8({ p: q, q: p }), "INCONSISTENT_PRIVATE_KEY"],
  [
    "another public key behind an RSA key",
    pkcs8(rsaAlgorithm(), rsaPrivate(), element(0x81, [0], sequence(integer(n), integer(3)))),
    "INCONSISTENT_PRIVATE_KEY",
  ],
  [
    "a negative prime",
    pkcs8(
      rsaAlgorithm(),
      sequence(integer(0), ...[n, e, d].map(integer), element(2, [255]), ...[q, dP, dQ, qInv].map(integer)),
    ),
    "INVALID_DER",
    /\(prime1\) is negative/,
  ],
  ["ECPrivateKey of version 0", sm2Pkcs8({ version: 0 }), "UNSUPPORTED_KEY_VERSION"],
  ["SM2 with d = 0", sm2Pkcs8({ scalar: scalarOf(0n) }), "INVALID_EC_SCALAR", /1 … n − 2/],
  ["SM2 with no d", sm2Pkcs8({ scalar: bytes() }), "INVALID_EC_SCALAR"],
  ["SM2 with d = n − 1", sm2Pkcs8({ scalar: scalarOf(ofSm2 - 1n) }), "INVALID_EC_SCALAR"],
  ["SM2 with d = n", sm2Pkcs8({ scalar: scalarOf(ofSm2) }), "INVALID_EC_SCALAR"],
  ["SM2 with a d of 34 bytes", sm2Pkcs8({ scalar: bytes([0, 0], scalar) }), "INVALID_EC_SCALAR"],
  ["SM2 with a d above 2^256", sm2Pkcs8({ scalar: bytes([1], scalar) }), "INVALID_EC_SCALAR"],
  [
    "SM2 with a public key whose x is p",
    sm2Pkcs8({ point: bytes([4], scalarOf(ofP), point.slice(33)) }),
    "INVALID_EC_POINT",
  ],
  [
    "SM2 with a public key of 96 bytes",
    sm2Pkcs8({ point: fixture("ECC_NIST_P384").spki.slice(-97) }),
    "INVALID_EC_POINT",
  ],
  ["another public key", sm2Pkcs8({ point: p256.spki.slice(-65) }), "INVALID_EC_POINT"],
  ["the public key of another", sm2Pkcs8({ scalar: scalarOf(7n), point }), "INCONSISTENT_PRIVATE_KEY"],
  [
    "another compressed public key",
    sm2Pkcs8({ point: bytes([3 - (point[64]! & 1)], point.slice(1, 33)) }),
    "INCONSISTENT_PRIVATE_KEY",
  ],
  [
    "a hybrid public key",
    sm2Pkcs8({ point: bytes([6 + (point[64]! & 1)], point.slice(1)) }),
    "INVALID_EC_POINT",
  ],
  ["a public key at infinity", sm2Pkcs8({ point: bytes([0]) }), "INVALID_EC_POINT"],
  [
    "a public key off the curve",
    sm2Pkcs8({ point: bytes(point.slice(0, 64), [point[64]! ^ 1]) }),
    "INVALID_EC_POINT",
  ],
  ["another public key as JWK", sm2Jwk({ y: sm2.jwk["x"] }), "INVALID_EC_POINT"],
  ["a JWK whose d is not of its curve", sm2Jwk({ d: base64Url(scalarOf(7n)) }), "INCONSISTENT_PRIVATE_KEY"],
  ["a JWK with a short d", sm2Jwk({ d: "Bw" }), "INVALID_JWK", /"d" has 1 bytes, expected 32/],
  [
    "another curve inside",
    sm2Pkcs8({ parameters: oid(P256) }),
    "INCONSISTENT_PRIVATE_KEY",
    /names the curve P-256/,
  ],
  [
    "an unknown curve inside",
    sm2Pkcs8({ parameters: oid("1.2.3") }),
    "UNSUPPORTED_CURVE",
    /the curve 1\.2\.3,/,
  ],
  [
    "explicit parameters",
    pkcs8(ecAlgorithmWith(explicitP256()), ecPrivate()),
    "EXPLICIT_CURVE_PARAMETERS",
    /at byte \d+/,
  ],
  ["explicit parameters inside", sm2Pkcs8({ parameters: explicitP256() }), "EXPLICIT_CURVE_PARAMETERS"],
  ["explicit parameters in SEC 1", ecPrivate({ parameters: explicitP256() }), "EXPLICIT_CURVE_PARAMETERS"],
  ["P-224", ecPkcs8({}, "1.3.132.0.33"), "UNSUPPORTED_CURVE", /P-224/],
  ["brainpoolP256r1", ecPkcs8({}, "1.3.36.3.3.2.8.1.1.7"), "UNSUPPORTED_CURVE", /brainpoolP256r1/],
  [
    "two structures in the private key",
    pkcs8(ecAlgorithm(SM2), bytes(ecPrivate({ scalar }), ecPrivate())),
    "INVALID_DER",
  ],
  ["an RSA key that says it is SM2", pkcs8(ecAlgorithm(SM2), rsaPrivate()), "INVALID_DER"],
  ["an SM2 key that says it is RSA", pkcs8(rsaAlgorithm(), ecPrivate({ scalar })), "INVALID_DER"],
  ["PEM of SEC 1 that says PKCS#8", pem("PRIVATE KEY", sm2.traditional!), "INVALID_PEM"],
  [
    "a key and its certificate",
    pem("PRIVATE KEY", p256.pkcs8) + pem("CERTIFICATE", FOREIGN.certificate),
    "INVALID_PEM",
    /2 PEM blocks/,
  ],
  [
    "an Ed25519 seed of 31 bytes",
    pkcs8(sequence(oid(ED25519)), octets(scalar.slice(1))),
    "INVALID_DER",
    /has 31 bytes, expected 32/,
  ],
  ["an Ed25519 seed of 64 bytes", pkcs8(sequence(oid(ED25519)), octets(scalar, scalar)), "INVALID_DER"],
  [
    "Ed25519 with parameters",
    pkcs8(sequence(oid(ED25519), nothing()), octets(scalar)),
    "INVALID_DER",
    /trailing/,
  ],
  [
    "another public key behind Ed25519",
    pkcs8(sequence(oid(ED25519)), octets(scalar), element(0x81, [0], scalar)),
    "INCONSISTENT_PRIVATE_KEY",
  ],
  [
    "another public key in a JWK of Ed25519",
    JSON.stringify({ ...ed25519.jwk, x: base64Url(scalar) }),
    "INCONSISTENT_PRIVATE_KEY",
  ],
];
