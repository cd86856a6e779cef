/** Copies of secrets are overwritten, whether parsing succeeds or fails; what the caller handed in is not touched. */

import { afterEach, describe, expect, test, vi } from "vitest";
import { toHex } from "../../../src/bytes.ts";
import { type OpenedInput, withInput } from "../../../src/formats/open-key.ts";
import { generateKeyMaterial } from "../../../src/keys/generate.ts";
import { materialOf, parseKeyMaterial } from "../../../src/keys/key-material.ts";
import type { KeySpec } from "../../../src/keys/key-specs.ts";
import { completePrivateKey } from "../../../src/keys/private-key.ts";
import { parseUnwrappingKey } from "../../../src/keys/unwrapping-key.ts";
import { base64, pem, SM2, utf8, utf16 } from "../../support/der-builder.ts";
import { ecPkcs8 } from "../../support/keys-broken.ts";
import { fixture, RSA_1024 } from "../../support/keys-fixtures.ts";
import { holding, recordArrays } from "../../support/recorded-arrays.ts";
import { secretNumbers } from "../../support/secret-numbers.ts";

const sm2 = fixture("SM2");
const isZero = (bytes: Uint8Array) => bytes.length > 0 && bytes.every((byte) => byte === 0);

/** The scalar that was read, as the memory it lay in looks after `withInput` has returned or thrown. */
function scalarAfterwards(input: Uint8Array | string, fail: boolean): Uint8Array {
  let seen: Uint8Array | undefined;
  const read = ({ open }: OpenedInput) => {
    const found = open();
    if (found?.holds !== "private key") throw new Error("no private key");
    const parts = found.read();
    if (parts.type !== "EC") throw new Error("no EC key");
    expect(isZero(parts.scalar)).toBe(false);
    seen = parts.scalar;
    if (fail) throw new Error("later on");
  };
  if (fail) expect(() => withInput(input, "x", read)).toThrow("later on");
  else withInput(input, "x", read);
  return seen!;
}

describe.each([false, true])("copies that were made, failing: %s", (fail) => {
  test.each([
    ["PEM in a string", pem("PRIVATE KEY", sm2.pkcs8)],
    ["PEM in bytes", utf8(pem("PRIVATE KEY", sm2.pkcs8))],
    ["PEM in UTF-16", utf16(pem("PRIVATE KEY", sm2.pkcs8), "little")],
    ["base64", base64(sm2.pkcs8)],
    ["JWK", JSON.stringify(sm2.jwk)],
  ])("%s", (_name, input) => {
    expect(isZero(scalarAfterwards(input, fail))).toBe(true);
  });

  test("the bytes of a string", () => {
    let seen: Uint8Array | undefined;
    withInput("secret", "x", ({ bytes }) => {
      expect(bytes).toEqual(utf8("secret"));
      seen = bytes;
    });
    expect(isZero(seen!)).toBe(true);
  });

  test("the caller's own bytes stay", () => {
    const input = sm2.pkcs8.slice();
    expect(toHex(scalarAfterwards(input, fail))).toBe(toHex(sm2.traditional!.slice(7, 39)));
    expect(toHex(input)).toBe(toHex(sm2.pkcs8));
  });
});

describe("a scalar, where the generator that blinds it ceases", () => {
  const { pkcs8, traditional } = fixture("ECC_NIST_P256");
  const cease = () => vi.stubGlobal("crypto", undefined);
  afterEach(() => vi.unstubAllGlobals());

  test("that was read", () => {
    parseKeyMaterial(pkcs8); // from here on noble blinds on this curve
    cease();
    const recorded = recordArrays(() => parseKeyMaterial(pkcs8));
    expect(recorded.thrown).toMatchObject({ code: "RANDOM_UNAVAILABLE" });
    expect(holding(traditional!.slice(7, 39), recorded)).toBe(0);
  });

  test("that was generated", () => {
    parseKeyMaterial(pkcs8);
    cease();
    const scalar = new Uint8Array(32).fill(1);
    const generate = () => generateKeyMaterial("ECC_NIST_P256", () => scalar);
    const recorded = recordArrays(() =>
      expect(generate).toThrow("crypto.getRandomValues is missing or failed"),
    );
    expect(holding(new Uint8Array(32).fill(1), recorded)).toBe(0);
    expect(isZero(scalar)).toBe(true);
  });
});

test.each(["RSA_2048", "ECC_NIST_P256", "ECC_NIST_EDWARDS25519"] as const)(
  "the parts of a %s key that became key material",
  (spec) => {
    const { pkcs8 } = fixture(spec);
    const parts = withInput(pkcs8, "x", ({ open }) => {
      const found = open();
      if (found?.holds !== "private key") throw new Error("no private key");
      return found.read();
    });
    const key = completePrivateKey(parts);
    const material = materialOf(key, spec, { form: "x", conversions: [] });
    expect(toHex(material.bytes)).toBe(toHex(pkcs8));
    if (key.type === "EC") expect(isZero(key.scalar)).toBe(true);
    if (key.type === "Ed25519") expect(isZero(key.seed)).toBe(true);
    if (key.type === "RSA") {
      const { modulus, publicExponent, ...secrets } = key.numbers;
      expect(Object.values(secrets)).toHaveLength(6);
      expect(Object.values(secrets).every(isZero)).toBe(true);
      expect([modulus, publicExponent].some(isZero)).toBe(false);
    }
  },
);

const ed25519 = fixture("ECC_NIST_EDWARDS25519").pkcs8;
const offTheCurve = Uint8Array.of(4, ...new Uint8Array(64).fill(1));
const sm2WithBadPoint = ecPkcs8({ scalar: sm2.traditional!.slice(7, 39), point: offTheCurve }, SM2);
const asMaterial = (spec?: KeySpec) => (input: Uint8Array) => parseKeyMaterial(input, spec);

describe("a refused key leaves no copy of its numbers", () => {
  test.each([
    ["RSA of 1024 bits as key material", RSA_1024.pkcs8, asMaterial(), "INVALID_RSA_MODULUS"],
    ["RSA of 1024 bits as unwrapping key", RSA_1024.pkcs8, parseUnwrappingKey, "INVALID_RSA_MODULUS"],
    ["Ed25519 as unwrapping key", ed25519, parseUnwrappingKey, "UNSUPPORTED_KEY_TYPE"],
    ["a public point off the curve, in key material", sm2WithBadPoint, asMaterial(), "INVALID_EC_POINT"],
    [
      "a public point off the curve, in an unwrapping key",
      sm2WithBadPoint,
      parseUnwrappingKey,
      "INVALID_EC_POINT",
    ],
    ["another key spec", sm2.pkcs8, asMaterial("ECC_NIST_P256"), "KEY_SPEC_MISMATCH"],
  ])("%s", (_name, pkcs8, parse, code) => {
    const secrets = secretNumbers(pkcs8);
    const recorded = recordArrays(() => parse(pkcs8));
    expect(recorded.thrown).toMatchObject({ code });
    expect(recorded.arrays.length).toBeGreaterThan(0);
    expect(secrets.map((secret) => holding(secret, recorded))).toEqual(secrets.map(() => 0));
  });

  test.each([
    ["RSA", fixture("RSA_2048").pkcs8],
    ["SM2", sm2.pkcs8],
  ])("whose copies would show: those of a key that is taken do, %s", (_name, pkcs8) => {
    const secrets = secretNumbers(pkcs8);
    const recorded = recordArrays(() => parseUnwrappingKey(pkcs8));
    expect(recorded.thrown).toBeUndefined();
    expect(secrets.map((secret) => holding(secret, recorded))).toEqual(secrets.map(() => 1));
  });
});
