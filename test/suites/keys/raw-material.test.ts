/** Raw material: taken literally, never guessed; what looks like an encoding of it is refused. */

import { describe, expect, test } from "vitest";
import { toHex } from "../../../src/bytes.ts";
import type { KmsWrapErrorCode } from "../../../src/errors.ts";
import { type KeyMaterialOptions, parseKeyMaterial } from "../../../src/keys/key-material.ts";
import type { KeySpec } from "../../../src/keys/key-specs.ts";
import { base64, base64Url, bytes, pem, utf8, utf16 } from "../../support/der-builder.ts";
import { errorCode } from "../../support/error-code.ts";
import { FIXTURES, fixture } from "../../support/keys-fixtures.ts";

/** Bytes that look like nothing: with control characters, without structure. */
const random = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 167 + 3) % 256);
const text = (length: number, alphabet = "0123456789abcdef") =>
  utf8(Array.from({ length }, (_, i) => alphabet[(i * 7) % alphabet.length]).join(""));

const LEGAL: readonly (readonly [KeySpec, number, KeyMaterialOptions])[] = [
  ["SYMMETRIC_DEFAULT", 32, {}],
  ["SYMMETRIC_DEFAULT", 16, { chinaRegion: true }],
  ["HMAC_224", 28, {}],
  ["HMAC_256", 32, {}],
  ["HMAC_384", 48, {}],
  ["HMAC_512", 64, {}],
];

describe("legal", () => {
  test.each(LEGAL)("%s of %i bytes", (keySpec, length, options) => {
    const input = random(length);
    const material = parseKeyMaterial(input, keySpec, options);
    expect(material).toEqual({ keySpec, bytes: input, form: "raw bytes", conversions: [], warnings: [] });
    expect(material.bytes.buffer).not.toBe(input.buffer);
  });

  test.each<[KeySpec, number]>([
    ["HMAC_224", 29],
    ["HMAC_224", 32],
    ["HMAC_256", 33],
    ["HMAC_384", 49],
    ["HMAC_512", 65],
    ["HMAC_224", 128],
    ["HMAC_512", 128],
  ])("%s of %i bytes, with a warning", (keySpec, length) => {
    const { bytes: taken, warnings } = parseKeyMaterial(random(length), keySpec);
    expect(taken).toEqual(random(length));
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(`^${length} bytes are legal for ${keySpec}, but unusual`)),
    ]);
  });

  test("SYMMETRIC_DEFAULT that is printable is taken, with a warning", () => {
    const { bytes: taken, warnings } = parseKeyMaterial(text(32), "SYMMETRIC_DEFAULT");
    expect(taken).toEqual(text(32));
    expect(warnings).toEqual(["the 32 bytes look like hexadecimal text; they are taken literally"]);
  });

  test.each([0x00, 0x41, 0xff])("a key of one byte, %i, over and over is taken, with a warning", (byte) => {
    const repeated = new Uint8Array(32).fill(byte);
    const { bytes: taken, warnings } = parseKeyMaterial(repeated, "SYMMETRIC_DEFAULT", { raw: true });
    expect(taken).toEqual(repeated);
    expect(warnings).toEqual([
      "the 32 bytes are all the same: a buffer that was overwritten, or never filled?",
    ]);
  });

  test.each([0, 15, 31])("one other byte, at %i, is enough", (at) => {
    const nearly = new Uint8Array(32).fill(0xc3).with(at, 0xc2);
    expect(parseKeyMaterial(nearly, "SYMMETRIC_DEFAULT").warnings).toEqual([]);
  });

  test("text with a control character is none", () => {
    const deleted = text(40, "correct horse, battery staple!").with(7, 0x7f);
    expect(parseKeyMaterial(deleted, "HMAC_256").warnings).toHaveLength(1);
  });

  test.each<[string, KeySpec, Uint8Array]>([
    ["hexadecimal text", "HMAC_256", text(64)],
    ["base64 text", "HMAC_256", text(44, "AbC+/9")],
    ["a passphrase", "HMAC_256", text(40, "correct horse, battery staple!")],
    ["a line break behind the key", "HMAC_256", bytes(random(32), [10])],
    ["an Ed25519 key", "HMAC_384", fixture("ECC_NIST_EDWARDS25519").pkcs8],
  ])("%s, if the caller insists", (_name, keySpec, input) => {
    expect(errorCode(() => parseKeyMaterial(input, keySpec))).toBe("RAW_MATERIAL_LOOKS_ENCODED");
    expect(parseKeyMaterial(input, keySpec, { raw: true }).bytes).toEqual(input);
  });
});

