/** What is warned of: an RSA modulus that is easy to factor, whether of a wrapping key or of key material. */

import { expect, test } from "vitest";
import { parseKeyMaterial } from "../../../src/keys/key-material.ts";
import { materialWarnings, wrappingKeyWarnings } from "../../../src/keys/rsa-weaknesses.ts";
import { parseWrappingKey } from "../../../src/keys/wrapping-key.ts";
import { rsaSpki } from "../../support/keys-broken.ts";
import { fixture } from "../../support/keys-fixtures.ts";

/** a(a + 2), found at the first step of Fermat's method. */
const a = (3n << 1022n) | 1n;
const weak = rsaSpki(a * (a + 2n), 65_537n);
const CLOSE = "the primes of the RSA modulus are so close to each other that it can be factored";

test("of a wrapping key, if it is one of RSA", () => {
  expect(wrappingKeyWarnings(parseWrappingKey(weak))).toContain(CLOSE);
  for (const spec of ["RSA_2048", "SM2"] as const)
    expect(wrappingKeyWarnings(parseWrappingKey(fixture(spec).spki))).toEqual([]);
});

test("of key material, if it is a key of RSA", () => {
  const rsa = parseKeyMaterial(fixture("RSA_2048").pkcs8);
  expect(materialWarnings(rsa)).toEqual([]);
  expect(materialWarnings({ ...rsa, publicKeySpki: weak })).toContain(CLOSE);
  const ec = parseKeyMaterial(fixture("ECC_NIST_P256").pkcs8);
  expect(materialWarnings({ ...ec, publicKeySpki: weak })).toEqual([]);
});
