/** parseWrappingKey: every refusal with its code. */

import { describe, expect, test } from "vitest";
import { toHex } from "../../../src/bytes.ts";
import { CURVE_PARAMETERS } from "../../../src/engine/curves.ts";
import type { KmsWrapErrorCode } from "../../../src/errors.ts";
import { parseWrappingKey } from "../../../src/keys/wrapping-key.ts";
import {
  base64,
  base64Url,
  bits,
  bytes,
  EC,
  ED25519,
  ecAlgorithm,
  element,
  integer,
  nested,
  nothing,
  oid,
  pem,
  RSA,
  rsaAlgorithm,
  SM2,
  sequence,
  spki,
} from "../../support/der-builder.ts";
import { errorCode } from "../../support/error-code.ts";
import {
  ecAlgorithmWith,
  ecSpki,
  explicitP256,
  rsaNumbers,
  rsaSpki,
  scalarOf,
} from "../../support/keys-broken.ts";
import { fixture, publicJwk, RSA_1024 } from "../../support/keys-fixtures.ts";
import { FOREIGN } from "../../support/keys-foreign.ts";

const rsa = fixture("RSA_2048");
const sm2 = fixture("SM2");
const { n, e } = rsaNumbers();
const { p } = CURVE_PARAMETERS.SM2;
const sm2Point = sm2.spki.slice(-64);
const rsaKey = sequence(integer(n), integer(e));
const withParameters = (parameters: Uint8Array) => spki(sequence(oid(RSA), parameters), rsaKey);
const berLength = bytes([0x30, 0x83, 0x00], rsa.spki.slice(2));
const indefinite = bytes([0x30, 0x80], rsa.spki.slice(4), [0, 0]);
const negative = spki(rsaAlgorithm(), sequence(element(0x02, scalarOf(n, 256)), integer(e)));
const padded = spki(rsaAlgorithm(), sequence(element(0x02, [0, 0], scalarOf(n, 256)), integer(e)));

