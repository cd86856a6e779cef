/**
 * What is compared: for each algorithm its cases, how this project wraps and unwraps them on a given engine, and how
 * another implementation does, by requests to its program.
 */

import { kwpUnwrap, kwpWrap } from "../../dist/schemes/aes-kwp.js";
import { sm2Decrypt, sm2Encrypt } from "../../dist/schemes/sm2pke.js";
import { unwrapWith } from "../../dist/unwrap.js";
import { wrapWith } from "../../dist/wrap.js";
import { messageOf, RSA_PAIRS, randomLengths, sm2Pair } from "./cases.mjs";

/** @typedef {import("../../dist/engine/engine.js").Engine} Engine */
/** @typedef {import("./cases.mjs").RandomSource} RandomSource */
/** @typedef {import("./line-process.mjs").LineProcess} LineProcess */

/**
 * One case in both directions.
 *
 * @typedef {object} Case
 * @property {string} title
 * @property {Uint8Array} message
 * @property {(engine: Engine, random: RandomSource) => Uint8Array} wrap - by this project
 * @property {(engine: Engine, wrapped: Uint8Array) => Uint8Array} unwrap
 * @property {(peer: LineProcess) => Promise<Uint8Array>} peerWrap
 * @property {(peer: LineProcess, wrapped: Uint8Array) => Promise<Uint8Array>} peerUnwrap
 * @property {Uint8Array} [scalar] - of the SM2 key
 */

/** @typedef {{ algorithm: string, cases: (random: RandomSource) => Case[] }} Comparison */

const AES_KEY_BYTES = 32;
/** PKCS#8 of Ed25519, P-256, P-384, P-521, RSA_2048, RSA_3072 and RSA_4096. */
const MATERIAL_LENGTHS = [48, 138, 185, 241, 1218, 1794, 2374];
const HASH_BYTES = { "SHA-1": 20, "SHA-256": 32 };
/** @type {readonly (keyof typeof HASH_BYTES)[]} */
const HASHES = ["SHA-1", "SHA-256"];

/** @param {import("./cases.mjs").RsaPair} pair */
function rsaWords({ privateKey: { numbers } }) {
  const { modulus, publicExponent, privateExponent, prime1, prime2 } = numbers;
  return {
    publicWords: [modulus, publicExponent],
    privateWords: [modulus, publicExponent, privateExponent, prime1, prime2],
  };
}

/**
 * @param {keyof typeof HASH_BYTES} hash
 * @returns {Comparison}
 */
function oaep(hash) {
  const algorithm = hash === "SHA-1" ? "RSAES_OAEP_SHA_1" : "RSAES_OAEP_SHA_256";
  const cases = (/** @type {RandomSource} */ random) =>
    RSA_PAIRS.flatMap((pair) => {
      const { publicWords, privateWords } = rsaWords(pair);
      const { publicKey, privateKey } = pair;
      const longest = privateKey.numbers.modulus.length - 2 * HASH_BYTES[hash] - 2;
      const lengths = [
        1,
        2,
        16,
        28,
        32,
        64,
        128,
        138,
        longest - 1,
        longest,
        ...randomLengths(random, 4, longest),
      ];
      return lengths.map((length, i) => {
        const message = messageOf(random, length, i);
        return /** @type {Case} */ ({
          title: `${length} bytes under ${publicKey.spec}`,
          message,
          wrap: (engine, ours) => wrapWith(engine, { algorithm, publicKey, keyMaterial: message }, ours),
          unwrap: (engine, wrapped) => unwrapWith(engine, { algorithm, privateKey, wrapped }),
          peerWrap: (peer) => peer.bytes("oaep-encrypt", hash, ...publicWords, message),
          peerUnwrap: (peer, wrapped) => peer.bytes("oaep-decrypt", hash, ...privateWords, wrapped),
        });
      });
    });
  return { algorithm, cases };
}

/**
 * Who has OAEP and KWP has the whole: it is one beside the other.
 *
 * @param {keyof typeof HASH_BYTES} hash
 * @returns {Comparison}
 */
