/**
 * Ciphertexts, on every engine. Random changes to a ciphertext never get beyond the first check behind the decryption;
 * so the targets named …-inside take what the decryption yields, encrypt it, and compare with a model of the checks.
 */

import { concatBytes, equalBytes, xorBytes } from "../../src/bytes.ts";
import type { RsaPrivateNumbers } from "../../src/engine/engine.ts";
import { portableEngine } from "../../src/engine/portable/engine.ts";
import { unwrapFailed } from "../../src/errors.ts";
import { SM2_ENCODINGS } from "../../src/formats/sm2-ciphertext.ts";
import { parseUnwrappingKey } from "../../src/keys/unwrapping-key.ts";
import { systemRandom as random } from "../../src/random.ts";
import { kwpUnwrap } from "../../src/schemes/aes-kwp.ts";
import { WRAPPING_ALGORITHMS, type WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { rsaesOaepDecrypt } from "../../src/schemes/rsaes-oaep.ts";
import { sm2Decrypt } from "../../src/schemes/sm2pke.ts";
import { unwrapWith } from "../../src/unwrap.ts";
import { pseudoRandom } from "../support/pseudo-random.ts";
import { keyOf, prime } from "../support/rsa-keys.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";
import { onEveryEngine } from "./engines.ts";
import { check } from "./finding.ts";
import { BLOB_SEEDS, KWP_SEEDS, OAEP_SEEDS, SM2_INSIDE_SEEDS } from "./seeds.ts";
import { type FuzzTarget, sameBytes } from "./target.ts";

const { aes, hashes, rsa, sm2 } = portableEngine;
const RSA_KEY = parseUnwrappingKey(WRAPPING_KEY_PAIRS.RSA_2048.pkcs8);
const SM2_KEY = parseUnwrappingKey(WRAPPING_KEY_PAIRS.SM2.pkcs8);
const KEK = pseudoRandom(32, 1);
const AIV = Uint8Array.of(0xa6, 0x59, 0x59, 0xa6);
const NO_LABEL = new Uint8Array(0);

export const UNWRAP_TARGETS: readonly FuzzTarget[] = [
  ...WRAPPING_ALGORITHMS.map(unwrapTarget),
  { name: "kwp-inside", seeds: KWP_SEEDS, maxBytes: 256, testRuns: 600, run: openSemiblocks },
  { name: "oaep-inside", seeds: OAEP_SEEDS, maxBytes: 128, testRuns: 60, run: openEncodedMessage },
  { name: "sm2-inside", seeds: SM2_INSIDE_SEEDS, maxBytes: 512, testRuns: 40, run: openSm2Parts },
];

/** The first byte of an SM2 ciphertext chooses its encoding. */
function unwrapTarget(algorithm: WrappingAlgorithm): FuzzTarget {
  const isSm2 = algorithm === "SM2PKE";
  return {
    name: `unwrap-${algorithm}`,
    seeds: BLOB_SEEDS[algorithm],
    maxBytes: 2048,
    testRuns: isSm2 ? 60 : 16,
    run: (input) => {
      const encoding = isSm2 ? SM2_ENCODINGS[(input[0] ?? 0) % SM2_ENCODINGS.length]! : "asn1";
      const request = {
        algorithm,
        privateKey: isSm2 ? SM2_KEY : RSA_KEY,
        wrapped: isSm2 ? input.subarray(1) : input,
        encoding,
      };
      return `${onEveryEngine((engine) => unwrapWith(engine, request)).length} bytes, ${encoding}`;
    },
  };
}

/** The input is S of RFC 5649 §4.1: AIV, length, plaintext, padding. */
function openSemiblocks(input: Uint8Array): string {
  const S = new Uint8Array(Math.max(16, 8 * Math.ceil(input.length / 8)));
  S.set(input);
  const wrapped = aes.wrapSemiblocks(KEK, S);
  const expected = plaintextOf(S);
  const opened = opening(() => onEveryEngine((engine) => kwpUnwrap(engine, KEK, wrapped)));
  return agreed(opened, expected);
}

/** RFC 5649 §3, the three checks. */
function plaintextOf(S: Uint8Array): Uint8Array | undefined {
  const length = new DataView(S.buffer).getUint32(4);
  const padded = S.length - 8;
  if (!equalBytes(S.subarray(0, 4), AIV) || length > padded || length <= padded - 8) return undefined;
  return isZero(S.subarray(8 + length)) ? S.slice(8, 8 + length) : undefined;
}

let oaepKey: RsaPrivateNumbers | undefined;

/** The input is Y ‖ DB of RFC 8017 §7.1.2, step 3, before the masks; the key has 1024 bits. */
function openEncodedMessage(input: Uint8Array): string {
  oaepKey ??= keyOf(prime("p512"), prime("q512"));
  const key = oaepKey;
  const lHash = hashes.digest("SHA-1", NO_LABEL);
  const k = key.modulus.length;
  const encoded = new Uint8Array(k - lHash.length);
  encoded.set(input.subarray(0, encoded.length));
  const DB = encoded.subarray(1);
  const seed = pseudoRandom(lHash.length, 2);
  const maskedDB = xorBytes(DB, hashes.mgf1("SHA-1", seed, DB.length));
  const maskedSeed = xorBytes(seed, hashes.mgf1("SHA-1", maskedDB, lHash.length));
  encoded[0]! &= 0x7f; // Below n, whose first byte is above that.
  const ciphertext = rsa.publicOperation(key, concatBytes(encoded.subarray(0, 1), maskedSeed, maskedDB));
  const request = {
    privateKey: key,
    ciphertext,
    hash: "SHA-1",
    mgf1Hash: "SHA-1",
    label: NO_LABEL,
    random,
  } as const;
  const opened = opening(() => onEveryEngine((engine) => rsaesOaepDecrypt(engine, request)));
  return agreed(opened, messageOf(encoded, lHash));
}

/** RFC 8017 §7.1.2, step 3.g. */
function messageOf(encoded: Uint8Array, lHash: Uint8Array): Uint8Array | undefined {
  const rest = encoded.subarray(1 + lHash.length);
  const separator = rest.findIndex((octet) => octet !== 0);
  if (encoded[0] !== 0 || !equalBytes(encoded.subarray(1, 1 + lHash.length), lHash)) return undefined;
  return rest[separator] === 1 ? rest.slice(separator + 1) : undefined;
}

/** The input is a nonce of four bytes and a message: encrypted by one engine's parts, both must open it. */
function openSm2Parts(input: Uint8Array): string {
  const k = new Uint8Array(32);
  k.set(input.subarray(0, 4), 28);
  const message = input.subarray(4);
  if (message.length === 0 || isZero(k) || SM2_KEY.type !== "SM2") return "nothing";
  const { c1: C1, shared } = sm2.encapsulate(SM2_KEY.wrappingKey.point, k);
  const t = sm2.kdf(shared, message.length);
  const C3 = sm2.sm3(concatBytes(shared.subarray(0, 32), message, shared.subarray(32)));
  const ciphertext = concatBytes(C1, C3, xorBytes(message, t));
  const request = { privateKey: SM2_KEY.scalar, ciphertext, encoding: "c1c3c2-no04" } as const;
  const opened = opening(() => onEveryEngine((engine) => sm2Decrypt(engine, request)));
  return agreed(opened, isZero(t) ? undefined : message);
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((octet) => octet === 0);
}

/** A failed decryption as a value. */
function opening(open: () => Uint8Array): Uint8Array | undefined {
  try {
    return open();
  } catch (error) {
    const { code, message } = unwrapFailed();
    if ((error as { code?: unknown }).code !== code) throw error;
    check((error as Error).message === message, "every failed decryption says the same");
    return undefined;
  }
}

function agreed(opened: Uint8Array | undefined, expected: Uint8Array | undefined): string {
  if (expected === undefined) check(opened === undefined, "what the standard refuses is refused");
  else check(opened !== undefined && sameBytes(opened, expected), "what the standard takes is taken");
  return opened === undefined ? "refused" : `opened, ${Math.min(opened.length, 9)} bytes or more`;
}
