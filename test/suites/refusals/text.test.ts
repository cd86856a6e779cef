/** What the readers of text say when they refuse, from PEM to JWK: code, message and hint, word for word. */

import { expect, test } from "vitest";
import { decodeBase64, decodeBase64Url } from "../../../src/formats/base64.ts";
import { withInput } from "../../../src/formats/open-key.ts";
import { assertSm2Encoding } from "../../../src/formats/sm2-ciphertext.ts";
import { decodeText } from "../../../src/formats/text.ts";
import { bytes, nothing, pem, utf8 } from "../../support/der-builder.ts";
import { fixture } from "../../support/keys-fixtures.ts";
import { type Refusal, refusalOf } from "../../support/refusals.ts";

const rsa = fixture("RSA_2048");
const p256 = fixture("ECC_NIST_P256");

/** Opens a key of whatever kind and reads its parts. */
function read(input: Uint8Array | string): unknown {
  return withInput(input, "the key", ({ open }) => {
    const found = open();
    return found !== undefined && "read" in found ? found.read() : found;
  });
}

const jwk = (changes: Record<string, unknown>) => read(JSON.stringify({ ...rsa.jwk, ...changes }));
const ecJwk = (changes: Record<string, unknown>) => read(JSON.stringify({ ...p256.jwk, ...changes }));

const OTHER_BASE64 =
  "the text may be cut short, or be base64url where base64 is meant, or the other way round";
const PEM_FILE =
  "a PEM file has a BEGIN line, base64, and an END line with the same label; check that it was copied whole";
const WHOLE_MEMBERS = "export the key again with all of its members, each in full, or as PEM";
const OTHER_JSON =
  "if a key is in it, write that to a file of its own, for instance: jq -r .NAME FILE > key.pem";
const NO_KEY_SPEC_ON_CURVE = "the KMS has no key spec for this curve; make a key on one that it has";
const TOO_LONG = "no key is that long: check that it is the right file";