type Refusal = readonly [
  name: string,
  KeySpec,
  Uint8Array | string,
  KmsWrapErrorCode,
  RegExp,
  KeyMaterialOptions?,
];

const REFUSALS: readonly Refusal[] = [
  ["no bytes", "SYMMETRIC_DEFAULT", new Uint8Array(0), "EMPTY_KEY_MATERIAL", /no bytes/],
  ["no bytes for HMAC, raw", "HMAC_256", new Uint8Array(0), "EMPTY_KEY_MATERIAL", /no bytes/, { raw: true }],
  [
    "31 bytes",
    "SYMMETRIC_DEFAULT",
    random(31),
    "RAW_MATERIAL_LENGTH",
    /31 bytes, but SYMMETRIC_DEFAULT takes 32/,
  ],
  ["16 bytes outside China", "SYMMETRIC_DEFAULT", random(16), "RAW_MATERIAL_LENGTH", /takes 32/],
  [
    "32 bytes in China",
    "SYMMETRIC_DEFAULT",
    random(32),
    "RAW_MATERIAL_LENGTH",
    /takes 16/,
    { chinaRegion: true },
  ],
  ["24 bytes", "SYMMETRIC_DEFAULT", random(24), "RAW_MATERIAL_LENGTH", /takes 32/],
  ["27 bytes", "HMAC_224", random(27), "RAW_MATERIAL_LENGTH", /takes 28 to 128/],
  ["31 bytes for HMAC", "HMAC_256", random(31), "RAW_MATERIAL_LENGTH", /takes 32 to 128/],
  ["47 bytes", "HMAC_384", random(47), "RAW_MATERIAL_LENGTH", /takes 48 to 128/],
  ["63 bytes", "HMAC_512", random(63), "RAW_MATERIAL_LENGTH", /takes 64 to 128/],
  ["129 bytes", "HMAC_512", random(129), "RAW_MATERIAL_LENGTH", /takes 64 to 128/],
  ["a wrong length, raw", "SYMMETRIC_DEFAULT", text(64), "RAW_MATERIAL_LENGTH", /64 bytes/, { raw: true }],
  ["hexadecimal", "SYMMETRIC_DEFAULT", text(64), "RAW_MATERIAL_LOOKS_ENCODED", /look like hexadecimal text/],
  [
    "hexadecimal in capitals",
    "SYMMETRIC_DEFAULT",
    text(64, "0123456789ABCDEF"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    /hexadecimal/,
  ],
  [
    "hexadecimal and a line break",
    "SYMMETRIC_DEFAULT",
    bytes(text(64), [10]),
    "RAW_MATERIAL_LOOKS_ENCODED",
    /hexadecimal/,
  ],
  [
    "hexadecimal in China",
    "SYMMETRIC_DEFAULT",
    text(32),
    "RAW_MATERIAL_LOOKS_ENCODED",
    /hexadecimal/,
    { chinaRegion: true },
  ],
  ["base64", "SYMMETRIC_DEFAULT", utf8(base64(random(32))), "RAW_MATERIAL_LOOKS_ENCODED", /base64 text/],
  [
    "base64 and CRLF",
    "SYMMETRIC_DEFAULT",
    utf8(`${base64(random(32))}\r\n`),
    "RAW_MATERIAL_LOOKS_ENCODED",
    /base64/,
  ],
  ["base64url", "SYMMETRIC_DEFAULT", utf8(base64Url(random(32))), "RAW_MATERIAL_LOOKS_ENCODED", /base64/],
  [
    "UTF-16",
    "SYMMETRIC_DEFAULT",
    utf16(base64(random(32)), "little"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    /byte order mark/,
  ],
  [
    "a UTF-8 mark",
    "SYMMETRIC_DEFAULT",
    utf8("\ufeff, no key"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    /byte order mark/,
  ],
  [
    "PEM",
    "SYMMETRIC_DEFAULT",
    utf8(pem("PRIVATE KEY", random(60))),
    "RAW_MATERIAL_LOOKS_ENCODED",
    /a PEM file/,
  ],
  [
    "a line break",
    "SYMMETRIC_DEFAULT",
    bytes(random(32), [10]),
    "RAW_MATERIAL_LOOKS_ENCODED",
    /a key of 32 bytes with a line break/,
  ],
  ["CRLF", "SYMMETRIC_DEFAULT", bytes(random(32), [13, 10]), "RAW_MATERIAL_LOOKS_ENCODED", /line break/],
  [
    "a line break in China",
    "SYMMETRIC_DEFAULT",
    bytes(random(16), [10]),
    "RAW_MATERIAL_LOOKS_ENCODED",
    /a key of 16 bytes/,
    { chinaRegion: true },
  ],
  [
    "a line break behind an HMAC key",
    "HMAC_256",
    bytes(random(32), [10]),
    "RAW_MATERIAL_LOOKS_ENCODED",
    /line break/,
  ],
  [
    "CRLF behind an HMAC key",
    "HMAC_512",
    bytes(random(64), [13, 10]),
    "RAW_MATERIAL_LOOKS_ENCODED",
    /line break/,
  ],
  ["a legal HMAC length of hexadecimal", "HMAC_256", text(64), "RAW_MATERIAL_LOOKS_ENCODED", /hexadecimal/],
  ["a hash's length of hexadecimal", "HMAC_512", text(64), "RAW_MATERIAL_LOOKS_ENCODED", /hexadecimal/],
  [
    "a legal HMAC length of base64",
    "HMAC_256",
    utf8(base64(random(32))),
    "RAW_MATERIAL_LOOKS_ENCODED",
    /base64/,
  ],
  ["a hash's length of letters", "HMAC_256", text(32, "abcxyz"), "RAW_MATERIAL_LOOKS_ENCODED", /base64/],
  [
    "a key in DER",
    "SYMMETRIC_DEFAULT",
    fixture("ECC_NIST_P256").pkcs8,
    "RAW_MATERIAL_LOOKS_ENCODED",
    /a key in DER/,
  ],
  ["a string", "SYMMETRIC_DEFAULT", "0".repeat(32), "RAW_MATERIAL_AS_TEXT", /a string/],
  ["a string, raw", "HMAC_256", "x".repeat(32), "RAW_MATERIAL_AS_TEXT", /HMAC_256/, { raw: true }],
  ["an empty string", "HMAC_256", "", "RAW_MATERIAL_AS_TEXT", /a string/],
  ["a PEM string", "HMAC_256", pem("PRIVATE KEY", random(60)), "RAW_MATERIAL_AS_TEXT", /a string/],
];

describe("refusals", () => {
  test.each(REFUSALS.map((row) => ({ name: row[0], row })))("$name", ({ row }) => {
    const [, keySpec, input, code, message, options] = row;
    const parse = () => parseKeyMaterial(input, keySpec, options);
    expect(errorCode(parse)).toBe(code);
    expect(parse).toThrow(message);
  });

  test.each(["ML_DSA_44", "ML_DSA_65", "ML_DSA_87", "ML_KEM_512", "ML_KEM_768", "ML_KEM_1024"] as const)(
    "%s takes no imported material",
    (keySpec) => {
      expect(errorCode(() => parseKeyMaterial(random(32), keySpec))).toBe("UNSUPPORTED_KEY_SPEC");
    },
  );

  test.each([
    ["another name", "AES_256", "UNSUPPORTED_KEY_SPEC"],
    ["an inherited name", "constructor", "UNSUPPORTED_KEY_SPEC"],
    ["null", null, "INVALID_ARGUMENT"],
    ["a number", 256, "INVALID_ARGUMENT"],
  ] as const)("%s as a key spec", (_name, keySpec, code) => {
    expect(errorCode(() => parseKeyMaterial(random(32), keySpec as never))).toBe(code);
  });
});

describe("without a key spec", () => {
  test.each([
    ["32 bytes", random(32)],
    ["32 bytes that begin like DER", bytes([0x30, 0x1e], random(30))],
    ["hexadecimal", text(64)],
    ["one byte", bytes([0])],
    ["128 bytes", random(128)],
    ["32 bytes that begin like UTF-16", bytes([0xff, 0xfe], random(30))],
  ])("%s need one", (_name, input) => {
    expect(errorCode(() => parseKeyMaterial(input))).toBe("KEY_SPEC_REQUIRED");
  });

  test("a string that no container explains is refused as text", () => {
    expect(errorCode(() => parseKeyMaterial(toHex(random(32))))).toBe("RAW_MATERIAL_AS_TEXT");
    expect(errorCode(() => parseKeyMaterial("correct horse"))).toBe("RAW_MATERIAL_AS_TEXT");
  });

  test("nothing is nothing", () => {
    expect(errorCode(() => parseKeyMaterial(new Uint8Array(0)))).toBe("EMPTY_KEY_MATERIAL");
    expect(errorCode(() => parseKeyMaterial(""))).toBe("EMPTY_KEY_MATERIAL");
  });
});

describe("a bare scalar", () => {
  test.each<[KeySpec, number]>([
    ["ECC_NIST_P256", 32],
    ["ECC_NIST_P384", 48],
    ["ECC_NIST_P521", 66],
    ["ECC_SECG_P256K1", 32],
    ["SM2", 32],
    ["ECC_NIST_EDWARDS25519", 32],
  ])("for %s has %i bytes", (keySpec, length) => {
    for (const scalar of [
      random(length),
      bytes([0], random(length)),
      bytes([0x30, length - 2], random(length - 2)),
    ]) {
      const parse = () => parseKeyMaterial(scalar, keySpec);
      expect(errorCode(parse)).toBe("RAW_PRIVATE_SCALAR");
      expect(parse).toThrow(new RegExp(`^${scalar.length} bytes, a bare private number of a ${keySpec} key`));
    }
  });

  test("with another byte than zero in front is no scalar", () => {
    expect(errorCode(() => parseKeyMaterial(bytes([1], random(32)), "SM2"))).toBe("UNRECOGNIZED_FORMAT");
  });

  test("in hexadecimal is recognised as such", () => {
    expect(errorCode(() => parseKeyMaterial(toHex(random(32)), "SM2"))).toBe("UNRECOGNIZED_FORMAT");
    expect(() => parseKeyMaterial(toHex(random(32)), "SM2")).toThrow(/looks like hexadecimal text/);
  });

  test("is nothing to an RSA key spec", () => {
    expect(errorCode(() => parseKeyMaterial(random(32), "RSA_2048"))).toBe("UNRECOGNIZED_FORMAT");
  });
});

describe("asymmetric material against its key spec", () => {
  test.each(FIXTURES)("$spec is not taken for any other", ({ spec, pkcs8 }) => {
    for (const { spec: other } of FIXTURES)
      expect(errorCode(() => parseKeyMaterial(pkcs8, other))).toBe(
        other === spec ? undefined : "KEY_SPEC_MISMATCH",
      );
  });

  test("the message names both", () => {
    expect(() => parseKeyMaterial(fixture("SM2").pkcs8, "ECC_NIST_P256")).toThrow(
      "found a key for SM2 (PKCS#8, DER), expected one for ECC_NIST_P256",
    );
  });

  test.each<[string, Uint8Array | string]>([
    ["SPKI", fixture("SM2").spki],
    ["PKCS#1", fixture("RSA_2048").traditionalPublic!],
    ["SPKI PEM", pem("PUBLIC KEY", fixture("ECC_NIST_P256").spki)],
  ])("a public key (%s) is no key material", (_name, input) => {
    expect(errorCode(() => parseKeyMaterial(input))).toBe("PUBLIC_KEY_AS_KEY_MATERIAL");
    expect(errorCode(() => parseKeyMaterial(input, "SM2"))).toBe("PUBLIC_KEY_AS_KEY_MATERIAL");
  });

  test.each<[KeySpec, number | [number, number]]>([
    ["ECC_NIST_P256", 138],
    ["ECC_NIST_P384", 185],
    ["ECC_NIST_P521", 241],
    ["ECC_SECG_P256K1", 135],
    ["SM2", 138],
    ["ECC_NIST_EDWARDS25519", 48],
    ["RSA_2048", [1214, 1219]],
    ["RSA_3072", [1791, 1795]],
    ["RSA_4096", [2371, 2376]],
  ])("%s comes out with its usual size", (spec, size) => {
    const { length } = parseKeyMaterial(fixture(spec as "SM2").pkcs8).bytes;
    const [least, most] = typeof size === "number" ? [size, size] : size;
    expect(length).toBeGreaterThanOrEqual(least);
    expect(length).toBeLessThanOrEqual(most);
  });
});
