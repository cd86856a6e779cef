/**
 * Whole RSA wraps. Warm: a key that was parsed before; cold: from the bytes of an SPKI that was never seen. Ciphertexts
 * are random, so contenders are proved equal by opening what they made.
 */

import {
  constants,
  createCipheriv,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  webcrypto,
} from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import * as microRsa from "micro-rsa-dsa-dh/rsa.js";
import forge from "node-forge";
import { parseWrappingKey, unwrap, wrap } from "../../dist/index.js";
import { wrap as portableWrap } from "../../dist/portable.js";
import { contender, inTurn } from "../contenders.mjs";
import { bytes, hex, RSA_PAIRS, sameBytes } from "../material.mjs";

const AIV = Buffer.from("a65959a6", "hex");
const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };
const OAEP = "RSAES_OAEP_SHA_256";
const RSA_AES = "RSA_AES_KEY_WRAP_SHA_256";

/**
 * @param {import("kms-wrap").WrappingAlgorithm} algorithm
 * @param {import("../material.mjs").RsaPair} pair
 * @param {Uint8Array} keyMaterial
 */
function opensTo(algorithm, pair, keyMaterial) {
  return (/** @type {Uint8Array} */ wrapped) =>
    sameBytes(unwrap({ algorithm, privateKey: pair.pkcs8, wrapped: new Uint8Array(wrapped) }), keyMaterial);
}

/** @param {import("../material.mjs").RsaPair} pair */
async function oaepWarm(pair) {
  const keyMaterial = bytes(32);
  const key = parseWrappingKey(pair.spki);
  return {
    operation: "RSA-OAEP-SHA-256, warm",
    size: `${pair.bits} bits`,
    contenders: [
      ...(await contender("kms-wrap", () => () => wrap({ algorithm: OAEP, publicKey: key, keyMaterial }))),
      ...(await contender(
        "kms-wrap/portable",
        () => () => portableWrap({ algorithm: OAEP, publicKey: key, keyMaterial }),
      )),
      ...(await contender(
        "node:crypto",
        () => () => publicEncrypt({ key: pair.publicKey, ...oaep }, keyMaterial),
      )),
      ...(await contender("WebCrypto (asynchronous)", async () => {
        const name = "RSA-OAEP";
        const { subtle } = webcrypto;
        const imported = await subtle.importKey("spki", pair.spki, { name, hash: "SHA-256" }, false, [
          "encrypt",
        ]);
        return async () => new Uint8Array(await subtle.encrypt({ name }, imported, keyMaterial));
      })),
      ...(await contender("node-forge", () => {
        const forgeKey = forge.pki.publicKeyFromPem(pair.spkiPem);
        const message = forge.util.binary.raw.encode(keyMaterial);
        return () =>
          Buffer.from(forgeKey.encrypt(message, "RSA-OAEP", { md: forge.md.sha256.create() }), "binary");
      })),
      ...(await contender("micro-rsa-dsa-dh", () => {
        const scheme = microRsa.OAEP(sha256, microRsa.mgf1(sha256));
        const { modulus, publicExponent } = pair.numbers;
        const numbers = { n: BigInt(`0x${hex(modulus)}`), e: BigInt(`0x${hex(publicExponent)}`) };
        return () => scheme.encrypt(numbers, keyMaterial);
      })),
    ],
    verify: opensTo(OAEP, pair, keyMaterial),
  };
}

/**
 * @param {import("../material.mjs").RsaPair} pair
 * @param {Uint8Array} keyMaterial
 */
async function rsaAesCold(pair, keyMaterial) {
  return {
    operation: "RSA_AES_KEY_WRAP_SHA_256 from SPKI bytes",
    size: `${keyMaterial.length} B under ${pair.bits} bits`,
    contenders: [
      ...(await contender(
        "kms-wrap",
        () => () => wrap({ algorithm: RSA_AES, publicKey: pair.spki, keyMaterial }),
      )),
      ...(await contender(
        "kms-wrap/portable",
        () => () => portableWrap({ algorithm: RSA_AES, publicKey: pair.spki, keyMaterial }),
      )),
      ...(await contender("node:crypto", () => () => {
        const key = createPublicKey({ key: Buffer.from(pair.spki), format: "der", type: "spki" });
        const kek = randomBytes(32);
        const cipher = createCipheriv("id-aes256-wrap-pad", kek, AIV);
        return Buffer.concat([
          publicEncrypt({ key, ...oaep }, kek),
          cipher.update(keyMaterial),
          cipher.final(),
        ]);
      })),
    ],
    verify: opensTo(RSA_AES, pair, keyMaterial),
  };
}

/** @param {import("../material.mjs").RsaPair} pair */
async function oaepCold(pair) {
  const keyMaterial = bytes(32);
  return {
    operation: "RSA-OAEP-SHA-256 from SPKI bytes",
    size: `${pair.bits} bits`,
    contenders: [
      ...(await contender(
        "kms-wrap",
        () => () => wrap({ algorithm: OAEP, publicKey: pair.spki, keyMaterial }),
      )),
      ...(await contender("node:crypto", () => () => {
        const key = createPublicKey({ key: Buffer.from(pair.spki), format: "der", type: "spki" });
        return publicEncrypt({ key, ...oaep }, keyMaterial);
      })),
    ],
    verify: opensTo(OAEP, pair, keyMaterial),
  };
}

export async function comparisons() {
  const rsa4096 = RSA_PAIRS.at(-1)?.pkcs8 ?? new Uint8Array(0);
  return [
    ...(await inTurn(RSA_PAIRS, oaepWarm)),
    ...(await inTurn(RSA_PAIRS, oaepCold)),
    ...(await inTurn(RSA_PAIRS, (pair) => rsaAesCold(pair, bytes(138)))),
    ...(await inTurn(RSA_PAIRS, (pair) => rsaAesCold(pair, rsa4096))),
  ];
}
