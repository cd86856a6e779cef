/**
 * What unwrapping with an RSA key must refuse: encoded messages (RFC 8017 §7.1.1) and wrapped semiblocks (RFC 5649 §4.1)
 * that are wrong in one place each, encrypted as they are.
 */

import { concatBytes, fromBigInt, toBigInt, xorBytes } from "../../../src/bytes.ts";
import type { HashName, RsaPrivateNumbers } from "../../../src/engine/engine.ts";
import { portableEngine } from "../../../src/engine/portable/engine.ts";
import { kwpWrap } from "../../../src/schemes/aes-kwp.ts";
import { bytes, utf8 } from "../der-builder.ts";
import { pseudoRandom } from "../pseudo-random.ts";

/** A ciphertext that must be refused, or the sound one that it was made from, which opens to `material`. */
export type Blob = readonly [name: string, wrapped: Uint8Array, material?: Uint8Array];

/** What may be wrong about an encoded message. */
interface EncodedMessage {
  readonly message: Uint8Array;
  readonly mgf1Hash?: HashName;
  readonly label?: Uint8Array;
  /** The first byte, 0 as it should be. */
  readonly Y?: number;
  /** Changes DB before it is masked. */
  readonly change?: (DB: Uint8Array) => void;
}

const { aes, hashes, rsa } = portableEngine;
const HASH_BYTES = { "SHA-1": 20, "SHA-256": 32 } as const;
/** What shows that the others are refused for what is wrong with them. */
export const SOUND = "sound";
const SEED = 7;
const KEY = pseudoRandom(32, 11);
const MATERIAL = pseudoRandom(32, 12);
/** RFC 5649 §3 */
const AIV = [0xa6, 0x59, 0x59, 0xa6];

/** Ciphertexts of RSAES-OAEP with one hash and the empty label. */
export function oaepBlobs(key: RsaPrivateNumbers, hash: "SHA-1" | "SHA-256"): Blob[] {
  const hLen = HASH_BYTES[hash];
  const other = hash === "SHA-1" ? "SHA-256" : "SHA-1";
  const encrypted = (encoded: Partial<EncodedMessage>, ofHash: HashName = hash) =>
    oaep(key, ofHash, { message: MATERIAL, ...encoded });
  const good = encrypted({});
  const n = toBigInt(key.modulus);
  const k = key.modulus.length;
  return [
    [SOUND, good, MATERIAL],
    ...cutAndGrown(good),
    ["a ciphertext of zero", new Uint8Array(k)],
    ["a ciphertext of 1", fromBigInt(1n, k)],
    ["a ciphertext of n − 1", fromBigInt(n - 1n, k)],
    ["a ciphertext of n", key.modulus.slice()],
    ["a ciphertext of n + 1", fromBigInt(n + 1n, k)],
    ["a ciphertext of all ones", new Uint8Array(k).fill(0xff)],
    [
      "the right ciphertext plus n, cut to its length",
      fromBigInt((toBigInt(good) + n) % 2n ** BigInt(8 * k), k),
    ],
    ["the first bit flipped", flipped(good, 0)],
    ["the last bit flipped", flipped(good, k - 1)],
    [`${other} for both hashes`, encrypted({}, other)],
    [`${other} in the mask alone`, encrypted({ mgf1Hash: other })],
    ["a label of one byte", encrypted({ label: Uint8Array.of(0) })],
    ["a label of text", encrypted({ label: utf8("kms") })],
    ["a first byte of 1", encrypted({ Y: 1 })],
    ["a hash of the label whose first bit is wrong", encrypted({ change: (DB) => flip(DB, 0) })],
    ["a hash of the label whose last bit is wrong", encrypted({ change: (DB) => flip(DB, hLen - 1) })],
    ["a 2 among the padding", encrypted({ change: (DB) => DB.fill(2, hLen, hLen + 1) })],
    [
      "a 2 for the separator",
      encrypted({ change: (DB) => DB.fill(2, -MATERIAL.length - 1, -MATERIAL.length) }),
    ],
    ["no separator: zeros to the end", encrypted({ change: (DB) => DB.fill(0, hLen) })],
    ["the message itself, without any encoding", rsa.publicOperation(key, leftPadded(MATERIAL, k))],
  ];
}

