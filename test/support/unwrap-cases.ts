/** Unwraps that fail in every way there is, and one that succeeds: for checks that they do the same. */

import { concatBytes } from "../../src/bytes.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { KmsWrapError } from "../../src/errors.ts";
import {
  parseUnwrappingKey,
  type RsaUnwrappingKey,
  type Sm2UnwrappingKey,
} from "../../src/keys/unwrapping-key.ts";
import { kwpUnwrap } from "../../src/schemes/aes-kwp.ts";
import { unwrapWith } from "../../src/unwrap.ts";
import { wrapWith } from "../../src/wrap.ts";
import { kwpThatComparesEarly, oaepThatHashesLess, oaepThatStopsEarly } from "./leaky-schemes.ts";
import { pseudoRandom } from "./pseudo-random.ts";
import { WRAPPING_KEY_PAIRS } from "./wrapping-keys.ts";
import { kwpBlobs, oaepBlobs, sm2Blobs, type WrongBlobs } from "./wrong-blobs.ts";

/** Blobs of one length under one key, and what opens them. */
export interface UnwrapCase {
  readonly name: string;
  readonly blobs: WrongBlobs;
  readonly unwrap: (engine: Engine, blob: Uint8Array) => unknown;
}

export const RSA_KEY = parseUnwrappingKey(WRAPPING_KEY_PAIRS.RSA_2048.pkcs8) as RsaUnwrappingKey;
const SM2_KEY = parseUnwrappingKey(WRAPPING_KEY_PAIRS.SM2.pkcs8) as Sm2UnwrappingKey;
const HASHES = [
  ["1", "SHA-1"],
  ["256", "SHA-256"],
] as const;

/** Always the same, and below any modulus: how often a draw is repeated shall not differ. */
const random = (byteLength: number) => pseudoRandom(byteLength, 1).fill(0x11, 0, 1);

/** The five algorithms, and key wrap by itself. */
export function unwrapCases(engine: Engine): UnwrapCase[] {
  return [
    ...HASHES.map(([suffix, hash]): UnwrapCase => {
      const algorithm = `RSAES_OAEP_SHA_${suffix}` as const;
      return {
        name: algorithm,
        blobs: oaepBlobs(engine, RSA_KEY.numbers, hash, pseudoRandom(32, 8)),
        unwrap: (on, wrapped) => unwrapWith(on, { algorithm, privateKey: RSA_KEY, wrapped }, random),
      };
    }),
    ...HASHES.map(([suffix, hash]): UnwrapCase => {
      const algorithm = `RSA_AES_KEY_WRAP_SHA_${suffix}` as const;
      return {
        name: algorithm,
        blobs: rsaAesBlobs(engine, hash),
        unwrap: (on, wrapped) => unwrapWith(on, { algorithm, privateKey: RSA_KEY, wrapped }, random),
      };
    }),
    keyWrapCase("AES-KWP", engine, kwpUnwrap),
    sm2Case(engine),
  ];
}

/** The same done wrongly: by calls of the engine that depend on the plaintext, or by branches alone. */
export function leakyCases(engine: Engine): Record<"stopping" | "hashing" | "comparing", UnwrapCase> {
  const all = oaepBlobs(engine, RSA_KEY.numbers, "SHA-256", pseudoRandom(32, 8));
  const names = ["nothing", "the leading byte", "no separator"];
  const blobs = Object.fromEntries(names.map((name) => [name, all[name]!]));
  const { numbers } = RSA_KEY;
  return {
    stopping: { name: "", blobs, unwrap: (on, blob) => oaepThatStopsEarly(on, numbers, blob, random) },
    hashing: { name: "", blobs, unwrap: (on, blob) => oaepThatHashesLess(on, numbers, blob, random) },
    comparing: keyWrapCase("", engine, kwpThatComparesEarly),
  };
}

/** Runs one. @returns whether it failed, in the one way there is. */
export function fails(engine: Engine, { unwrap }: UnwrapCase, blob: Uint8Array): boolean {
  try {
    unwrap(engine, blob);
    return false;
  } catch (error) {
    if (error instanceof KmsWrapError && error.code === "UNWRAP_FAILED") return true;
    throw error;
  }
}

/** Wrong in the first half, in the second, or in both. */
function rsaAesBlobs(engine: Engine, hash: "SHA-1" | "SHA-256"): WrongBlobs {
  const K = pseudoRandom(32, 4);
  const encrypted = (key: Uint8Array) => oaepBlobs(engine, RSA_KEY.numbers, hash, key);
  const { nothing: rightKey, ...wrongKeys } = encrypted(K);
  const { nothing: rightRest, ...wrongRests } = kwpBlobs(engine, K);
  const firstHalves = {
    ...wrongKeys,
    "a key of 16 bytes": encrypted(K.subarray(0, 16))["nothing"]!,
    "a key of 33 bytes": encrypted(pseudoRandom(33, 4))["nothing"]!,
  };
  return {
    nothing: concatBytes(rightKey!, rightRest!),
    ...named("first half", firstHalves, (first) => concatBytes(first, rightRest!)),
    ...named("second half", wrongRests, (rest) => concatBytes(rightKey!, rest)),
    "both halves": concatBytes(wrongKeys["everything"]!, wrongRests["everything"]!),
  };
}

function keyWrapCase(
  name: string,
  engine: Engine,
  unwrap: (on: Engine, kek: Uint8Array, blob: Uint8Array) => unknown,
): UnwrapCase {
  const kek = pseudoRandom(32, 14);
  return { name, blobs: kwpBlobs(engine, kek), unwrap: (on, blob) => unwrap(on, kek, blob) };
}

function sm2Case(engine: Engine): UnwrapCase {
  const algorithm = "SM2PKE";
  const keyMaterial = pseudoRandom(40, 6);
  const [k, other] = plainScalars(engine);
  const request = { algorithm, publicKey: SM2_KEY.wrappingKey, keyMaterial } as const;
  const right = wrapWith(engine, request, () => k!.slice());
  return {
    name: algorithm,
    blobs: sm2Blobs(right, engine.sm2.publicKey(other!)),
    unwrap: (on, wrapped) => unwrapWith(on, { algorithm, privateKey: SM2_KEY, wrapped }, random),
  };
}

/** Two, whose points have coordinates that DER writes alike: how a point is written is public, and takes its own path. */
function plainScalars(engine: Engine): Uint8Array[] {
  const isPlain = (byte: number) => byte > 0 && byte < 0x80;
  const scalars = Array.from({ length: 40 }, (_, seed) => pseudoRandom(32, seed).fill(1, 0, 1));
  return scalars.filter((scalar) => {
    const point = engine.sm2.publicKey(scalar);
    return isPlain(point[0]!) && isPlain(point[32]!);
  });
}

function named(half: string, blobs: WrongBlobs, whole: (blob: Uint8Array) => Uint8Array): WrongBlobs {
  return Object.fromEntries(Object.entries(blobs).map(([wrong, blob]) => [`${half}: ${wrong}`, whole(blob)]));
}
