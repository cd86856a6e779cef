/** The SHA kernel: FIPS 180's examples and CAVP's, and @noble/hashes and a plain MGF1 around every boundary. */

import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes } from "../../src/bytes.ts";
import { WASM } from "../../src/engine/wasm/generated/sha.ts";
import { type ShaExports, wasmHashes } from "../../src/engine/wasm/hashes.ts";
import { instantiate } from "../../src/engine/wasm/instantiate.ts";
import sha from "../../vectors/sha.json" with { type: "json" };
import { toHex } from "../support/bytes.ts";
import { pseudoRandom } from "../support/pseudo-random.ts";
import { readVectors } from "../support/vectors.ts";

const HASHES = [
  ["SHA-1", sha1],
  ["SHA-256", sha256],
  ["SHA-384", sha384],
  ["SHA-512", sha512],
] as const;

/** FIPS 180-2 appendices A and B: "abc", two blocks, and a million times "a", which takes several pieces. */
const TWO_BLOCKS = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
const FIPS_180 = [
  ["SHA-1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"],
  ["SHA-1", TWO_BLOCKS, "84983e441c3bd26ebaae4aa1f95129e5e54670f1"],
  ["SHA-1", "a".repeat(1_000_000), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"],
  ["SHA-256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ["SHA-256", TWO_BLOCKS, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"],
  ["SHA-256", "a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
] as const;

const CAPACITY: number = instantiate<ShaExports>("sha", WASM).INPUT_CAPACITY.value;
/** Around one, two and three blocks with their padding, and around one and two pieces. */
const LENGTHS = [0, 1, 54, 55, 56, 57, 63, 64, 65, 118, 119, 120, 121, 127, 128, 129, 183, 184, 1000].concat(
  [CAPACITY, 2 * CAPACITY].flatMap((length) => [length - 9, length - 8, length - 1, length, length + 1]),
);
/** What OAEP asks for with keys of 2048 to 4096 bits, and around where seed, counter and padding fill a block. */
const SEED_LENGTHS = [
  0, 1, 20, 32, 50, 51, 52, 59, 60, 61, 63, 64, 65, 115, 116, 223, 235, 351, 363, 479, 491,
];
const MASK_LENGTHS = [0, 1, 19, 20, 21, 31, 32, 33, 64, 223, 235, 479, 491, 2559, 2560, 2561, 2592, 6000];

/** RFC 8017 §B.2.1, word for word. */
function plainMgf1(
  hash: (message: Uint8Array) => Uint8Array,
  seed: Uint8Array,
  maskBytes: number,
): Uint8Array {
  let T = new Uint8Array(0);
  for (let counter = 0; T.length < maskBytes; counter++) {
    const C = Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter);
    T = concatBytes(T, hash(concatBytes(seed, C))) as Uint8Array<ArrayBuffer>;
  }
  return T.slice(0, maskBytes);
}

const engine = wasmHashes();

test.each(FIPS_180)("%s of FIPS 180's example", (hash, message, digest) => {
  expect(toHex(engine.digest(hash, new TextEncoder().encode(message)))).toBe(digest);
});

test.each(readVectors(sha, "hash"))("%s", (_title, { hash, valid }) => {
  for (const { name, message, digest } of valid)
    if (hash !== "SM3") expect(toHex(engine.digest(hash, message)), name).toBe(toHex(digest));
});

describe.each(HASHES)("%s", (hash, reference) => {
  test.each(LENGTHS)("equals @noble/hashes on %i bytes", (length) => {
    const message = pseudoRandom(length, length);
    expect(toHex(engine.digest(hash, message))).toBe(toHex(reference(message)));
  });

  test("equals @noble/hashes, whatever was hashed before", () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(messages, (several) => {
        for (const message of several)
          expect(toHex(engine.digest(hash, message))).toBe(toHex(reference(message)));
      }),
    );
  });

  test.each(SEED_LENGTHS)("MGF1 equals the standard's text, seed of %i bytes", (seedBytes) => {
    const seed = pseudoRandom(seedBytes, 7);
    for (const maskBytes of MASK_LENGTHS)
      expect(toHex(engine.mgf1(hash, seed, maskBytes))).toBe(toHex(plainMgf1(reference, seed, maskBytes)));
  });

  test("MGF1 equals the standard's text, any lengths", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.integer({ min: 0, max: 600 }), (seed, maskBytes) => {
        expect(toHex(engine.mgf1(hash, seed, maskBytes))).toBe(toHex(plainMgf1(reference, seed, maskBytes)));
      }),
    );
  });

  test.each([CAPACITY, CAPACITY + 1])("MGF1 takes a seed of %i bytes", (seedBytes) => {
    const seed = pseudoRandom(seedBytes, 9);
    expect(toHex(engine.mgf1(hash, seed, 50))).toBe(toHex(plainMgf1(reference, seed, 50)));
  });

  test("hands out fresh arrays and leaves its inputs alone", () => {
    const message = pseudoRandom(100, 11);
    const [first, mask] = [engine.digest(hash, message), engine.mgf1(hash, message, 70)];
    const before = [toHex(first), toHex(mask)];
    engine.digest(hash, pseudoRandom(100, 12));
    engine.mgf1(hash, pseudoRandom(100, 13), 70);
    expect([toHex(first), toHex(mask)]).toEqual(before);
    expect(toHex(message)).toBe(toHex(pseudoRandom(100, 11)));
  });
});
