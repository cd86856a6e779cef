/** What mutations start from: vectors/negative, and the sound keys, answers and ciphertexts beside it. */

import { concatBytes } from "../../src/bytes.ts";
import { portableEngine } from "../../src/engine/portable/engine.ts";
import { CURVE_OIDS, encodeOid } from "../../src/formats/oids.ts";
import { SM2_ENCODINGS } from "../../src/formats/sm2-ciphertext.ts";
import { KEY_SPECS } from "../../src/keys/key-specs.ts";
import type { WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { WRAPPING_ALGORITHMS } from "../../src/schemes/algorithms.ts";
import knownAnswers from "../../vectors/kms-known-answers.json" with { type: "json" };
import blobs from "../../vectors/negative/blobs.json" with { type: "json" };
import keyMaterial from "../../vectors/negative/key-material.json" with { type: "json" };
import parameters from "../../vectors/negative/parameters.json" with { type: "json" };
import privateKeys from "../../vectors/negative/private-keys.json" with { type: "json" };
import wrappingKeys from "../../vectors/negative/wrapping-keys.json" with { type: "json" };
import { base64, bytes, utf8, utf16 } from "../support/der-builder.ts";
import { SEEDS as SOUND_KEYS } from "../support/keys-mutations.ts";
import { pseudoRandom } from "../support/pseudo-random.ts";
import { readVectors } from "../support/vectors.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

/** Longer ones would be most of the work, and teach little. */
const MAX_SEED_BYTES = 8192;

const isText = (seed: Uint8Array) => seed.every((octet) => octet >= 9 && octet < 0x7f);
const inputs = (file: unknown) =>
  readVectors(file, "parse-key").flatMap(([, { invalid }]) => invalid.map(({ input }) => input));

/** Keys of every kind in every form, sound and not. */
export const KEY_SEEDS: readonly Uint8Array[] = [
  ...SOUND_KEYS,
  ...inputs(wrappingKeys),
  ...inputs(privateKeys),
].filter(({ length }) => length <= MAX_SEED_BYTES);
export const DER_SEEDS: readonly Uint8Array[] = KEY_SEEDS.filter((seed) => seed[0] === 0x30);
export const PEM_SEEDS: readonly Uint8Array[] = KEY_SEEDS.filter((seed) => seed[0] === 0x2d);
export const JWK_SEEDS: readonly Uint8Array[] = KEY_SEEDS.filter((seed) => seed[0] === 0x7b);
export const BASE64_SEEDS: readonly Uint8Array[] = [
  ...KEY_SEEDS.filter((seed) => seed[0] === 0x4d && isText(seed)),
  ...["", "AA==", "AAA=", "AAAA", "A A\nA\tA\r", "_-8", "+/+/"].map(utf8),
];
export const TEXT_SEEDS: readonly Uint8Array[] = [
  ...KEY_SEEDS.filter(isText).map((seed) => seed.subarray(0, 300)),
  utf8("\ufeffÄ€𝄞"),
  utf16("text", "little"),
  utf16("text", "big"),
];
export const OID_SEEDS: readonly Uint8Array[] = [
  ...Object.values(CURVE_OIDS),
  "0.0",
  "2.999.3",
  "1.39.268435455",
].map((dotted) => encodeOid(dotted));

/** A byte that chooses, and an input of it. */
const chosen = (choice: number, seed: Uint8Array) => bytes([choice], seed);

export const KEY_SPEC_SEEDS: readonly Uint8Array[] = [
  ...readVectors(keyMaterial, "parse-key").flatMap(([, { invalid }]) =>
    invalid.map(({ keySpec, input }) => chosen(KEY_SPECS.indexOf(keySpec!), input)),
  ),
  ...KEY_SPECS.map((_, i) => chosen(i, pseudoRandom(32 + i, 1))),
  ...KEY_SEEDS.filter((_, i) => i % 4 === 0).map((seed, i) => chosen(i % KEY_SPECS.length, seed)),
];

const ANSWER = {
  KeyId: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  PublicKey: base64(WRAPPING_KEY_PAIRS.RSA_2048.spki),
  ImportToken: base64(pseudoRandom(40, 1)),
  ParametersValidTo: 1_795_601_472,
};
export const PARAMETER_SEEDS: readonly Uint8Array[] = [
  JSON.stringify(ANSWER),
  JSON.stringify({ ...ANSWER, ParametersValidTo: "2026-11-25T11:11:12.123456+01:00" }, null, 4),
  JSON.stringify({
    ...ANSWER,
    ParametersValidTo: "2026-11-25 10:11:12+00:00",
    ResponseMetadata: { RetryAttempts: 0 },
  }),
  JSON.stringify({ ...ANSWER, KeyId: "mrk-1234abcd12ab34cd56ef1234567890ab", ParametersValidTo: undefined }),
  JSON.stringify({
    ...ANSWER,
    KeyId: ANSWER.KeyId.replace("aws", "aws-cn").replace("eu-central", "cn-north"),
    PublicKey: base64(WRAPPING_KEY_PAIRS.SM2.spki),
  }),
]
  .map(utf8)
  .concat(
    utf16(JSON.stringify(ANSWER), "little"),
    readVectors(parameters, "read-parameters").flatMap(([, { invalid }]) =>
      invalid.map(({ input }) => input),
    ),
  )
  .filter(({ length }) => length <= MAX_SEED_BYTES);

/** Of each algorithm, under the one key of its type; before those of SM2 stands the choice of the encoding. */
export const BLOB_SEEDS: Readonly<Record<WrappingAlgorithm, readonly Uint8Array[]>> = Object.fromEntries(
  WRAPPING_ALGORITHMS.map((algorithm) => [
    algorithm,
    [blobs, knownAnswers]
      .flatMap((file) => readVectors(file, "kms-wrap"))
      .filter(([, { wrappingKeySpec }]) => wrappingKeySpec === "RSA_2048" || wrappingKeySpec === "SM2")
      .flatMap(([, { valid, invalid }]) => [...valid, ...invalid])
      .filter((one) => one.algorithm === algorithm)
      .map(({ wrapped, encoding = "asn1" }) =>
        algorithm === "SM2PKE" ? chosen(SM2_ENCODINGS.indexOf(encoding), wrapped) : wrapped,
      ),
  ]),
) as Record<WrappingAlgorithm, Uint8Array[]>;
export const SM2_BLOB_SEEDS: readonly Uint8Array[] = BLOB_SEEDS.SM2PKE.map((seed) => seed.subarray(1));

const semiblocks = (length: number, plaintext: Uint8Array) =>
  bytes([0xa6, 0x59, 0x59, 0xa6, 0, 0, length >> 8, length & 255], plaintext);
export const KWP_SEEDS: readonly Uint8Array[] = [1, 7, 8, 9, 16, 17, 32, 121].map((length) =>
  semiblocks(length, pseudoRandom(length, 1)),
);

const lHash = portableEngine.hashes.digest("SHA-1", new Uint8Array(0));
/** Y ‖ DB for a modulus of 1024 bits. */
const encoded = (messageBytes: number) => {
  const padding = new Uint8Array(128 - 2 * lHash.length - 2 - messageBytes);
  return concatBytes(Uint8Array.of(0), lHash, padding, Uint8Array.of(1), pseudoRandom(messageBytes, 1));
};
export const OAEP_SEEDS: readonly Uint8Array[] = [0, 1, 32, 85, 86].map(encoded);

/** Nonces and messages. */
export const SM2_INSIDE_SEEDS: readonly Uint8Array[] = [4, 107, 194, 295, 327, 470].flatMap((nonce) =>
  [1, 2, 32, 65].map((length) => bytes([0, 0, nonce >> 8, nonce & 255], pseudoRandom(length, nonce))),
);
