/** Private keys, as unwrapping keys and as key material: what is taken, and what becomes of it. */

import { describe, expect, test } from "vitest";
import { toHex } from "../../../src/bytes.ts";
import { CURVE_PARAMETERS } from "../../../src/engine/curves.ts";
import { readPkcs8 } from "../../../src/formats/pkcs8.ts";
import { parseKeyMaterial } from "../../../src/keys/key-material.ts";
import { completePrivateKey } from "../../../src/keys/private-key.ts";
import { isUnwrappingKey, parseUnwrappingKey } from "../../../src/keys/unwrapping-key.ts";
import { parseWrappingKey } from "../../../src/keys/wrapping-key.ts";
import {
  base64,
  bits,
  bytes,
  ED25519,
  ecAlgorithm,
  element,
  integer,
  nothing,
  octets,
  oid,
  P256,
  pem,
  pkcs8,
  RSA,
  rsaAlgorithm,
  sequence,
} from "../../support/der-builder.ts";
import { errorCode } from "../../support/error-code.ts";
import {
  ecPkcs8,
  ecPrivate,
  rsaNumbers,
  rsaPkcs8,
  rsaPrivate,
  scalarOf,
  sm2Pkcs8,
} from "../../support/keys-broken.ts";
import { FIXTURES, fixture, RSA_1024 } from "../../support/keys-fixtures.ts";

const rsa = fixture("RSA_2048");
const p256 = fixture("ECC_NIST_P256");
const sm2 = fixture("SM2");
const ed25519 = fixture("ECC_NIST_EDWARDS25519");
const numbers = rsaNumbers();
const { n, e, d, p, q, dP, dQ, qInv } = numbers;
const scalar = sm2.traditional!.slice(7, 39);
const ofP256 = CURVE_PARAMETERS["P-256"].n;
const ofSm2 = CURVE_PARAMETERS.SM2.n;

const lambda = ((p - 1n) * (q - 1n)) / gcd(p - 1n, q - 1n);

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

describe.each(FIXTURES.filter(({ spec }) => /^RSA|^SM2/.test(spec)))("the unwrapping key $spec", (key) => {
  const label = key.spec === "SM2" ? "EC PRIVATE KEY" : "RSA PRIVATE KEY";
  test.each([
    ["PKCS#8 DER", key.pkcs8],
    ["PKCS#8 PEM", pem("PRIVATE KEY", key.pkcs8)],
    ["PKCS#8 base64", base64(key.pkcs8)],
    ["traditional DER", key.traditional!],
    ["traditional PEM", pem(label, key.traditional!)],
    ["JWK", JSON.stringify(key.jwk)],
  ] as const)("%s", (_name, input) => {
    const parsed = parseUnwrappingKey(input);
    expect(parsed.spec).toBe(key.spec);
    expect(toHex(parsed.wrappingKey.spki)).toBe(toHex(key.spki));
    expect(Object.isFrozen(parsed)).toBe(true);
    if (parsed.type === "SM2") expect(toHex(parsed.scalar)).toBe(toHex(scalar));
    else if (key === rsa)
      expect(Object.values(parsed.numbers).map((number) => BigInt(`0x${toHex(number)}`))).toEqual([
        n,
        e,
        d,
        p,
        q,
        dP,
        dQ,
        qInv,
      ]);
  });
});

test("a parsed unwrapping key is taken as it is, a copy of one is not", () => {
  const key = parseUnwrappingKey(rsa.pkcs8);
  expect(parseUnwrappingKey(key)).toBe(key);
  expect(isUnwrappingKey(key)).toBe(true);
  expect(isUnwrappingKey({ ...key })).toBe(false);
  expect(errorCode(() => parseUnwrappingKey({ ...key } as never))).toBe("INVALID_ARGUMENT");
  expect(parseWrappingKey(key.wrappingKey)).toBe(key.wrappingKey);
});

test("an unwrapping key holds nothing of its input", () => {
  const input = sm2.pkcs8.slice();
  const key = parseUnwrappingKey(input);
  input.fill(0);
  expect(key.type === "SM2" && toHex(key.scalar)).toBe(toHex(scalar));
});

test("below the boundary, private keys of 1024 bits are complete: published vectors have them", () => {
  const key = completePrivateKey(readPkcs8(RSA_1024.pkcs8));
  expect(key.type === "RSA" && key.numbers.modulus.length).toBe(128);
});

describe("consistent in an unusual way", () => {
  test("d modulo φ(n) instead of λ(n), and above", () => {
    const phi = (p - 1n) * (q - 1n);
    const canonical = d % lambda;
    const others = [canonical, canonical + lambda, ...(d < phi ? [] : [d])];
    for (const other of others) {
      const material = parseKeyMaterial(rsaPkcs8({ d: other }));
      expect(toHex(material.bytes)).toBe(toHex(rsaPkcs8({ d: other })));
    }
  });

  test("the greater prime second", () => {
    const swapped = rsaPkcs8({ p: q, q: p, dP: dQ, dQ: dP, qInv: inverse(p, q) });
    expect(toHex(parseKeyMaterial(swapped).bytes)).toBe(toHex(swapped));
  });

  test.each([
    ["d = 1", 1n],
    ["d = n − 2, the last", ofSm2 - 2n],
  ])("SM2 with %s", (_name, value) => {
    const key = parseUnwrappingKey(sm2Pkcs8({ scalar: scalarOf(value) }));
    expect(key.type === "SM2" && toHex(key.scalar)).toBe(toHex(scalarOf(value)));
  });

  test("P-256 takes n − 1, which SM2 does not", () => {
    expect(parseKeyMaterial(ecPkcs8({ scalar: scalarOf(ofP256 - 1n) })).keySpec).toBe("ECC_NIST_P256");
    expect(errorCode(() => parseKeyMaterial(ecPkcs8({ scalar: scalarOf(ofP256) })))).toBe(
      "INVALID_EC_SCALAR",
    );
  });
});

