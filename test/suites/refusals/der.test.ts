/** What the readers of DER say when they refuse: code, message and hint, word for word. */

import { expect, test } from "vitest";
import { readAlgorithmIdentifier } from "../../../src/formats/algorithm-identifier.ts";
import { DerReader } from "../../../src/formats/der.ts";
import { withInput } from "../../../src/formats/open-key.ts";
import {
  bits,
  bytes,
  EC,
  ecAlgorithm,
  element,
  integer,
  nested,
  nothing,
  octets,
  oid,
  P256,
  pkcs8,
  RSA,
  rsaAlgorithm,
  SM2,
  sequence,
  spki,
} from "../../support/der-builder.ts";
import { ecAlgorithmWith, ecPkcs8, ecPrivate, explicitP256, rsaPrivate } from "../../support/keys-broken.ts";
import { fixture } from "../../support/keys-fixtures.ts";
import { type Refusal, refusalOf } from "../../support/refusals.ts";

const rsa = fixture("RSA_2048");

/** Opens a key of whatever kind and reads its parts. */
function read(input: Uint8Array | string): unknown {
  return withInput(input, "the key", ({ open }) => {
    const found = open();
    return found !== undefined && "read" in found ? found.read() : found;
  });
}

const der = (content: Uint8Array, field: (fields: DerReader) => unknown) =>
  DerReader.read(sequence(content), "the key", field);
const readInteger = (...content: number[]) =>
  der(Uint8Array.from(content), (fields) => fields.integer("modulus"));
const inPkcs8 = (content: Uint8Array) => read(pkcs8(rsaAlgorithm(), content));
const inSpki = (algorithm: Uint8Array, key: Uint8Array) => read(spki(algorithm, key));

const BER =
  "this is BER or damaged DER; re-encode it, for instance with: openssl pkey -in FILE -inform DER -outform DER -out FILE.der (-pubin for a public key)";
const NO_KEY_SPEC = "the KMS has no key spec for this algorithm; check that it is the right file";
const CUT_SHORT = "the file may be cut short, or text mode may have changed it";
const NOTHING_BEHIND =
  "nothing may follow; a line break or padding at the end of a file can be cut off: head -c SIZE FILE";

