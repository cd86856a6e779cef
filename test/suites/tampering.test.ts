/**
 * `unwrap` of what somebody has tampered with: every byte changed, every length cut, some appended, whole parts
 * exchanged. Each algorithm, the smallest and the largest material, each engine: always the one error, to the letter.
 */

import { describe, expect, test } from "vitest";
import { equalBytes, toHex } from "../../src/bytes.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { KmsWrapError, unwrapFailed } from "../../src/errors.ts";
import { parseUnwrappingKey, type UnwrappingKey } from "../../src/keys/unwrapping-key.ts";
import { keyTypeFor, WRAPPING_ALGORITHMS, type WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { maxOaepMessageBytes } from "../../src/schemes/rsaes-oaep.ts";
import { unwrapWith } from "../../src/unwrap.ts";
import { wrapWith } from "../../src/wrap.ts";
import { ENGINES } from "../support/engines.ts";
import { fixture } from "../support/keys-fixtures.ts";
import { pseudoRandom } from "../support/pseudo-random.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

/** The largest there is to import: the PKCS#8 of an RSA key of 4096 bits. */
const LARGEST_MATERIAL = fixture("RSA_4096").pkcs8;
/** Of a long blob the portable engine, which takes minutes where there is no JIT either, sees every eleventh byte changed. */
const PORTABLE_DISTANCE = 11;
/** What a sample of the bytes is changed by; every byte is changed by one bit. */
const PATTERNS = [0xff, 0x80, 0x01, 0x55];
const SAMPLE_DISTANCE = 29;

/** What was wrapped, and the key that opens it: parsed once, since parsing takes longer than unwrapping. */
interface Wrapped {
  readonly algorithm: WrappingAlgorithm;
  readonly privateKey: UnwrappingKey;
  readonly keyMaterial: Uint8Array;
  readonly blob: Uint8Array;
}

const KEYS = {
  RSA: parseUnwrappingKey(WRAPPING_KEY_PAIRS.RSA_2048.pkcs8),
  RSA_4096: parseUnwrappingKey(WRAPPING_KEY_PAIRS.RSA_4096.pkcs8),
  SM2: parseUnwrappingKey(WRAPPING_KEY_PAIRS.SM2.pkcs8),
};

function wrapped(
  engine: Engine,
  algorithm: WrappingAlgorithm,
  keyMaterial: Uint8Array,
  privateKey: UnwrappingKey = KEYS[keyTypeFor(algorithm)],
): Wrapped {
  const blob = wrapWith(engine, { algorithm, publicKey: privateKey.wrappingKey, keyMaterial });
  return { algorithm, privateKey, keyMaterial, blob };
}

/** The largest material that the algorithm takes: under OAEP the modulus decides. */
function largest(algorithm: WrappingAlgorithm, modulusBytes: number): Uint8Array {
  const oaep = /^RSAES_OAEP_SHA_(1|256)$/.exec(algorithm)?.[1];
  if (oaep === undefined) return LARGEST_MATERIAL;
  return pseudoRandom(maxOaepMessageBytes(modulusBytes, oaep === "1" ? "SHA-1" : "SHA-256"), 7);
}

/**
 * An engine that knows by heart what the part of `blob` that was not tampered with decrypts to: of the thousands of
 * changes to a long blob nearly all leave its RSA ciphertext or its point as they are. All else it computes.
 */
function remembering(engine: Engine): Engine {
  const { info, hashes, aes, rsa, sm2 } = engine;
  const known = new Map<string, Uint8Array | undefined>();
  const recall = (question: Uint8Array, answer: () => Uint8Array | undefined) => {
    const name = toHex(question);
    if (!known.has(name)) known.set(name, answer()?.slice());
    return known.get(name)?.slice();
  };
  return {
    info,
    hashes,
    aes,
    rsa: {
      publicOperation: (key, message) => rsa.publicOperation(key, message),
      privateOperation: (key, ciphertext, random) =>
        recall(ciphertext, () => rsa.privateOperation(key, ciphertext, random)),
    },
    sm2: {
      encapsulate: (publicKey, k) => sm2.encapsulate(publicKey, k),
      decapsulate: (privateKey, c1) => recall(c1, () => sm2.decapsulate(privateKey, c1))!,
      publicKey: (privateKey) => sm2.publicKey(privateKey),
      sm3: (message) => sm2.sm3(message),
      kdf: (shared, byteLength) => sm2.kdf(shared, byteLength),
    },
  };
}

/** All that can be told from a failure: nothing but this, whatever was done to the blob. */
const THE_FAILURE = tellable(unwrapFailed());

function tellable(thrown: unknown): unknown {
  if (!(thrown instanceof KmsWrapError)) return thrown;
  const { name, code, message, hint, cause } = thrown;
  return { name, code, message, hint, cause, own: Object.keys(thrown), isCaused: "cause" in thrown };
}

/** What `unwrap` makes of each of the blobs, without repetition. */
function outcomes(
  engine: Engine,
  { algorithm, privateKey }: Wrapped,
  blobs: Iterable<Uint8Array>,
): unknown[] {
  const seen = new Map<string, unknown>();
  for (const blob of blobs) {
    let outcome: unknown;
    try {
      outcome = { output: toHex(unwrapWith(engine, { algorithm, privateKey, wrapped: blob })) };
    } catch (error) {
      outcome = tellable(error);
    }
    seen.set(JSON.stringify(outcome), outcome);
  }
  return [...seen.values()];
}

function* flips(blob: Uint8Array, distance: number): Generator<Uint8Array> {
  for (let at = 0; at < blob.length; at += distance) yield flipped(blob, at, 1 << ((at * 5) % 8));
  for (let at = 0; at < blob.length; at += SAMPLE_DISTANCE * distance)
    for (const pattern of PATTERNS) yield flipped(blob, at, pattern);
}

function flipped(blob: Uint8Array, at: number, bits: number): Uint8Array {
  const changed = blob.slice();
  changed[at]! ^= bits;
  return changed;
}

/** Cut at every place, also at the front, and with something appended or put before. */
function* otherLengths(blob: Uint8Array, distance: number): Generator<Uint8Array> {
  for (let length = blob.length - 1; length >= 0; length -= distance) yield blob.subarray(0, length);
  for (let from = 1; from < blob.length; from += SAMPLE_DISTANCE) yield blob.subarray(from);
  for (const extra of [1, 2, 7, 8, 9, 16, 32, 256])
    for (const fill of [0, 0xff]) {
      const more = new Uint8Array(extra).fill(fill);
      yield Uint8Array.of(...blob, ...more);
      yield Uint8Array.of(...more, ...blob);
    }
  yield Uint8Array.of(...blob, ...blob);
}

describe.each(ENGINES)("on the %s engine, a tampered blob", (_name, engine) => {
  describe.each(WRAPPING_ALGORITHMS)("of %s", (algorithm) => {
    test.each([
      ["smallest", Uint8Array.of(0x5a)],
      ["largest", largest(algorithm, 256)],
    ])("with the %s material is refused in one way, wherever it was changed", (_size, keyMaterial) => {
      const isShort = keyMaterial.length < LARGEST_MATERIAL.length;
      const distance = isShort || engine.info.name === "wasm" ? 1 : PORTABLE_DISTANCE;
      const remembers = remembering(engine);
      const one = wrapped(engine, algorithm, keyMaterial);
      expect(equalBytes(unwrapWith(remembers, { ...one, wrapped: one.blob }), keyMaterial)).toBe(true);
      expect(outcomes(remembers, one, flips(one.blob, distance))).toEqual([THE_FAILURE]);
      expect(outcomes(remembers, one, otherLengths(one.blob, distance))).toEqual([THE_FAILURE]);
    });

    test("is refused in the same way if it is another's, nothing, or put together from two", () => {
      const [one, other] = [1, 2].map((byte) => wrapped(engine, algorithm, new Uint8Array(40).fill(byte)));
      const { blob } = one!;
      const half = keyTypeFor(algorithm) === "RSA" && blob.length > 256 ? 256 : blob.length >> 1;
      const foreign = [
        Uint8Array.of(...blob.subarray(0, half), ...other!.blob.subarray(half)),
        Uint8Array.of(...blob.subarray(half), ...blob.subarray(0, half)),
        new Uint8Array(blob.length),
        new Uint8Array(blob.length).fill(0xff),
        blob.toReversed(),
      ];
      expect(outcomes(engine, one!, foreign)).toEqual([THE_FAILURE]);
      for (const another of WRAPPING_ALGORITHMS.filter((name) => name !== algorithm))
        if (keyTypeFor(another) === keyTypeFor(algorithm))
          expect(outcomes(engine, { ...one!, algorithm: another }, [blob])).toEqual([THE_FAILURE]);
    });
  });

  test.each(["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"] as const)(
    "of %s under 4096 bits with the largest material",
    (algorithm) => {
      const one = wrapped(engine, algorithm, largest(algorithm, 512), KEYS.RSA_4096);
      const places = Array.from({ length: 9 }, (_, i) => Math.round((i * 511) / 8));
      expect(outcomes(engine, one, [one.blob])).toEqual([{ output: toHex(one.keyMaterial) }]);
      expect(
        outcomes(
          engine,
          one,
          places.map((at) => flipped(one.blob, at, 0x10)),
        ),
      ).toEqual([THE_FAILURE]);
    },
  );
});
