/** What is said when something else is found than was asked for: code, message and hint, word for word. */

import { expect, test } from "vitest";
import { type KeyMaterialOptions, parseKeyMaterial } from "../../../src/keys/key-material.ts";
import type { KeySpec } from "../../../src/keys/key-specs.ts";
import { assertWrappingKeySpec } from "../../../src/keys/key-specs.ts";
import { parseUnwrappingKey } from "../../../src/keys/unwrapping-key.ts";
import { parseWrappingKey } from "../../../src/keys/wrapping-key.ts";
import { inspectKeyFile } from "../../../src/kms/inspection.ts";
import {
  base64,
  bytes,
  element,
  integer,
  octets,
  oid,
  pem,
  sequence,
  utf8,
} from "../../support/der-builder.ts";
import { fixture } from "../../support/keys-fixtures.ts";
import { type Refusal, refusalOf } from "../../support/refusals.ts";

const rsa = fixture("RSA_2048");
const p256 = fixture("ECC_NIST_P256");
const material = (input: Uint8Array | string, keySpec?: KeySpec, options?: KeyMaterialOptions) =>
  parseKeyMaterial(input, keySpec, options);
const raw = (length: number, keySpec: KeySpec, options?: KeyMaterialOptions) =>
  parseKeyMaterial(new Uint8Array(length).fill(0x99), keySpec, options);
const certificate = sequence(sequence(), sequence(), element(0x03, [0]));
const encrypted = sequence(sequence(), octets());
const pkcs12 = sequence(integer(3), sequence());
const pkcs7 = sequence(oid("1.2.840.113549.1.7.2"), element(0xa0));
const sm2Ciphertext = sequence(integer(1), integer(2), octets(new Uint8Array(32)), octets([1]));
const dsa = sequence(...[0, 1, 2, 3, 4, 5].map(integer));
const zip = bytes([0x50, 0x4b, 3, 4], new Uint8Array(26));
const digits = (text: string, length: number) => utf8(text.repeat(length).slice(0, length));

const TAKE_PUBLIC_KEY =
  "the wrapping key is the PublicKey that GetParametersForImport returned (WrappingPublicKey.bin)";
const PKCS7 = "it holds certificates or encrypted data; export the key itself as PKCS#8";
const WRAPPED_ALREADY = "it is wrapped already: import it, or unwrap it with the private key";
const NO_KEY_SPEC = "the KMS has no key spec for this algorithm; check that it is the right file";
const DOWNLOAD = "give the console's download as --parameters FILE, or take WrappingPublicKey.bin out of it";
const RIGHT_FILE = "check that it is the right file, and that it was copied whole";
const TAKE_BYTES = "check that it is the right file; if a key is written in it, give the bytes of that key";
const MAKE_BYTES = "make bytes of it: xxd -r -p FILE > key.bin";
const GIVE_PRIVATE_KEY = "give the private key that belongs to it";
const DECRYPT =
  "decrypt it first: openssl pkcs8 -topk8 -nocrypt -in FILE -out decrypted.pem (with -inform DER for a binary file)";
const NAME_IT = "name the key spec, for instance SYMMETRIC_DEFAULT or HMAC_256";
const SAY_WHICH_BYTES =
  'say which bytes are meant, for instance Buffer.from(text, "hex") or Buffer.from(text, "base64")';
const EMPTY = "check the file or variable it came from";
const ONLY_IN_CHINA =
  "only China's regions take keys of this length (SM4): if it is for one, name that region";
const RIGHT_SPEC = "check that it is the right file, and the right key spec";
const EXPORT = "export a KeyObject or CryptoKey first, and pass the bytes";

