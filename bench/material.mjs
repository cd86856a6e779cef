/** The keys and bytes that every suite works on: made once per process, with node:crypto. */

import { createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";

const RSA_BITS = [2048, 3072, 4096];

/**
 * @param {number} bits
 */
function rsaPair(bits) {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  const jwk = /** @type {Record<string, string>} */ (privateKey.export({ format: "jwk" }));
  const number = (/** @type {string} */ name) => new Uint8Array(Buffer.from(jwk[name] ?? "", "base64url"));
  const spki = new Uint8Array(publicKey.export({ format: "der", type: "spki" }));
  return {
    bits,
    modulusBytes: bits / 8,
    spki,
    spkiPem: String(publicKey.export({ format: "pem", type: "spki" })),
    pkcs8: new Uint8Array(privateKey.export({ format: "der", type: "pkcs8" })),
    publicKey: createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" }),
    privateKey,
    numbers: {
      modulus: number("n"),
      publicExponent: number("e"),
      privateExponent: number("d"),
      prime1: number("p"),
      prime2: number("q"),
      exponent1: number("dp"),
      exponent2: number("dq"),
      coefficient: number("qi"),
    },
  };
}

/** @typedef {ReturnType<typeof rsaPair>} RsaPair */

export const RSA_PAIRS = RSA_BITS.map(rsaPair);

/**
 * Fresh bytes, and not a slice of Node's pool.
 *
 * @param {number} length
 */
export function bytes(length) {
  return new Uint8Array(randomBytes(length));
}

/** @param {Uint8Array} data */
export function hex(data) {
  return Buffer.from(data).toString("hex");
}

/** @param {string} text */
export function fromHex(text) {
  return new Uint8Array(Buffer.from(text, "hex"));
}

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
export function sameBytes(a, b) {
  return Buffer.compare(a, b) === 0;
}

/**
 * A message below the modulus, as the raw operations need it.
 *
 * @param {number} modulusBytes
 */
export function belowModulus(modulusBytes) {
  const message = bytes(modulusBytes);
  message[0] = 0;
  return message;
}