/** a⁻¹ mod b. */
function inverse(a: bigint, b: bigint): bigint {
  let [r0, r1, s0, s1] = [a % b, b, 1n, 0n];
  while (r1 !== 0n) [r0, r1, s0, s1] = [r1, r0 % r1, s1, s0 - (r0 / r1) * s1];
  return ((s0 % b) + b) % b;
}

describe("converted, and said so", () => {
  const p256Scalar = p256.traditional!.slice(7, 39);
  const p256Point = p256.spki.slice(-65);
  const compressed = bytes([2 + (p256Point[64]! & 1)], p256Point.slice(1, 33));
  const whole = { scalar: p256Scalar, point: p256Point };
  const publicKey = element(0x81, [0], p256Point);
  const edPublicKey = element(0x81, [0], ed25519.spki.slice(-32));
  const attributes = element(0xa0, sequence(oid("1.2.3"), element(0x31, nothing())));
  const edSeed = octets(ed25519.pkcs8.slice(-32));

  test.each<[string, Uint8Array | string, string[], Uint8Array?]>([
    ["PEM", pem("PRIVATE KEY", p256.pkcs8), ["decoded from PEM"]],
    ["SEC 1", p256.traditional!, ["converted from SEC 1 to PKCS#8"]],
    [
      "PKCS#1 base64",
      base64(rsa.traditional!),
      ["decoded from base64", "converted from PKCS#1 to PKCS#8"],
      rsa.pkcs8,
    ],
    ["JWK", JSON.stringify(p256.jwk), ["decoded from JSON", "converted from JWK to PKCS#8"]],
    [
      "inner parameters",
      ecPkcs8({ ...whole, parameters: oid(P256) }),
      ["dropped the curve parameters inside of the ECPrivateKey"],
    ],
    ["no public key", ecPkcs8({ scalar: p256Scalar }), ["computed the public key"]],
    [
      "a compressed public key",
      ecPkcs8({ ...whole, point: compressed }),
      ["wrote the public key uncompressed"],
    ],
    [
      "a scalar of 33 bytes",
      ecPkcs8({ ...whole, scalar: bytes([0], p256Scalar) }),
      ["brought the private number to its 32 bytes"],
    ],
    [
      "version 2",
      pkcs8(ecAlgorithm(P256), ecPrivate(whole), publicKey),
      ["dropped the public key behind the private key"],
    ],
    [
      "attributes",
      sequence(integer(0), ecAlgorithm(P256), octets(ecPrivate(whole)), attributes),
      ["dropped the attributes"],
    ],
    [
      "version 2 of Ed25519",
      pkcs8(sequence(oid(ED25519)), edSeed, attributes, edPublicKey),
      ["dropped the attributes", "dropped the public key behind the private key"],
      ed25519.pkcs8,
    ],
    [
      "version 2 of RSA",
      pkcs8(rsaAlgorithm(), rsaPrivate(), element(0x81, [0], rsa.traditionalPublic!)),
      ["dropped the public key behind the private key"],
      rsa.pkcs8,
    ],
  ])("%s", (_name, input, conversions, canonical = p256.pkcs8) => {
    const material = parseKeyMaterial(input);
    expect(toHex(material.bytes)).toBe(toHex(canonical));
    expect(material.conversions).toEqual(conversions);
  });

  test("a scalar without its leading zeros", () => {
    const short = parseKeyMaterial(ecPkcs8({ scalar: bytes([7]) }));
    expect(toHex(short.bytes)).toBe(toHex(parseKeyMaterial(ecPkcs8({ scalar: scalarOf(7n) })).bytes));
    expect(short.conversions).toEqual([
      "brought the private number to its 32 bytes",
      "computed the public key",
    ]);
  });

  test("a SEC 1 key that names no curve takes it from the key spec", () => {
    const nameless = ecPrivate(whole);
    const material = parseKeyMaterial(nameless, "ECC_NIST_P256");
    expect(toHex(material.bytes)).toBe(toHex(p256.pkcs8));
    expect(material.conversions).toContain("took the curve from the key spec");
    expect(errorCode(() => parseKeyMaterial(nameless))).toBe("KEY_SPEC_REQUIRED");
    expect(errorCode(() => parseKeyMaterial(nameless, "ECC_SECG_P256K1"))).toBe("INVALID_EC_POINT");
    expect(errorCode(() => parseKeyMaterial(nameless, "RSA_2048"))).toBe("KEY_SPEC_REQUIRED");
  });
});

test("an RSA key in a BIT STRING is no SubjectPublicKeyInfo's private twin", () => {
  expect(errorCode(() => parseKeyMaterial(sequence(sequence(oid(RSA), nothing()), bits(rsaPrivate()))))).toBe(
    "PUBLIC_KEY_AS_KEY_MATERIAL",
  );
});
