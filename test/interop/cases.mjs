/** What is wrapped, under which keys: fixed edges, and random cases that follow from a seed. */

import { createCipheriv, createECDH, createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseUnwrappingKey } from "../../dist/keys/unwrapping-key.js";
import { parseWrappingKey } from "../../dist/keys/wrapping-key.js";

/** @typedef {import("../../dist/random.js").RandomSource} RandomSource */
/** @typedef {import("../../dist/index.js").RsaWrappingKey} RsaWrappingKey */
/** @typedef {import("../../dist/index.js").RsaUnwrappingKey} RsaUnwrappingKey */
/** @typedef {{ publicKey: RsaWrappingKey, privateKey: RsaUnwrappingKey }} RsaPair */
/** @typedef {{ point: Uint8Array, scalar: Uint8Array }} Sm2Pair - 04 ‖ x ‖ y, and d */

const knownAnswers = JSON.parse(
  readFileSync(new URL("../../vectors/kms-known-answers.json", import.meta.url), "utf8"),
);

/**
 * Bytes that follow from a seed and a name: AES-256-CTR's key stream.
 *
 * @param {string} seed
 * @param {string} name
 * @returns {RandomSource}
 */
export function seededRandom(seed, name) {
  const key = createHash("sha256").update(`${seed} ${name}`).digest();
  const stream = createCipheriv("aes-256-ctr", key, new Uint8Array(16));
  return (byteLength) => Uint8Array.from(stream.update(new Uint8Array(byteLength)));
}

/**
 * @param {RandomSource} random
 * @param {number} count
 * @param {number} most
 * @returns {number[]} between 1 and `most`
 */
export function randomLengths(random, count, most) {
  return Array.from({ length: count }, () => 1 + (Buffer.from(random(4)).readUInt32BE() % most));
}

/**
 * Random bytes, of which every third message begins with 0x00 and every third with 0xff: who takes messages for numbers
 * loses the one, or gives the other a sign.
 *
 * @param {RandomSource} random
 * @param {number} length
 * @param {number} index - of the message among others
 */
export function messageOf(random, length, index) {
  const message = random(length);
  const first = [0x00, 0xff, message[0]][index % 3];
  return message.fill(first ?? 0, 0, 1);
}

/** The pair of each RSA wrapping key spec from vectors/: generating them takes seconds. @type {RsaPair[]} */
export const RSA_PAIRS = ["RSA_2048", "RSA_3072", "RSA_4096"].map((spec) => {
  const { spki, pkcs8 } = knownAnswers.groups.find(
    (/** @type {{ wrappingKeySpec: string }} */ group) => group.wrappingKeySpec === spec,
  );
  return {
    publicKey: /** @type {RsaWrappingKey} */ (parseWrappingKey(Buffer.from(spki, "hex"))),
    privateKey: /** @type {RsaUnwrappingKey} */ (parseUnwrappingKey(Buffer.from(pkcs8, "hex"))),
  };
});

/**
 * An SM2 key: of a random scalar, its point by OpenSSL.
 *
 * @param {RandomSource} random
 * @returns {Sm2Pair}
 */
export function sm2Pair(random) {
  const scalar = random(32);
  scalar[0] = /** @type {number} */ (scalar[0]) & 0x7f; // below the order
  const ecdh = createECDH("SM2");
  ecdh.setPrivateKey(scalar);
  return { point: Uint8Array.from(ecdh.getPublicKey()), scalar };
}
