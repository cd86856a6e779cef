/** Keys to import into a token, each with a way to see in the token that it is the same key. */

import {
  createCipheriv,
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  verify,
} from "node:crypto";
import { parseKeyMaterial } from "../../dist/index.js";
import { same } from "./compare.mjs";

/** @typedef {import("./line-process.mjs").LineProcess} LineProcess */

/** What is encrypted or signed. */
export const DATA = Buffer.from("sixteen bytes ok");

/**
 * A key to import, and how to see in the token that it is the same.
 *
 * @typedef {object} Material
 * @property {string} title
 * @property {"aes" | "hmac" | "rsa" | "ec"} kind
 * @property {Uint8Array} bytes
 * @property {(token: LineProcess, handle: string) => Promise<boolean>} works
 */

/**
 * DATA under AES in ECB mode, by node:crypto.
 *
 * @param {Uint8Array} key
 */
export function aesEcb(key) {
  const cipher = createCipheriv(`aes-${8 * key.length}-ecb`, key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(DATA), cipher.final()]);
}

/** @param {Uint8Array} bytes @returns {Material} */
function aesKey(bytes) {
  return {
    title: `AES-${8 * bytes.length} key`,
    kind: "aes",
    bytes,
    works: async (token, handle) =>
      same(await token.bytes("encrypt", "aes-ecb", handle, DATA), aesEcb(bytes)),
  };
}

/** @param {Uint8Array} bytes @returns {Material} */
function hmacKey(bytes) {
  const expected = createHmac("sha256", bytes).update(DATA).digest();
  return {
    title: `HMAC key of ${bytes.length} bytes`,
    kind: "hmac",
    bytes,
    works: async (token, handle) => same(await token.bytes("sign", "hmac-sha256", handle, DATA), expected),
  };
}

/** @param {import("node:crypto").KeyObject} privateKey @param {string} title @returns {Material} */
function signingKey(privateKey, title) {
  const publicKey = createPublicKey(privateKey);
  const isRsa = privateKey.asymmetricKeyType === "rsa";
  const digest = createHash("sha256").update(DATA).digest();
  return {
    title,
    kind: isRsa ? "rsa" : "ec",
    bytes: parseKeyMaterial(Uint8Array.from(privateKey.export({ format: "der", type: "pkcs8" }))).bytes,
    works: async (token, handle) => {
      if (isRsa)
        return verify("sha256", DATA, publicKey, await token.bytes("sign", "rsa-sha256", handle, DATA));
      const signature = await token.bytes("sign", "ecdsa", handle, digest); // r ‖ s, of a digest
      return verify("sha256", DATA, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature);
    },
  };
}

/** @param {import("./cases.mjs").RandomSource} random */
export function rawMaterials(random) {
  return [
    ...[16, 24, 32].map((length) => aesKey(random(length))),
    ...[32, 48, 64, 128].map((length) => hmacKey(random(length))),
  ];
}

export function privateKeys() {
  const rsa = ["RSA_2048", "RSA_3072"].map((title, i) => {
    const modulusLength = [2048, 3072][i] ?? 0;
    return signingKey(generateKeyPairSync("rsa", { modulusLength }).privateKey, title);
  });
  const ec = ["P-256", "P-384", "P-521"].map((namedCurve) =>
    signingKey(generateKeyPairSync("ec", { namedCurve }).privateKey, namedCurve),
  );
  return [...rsa, ...ec];
}
