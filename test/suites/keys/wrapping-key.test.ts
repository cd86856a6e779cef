/** parseWrappingKey: what it takes, and what it makes of it. */

import { describe, expect, test } from "vitest";
import { toHex } from "../../../src/bytes.ts";
import { portableHashes } from "../../../src/engine/portable/hashes.ts";
import { readSpki } from "../../../src/formats/spki.ts";
import { isWrappingKey, parseWrappingKey } from "../../../src/keys/wrapping-key.ts";
import { base64, pem, utf16 } from "../../support/der-builder.ts";
import { errorCode } from "../../support/error-code.ts";
import { rsaNumbers, rsaSpki } from "../../support/keys-broken.ts";
import { FIXTURES, fixture, publicJwk, RSA_1024 } from "../../support/keys-fixtures.ts";

const rsa = fixture("RSA_2048");
const sm2 = fixture("SM2");
const { n } = rsaNumbers();
const sm2Point = sm2.spki.slice(-64);

describe.each(FIXTURES.filter(({ spec }) => /^RSA|^SM2/.test(spec)))("$spec", (key) => {
  const forms: [string, Uint8Array | string][] = [
    ["SPKI DER", key.spki],
    ["SPKI PEM", pem("PUBLIC KEY", key.spki)],
    ["SPKI PEM with CRLF", pem("PUBLIC KEY", key.spki, "\r\n")],
    ["SPKI PEM in UTF-16", utf16(pem("PUBLIC KEY", key.spki), "little")],
    ["SPKI base64", base64(key.spki)],
    ["JWK", JSON.stringify(publicJwk(key))],
  ];
  if (key.traditionalPublic)
    forms.push(
      ["PKCS#1 DER", key.traditionalPublic],
      ["PKCS#1 PEM", pem("RSA PUBLIC KEY", key.traditionalPublic)],
    );

  test.each(forms)("%s", (_name, input) => {
    const parsed = parseWrappingKey(input);
    expect(parsed.spec).toBe(key.spec);
    expect(parsed.type).toBe(key.spec === "SM2" ? "SM2" : "RSA");
    expect(toHex(parsed.spki)).toBe(toHex(key.spki));
    expect(parsed.fingerprint).toBe(toHex(portableHashes.digest("SHA-256", key.spki)));
    expect(Object.isFrozen(parsed)).toBe(true);
    if (parsed.type === "RSA") expect(Object.isFrozen(parsed.numbers)).toBe(true);
  });
});

test("the numbers of an RSA key", () => {
  const key = parseWrappingKey(rsa.spki);
  if (key.type !== "RSA") throw new Error("not RSA");
  expect(BigInt(`0x${toHex(key.numbers.modulus)}`)).toBe(n);
  expect(toHex(key.numbers.publicExponent)).toBe("010001");
  expect(key.algorithms).toEqual([
    "RSAES_OAEP_SHA_1",
    "RSAES_OAEP_SHA_256",
    "RSA_AES_KEY_WRAP_SHA_1",
    "RSA_AES_KEY_WRAP_SHA_256",
  ]);
});

test("the point of an SM2 key", () => {
  const key = parseWrappingKey(sm2.spki);
  if (key.type !== "SM2") throw new Error("not SM2");
  expect(toHex(key.point)).toBe(toHex(sm2Point));
  expect(key.algorithms).toEqual(["SM2PKE"]);
});

test("a parsed key is taken as it is, a copy of one is not", () => {
  const key = parseWrappingKey(rsa.spki);
  expect(parseWrappingKey(key)).toBe(key);
  expect(isWrappingKey(key)).toBe(true);
  expect(isWrappingKey({ ...key })).toBe(false);
  expect(isWrappingKey(Object.create(key))).toBe(false);
  expect(errorCode(() => parseWrappingKey({ ...key } as never))).toBe("INVALID_ARGUMENT");
});

test("a key holds nothing of its input", () => {
  const input = rsa.spki.slice();
  const key = parseWrappingKey(input);
  input.fill(0);
  expect(toHex(key.spki)).toBe(toHex(rsa.spki));
});

test("the lowest exponent, and long ones, are taken", () => {
  expect(parseWrappingKey(rsaSpki(n, 3n)).spec).toBe("RSA_2048");
  expect(parseWrappingKey(rsaSpki(n, n - (1n << 2041n))).spec).toBe("RSA_2048");
  expect(parseWrappingKey(rsaSpki(n, n - 2n)).spec).toBe("RSA_2048");
});

test("65,536 bytes are not too many", () => {
  const text = pem("PUBLIC KEY", rsa.spki);
  expect(parseWrappingKey(text.padEnd(65_536, "\n")).spec).toBe("RSA_2048");
});

test("below the boundary, 1024-bit keys are read: published vectors have them", () => {
  const parts = readSpki(RSA_1024.spki);
  expect(parts.type === "RSA" && parts.numbers.modulus.length).toBe(128);
});