const REFUSALS: Readonly<Record<string, Refusal>> = {
  "another element": [
    () => readInteger(0x04, 0),
    "INVALID_DER",
    "at byte 2: expected INTEGER (modulus), found OCTET STRING",
  ],
  "no element": [() => readInteger(), "INVALID_DER", "at byte 2: expected INTEGER (modulus), found the end"],
  "an INTEGER without content": [
    () => readInteger(0x02, 0),
    "INVALID_DER",
    "at byte 4: the INTEGER (modulus) has no content",
    BER,
  ],
  "a negative INTEGER": [
    () => readInteger(0x02, 1, 0x80),
    "INVALID_DER",
    "at byte 4: the INTEGER (modulus) is negative",
  ],
  "a needless zero": [
    () => readInteger(0x02, 2, 0, 1),
    "INVALID_DER",
    "at byte 4: the INTEGER (modulus) has a needless leading zero",
    BER,
  ],
  "an indefinite length": [
    () => readInteger(0x02, 0x80),
    "INVALID_DER",
    "at byte 3: an indefinite length",
    BER,
  ],
  "a length of too many octets": [
    () => readInteger(0x02, 0x85),
    "INVALID_DER",
    "at byte 3: a length of 5 octets, expected at most 4",
  ],
  "a length that is cut short": [
    () => readInteger(0x02, 0x82, 1),
    "INVALID_DER",
    "at byte 4: the input ends within a length",
  ],
  "no length": [() => readInteger(0x02), "INVALID_DER", "at byte 3: the input ends before a length"],
  "a long form that is not needed": [
    () => readInteger(0x02, 0x81, 1, 5),
    "INVALID_DER",
    "at byte 3: a length in more octets than it needs",
    BER,
  ],
  "a length beyond the end": [
    () => readInteger(0x02, 2, 5),
    "INVALID_DER",
    "at byte 2: the length of INTEGER is 2, but 1 bytes are left",
    CUT_SHORT,
  ],
  "a high tag number": [
    () => der(Uint8Array.of(0x1f), (fields) => fields.skip()),
    "INVALID_DER",
    "at byte 2: a tag number above 30, which no key has",
  ],
  "something behind the last field": [
    () => der(bytes(integer(1), [0, 0]), (fields) => fields.integer("modulus")),
    "INVALID_DER",
    "at byte 5: 2 trailing bytes after the key",
    NOTHING_BEHIND,
  ],
  "a byte behind the key": [
    () => DerReader.read(bytes(sequence(), [0]), "the key", () => 0),
    "INVALID_DER",
    "at byte 2: 1 trailing byte after the key",
    NOTHING_BEHIND,
  ],
  "an empty BIT STRING": [
    () => der(element(0x03), (fields) => fields.bitString("publicKey")),
    "INVALID_DER",
    "at byte 4: the BIT STRING (publicKey) has no content",
    BER,
  ],
  "a BIT STRING of some bits": [
    () => der(element(0x03, [4, 0]), (fields) => fields.bitString("publicKey")),
    "INVALID_DER",
    "at byte 4: the BIT STRING (publicKey) does not consist of whole octets",
  ],
  "a string of another length": [
    () => der(octets([1]), (fields) => fields.octetString("seed", 32)),
    "INVALID_DER",
    "at byte 2: the OCTET STRING (seed) has 1 bytes, expected 32",
  ],
  "a bit string of another length": [
    () => der(bits([1]), (fields) => fields.bitString("publicKey", { byteLength: 65 })),
    "INVALID_DER",
    "at byte 2: the BIT STRING (publicKey) has 1 bytes, expected 65",
  ],
  "a NULL with content": [
    () => der(element(0x05, [0]), (fields) => fields.null("parameters")),
    "INVALID_DER",
    "at byte 4: 1 trailing byte after the NULL (parameters)",
    NOTHING_BEHIND,
  ],
  "elements nested too deeply": [
    () => der(nested(18), (fields) => fields.skip()),
    "INVALID_DER",
    "at byte 34: more than 16 levels of nested elements",
  ],
  "a key cut short": [
    () => DerReader.fieldTags(rsa.spki.slice(0, 9), 9),
    "INVALID_DER",
    "at byte 0: the length of SEQUENCE is 290, but 5 bytes are left",
    CUT_SHORT,
  ],
  "an OBJECT IDENTIFIER that is none": [
    () => inSpki(sequence(element(0x06, [0x80])), bytes()),
    "INVALID_DER",
    "at byte 4: not a valid OBJECT IDENTIFIER (algorithm)",
  ],
  "a curve that is no OBJECT IDENTIFIER": [
    () => inSpki(sequence(oid(EC), element(0x06)), bytes()),
    "INVALID_DER",
    "at byte 13: not a valid OBJECT IDENTIFIER (named curve)",
  ],
  "RSA without NULL": [
    () => inSpki(sequence(oid(RSA)), bytes()),
    "INVALID_DER",
    "at byte 15: expected NULL (parameters of rsaEncryption), found the end",
  ],
  "an algorithm that is no SEQUENCE": [
    () => DerReader.read(sequence(octets()), "the key", readAlgorithmIdentifier),
    "INVALID_DER",
    "at byte 2: expected SEQUENCE (AlgorithmIdentifier), found OCTET STRING",
  ],
  "an algorithm without a key here": [
    () => inSpki(sequence(oid("1.2.840.10040.4.1")), bytes()),
    "UNSUPPORTED_KEY_TYPE",
    "at byte 4: a key for DSA (1.2.840.10040.4.1), expected RSA, an elliptic curve or Ed25519",
    NO_KEY_SPEC,
  ],
  "an algorithm without a name": [
    () => inSpki(sequence(oid("1.2.3")), bytes()),
    "UNSUPPORTED_KEY_TYPE",
    "at byte 4: a key for 1.2.3, expected RSA, an elliptic curve or Ed25519",
    NO_KEY_SPEC,
  ],
  "RSASSA-PSS": [
    () => inSpki(sequence(oid("1.2.840.113549.1.1.10")), bytes()),
    "RSA_PSS_KEY",
    "at byte 4: a key for RSASSA-PSS (1.2.840.113549.1.1.10) alone, expected rsaEncryption (1.2.840.113549.1.1.1)",
    "such a key is bound to PSS signatures; if that was not meant: openssl rsa -in FILE -traditional -outform DER -out key.der (-pubin -RSAPublicKey_out for a public key)",
  ],
  "curve parameters written out": [
    () => inSpki(ecAlgorithmWith(explicitP256()), bytes()),
    "EXPLICIT_CURVE_PARAMETERS",
    "at byte 15: the curve's parameters are written out, expected the name of a curve",
    "name the curve: openssl ec -in FILE -param_enc named_curve -out named.pem (-pubin for a public key)",
  ],
  "another curve": [
    () => inSpki(ecAlgorithm("1.3.132.0.33"), bytes()),
    "UNSUPPORTED_CURVE",
    "at byte 13: the curve P-224 (1.3.132.0.33), expected P-256, P-384, P-521, secp256k1, SM2",
    "the KMS has no key spec for this curve; make a key on one that it has",
  ],
  "fields that are missing, in RSAPublicKey": [
    () => inSpki(rsaAlgorithm(), sequence(integer(1))),
    "INVALID_DER",
    "at byte 25: expected INTEGER (publicExponent), found the end",
  ],
  "no modulus, in RSAPublicKey": [
    () => inSpki(rsaAlgorithm(), sequence()),
    "INVALID_DER",
    "at byte 22: expected INTEGER (modulus), found the end",
  ],
  "something behind RSAPublicKey": [
    () => inSpki(rsaAlgorithm(), bytes(sequence(integer(1), integer(1)), nothing())),
    "INVALID_DER",
    "at byte 28: 2 trailing bytes after subjectPublicKey",
    NOTHING_BEHIND,
  ],
  "no RSAPublicKey": [
    () => inSpki(rsaAlgorithm(), bytes()),
    "INVALID_DER",
    "at byte 20: expected SEQUENCE (RSAPublicKey), found the end",
  ],
  "a version of PKCS#8 that there is not": [
    () => read(sequence(integer(2), rsaAlgorithm(), octets())),
    "UNSUPPORTED_KEY_VERSION",
    "at byte 2: PrivateKeyInfo of an unknown version, expected version 0 or 1",
  ],
  "a PKCS#8 of RSA without a key": [
    () => inPkcs8(bytes()),
    "INVALID_DER",
    "at byte 22: expected SEQUENCE (RSAPrivateKey), found the end",
  ],
  "a PKCS#8 of an elliptic curve without a key": [
    () => read(pkcs8(ecAlgorithm(P256), bytes())),
    "INVALID_DER",
    "at byte 28: expected SEQUENCE (ECPrivateKey), found the end",
  ],
  "a PKCS#8 of Ed25519 without a seed": [
    () => read(pkcs8(sequence(oid("1.3.101.112")), bytes())),
    "INVALID_DER",
    "at byte 14: expected OCTET STRING (CurvePrivateKey), found the end",
  ],
  "a PKCS#8 that names two curves": [
    () => read(ecPkcs8({ parameters: oid(P256) }, SM2)),
    "INCONSISTENT_PRIVATE_KEY",
    "at byte 26: the ECPrivateKey names the curve P-256, the AlgorithmIdentifier SM2",
  ],
  "a public key behind PKCS#8 that is none": [
    () => read(pkcs8(ecAlgorithm(P256), ecPrivate(), element(0x81))),
    "INVALID_DER",
    "at byte 69: the BIT STRING (publicKey) has no content",
    BER,
  ],
  "more than two primes": [
    () => read(rsaPrivate({}, 1)),
    "MULTI_PRIME_RSA_KEY",
    "at byte 4: RSAPrivateKey version 1, a key of more than two primes, expected version 0",
    "a KMS takes RSA keys of two primes only; make a new key: openssl genpkey -algorithm RSA",
  ],
  "an unknown version of RSAPrivateKey": [
    () => read(rsaPrivate({}, 2)),
    "UNSUPPORTED_KEY_VERSION",
    "at byte 4: RSAPrivateKey of an unknown version, expected version 0",
  ],
  "an RSAPrivateKey that ends before modulus": [
    () => inPkcs8(sequence(integer(0), ...new Array(0).fill(integer(1)))),
    "INVALID_DER",
    "at byte 27: expected INTEGER (modulus), found the end",
  ],
  "an RSAPrivateKey that ends before publicExponent": [
    () => inPkcs8(sequence(integer(0), ...new Array(1).fill(integer(1)))),
    "INVALID_DER",
    "at byte 30: expected INTEGER (publicExponent), found the end",
  ],
  "an RSAPrivateKey that ends before privateExponent": [
    () => inPkcs8(sequence(integer(0), ...new Array(2).fill(integer(1)))),
    "INVALID_DER",
    "at byte 33: expected INTEGER (privateExponent), found the end",
  ],
  "an RSAPrivateKey that ends before prime1": [
    () => inPkcs8(sequence(integer(0), ...new Array(3).fill(integer(1)))),
    "INVALID_DER",
    "at byte 36: expected INTEGER (prime1), found the end",
  ],
  "an RSAPrivateKey that ends before prime2": [
    () => inPkcs8(sequence(integer(0), ...new Array(4).fill(integer(1)))),
    "INVALID_DER",
    "at byte 39: expected INTEGER (prime2), found the end",
  ],
  "an RSAPrivateKey that ends before exponent1": [
    () => inPkcs8(sequence(integer(0), ...new Array(5).fill(integer(1)))),
    "INVALID_DER",
    "at byte 42: expected INTEGER (exponent1), found the end",
  ],
  "an RSAPrivateKey that ends before exponent2": [
    () => inPkcs8(sequence(integer(0), ...new Array(6).fill(integer(1)))),
    "INVALID_DER",
    "at byte 45: expected INTEGER (exponent2), found the end",
  ],
  "an RSAPrivateKey that ends before coefficient": [
    () => inPkcs8(sequence(integer(0), ...new Array(7).fill(integer(1)))),
    "INVALID_DER",
    "at byte 48: expected INTEGER (coefficient), found the end",
  ],
  "an unknown version of ECPrivateKey": [
    () => read(ecPrivate({ version: 2 })),
    "UNSUPPORTED_KEY_VERSION",
    "at byte 2: ECPrivateKey of an unknown version, expected version 1",
  ],
  "no key in ECPrivateKey": [
    () => read(pkcs8(ecAlgorithm(P256), sequence(integer(1)))),
    "INVALID_DER",
    "at byte 33: expected OCTET STRING (privateKey), found the end",
  ],
  "no curve in its parameters": [
    () => read(sequence(integer(1), octets([1]), element(0xa0))),
    "INVALID_DER",
    "at byte 10: expected OBJECT IDENTIFIER (named curve), found the end",
  ],
  "no point in its public key": [
    () => read(sequence(integer(1), octets([1]), element(0xa1))),
    "INVALID_DER",
    "at byte 10: expected BIT STRING (publicKey), found the end",
  ],
};

test.each(Object.entries(REFUSALS))("%s", (_name, [call, ...said]) => {
  expect(refusalOf(call)).toEqual(said);
});