const REFUSALS: readonly (readonly [
  name: string,
  input: unknown,
  code: KmsWrapErrorCode,
  message?: RegExp,
])[] = [
  ["a number", 7, "INVALID_ARGUMENT", /Uint8Array or a string, found number/],
  ["null", null, "INVALID_ARGUMENT"],
  ["an object that looks parsed", { type: "RSA", spec: "RSA_2048" }, "INVALID_ARGUMENT"],
  ["a shared buffer", new Uint8Array(new SharedArrayBuffer(8)), "INVALID_ARGUMENT"],
  ["no bytes", new Uint8Array(0), "UNRECOGNIZED_FORMAT"],
  ["no text", "", "UNRECOGNIZED_FORMAT"],
  ["text that begins like base64 of DER", "Make it so", "UNRECOGNIZED_FORMAT"],
  ["DER that is no key", sequence(oid("1.2.3")), "UNRECOGNIZED_FORMAT"],
  ["blanks", " \n", "UNRECOGNIZED_FORMAT"],
  [
    "more than 65,536 bytes",
    new Uint8Array(65_537),
    "INPUT_TOO_LARGE",
    /65537 bytes, expected at most 65536/,
  ],
  ["more than 65,536 characters", "M".repeat(65_537), "INPUT_TOO_LARGE", /has 65537 characters, expected/],
  ["more than 65,536 bytes of UTF-8", "ä".repeat(32_769), "INPUT_TOO_LARGE", /has 65538 bytes, expected/],
  ["65,536 bytes of UTF-8", "ä".repeat(32_768), "UNRECOGNIZED_FORMAT"],
  ["random bytes", bytes([0x11, 0x01, 0x02, 0xff]), "UNRECOGNIZED_FORMAT"],
  ["hexadecimal text", toHex(rsa.spki), "UNRECOGNIZED_FORMAT", /looks like hexadecimal text/],
  ["base64url", base64Url(rsa.spki), "INVALID_BASE64", /not in the base64 alphabet/],
  ["broken base64", base64(rsa.spki).replace("k", "*"), "INVALID_BASE64", /at character \d+/],
  ["base64 cut short", base64(rsa.spki).slice(0, -3), "INVALID_BASE64"],
  ["base64 without padding", base64(sm2.spki).replaceAll("=", ""), "INVALID_BASE64"],
  [
    "DER cut short",
    rsa.spki.slice(0, -1),
    "INVALID_DER",
    /at byte 0: the length of SEQUENCE is 290, but 289/,
  ],
  ["a trailing byte", bytes(rsa.spki, [0x0a]), "INVALID_DER", /at byte 294: 1 trailing byte/],
  ["a trailing byte inside", spki(rsaAlgorithm(), bytes(rsaKey, [0])), "INVALID_DER", /trailing/],
  ["a third number", spki(rsaAlgorithm(), sequence(integer(n), integer(e), integer(1))), "INVALID_DER"],
  ["a field behind the key", sequence(rsaAlgorithm(), bits(rsaKey), nothing()), "INVALID_DER"],
  ["a long length", berLength, "INVALID_DER", /at byte 1/],
  ["an indefinite length", indefinite, "INVALID_DER", /at byte 1: an indefinite length/],
  ["a huge length", bytes([0x30, 0x84, 0xff, 0xff, 0xff, 0xff], rsa.spki.slice(4)), "INVALID_DER"],
  ["a length of nine octets", bytes([0x30, 0x89, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x30], rsa.spki), "INVALID_DER"],
  ["a negative modulus", negative, "INVALID_DER", /\(modulus\) is negative/],
  ["a modulus with two zeros in front", padded, "INVALID_DER", /needless leading zero/],
  [
    "an empty modulus",
    spki(rsaAlgorithm(), sequence(element(0x02), integer(e))),
    "INVALID_DER",
    /no content/,
  ],
  [
    "a modulus that is a string",
    spki(rsaAlgorithm(), sequence(element(0x04, [1]), integer(e))),
    "INVALID_DER",
  ],
  ["unused bits", sequence(rsaAlgorithm(), element(0x03, [1], rsaKey)), "INVALID_DER", /whole octets/],
  ["an empty BIT STRING", sequence(rsaAlgorithm(), element(0x03)), "INVALID_DER"],
  ["RSA without its NULL", spki(sequence(oid(RSA)), rsaKey), "INVALID_DER", /expected NULL/],
  ["RSA with a SEQUENCE for the NULL", withParameters(sequence()), "INVALID_DER"],
  ["RSA with a NULL that is not empty", withParameters(element(0x05, [0])), "INVALID_DER"],
  [
    "an OID that is none",
    spki(sequence(element(0x06, [0x2a, 0x80])), rsaKey),
    "INVALID_DER",
    /OBJECT IDENTIFIER/,
  ],
  ["an empty OID", spki(sequence(element(0x06)), rsaKey), "INVALID_DER"],
  [
    "RSASSA-PSS",
    spki(sequence(oid("1.2.840.113549.1.1.10")), rsaKey),
    "RSA_PSS_KEY",
    /RSASSA-PSS \(1.2.840.113549.1.1.10\)/,
  ],
  ["RSAES-OAEP", spki(sequence(oid("1.2.840.113549.1.1.7")), rsaKey), "UNSUPPORTED_KEY_TYPE", /RSAES-OAEP/],
  [
    "an unknown algorithm",
    spki(sequence(oid("1.2.3.4")), rsaKey),
    "UNSUPPORTED_KEY_TYPE",
    /at byte 6: a key for 1\.2\.3\.4,/,
  ],
  ["Ed25519", fixture("ECC_NIST_EDWARDS25519").spki, "UNSUPPORTED_KEY_TYPE"],
  ["P-256", fixture("ECC_NIST_P256").spki, "UNSUPPORTED_CURVE", /P-256, expected SM2/],
  ["secp256k1 as JWK", JSON.stringify(publicJwk(fixture("ECC_SECG_P256K1"))), "UNSUPPORTED_CURVE"],
  [
    "an unknown curve",
    ecSpki("1.3.132.0.33", bytes([4], sm2Point)),
    "UNSUPPORTED_CURVE",
    /P-224 \(1.3.132.0.33\)/,
  ],
  [
    "explicit parameters",
    spki(ecAlgorithmWith(explicitP256()), bytes([4], sm2Point)),
    "EXPLICIT_CURVE_PARAMETERS",
  ],
  ["implicit parameters", spki(ecAlgorithmWith(nothing()), bytes([4], sm2Point)), "INVALID_DER"],
  ["no curve", spki(sequence(oid(EC)), bytes([4], sm2Point)), "INVALID_DER"],
  ["1024 bits", RSA_1024.spki, "INVALID_RSA_MODULUS", /has 1024 bits; wrapping keys have 2048, 3072, 4096/],
  ["2047 bits", rsaSpki((n >> 1n) | 1n, e), "INVALID_RSA_MODULUS", /2047/],
  ["2049 bits", rsaSpki(2n * n + 1n, e), "INVALID_RSA_MODULUS", /2049/],
  ["5 bits", rsaSpki(21n, 5n), "INVALID_RSA_MODULUS"],
  ["a modulus of zero", rsaSpki(0n, e), "INVALID_RSA_MODULUS", /0 bits/],
  ["65,000 bits", rsaSpki(1n + (1n << 64_999n), e), "INVALID_RSA_MODULUS"],
  ["an even modulus", rsaSpki(n - 1n, e), "INVALID_RSA_MODULUS", /even/],
  ["exponent 0", rsaSpki(n, 0n), "INVALID_RSA_EXPONENT", /even/],
  ["exponent 1", rsaSpki(n, 1n), "INVALID_RSA_EXPONENT", /is 1/],
  ["exponent 2", rsaSpki(n, 2n), "INVALID_RSA_EXPONENT", /even/],
  ["an even exponent", rsaSpki(n, 65_536n), "INVALID_RSA_EXPONENT", /even/],
  ["an exponent that is the modulus", rsaSpki(n, n), "INVALID_RSA_EXPONENT", /not below/],
  ["an exponent above the modulus", rsaSpki(n, n + 2n), "INVALID_RSA_EXPONENT", /not below/],
  ["an exponent longer than the modulus", rsaSpki(n, 1n + (n << 9n)), "INVALID_RSA_EXPONENT", /not below/],
  [
    "a point off the curve",
    ecSpki(SM2, bytes([4], sm2Point.slice(0, 63), [sm2Point[63]! ^ 1])),
    "INVALID_EC_POINT",
  ],
  ["a point of another curve", ecSpki(SM2, fixture("ECC_NIST_P256").spki.slice(-65)), "INVALID_EC_POINT"],
  ["the origin", ecSpki(SM2, bytes([4], new Uint8Array(64))), "INVALID_EC_POINT"],
  ["the point at infinity", ecSpki(SM2, bytes([0])), "INVALID_EC_POINT", /the point at infinity of 1 bytes/],
  ["an empty point", ecSpki(SM2, bytes([])), "INVALID_EC_POINT"],
  [
    "a compressed point",
    ecSpki(SM2, bytes([2 + (sm2Point[63]! & 1)], sm2Point.slice(0, 32))),
    "INVALID_EC_POINT",
    /compressed/,
  ],
  ["a hybrid point", ecSpki(SM2, bytes([6 + (sm2Point[63]! & 1)], sm2Point)), "INVALID_EC_POINT", /hybrid/],
  ["a point without its 04", ecSpki(SM2, sm2Point), "INVALID_EC_POINT"],
  ["a point cut short", ecSpki(SM2, bytes([4], sm2Point.slice(1))), "INVALID_EC_POINT"],
  ["x = p", ecSpki(SM2, bytes([4], scalarOf(p), sm2Point.slice(32))), "INVALID_EC_POINT"],
  ["x and y of all ones", ecSpki(SM2, bytes([4], new Uint8Array(64).fill(0xff))), "INVALID_EC_POINT"],
  [
    "a PKCS#8 private key",
    rsa.pkcs8,
    "PRIVATE_KEY_AS_WRAPPING_KEY",
    /found a private key \(PKCS#8, DER\), expected a wrapping key/,
  ],
  ["a PKCS#1 private key", pem("RSA PRIVATE KEY", rsa.traditional!), "PRIVATE_KEY_AS_WRAPPING_KEY"],
  ["a SEC 1 private key", sm2.traditional!, "PRIVATE_KEY_AS_WRAPPING_KEY"],
  ["a private JWK", JSON.stringify(rsa.jwk), "PRIVATE_KEY_AS_WRAPPING_KEY", /\(JWK, JSON\)/],
  ["an encrypted private key", FOREIGN.encryptedPkcs8, "PRIVATE_KEY_AS_WRAPPING_KEY"],
  ["a certificate", FOREIGN.certificate, "CERTIFICATE_GIVEN", /certificate \(X\.509, DER\)/],
  ["a certificate as PEM", pem("CERTIFICATE", FOREIGN.certificate), "CERTIFICATE_GIVEN"],
  ["a certificate request", FOREIGN.certificateRequest, "CERTIFICATE_GIVEN"],
  ["PKCS#12", FOREIGN.pkcs12, "UNSUPPORTED_FORMAT", /PKCS#12/],
  ["an OpenSSH public key", FOREIGN.opensshPublic, "UNSUPPORTED_FORMAT", /OpenSSH/],
  ["CMS", sequence(oid("1.2.840.113549.1.7.2"), element(0xa0, sequence())), "UNSUPPORTED_FORMAT"],
  ["PEM without an END line", pem("PUBLIC KEY", rsa.spki).slice(0, -30), "INVALID_PEM", /no END line/],
  [
    "PEM with another END line",
    pem("PUBLIC KEY", rsa.spki).replace("END PUBLIC", "END PRIVATE"),
    "INVALID_PEM",
  ],
  ["PEM with an endless label", `-----BEGIN ${"X".repeat(90)}-----\n`, "INVALID_PEM", /label/],
  ["PEM with a label without dashes", "-----BEGIN PUBLIC KEY\n", "INVALID_PEM"],
  ["PEM with an unknown label", pem("FOO KEY", rsa.spki), "UNRECOGNIZED_FORMAT"],
  ["PEM with the wrong label", pem("RSA PUBLIC KEY", rsa.spki), "INVALID_PEM", /content is not PKCS#1/],
  ["PEM that is empty", pem("PUBLIC KEY", bytes()), "INVALID_DER"],
  [
    "PEM with headers",
    pem("PUBLIC KEY", rsa.spki).replace("-\n", "-\nComment: x\n\n"),
    "INVALID_PEM",
    /headers/,
  ],
  ["two PEM blocks", pem("PUBLIC KEY", rsa.spki).repeat(2), "INVALID_PEM", /2 PEM blocks/],
  ["only EC parameters", pem("EC PARAMETERS", oid(SM2)), "INVALID_PEM", /0 PEM blocks/],
  ["PEM with a broken line", pem("PUBLIC KEY", rsa.spki).replace("\nM", "\n!"), "INVALID_BASE64"],
  ["JSON that is none", "{ kty: RSA }", "INVALID_JWK"],
  ["a JWK Set", JSON.stringify({ keys: [publicJwk(rsa)] }), "INVALID_JWK", /JWK Set/],
  ["an empty object", "{}", "INVALID_JWK", /"kty" must be a string, found nothing/],
  ["a symmetric JWK", '{"kty":"oct","k":"AAAA"}', "UNSUPPORTED_KEY_TYPE"],
  ["a JWK of an inherited type", '{"kty":"constructor"}', "UNSUPPORTED_KEY_TYPE"],
  ["a JWK on X25519", '{"kty":"OKP","crv":"X25519","x":"AA"}', "UNSUPPORTED_CURVE"],
  ["a JWK on an inherited curve", '{"kty":"EC","crv":"toString"}', "UNSUPPORTED_CURVE"],
  ["a JWK with a number for n", '{"kty":"RSA","n":7}', "INVALID_JWK", /"n" must be a string, found number/],
  [
    "a JWK with padding",
    JSON.stringify({ ...publicJwk(rsa), e: "AQAB====" }),
    "INVALID_JWK",
    /"e" is not base64url/,
  ],
  [
    "a JWK with zeros before e",
    JSON.stringify({ ...publicJwk(rsa), e: "AAEAAQ" }),
    "INVALID_JWK",
    /leading zeros/,
  ],
  [
    "a JWK with a long x",
    JSON.stringify({ ...publicJwk(sm2), x: `AA${"A".repeat(42)}` }),
    "INVALID_JWK",
    /"x" has 33 bytes, expected 32/,
  ],
  ["a JWK without y", JSON.stringify({ ...publicJwk(sm2), y: undefined }), "INVALID_JWK"],
  ["a JWK off the curve", JSON.stringify({ ...publicJwk(sm2), y: publicJwk(sm2)["x"] }), "INVALID_EC_POINT"],
  [
    "an Ed25519 OID with the key of another",
    spki(sequence(oid(ED25519)), bytes([1, 2])),
    "INVALID_DER",
    /^at byte 9: the BIT STRING \(subjectPublicKey\) has 2 bytes, expected 32$/,
  ],
  ["tags above 30", bytes([0x30, 5, 0x30, 3, 0x1f, 0x20, 0]), "UNRECOGNIZED_FORMAT"],
  ["deep nesting", nested(300), "UNRECOGNIZED_FORMAT"],
  [
    "an SM2 ciphertext",
    sequence(integer(1), integer(2), element(4, new Uint8Array(32)), element(4, [1])),
    "INVALID_DER",
  ],
];

describe("refusals", () => {
  test.each(REFUSALS)("%s", (_name, input, code, message) => {
    const parse = () => parseWrappingKey(input as Uint8Array);
    expect(errorCode(parse)).toBe(code);
    if (message) expect(parse).toThrow(message);
  });

  test("the curve's own OID where id-ecPublicKey belongs", () => {
    expect(errorCode(() => parseWrappingKey(spki(sequence(oid(SM2)), bytes([4], sm2Point))))).toBe(
      "UNSUPPORTED_KEY_TYPE",
    );
    expect(parseWrappingKey(spki(ecAlgorithm(SM2), bytes([4], sm2Point))).spec).toBe("SM2");
  });
});