const REFUSALS: Readonly<Record<string, Refusal>> = {
  "another symbol in base64": [
    () => decodeBase64(utf8("AA*=")),
    "INVALID_BASE64",
    "at character 2: not in the base64 alphabet",
    OTHER_BASE64,
  ],
  "a symbol after the padding": [
    () => decodeBase64(utf8("AA==A")),
    "INVALID_BASE64",
    "at character 4: a symbol after the padding",
    OTHER_BASE64,
  ],
  "another symbol in the base64 of PEM": [
    () => read("Subject: x\n-----BEGIN PUBLIC KEY-----\nAA*=\n-----END PUBLIC KEY-----"),
    "INVALID_BASE64",
    "at character 40: not in the base64 alphabet",
    OTHER_BASE64,
  ],
  "a symbol after the padding of PEM": [
    () => read("-----BEGIN PUBLIC KEY-----\nAA==A\n-----END PUBLIC KEY-----"),
    "INVALID_BASE64",
    "at character 31: a symbol after the padding",
    OTHER_BASE64,
  ],
  "another symbol in the base64 of PEM, amid other bytes": [
    () => read(bytes(utf8("PEM:\n-----BEGIN PUBLIC KEY-----\nAA*=\n-----END PUBLIC KEY-----")).subarray(4)),
    "INVALID_BASE64",
    "at character 30: not in the base64 alphabet",
    OTHER_BASE64,
  ],
  "base64 that is cut off": [
    () => decodeBase64(utf8("AAAAA")),
    "INVALID_BASE64",
    "5 symbols and 0 of padding do not make whole groups of four",
    OTHER_BASE64,
  ],
  "base64 with too many bits": [
    () => decodeBase64(utf8("AB==")),
    "INVALID_BASE64",
    "the last symbol has bits that belong to no byte",
    OTHER_BASE64,
  ],
  "another symbol in base64url": [
    () => decodeBase64Url(utf8("AA+")),
    "INVALID_BASE64",
    "at character 2: not in the base64url alphabet",
    OTHER_BASE64,
  ],
  "base64url that is cut off": [
    () => decodeBase64Url(utf8("AAAAA")),
    "INVALID_BASE64",
    "5 symbols do not make whole bytes",
    OTHER_BASE64,
  ],
  "PEM without an end": [
    () => read("-----BEGIN PUBLIC KEY-----\nAAAA"),
    "INVALID_PEM",
    "the block that begins at byte 0 has no END line with the same label",
    PEM_FILE,
  ],
  "PEM without a label": [
    () => read("-----BEGIN public key-----\nAAAA"),
    "INVALID_PEM",
    "the BEGIN line at byte 0 has no label that ends with five dashes",
    PEM_FILE,
  ],
  "PEM with headers": [
    () => read("-----BEGIN PUBLIC KEY-----\nFrom: me\n\nAAAA\n-----END PUBLIC KEY-----"),
    "INVALID_PEM",
    "the block whose content begins at byte 26 has headers, expected base64 only",
    PEM_FILE,
  ],
  "two keys in PEM": [
    () => read(pem("PUBLIC KEY", rsa.spki) + pem("PUBLIC KEY", p256.spki)),
    "INVALID_PEM",
    "2 PEM blocks with a key or certificate, expected one",
    "leave only the block with the key in the file",
  ],
  "another label": [
    () => read(pem("FOO PRIVATE KEY", nothing())),
    "UNRECOGNIZED_FORMAT",
    "a PEM block whose label is none of a supported key's",
    "convert the key to PKCS#8: openssl pkcs8 -topk8 -nocrypt -in FILE -out key.pem",
  ],
  "a label that does not fit": [
    () => read(pem("RSA PRIVATE KEY", p256.pkcs8)),
    "INVALID_PEM",
    "a PEM block labelled RSA PRIVATE KEY whose content is not PKCS#1",
    "the label and the content do not belong together; convert the key again from its source",
  ],
  "no text": [
    () => decodeText(Uint8Array.of(0)),
    "INVALID_TEXT",
    "1 bytes that are not text in UTF-8",
    "save the file as UTF-8",
  ],
  "no bytes and no string": [
    () => read({} as Uint8Array),
    "INVALID_ARGUMENT",
    "the key must be a Uint8Array or a string, found Object",
    "export a KeyObject or CryptoKey first, and pass the bytes",
  ],
  "too many characters": [
    () => read("x".repeat(65_537)),
    "INPUT_TOO_LARGE",
    "the key has 65537 characters, expected at most 65536 bytes",
    TOO_LONG,
  ],
  "too many bytes": [
    () => read(new Uint8Array(65_537)),
    "INPUT_TOO_LARGE",
    "the key has 65537 bytes, expected at most 65536 bytes",
    TOO_LONG,
  ],
  "too many bytes in a string": [
    () => read("é".repeat(32_769)),
    "INPUT_TOO_LARGE",
    "the key has 65538 bytes, expected at most 65536 bytes",
    TOO_LONG,
  ],
  "a JWK Set": [
    () => jwk({ keys: [] }),
    "INVALID_JWK",
    "a JWK Set, expected one JWK",
    "take the one key out of its keys array",
  ],
  "a JWK that is no JSON": [
    () => read("{ kty"),
    "INVALID_JWK",
    "the text begins like a JWK, but is not JSON",
    "check that it was copied whole",
  ],
  "a JWK of a symmetric key": [
    () => jwk({ kty: "oct" }),
    "UNSUPPORTED_KEY_TYPE",
    'a JWK whose "kty" is not RSA, EC or OKP',
    "the bytes of a symmetric key (oct) must be passed as they are: decode its k member from base64url",
  ],
  "a JWK with a number for a string": [
    () => jwk({ kty: 7 }),
    "INVALID_JWK",
    'the member "kty" must be a string, found number',
    WHOLE_MEMBERS,
  ],
  "a JWK without kty": [
    () => jwk({ kty: undefined }),
    "INVALID_JWK",
    'JSON without "kty", expected a JWK',
    OTHER_JSON,
  ],
  "other JSON with a key in it": [
    () => read(JSON.stringify({ private_key: pem("PRIVATE KEY", rsa.pkcs8) })),
    "INVALID_JWK",
    'JSON without "kty", expected a JWK',
    OTHER_JSON,
  ],
  "parameters for import": [
    () => jwk({ kty: undefined, ImportToken: "AAAA" }),
    "UNSUPPORTED_FORMAT",
    "JSON with an ImportToken, expected a JWK",
    "parameters for import are given where the wrapping key is asked for, as --parameters FILE or to prepareImport",
  ],
  "a JWK of more than two primes": [
    () => jwk({ oth: [] }),
    "MULTI_PRIME_RSA_KEY",
    'a JWK with "oth", a key of more than two primes',
    "a KMS takes RSA keys of two primes only; make a new key",
  ],
  "a JWK with a leading zero": [
    () => jwk({ e: "AAE" }),
    "INVALID_JWK",
    'the member "e" is empty or has leading zeros',
    WHOLE_MEMBERS,
  ],
  "a JWK with other symbols": [
    () => jwk({ e: "AQ=B" }),
    "INVALID_JWK",
    'the member "e" is not base64url',
    WHOLE_MEMBERS,
  ],
  "a JWK without n": [
    () => jwk({ n: undefined }),
    "INVALID_JWK",
    'the member "n" must be a string, found nothing',
    WHOLE_MEMBERS,
  ],
  "a JWK without e": [
    () => jwk({ e: undefined }),
    "INVALID_JWK",
    'the member "e" must be a string, found nothing',
    WHOLE_MEMBERS,
  ],
  "a JWK without p": [
    () => jwk({ p: undefined }),
    "INVALID_JWK",
    'the member "p" must be a string, found nothing',
    WHOLE_MEMBERS,
  ],
  "a JWK without q": [
    () => jwk({ q: undefined }),
    "INVALID_JWK",
    'the member "q" must be a string, found nothing',
    WHOLE_MEMBERS,
  ],
  "a JWK without dp": [
    () => jwk({ dp: undefined }),
    "INVALID_JWK",
    'the member "dp" must be a string, found nothing',
    WHOLE_MEMBERS,
  ],
  "a JWK without dq": [
    () => jwk({ dq: undefined }),
    "INVALID_JWK",
    'the member "dq" must be a string, found nothing',
    WHOLE_MEMBERS,
  ],
  "a JWK without qi": [
    () => jwk({ qi: undefined }),
    "INVALID_JWK",
    'the member "qi" must be a string, found nothing',
    WHOLE_MEMBERS,
  ],
  "an elliptic curve's JWK without crv": [
    () => ecJwk({ crv: undefined }),
    "INVALID_JWK",
    'the member "crv" must be a string, found nothing',
    WHOLE_MEMBERS,
  ],
  "an elliptic curve's JWK without x": [
    () => ecJwk({ x: undefined }),
    "INVALID_JWK",
    'the member "x" must be a string, found nothing',
    WHOLE_MEMBERS,
  ],
  "an elliptic curve's JWK without y": [
    () => ecJwk({ y: undefined }),
    "INVALID_JWK",
    'the member "y" must be a string, found nothing',
    WHOLE_MEMBERS,
  ],
  "an elliptic curve's JWK with a short d": [
    () => ecJwk({ d: "AQ" }),
    "INVALID_JWK",
    'the member "d" has 1 bytes, expected 32',
    WHOLE_MEMBERS,
  ],
  "a JWK of another curve": [
    () => ecJwk({ crv: "P-224" }),
    "UNSUPPORTED_CURVE",
    'a JWK whose "crv" is not one of P-256, P-384, P-521, secp256k1, SM2',
    NO_KEY_SPEC_ON_CURVE,
  ],
  "an OKP JWK of another curve": [
    () => read(JSON.stringify({ kty: "OKP", crv: "X25519", x: "AQ" })),
    "UNSUPPORTED_CURVE",
    'a JWK of type OKP whose "crv" is not Ed25519',
    NO_KEY_SPEC_ON_CURVE,
  ],
  "an OKP JWK with a short x": [
    () => read(JSON.stringify({ kty: "OKP", crv: "Ed25519", x: "AQ" })),
    "INVALID_JWK",
    'the member "x" has 1 bytes, expected 32',
    WHOLE_MEMBERS,
  ],
  "an OKP JWK with a short d": [
    () => read(JSON.stringify({ ...fixture("ECC_NIST_EDWARDS25519").jwk, d: "AQ" })),
    "INVALID_JWK",
    'the member "d" has 1 bytes, expected 32',
    WHOLE_MEMBERS,
  ],
  "an encoding that there is not": [
    () => assertSm2Encoding("c1c2"),
    "INVALID_ARGUMENT",
    "encoding is not one that SM2 ciphertexts come in",
    "use one of asn1, c1c3c2, c1c2c3, c1c3c2-no04, c1c2c3-no04",
  ],
};

test("what is wrong with base64url in a JWK is the cause of the refusal", () => {
  const found = (() => {
    try {
      return jwk({ e: "AQ=B" });
    } catch (error) {
      return (error as Error).cause;
    }
  })();
  expect(found).toMatchObject({
    code: "INVALID_BASE64",
    message: "at character 2: not in the base64url alphabet",
  });
});

test.each(Object.entries(REFUSALS))("%s", (_name, [call, ...said]) => {
  expect(refusalOf(call)).toEqual(said);
});