function rsaAesKeyWrap(hash) {
  const algorithm = hash === "SHA-1" ? "RSA_AES_KEY_WRAP_SHA_1" : "RSA_AES_KEY_WRAP_SHA_256";
  const cases = (/** @type {RandomSource} */ random) =>
    RSA_PAIRS.flatMap((pair) => {
      const { publicWords, privateWords } = rsaWords(pair);
      const { publicKey, privateKey } = pair;
      const k = privateKey.numbers.modulus.length;
      const lengths = [1, 7, 8, 9, 16, 17, ...MATERIAL_LENGTHS, ...randomLengths(random, 3, 3000)];
      return lengths.map((length, i) => {
        const message = messageOf(random, length, i);
        const aesKey = random(AES_KEY_BYTES);
        return /** @type {Case} */ ({
          title: `${length} bytes under ${publicKey.spec}`,
          message,
          wrap: (engine, ours) => wrapWith(engine, { algorithm, publicKey, keyMaterial: message }, ours),
          unwrap: (engine, wrapped) => unwrapWith(engine, { algorithm, privateKey, wrapped }),
          peerWrap: async (peer) => {
            const encrypted = await peer.bytes("oaep-encrypt", hash, ...publicWords, aesKey);
            return Uint8Array.from([...encrypted, ...(await peer.bytes("kwp-wrap", aesKey, message))]);
          },
          peerUnwrap: async (peer, wrapped) => {
            const opened = await peer.bytes("oaep-decrypt", hash, ...privateWords, wrapped.subarray(0, k));
            return peer.bytes("kwp-unwrap", opened, wrapped.subarray(k));
          },
        });
      });
    });
  return { algorithm, cases };
}

/** Every length to five semiblocks, of which 1 to 8 bytes are the special case of a single AES block. @type {Comparison} */
const KWP = {
  algorithm: "AES-KWP",
  cases: (random) =>
    [16, 24, 32].flatMap((kekBytes) => {
      const edges = Array.from({ length: 40 }, (_, i) => i + 1);
      const lengths = [...edges, 63, 64, 65, ...MATERIAL_LENGTHS, 4096, ...randomLengths(random, 20, 5000)];
      return lengths.map((length, i) => {
        const kek = random(kekBytes);
        const message = messageOf(random, length, i);
        return /** @type {Case} */ ({
          title: `${length} bytes under AES-${8 * kekBytes}`,
          message,
          wrap: (engine) => kwpWrap(engine, kek, message),
          unwrap: (engine, wrapped) => kwpUnwrap(engine, kek, wrapped),
          peerWrap: (peer) => peer.bytes("kwp-wrap", kek, message),
          peerUnwrap: (peer, wrapped) => peer.bytes("kwp-unwrap", kek, wrapped),
        });
      });
    }),
};

/**
 * Around the blocks of SM3 (64 bytes) and of its KDF (32 bytes); a fresh key for every few cases.
 *
 * @param {import("../../dist/index.js").Sm2Encoding} encoding
 * @returns {Comparison}
 */
function sm2(encoding) {
  const cases = (/** @type {RandomSource} */ random) => {
    const edges = [1, 2, 3, 31, 32, 33, 63, 64, 65, 95, 96, 97, 127, 128, 129, 255, 256, 257, 4096];
    const lengths = [...edges, ...MATERIAL_LENGTHS, ...randomLengths(random, 40, 300)];
    let pair = sm2Pair(random);
    return lengths.map((length, i) => {
      if (i % 4 === 0) pair = sm2Pair(random);
      const { point, scalar } = pair;
      const message = random(length);
      return /** @type {Case} */ ({
        title: `${length} bytes`,
        message,
        scalar,
        wrap: (engine, ours) =>
          sm2Encrypt(engine, { publicKey: point.subarray(1), message, encoding, random: ours }),
        unwrap: (engine, ciphertext) => sm2Decrypt(engine, { privateKey: scalar, ciphertext, encoding }),
        peerWrap: (peer) => peer.bytes("sm2-encrypt", encoding, point, message),
        peerUnwrap: (peer, wrapped) => peer.bytes("sm2-decrypt", encoding, scalar, point, wrapped),
      });
    });
  };
  return { algorithm: encoding === "asn1" ? "SM2PKE" : `SM2 ${encoding}`, cases };
}

/** @type {readonly Comparison[]} */
export const COMPARISONS = [
  ...HASHES.map(oaep),
  KWP,
  ...HASHES.map(rsaAesKeyWrap),
  sm2("asn1"),
  sm2("c1c3c2"),
  sm2("c1c2c3"),
];
