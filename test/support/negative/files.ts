/** The files of vectors/negative, put together from the tables of this folder. */

import { toHex } from "../../../src/bytes.ts";
import { SM2_ENCODINGS } from "../../../src/formats/sm2-ciphertext.ts";
import { parseUnwrappingKey } from "../../../src/keys/unwrapping-key.ts";
import type { WrappingAlgorithm } from "../../../src/schemes/algorithms.ts";
import { utf8 } from "../der-builder.ts";
import { minimalBytes } from "../rsa-keys.ts";
import { WRAPPING_KEY_PAIRS } from "../wrapping-keys.ts";
import type { Crafted } from "./crafted.ts";
import { KEY_MATERIAL } from "./key-material.ts";
import { PARAMETERS } from "./parameters.ts";
import { PRIVATE_KEYS } from "./private-keys.ts";
import { type Blob, oaepBlobs, rsaAesBlobs } from "./rsa-blobs.ts";
import { sm2Blobs } from "./sm2-blobs.ts";
import { WEAK_MODULI } from "./weak-moduli.ts";
import { WRAPPING_KEYS } from "./wrapping-keys.ts";
import { ZIPS } from "./zips.ts";

type Fields = Record<string, string>;
/** What vectors/README.md calls a group. */
type Group = Record<string, string | Fields[]> & { readonly cases: Fields[] };

const KEYS = "the throw-away keys of test/support/keys-fixtures.json";
const KEY_CLAUSES = "X.690 §8, §10; RFC 5280 §4.1.2.7; RFC 5480 §2; RFC 8017 §3; SEC 1 §2.3";

/** File name below vectors/negative → its groups. */
export const NEGATIVE_FILES: Readonly<Record<string, readonly Group[]>> = {
  "wrapping-keys.json": [parseKey("wrapping key", KEY_CLAUSES, WRAPPING_KEYS.map(crafted))],
  "private-keys.json": [
    parseKey(
      "private key",
      `${KEY_CLAUSES}; RFC 5208 §5; RFC 5915 §3; RFC 8410 §7`,
      PRIVATE_KEYS.map(crafted),
    ),
  ],
  "key-material.json": [
    parseKey(
      "key material",
      "what the KMS API takes under a KeySpec",
      KEY_MATERIAL.map(([name, keySpec, input, code]) => ({ keySpec, ...crafted([name, input, code]) })),
    ),
  ],
  "weak-moduli.json": [
    {
      ...made(
        "Nemec et al., CCS 2017, §2 (ROCA); Fermat's factorisation",
        "primes of test/support/rsa-keys.ts",
      ),
      operation: "rsa-modulus",
      cases: WEAK_MODULI.map(([name, modulus, warning]) => ({
        name,
        modulus: toHex(minimalBytes(modulus)),
        ...(warning !== undefined && { warning }),
        result: "valid",
      })),
    },
  ],
  "parameters.json": [
    {
      ...made("GetParametersForImport of the KMS API", KEYS),
      operation: "read-parameters",
      cases: PARAMETERS.map(crafted),
    },
  ],
  "zip.json": [
    {
      ...made("APPNOTE 6.3 §4.3", "archives of test/support/zip.ts"),
      operation: "read-zip",
      cases: ZIPS.map(([name, archive]) => crafted([name, archive, "INVALID_ZIP"])),
    },
  ],
  "blobs.json": [...rsaGroups(), ...sm2Groups()],
};

function rsaGroups(): Group[] {
  const key = parseUnwrappingKey(WRAPPING_KEY_PAIRS.RSA_2048.pkcs8);
  if (key.type !== "RSA") throw new Error("not an RSA key");
  const group = (algorithm: WrappingAlgorithm, clause: string, rows: Blob[]) =>
    kmsWrap("RSA_2048", clause, blobs(algorithm, rows));
  const oaep = "RFC 8017 §7.1.2";
  const rsaAes = "RFC 8017 §7.1.2; RFC 5649 §3, §4.2";
  return [
    group("RSAES_OAEP_SHA_1", oaep, oaepBlobs(key.numbers, "SHA-1")),
    group("RSAES_OAEP_SHA_256", oaep, oaepBlobs(key.numbers, "SHA-256")),
    group("RSA_AES_KEY_WRAP_SHA_1", rsaAes, rsaAesBlobs(key.numbers, "SHA-1")),
    group("RSA_AES_KEY_WRAP_SHA_256", rsaAes, rsaAesBlobs(key.numbers, "SHA-256")),
  ];
}

function sm2Groups(): Group[] {
  const key = parseUnwrappingKey(WRAPPING_KEY_PAIRS.SM2.pkcs8);
  if (key.type !== "SM2") throw new Error("not an SM2 key");
  return SM2_ENCODINGS.map((encoding) => {
    const cases = blobs("SM2PKE", sm2Blobs(key.scalar, encoding));
    const clause = `GB/T 32918.4-2016 §7.1${encoding === "asn1" ? "; GM/T 0009-2012 §7.2" : ""}`;
    return kmsWrap(
      "SM2",
      clause,
      cases.map((one) => ({ encoding, ...one })),
    );
  });
}

function kmsWrap(wrappingKeySpec: "RSA_2048" | "SM2", clause: string, cases: Fields[]): Group {
  const { spki, pkcs8 } = WRAPPING_KEY_PAIRS[wrappingKeySpec];
  return {
    ...made(
      clause,
      "under the key of kms-known-answers.json, with seeds and nonces of test/support/negative",
    ),
    operation: "kms-wrap",
    wrappingKeySpec,
    spki: toHex(spki),
    pkcs8: toHex(pkcs8),
    cases: cases.map(({ name, ...fields }) => ({ name: name!, ...fields })),
  };
}

function blobs(algorithm: WrappingAlgorithm, rows: readonly Blob[]): Fields[] {
  return rows.map(([name, wrapped, material]) => ({
    name,
    algorithm,
    ...(material !== undefined && { material: toHex(material) }),
    wrapped: toHex(wrapped),
    result: material === undefined ? "invalid" : "valid",
  }));
}

function parseKey(reader: string, clause: string, cases: Fields[]): Group {
  return { ...made(clause, KEYS), operation: "parse-key", reader, cases };
}

function crafted([name, input, code, message]: Crafted): Fields {
  return {
    name,
    input: toHex(typeof input === "string" ? utf8(input) : input),
    code,
    ...(message !== undefined && { message: message.source }),
    result: "invalid",
  };
}

function made(clause: string, source: string) {
  return {
    publication: "this project",
    clause,
    transformation: `made wrong in one place each by scripts/make-negative-vectors.mjs: ${source}`,
  };
}
