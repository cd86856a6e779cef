/** What a key file holds, and what can be done with it: the facts that `inspect` and the page tell. */

import { describe, expect, test } from "vitest";
import { toHex } from "../../../src/bytes.ts";
import { portableHashes } from "../../../src/engine/portable/hashes.ts";
import { wrappingKeyWarnings } from "../../../src/keys/rsa-weaknesses.ts";
import { parseWrappingKey } from "../../../src/keys/wrapping-key.ts";
import { inspectKeyFile, takesLength } from "../../../src/kms/inspection.ts";
import { pem } from "../../support/der-builder.ts";
import { errorCode } from "../../support/error-code.ts";
import { rsaSpki } from "../../support/keys-broken.ts";
import { fixture } from "../../support/keys-fixtures.ts";

const OAEP = ["RSAES_OAEP_SHA_256", "RSAES_OAEP_SHA_1"];
const RSA_AES = ["RSA_AES_KEY_WRAP_SHA_256", "RSA_AES_KEY_WRAP_SHA_1"];
const SYMMETRIC = ["SYMMETRIC_DEFAULT", "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512"];
const RSA_SPECS = ["RSA_2048", "RSA_3072", "RSA_4096"];
const SHORT_CURVES = ["ECC_NIST_P256", "ECC_NIST_P384", "ECC_SECG_P256K1"];

/** a(a + 2), found at the first step of Fermat's method. */
const a = (3n << 1022n) | 1n;
const CLOSE_PRIMES = rsaSpki(a * (a + 2n), 65_537n);

const sha256 = (bytes: Uint8Array) => toHex(portableHashes.digest("SHA-256", bytes));

describe("a wrapping key", () => {
  test("of 2048 bits", () => {
    const { spki } = fixture("RSA_2048");
    const underOaep = [...SYMMETRIC, ...SHORT_CURVES, "SM2"];
    const underAes = [...RSA_SPECS, "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521"];
    const underRsaAes = [...underAes, "ECC_SECG_P256K1", "ECC_NIST_EDWARDS25519"];
    expect(inspectKeyFile(spki)).toEqual({
      kind: "wrapping key",
      spec: "RSA_2048",
      fingerprint: sha256(spki),
      wraps: {
        RSAES_OAEP_SHA_1: underOaep,
        RSAES_OAEP_SHA_256: underOaep,
        RSA_AES_KEY_WRAP_SHA_1: underRsaAes,
        RSA_AES_KEY_WRAP_SHA_256: underRsaAes,
      },
      warnings: [],
    });
  });

  test("for SM2", () => {
    const { spki } = fixture("SM2");
    expect(inspectKeyFile(spki)).toEqual({
      kind: "wrapping key",
      spec: "SM2",
      fingerprint: sha256(spki),
      wraps: {
        SM2PKE: [...RSA_SPECS, "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1", "SM2"],
      },
      warnings: [],
    });
  });

  test("whose primes are close to each other", () => {
    const { warnings } = inspectKeyFile(CLOSE_PRIMES);
    expect(warnings).toContainEqual(expect.stringContaining("close to each other"));
    expect(wrappingKeyWarnings(parseWrappingKey(CLOSE_PRIMES))).toEqual(warnings);
  });
});

test("no bytes are refused, one is not", () => {
  expect(errorCode(() => inspectKeyFile(new Uint8Array(0)))).toBe("EMPTY_KEY_MATERIAL");
  expect(inspectKeyFile(Uint8Array.of(0)).kind).toBe("bytes without a container");
});

describe("a public key that nothing can be wrapped under", () => {
  test.each(["ECC_NIST_P256", "ECC_NIST_P521", "ECC_SECG_P256K1", "ECC_NIST_EDWARDS25519"] as const)(
    "%s",
    (keySpec) => {
      const { spki } = fixture(keySpec);
      expect(inspectKeyFile(spki)).toEqual({
        kind: "public key, not a wrapping key",
        keySpec,
        fingerprint: sha256(spki),
      });
    },
  );

  test("is held to its curve", () => {
    const spki = fixture("ECC_NIST_P256").spki.slice();
    spki[spki.length - 1]! ^= 1;
    expect(errorCode(() => inspectKeyFile(spki))).toBe("INVALID_EC_POINT");
  });
});

describe("key material", () => {
  test("for a curve, with what would be converted", () => {
    const { spki, pkcs8, traditional } = fixture("ECC_NIST_P521");
    const text = new TextEncoder().encode(pem("EC PRIVATE KEY", traditional!));
    expect(inspectKeyFile(text)).toEqual({
      kind: "private key",
      keySpec: "ECC_NIST_P521",
      bytes: pkcs8.length,
      form: "SEC 1 PEM",
      conversions: ["decoded from PEM", "converted from SEC 1 to PKCS#8"],
      publicKeyFingerprint: sha256(spki),
      wrappedBy: {
        RSA_2048: RSA_AES,
        RSA_3072: [...RSA_AES, ...OAEP],
        RSA_4096: [...RSA_AES, ...OAEP],
        SM2: ["SM2PKE"],
      },
      warnings: [],
    });
  });

  test.each(["RSA_4096", "SM2"] as const)("that is the private half of a wrapping key, %s", (keySpec) => {
    const finding = inspectKeyFile(fixture(keySpec).pkcs8);
    expect(finding).toMatchObject({
      kind: "private key",
      keySpec,
      opens: `what was wrapped under this ${keySpec} key`,
      warnings: [],
    });
  });

  test("that opens nothing does not say so, and what cannot wrap it is left out", () => {
    const finding = inspectKeyFile(fixture("ECC_NIST_EDWARDS25519").pkcs8);
    expect(finding).not.toHaveProperty("opens");
    expect(Object.keys(finding["wrappedBy"] as object)).toEqual(RSA_SPECS);
  });

  test("that is damaged is refused", () => {
    expect(errorCode(() => inspectKeyFile(fixture("SM2").pkcs8.subarray(0, -1)))).toBe("INVALID_DER");
  });
});

describe("bytes without a container", () => {
  test.each<[number, string[]]>([
    [15, []],
    [16, ["SYMMETRIC_DEFAULT"]],
    [28, ["HMAC_224"]],
    [32, ["SYMMETRIC_DEFAULT", "HMAC_224", "HMAC_256"]],
    [64, ["HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512"]],
    [128, ["HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512"]],
    [129, []],
  ])("%i of them", (length, keySpecs) => {
    const bytes = Uint8Array.from({ length }, (_, i) => 0xff - i);
    expect(inspectKeyFile(bytes)).toEqual({ kind: "bytes without a container", bytes: length, keySpecs });
  });

  test("that look like something else", () => {
    const text = new TextEncoder().encode("00112233445566778899aabbccddeeff");
    expect(inspectKeyFile(text)).toMatchObject({ looksLike: "hexadecimal text" });
  });

  test("are never material for a key with a structure", () => {
    expect(takesLength("RSA_2048", 32)).toBe(false);
    expect(takesLength("SYMMETRIC_DEFAULT", 31)).toBe(false);
  });
});
