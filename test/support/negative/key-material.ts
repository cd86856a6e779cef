/** What parseKeyMaterial must refuse under a key spec: the wrong kind of key, and encodings mistaken for raw bytes. */

import type { KmsWrapErrorCode } from "../../../src/errors.ts";
import type { KeySpec } from "../../../src/keys/key-specs.ts";
import { base64, bytes, pem, utf16 } from "../der-builder.ts";
import { ecPrivate, scalarOf } from "../keys-broken.ts";
import { fixture } from "../keys-fixtures.ts";
import { FOREIGN } from "../keys-foreign.ts";
import { pseudoRandom } from "../pseudo-random.ts";

const key = pseudoRandom(32, 5);
const hex = [...key].map((octet) => octet.toString(16).padStart(2, "0")).join("");
const rsa = fixture("RSA_2048");
const p256 = fixture("ECC_NIST_P256");

/** An input, text as UTF-8, the key spec it is given for, and the code it is refused with. */
type CraftedMaterial = readonly [
  name: string,
  keySpec: KeySpec,
  input: Uint8Array | string,
  code: KmsWrapErrorCode,
];

export const KEY_MATERIAL: readonly CraftedMaterial[] = [
  ["no bytes", "SYMMETRIC_DEFAULT", bytes(), "EMPTY_KEY_MATERIAL"],
  ["no bytes for a private key", "RSA_2048", bytes(), "EMPTY_KEY_MATERIAL"],
  ["31 bytes", "SYMMETRIC_DEFAULT", key.slice(1), "RAW_MATERIAL_LENGTH"],
  ["33 bytes", "SYMMETRIC_DEFAULT", bytes(key, [7]), "RAW_MATERIAL_LENGTH"],
  ["27 bytes", "HMAC_224", key.slice(5), "RAW_MATERIAL_LENGTH"],
  ["129 bytes", "HMAC_512", bytes(key, key, key, key, [7]), "RAW_MATERIAL_LENGTH"],
  ["a key and a line feed", "SYMMETRIC_DEFAULT", bytes(key, [10]), "RAW_MATERIAL_LOOKS_ENCODED"],
  ["a key and a CRLF", "HMAC_256", bytes(key, [13, 10]), "RAW_MATERIAL_LOOKS_ENCODED"],
  ["hexadecimal", "SYMMETRIC_DEFAULT", hex, "RAW_MATERIAL_LOOKS_ENCODED"],
  [
    "hexadecimal in upper case, in lines",
    "HMAC_256",
    hex.toUpperCase().replaceAll(/.{16}/g, "$&\n"),
    "RAW_MATERIAL_LOOKS_ENCODED",
  ],
  ["base64", "SYMMETRIC_DEFAULT", base64(key), "RAW_MATERIAL_LOOKS_ENCODED"],
  ["UTF-16", "HMAC_512", utf16(hex.slice(0, 40), "little"), "RAW_MATERIAL_LOOKS_ENCODED"],
  ["a PEM private key", "HMAC_384", pem("PRIVATE KEY", p256.pkcs8), "RAW_MATERIAL_LOOKS_ENCODED"],
  [
    "a PKCS#8 key of 48 bytes",
    "HMAC_384",
    fixture("ECC_NIST_EDWARDS25519").pkcs8,
    "RAW_MATERIAL_LOOKS_ENCODED",
  ],
  ["a public key", "ECC_NIST_P256", p256.spki, "PUBLIC_KEY_AS_KEY_MATERIAL"],
  ["a certificate", "ECC_NIST_P256", FOREIGN.certificate, "CERTIFICATE_GIVEN"],
  ["an RSA key of another length", "RSA_4096", rsa.pkcs8, "KEY_SPEC_MISMATCH"],
  ["a key on another curve", "ECC_SECG_P256K1", p256.pkcs8, "KEY_SPEC_MISMATCH"],
  ["an RSA key for a curve", "SM2", rsa.traditional!, "KEY_SPEC_MISMATCH"],
  ["a bare scalar", "ECC_NIST_P256", key, "RAW_PRIVATE_SCALAR"],
  ["a bare scalar with a zero in front", "SM2", bytes([0], key), "RAW_PRIVATE_SCALAR"],
  [
    "a scalar of 0 that names no curve",
    "ECC_NIST_P256",
    ecPrivate({ scalar: scalarOf(0n) }),
    "INVALID_EC_SCALAR",
  ],
  [
    "a scalar of another curve's length",
    "ECC_NIST_P256",
    ecPrivate({ scalar: bytes([1], pseudoRandom(47, 5)) }),
    "INVALID_EC_SCALAR",
  ],
  ["bytes for RSA", "RSA_2048", bytes([0x11], key), "UNRECOGNIZED_FORMAT"],
  ["any bytes for ML-DSA", "ML_DSA_44", key, "UNSUPPORTED_KEY_SPEC"],
];