const REFUSALS: Readonly<Record<string, Refusal>> = {
  "a private key for a wrapping key": [
    () => parseWrappingKey(rsa.pkcs8),
    "PRIVATE_KEY_AS_WRAPPING_KEY",
    "found a private key (PKCS#8, DER), expected a wrapping key",
    TAKE_PUBLIC_KEY,
  ],
  "an encrypted private key for a wrapping key": [
    () => parseWrappingKey(encrypted),
    "PRIVATE_KEY_AS_WRAPPING_KEY",
    "found an encrypted private key (PKCS#8, DER), expected a wrapping key",
    TAKE_PUBLIC_KEY,
  ],
  "a certificate for a wrapping key": [
    () => parseWrappingKey(certificate),
    "CERTIFICATE_GIVEN",
    "found a certificate (X.509, DER), expected a wrapping key",
    "the public key in it: openssl x509 -in FILE -pubkey -noout > public.pem (openssl req -inform DER for a request)",
  ],
  "a certificate request for a wrapping key": [
    () => parseWrappingKey(pem("CERTIFICATE REQUEST", certificate)),
    "CERTIFICATE_GIVEN",
    "found a certificate request (PKCS#10, PEM), expected a wrapping key",
    "the public key in it: openssl req -in FILE -pubkey -noout > public.pem",
  ],
  "PKCS#7 for a wrapping key": [
    () => parseWrappingKey(pkcs7),
    "UNSUPPORTED_FORMAT",
    "found an unsupported format (PKCS#7 or CMS, DER), expected a wrapping key",
    PKCS7,
  ],
  "PKCS#12 for a wrapping key": [
    () => parseWrappingKey(pkcs12),
    "UNSUPPORTED_FORMAT",
    "found an unsupported format (PKCS#12, DER), expected a wrapping key",
    "take the key out of it: openssl pkcs12 -in FILE -nocerts -noenc -out key.pem",
  ],
  "an SM2 ciphertext for a wrapping key": [
    () => parseWrappingKey(sm2Ciphertext),
    "UNSUPPORTED_FORMAT",
    "found an unsupported format (SM2 ciphertext, DER), expected a wrapping key",
    WRAPPED_ALREADY,
  ],
  "a SEQUENCE of three numbers for a wrapping key": [
    () => parseWrappingKey(sequence(integer(1), integer(2), integer(3))),
    "UNRECOGNIZED_FORMAT",
    "11 bytes that are no key in DER, PEM, base64 or JWK, expected a wrapping key",
    RIGHT_FILE,
  ],
  "a ZIP archive for a wrapping key": [
    () => parseWrappingKey(zip),
    "UNSUPPORTED_FORMAT",
    "found an unsupported format (ZIP archive, binary), expected a wrapping key",
    DOWNLOAD,
  ],
  "an OpenSSH public key for a wrapping key": [
    () => parseWrappingKey("ssh-rsa AAAA"),
    "UNSUPPORTED_FORMAT",
    "found an unsupported format (OpenSSH public key, text), expected a wrapping key",
    "convert it: ssh-keygen -e -m PKCS8 -f FILE > public.pem (RSA and EC keys; nothing is wrapped under Ed25519)",
  ],
  "bytes for a wrapping key": [
    () => parseWrappingKey(new Uint8Array(9)),
    "UNRECOGNIZED_FORMAT",
    "9 bytes that are no key in DER, PEM, base64 or JWK, expected a wrapping key",
    RIGHT_FILE,
  ],
  "hexadecimal for a wrapping key": [
    () => parseWrappingKey("30820122"),
    "UNRECOGNIZED_FORMAT",
    "8 bytes that are no key in DER, PEM, base64 or JWK, expected a wrapping key; it looks like hexadecimal text",
    MAKE_BYTES,
  ],
  "a public key for an unwrapping key": [
    () => parseUnwrappingKey(rsa.spki),
    "PUBLIC_KEY_AS_PRIVATE_KEY",
    "found a public key (SubjectPublicKeyInfo, DER), expected an unwrapping key",
    GIVE_PRIVATE_KEY,
  ],
  "an encrypted key for an unwrapping key": [
    () => parseUnwrappingKey(encrypted),
    "ENCRYPTED_PRIVATE_KEY",
    "found an encrypted private key (PKCS#8, DER), expected an unwrapping key",
    DECRYPT,
  ],
  "an encrypted PEM for an unwrapping key": [
    () =>
      parseUnwrappingKey(
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n-----END RSA PRIVATE KEY-----",
      ),
    "ENCRYPTED_PRIVATE_KEY",
    "found an encrypted private key (traditional, PEM), expected an unwrapping key",
    DECRYPT,
  ],
  "a certificate for an unwrapping key": [
    () => parseUnwrappingKey(pem("CERTIFICATE", certificate)),
    "CERTIFICATE_GIVEN",
    "found a certificate (X.509, PEM), expected an unwrapping key",
    GIVE_PRIVATE_KEY,
  ],
  "a certificate request for an unwrapping key": [
    () => parseUnwrappingKey(pem("NEW CERTIFICATE REQUEST", certificate)),
    "CERTIFICATE_GIVEN",
    "found a certificate request (PKCS#10, PEM), expected an unwrapping key",
    GIVE_PRIVATE_KEY,
  ],
  "OpenSSH's format for an unwrapping key": [
    () => parseUnwrappingKey(pem("OPENSSH PRIVATE KEY", bytes([0]))),
    "UNSUPPORTED_FORMAT",
    "found an unsupported format (OpenSSH private key, PEM), expected an unwrapping key",
    'convert a copy of it: ssh-keygen -p -m PKCS8 -N "" -f COPY; if it is Ed25519 and stays as it is, take the seed: (printf 302e020100300506032b657004220420 | xxd -r -p; grep -v - COPY | base64 -d | tail -c +162 | head -c 32) > key.der',
  ],
  "OpenPGP for an unwrapping key": [
    () => parseUnwrappingKey(pem("PGP PRIVATE KEY BLOCK", bytes([0]))),
    "UNSUPPORTED_FORMAT",
    "found an unsupported format (OpenPGP, PEM), expected an unwrapping key",
    "export the key itself as PKCS#8",
  ],
  "bytes for an unwrapping key": [
    () => parseUnwrappingKey(new Uint8Array(9)),
    "UNRECOGNIZED_FORMAT",
    "9 bytes that are no key in DER, PEM, base64 or JWK, expected an unwrapping key",
    RIGHT_FILE,
  ],
  "a public key for key material": [
    () => material(base64(rsa.spki)),
    "PUBLIC_KEY_AS_KEY_MATERIAL",
    "found a public key (SubjectPublicKeyInfo, base64), expected key material",
    GIVE_PRIVATE_KEY,
  ],
  "an encrypted key for key material": [
    () => material(encrypted),
    "ENCRYPTED_PRIVATE_KEY",
    "found an encrypted private key (PKCS#8, DER), expected key material",
    DECRYPT,
  ],
  "a certificate for key material": [
    () => material(certificate),
    "CERTIFICATE_GIVEN",
    "found a certificate (X.509, DER), expected key material",
    GIVE_PRIVATE_KEY,
  ],
  "a certificate request for key material": [
    () => material(pem("CERTIFICATE REQUEST", certificate)),
    "CERTIFICATE_GIVEN",
    "found a certificate request (PKCS#10, PEM), expected key material",
    GIVE_PRIVATE_KEY,
  ],
  "PKCS#7 for key material": [
    () => material(pkcs7),
    "UNSUPPORTED_FORMAT",
    "found an unsupported format (PKCS#7 or CMS, DER), expected key material",
    PKCS7,
  ],
  "an SM2 ciphertext for key material": [
    () => material(sm2Ciphertext),
    "UNSUPPORTED_FORMAT",
    "found an unsupported format (SM2 ciphertext, DER), expected key material",
    WRAPPED_ALREADY,
  ],
  "a traditional DSA key for key material": [
    () => material(dsa),
    "UNSUPPORTED_FORMAT",
    "found an unsupported format (DSA private key, DER), expected key material",
    NO_KEY_SPEC,
  ],
  "a traditional DSA key in PEM for key material": [
    () => material(pem("DSA PRIVATE KEY", dsa)),
    "UNSUPPORTED_FORMAT",
    "found an unsupported format (DSA private key, PEM), expected key material",
    NO_KEY_SPEC,
  ],
  "a ZIP archive for key material": [
    () => material(zip),
    "UNSUPPORTED_FORMAT",
    "found an unsupported format (ZIP archive, binary), expected key material",
    DOWNLOAD,
  ],
  "a ZIP archive to inspect": [
    () => inspectKeyFile(zip),
    "UNSUPPORTED_FORMAT",
    "found an unsupported format (ZIP archive, binary), expected key material",
    DOWNLOAD,
  ],
  "bytes for the material of an RSA key": [
    () => material(new Uint8Array(9), "RSA_2048"),
    "UNRECOGNIZED_FORMAT",
    "9 bytes that are no key in DER, PEM, base64 or JWK, expected key material",
    RIGHT_FILE,
  ],
  "bytes without a key spec": [
    () => material(new Uint8Array(9)),
    "KEY_SPEC_REQUIRED",
    "9 bytes that do not say what key they are",
    NAME_IT,
  ],
  "hexadecimal without a key spec": [
    () => material(digits("0123456789abcdef", 64)),
    "KEY_SPEC_REQUIRED",
    "64 bytes that do not say what key they are; they look like hexadecimal text",
    NAME_IT,
  ],
  "a string without a key spec": [
    () => material("0123"),
    "RAW_MATERIAL_AS_TEXT",
    "a string, expected the bytes of a symmetric or HMAC key",
    SAY_WHICH_BYTES,
  ],
  "a string for a symmetric key": [
    () => material("0123", "SYMMETRIC_DEFAULT"),
    "RAW_MATERIAL_AS_TEXT",
    "a string, expected the bytes of a SYMMETRIC_DEFAULT key",
    SAY_WHICH_BYTES,
  ],
  nothing: [() => material(bytes()), "EMPTY_KEY_MATERIAL", "the key material is empty", EMPTY],
  "nothing to inspect": [
    () => inspectKeyFile(bytes()),
    "EMPTY_KEY_MATERIAL",
    "the key material is empty",
    EMPTY,
  ],
  "nothing for a symmetric key": [
    () => material(bytes(), "SYMMETRIC_DEFAULT"),
    "EMPTY_KEY_MATERIAL",
    "no bytes, expected SYMMETRIC_DEFAULT key material",
    EMPTY,
  ],
  "a key for another key spec": [
    () => material(p256.pkcs8, "RSA_2048"),
    "KEY_SPEC_MISMATCH",
    "found a key for ECC_NIST_P256 (PKCS#8, DER), expected one for RSA_2048",
    "check that it is the right file, or make the KMS key with KeySpec ECC_NIST_P256",
  ],
  "material for a key that takes none": [
    () => raw(32, "ML_DSA_44"),
    "UNSUPPORTED_KEY_SPEC",
    "ML_DSA_44 keys take no imported key material",
    "let the KMS generate the key (Origin AWS_KMS)",
  ],
  "options that are none": [
    () => material(rsa.pkcs8, undefined, null as unknown as KeyMaterialOptions),
    "INVALID_ARGUMENT",
    "options must be an object, found null",
  ],
  "a bare scalar": [
    () => raw(32, "ECC_NIST_P256"),
    "RAW_PRIVATE_SCALAR",
    "32 bytes, a bare private number of a ECC_NIST_P256 key by their length, expected a PKCS#8 key",
    "if it is one, make a PKCS#8 of it: (printf 3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420 | xxd -r -p; tail -c 32 FILE) > key.der",
  ],
  "a bare seed": [
    () => raw(32, "ECC_NIST_EDWARDS25519"),
    "RAW_PRIVATE_SCALAR",
    "32 bytes, a bare private number of a ECC_NIST_EDWARDS25519 key by their length, expected a PKCS#8 key",
    "if it is one, make a PKCS#8 of it: (printf 302e020100300506032b657004220420 | xxd -r -p; tail -c 32 FILE) > key.der",
  ],
  "a symmetric key of another length": [
    () => raw(24, "SYMMETRIC_DEFAULT"),
    "RAW_MATERIAL_LENGTH",
    "24 bytes, but SYMMETRIC_DEFAULT takes 32",
    RIGHT_SPEC,
  ],
  "a key of China's regions elsewhere": [
    () => raw(16, "SYMMETRIC_DEFAULT"),
    "RAW_MATERIAL_LENGTH",
    "16 bytes, but SYMMETRIC_DEFAULT takes 32",
    ONLY_IN_CHINA,
  ],
  "a key of China's regions in a region that is named": [
    () => raw(16, "SYMMETRIC_DEFAULT", { chinaRegion: false }),
    "RAW_MATERIAL_LENGTH",
    "16 bytes, but SYMMETRIC_DEFAULT takes 32",
    ONLY_IN_CHINA,
  ],
  "a key of other regions in China": [
    () => raw(32, "SYMMETRIC_DEFAULT", { chinaRegion: true }),
    "RAW_MATERIAL_LENGTH",
    "32 bytes, but SYMMETRIC_DEFAULT takes 16",
    "in China's regions a SYMMETRIC_DEFAULT key is an SM4 key",
  ],
  "an HMAC key that is too short": [
    () => raw(27, "HMAC_224"),
    "RAW_MATERIAL_LENGTH",
    "27 bytes, but HMAC_224 takes 28 to 128",
    RIGHT_SPEC,
  ],
  "a symmetric key with a line break": [
    () => material(bytes(new Uint8Array(32), [10]), "SYMMETRIC_DEFAULT"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "33 bytes that look like a key of 32 bytes with a line break behind it, expected the bytes of a SYMMETRIC_DEFAULT key",
    "cut it off: head -c 32 FILE > key.bin",
  ],
  "text of a symmetric key's length with a line break, which may be the key": [
    () => material(bytes(digits("0123456789abcdef", 32), [10]), "SYMMETRIC_DEFAULT"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "33 bytes that look like a key of 32 bytes with a line break behind it, expected the bytes of a SYMMETRIC_DEFAULT key",
    "cut it off: head -c 32 FILE > key.bin",
  ],
  "text of an HMAC key's length with a line break, which is no key": [
    () => material(bytes(digits("0123456789abcdef", 64), [10]), "HMAC_512"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "65 bytes that look like hexadecimal text, expected the bytes of a HMAC_512 key",
    `${MAKE_BYTES}; if these bytes are the key, say so: { raw: true }`,
  ],
  "a symmetric key in hexadecimal": [
    () => material(digits("0123456789abcdef", 64), "SYMMETRIC_DEFAULT"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "64 bytes that look like hexadecimal text, expected the bytes of a SYMMETRIC_DEFAULT key",
    MAKE_BYTES,
  ],
  "an HMAC key in base64": [
    () => material(digits("AZaz09+/", 44), "HMAC_256"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "44 bytes that look like base64 text, expected the bytes of a HMAC_256 key",
    "decode it: base64 -d FILE > key.bin; if these bytes are the key, say so: { raw: true }",
  ],
  "an HMAC key in hexadecimal with colons": [
    () => material(digits("0a:", 95), "HMAC_256"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "95 bytes that look like hexadecimal text with 0x or colons, expected the bytes of a HMAC_256 key",
    `write it without these, then ${MAKE_BYTES}; if these bytes are the key, say so: { raw: true }`,
  ],
  "an HMAC key in hexadecimal with 0x": [
    () => material(bytes(utf8("0x"), digits("0a", 64)), "HMAC_256"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "66 bytes that look like hexadecimal text with 0x or colons, expected the bytes of a HMAC_256 key",
    `write it without these, then ${MAKE_BYTES}; if these bytes are the key, say so: { raw: true }`,
  ],
  "an HMAC key in quotes": [
    () => material(utf8(`"${"AZaz09+/".repeat(5)}AAA="\n`), "HMAC_256"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "47 bytes that look like text, expected the bytes of a HMAC_256 key",
    `${TAKE_BYTES}; if these bytes are the key, say so: { raw: true }`,
  ],
  "an HMAC key as a JWK": [
    () => material(utf8(`{"kty":"oct","k":"${"AZaz09-_".repeat(5)}AAA"}`), "HMAC_256"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "63 bytes that look like text, expected the bytes of a HMAC_256 key",
    `${TAKE_BYTES}; if these bytes are the key, say so: { raw: true }`,
  ],
  "a symmetric key as a JWK": [
    () => material(utf8(`{"kty":"oct","k":"${"AZaz09-_".repeat(5)}AAA"}`), "SYMMETRIC_DEFAULT"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "63 bytes that look like text, expected the bytes of a SYMMETRIC_DEFAULT key",
    TAKE_BYTES,
  ],
  "a public key of SSH as an HMAC key": [
    () => material(utf8(`ssh-ed25519 ${"A".repeat(68)} me@home\n`), "HMAC_256"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "89 bytes that look like text, expected the bytes of a HMAC_256 key",
    `${TAKE_BYTES}; if these bytes are the key, say so: { raw: true }`,
  ],
  "an HMAC key in DER": [
    () => material(p256.spki, "HMAC_256"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "91 bytes that look like a key in DER, expected the bytes of a HMAC_256 key",
    "name the key spec of that key, or leave it out to have it recognised; if these bytes are the key, say so: { raw: true }",
  ],
  "a symmetric key in PEM": [
    () => material(utf8(pem("PRIVATE KEY", p256.pkcs8)), "SYMMETRIC_DEFAULT"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "241 bytes that look like a PEM file, expected the bytes of a SYMMETRIC_DEFAULT key",
    "name the key spec of the key in it, or leave it out to have it recognised",
  ],
  "a symmetric key as text of Windows": [
    () => material(utf8("\ufeff0123456789"), "SYMMETRIC_DEFAULT"),
    "RAW_MATERIAL_LOOKS_ENCODED",
    "13 bytes that look like text with a byte order mark, expected the bytes of a SYMMETRIC_DEFAULT key",
    "a text editor or PowerShell's > wrote it; write the bytes themselves to a file",
  ],
  "a key spec that is no string": [
    () => material(rsa.pkcs8, 7 as unknown as KeySpec),
    "INVALID_ARGUMENT",
    "keySpec must be a string, found number",
  ],
  "a key spec that there is not": [
    () => material(rsa.pkcs8, "AES_256" as KeySpec),
    "UNSUPPORTED_KEY_SPEC",
    "keySpec is not one that the KMS API names",
    "use one of SYMMETRIC_DEFAULT, HMAC_224, HMAC_256, HMAC_384, HMAC_512, RSA_2048, RSA_3072, RSA_4096, ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521, ECC_SECG_P256K1, ECC_NIST_EDWARDS25519, SM2, ML_DSA_44, ML_DSA_65, ML_DSA_87, ML_KEM_512, ML_KEM_768, ML_KEM_1024",
  ],
  "a wrapping key spec that there is not": [
    () => assertWrappingKeySpec("RSA_1024"),
    "UNSUPPORTED_KEY_SPEC",
    "wrappingKeySpec is not one that the KMS API names",
    "use one of RSA_2048, RSA_3072, RSA_4096, SM2",
  ],
  "a wrapping key that is no string and no bytes": [
    () => parseWrappingKey(7 as unknown as string),
    "INVALID_ARGUMENT",
    "the wrapping key must be a Uint8Array or a string, found number",
    EXPORT,
  ],
  "an unwrapping key that is no string and no bytes": [
    () => parseUnwrappingKey(null as unknown as string),
    "INVALID_ARGUMENT",
    "the unwrapping key must be a Uint8Array or a string, found null",
    EXPORT,
  ],
  "material that is no string and no bytes": [
    () => material(7 as unknown as string),
    "INVALID_ARGUMENT",
    "the key material must be a Uint8Array or a string, found number",
    EXPORT,
  ],
};

test.each(Object.entries(REFUSALS))("%s", (_name, [call, ...said]) => {
  expect(refusalOf(call)).toEqual(said);
});