/** Ciphertexts of RSA_AES_KEY_WRAP. */
export function rsaAesBlobs(key: RsaPrivateNumbers, hash: "SHA-1" | "SHA-256"): Blob[] {
  const other = hash === "SHA-1" ? "SHA-256" : "SHA-1";
  const withKey = (message: Uint8Array, ofHash: HashName = hash, encoded: Partial<EncodedMessage> = {}) =>
    oaep(key, ofHash, { message, ...encoded });
  const wrappedKey = withKey(KEY);
  const wrappedMaterial = kwpWrap(portableEngine, KEY, MATERIAL);
  const good = concatBytes(wrappedKey, wrappedMaterial);
  const under = (half: Uint8Array) => concatBytes(half, wrappedMaterial);
  const semiblocks = (...parts: readonly (Uint8Array | readonly number[])[]) =>
    concatBytes(wrappedKey, aes.wrapSemiblocks(KEY, bytes(...parts)));
  const k = wrappedKey.length;
  return [
    [SOUND, good, MATERIAL],
    ...cutAndGrown(good),
    ["a semiblock short", good.slice(0, -8)],
    ["a semiblock long", concatBytes(good, new Uint8Array(8))],
    ["the wrapped AES key alone", wrappedKey],
    ["the wrapped AES key and one semiblock", good.slice(0, k + 8)],
    ["the wrapped material alone", wrappedMaterial],
    ["the two parts exchanged", concatBytes(wrappedMaterial, wrappedKey)],
    ["an AES key of 16 bytes", under(withKey(KEY.slice(0, 16)))],
    ["an AES key of 31 bytes", under(withKey(KEY.slice(1)))],
    ["an AES key of 33 bytes", under(withKey(concatBytes(KEY, Uint8Array.of(0))))],
    ["no AES key", under(withKey(new Uint8Array(0)))],
    ["another AES key", under(withKey(MATERIAL))],
    [`${other} for the AES key`, under(withKey(KEY, other))],
    ["a label for the AES key", under(withKey(KEY, hash, { label: utf8("kms") }))],
    ["a modulus for the AES key", under(key.modulus)],
    ["the first bit flipped", flipped(good, 0)],
    ["the last bit of the AES key flipped", flipped(good, k - 1)],
    ["the first bit of the material flipped", flipped(good, k)],
    ["the last bit flipped", flipped(good, good.length - 1)],
    ["an initial value of RFC 3394", semiblocks(new Uint8Array(8).fill(0xa6), MATERIAL)],
    [
      "an initial value with its first bit flipped",
      semiblocks([0xa7, 0x59, 0x59, 0xa6, 0, 0, 0, 32], MATERIAL),
    ],
    [
      "an initial value with its last bit flipped",
      semiblocks([0xa6, 0x59, 0x59, 0xa7, 0, 0, 0, 32], MATERIAL),
    ],
    ["a length of 0", semiblocks(AIV, [0, 0, 0, 0], MATERIAL)],
    ["a length of 0 in one block", semiblocks(AIV, [0, 0, 0, 0], new Uint8Array(8))],
    [
      "a length that leaves a semiblock of padding",
      semiblocks(AIV, [0, 0, 0, 24], MATERIAL.slice(0, 24), new Uint8Array(8)),
    ],
    ["a length beyond the end", semiblocks(AIV, [0, 0, 0, 33], MATERIAL)],
    ["a length of 2^32 − 1", semiblocks(AIV, [255, 255, 255, 255], MATERIAL)],
    ["a length of 2^31 + 32", semiblocks(AIV, [128, 0, 0, 32], MATERIAL)],
    ["a length in the other byte order", semiblocks(AIV, [32, 0, 0, 0], MATERIAL)],
    [
      "padding whose first byte is not zero",
      semiblocks(AIV, [0, 0, 0, 25], MATERIAL.slice(0, 25), [1, 0, 0, 0, 0, 0, 0]),
    ],
    [
      "padding whose last byte is not zero",
      semiblocks(AIV, [0, 0, 0, 25], MATERIAL.slice(0, 25), [0, 0, 0, 0, 0, 0, 1]),
    ],
    ["padding of one byte that is not zero", semiblocks(AIV, [0, 0, 0, 31], MATERIAL.slice(0, 31), [128])],
  ];
}

/** One byte less or more at either end, nothing, and twice the same. */
export function cutAndGrown(good: Uint8Array): Blob[] {
  return [
    ["nothing", new Uint8Array(0)],
    ["one byte short", good.slice(0, -1)],
    ["one byte short in front", good.slice(1)],
    ["one byte long", concatBytes(good, Uint8Array.of(0))],
    ["one byte long in front", concatBytes(Uint8Array.of(0), good)],
    ["twice", concatBytes(good, good)],
  ];
}

/** RSAES-OAEP-ENCRYPT, RFC 8017 §7.1.1, with a seed that is known and whatever is to be wrong. */
export function oaep(
  key: RsaPrivateNumbers,
  hash: HashName,
  { message, mgf1Hash = hash, label = new Uint8Array(0), Y = 0, change = () => {} }: EncodedMessage,
): Uint8Array {
  const k = key.modulus.length;
  const lHash = hashes.digest(hash, label);
  const hLen = lHash.length;
  const PS = new Uint8Array(k - message.length - 2 * hLen - 2);
  const DB = concatBytes(lHash, PS, Uint8Array.of(1), message);
  change(DB);
  const seed = pseudoRandom(hLen, SEED);
  const maskedDB = xorBytes(DB, hashes.mgf1(mgf1Hash, seed, DB.length));
  const maskedSeed = xorBytes(seed, hashes.mgf1(mgf1Hash, maskedDB, hLen));
  return rsa.publicOperation(key, concatBytes(Uint8Array.of(Y), maskedSeed, maskedDB));
}

function leftPadded(number: Uint8Array, byteLength: number): Uint8Array {
  return concatBytes(new Uint8Array(byteLength - number.length), number);
}

function flip(array: Uint8Array, i: number): void {
  array[i]! ^= i === 0 ? 0x80 : 1;
}

/** A copy with one bit changed: of the first byte the first, of others the last. */
export function flipped(array: Uint8Array, i: number): Uint8Array {
  const copy = array.slice();
  flip(copy, i);
  return copy;
}
