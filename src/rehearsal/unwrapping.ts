/**
 * The service's half of wrapping. For RSA on Node's own cryptography, which is not the code that wrapped, so that a
 * rehearsal proves something; Node decrypts no SM2, so there it is this library's.
 */

import { constants, createDecipheriv, getCiphers, type KeyObject, privateDecrypt } from "node:crypto";
import { aeskwp } from "@noble/ciphers/aes.js";
import { defaultEngine } from "../engine/default.ts";
import type { WrappingAlgorithm } from "../schemes/algorithms.ts";
import { unwrapWith } from "../unwrap.ts";
import type { WrappingKeyPair } from "./wrapping-keys.ts";

const KWP = "id-aes256-wrap-pad";
/** RFC 5649 §3. */
const AIV_HIGH = Buffer.from("a65959a6", "hex");

type Unwrap = (privateKey: KeyObject, wrapped: Uint8Array) => Uint8Array;

const UNWRAP: Readonly<Record<WrappingAlgorithm, Unwrap>> = {
  RSAES_OAEP_SHA_1: (key, wrapped) => oaep(key, "sha1", wrapped),
  RSAES_OAEP_SHA_256: (key, wrapped) => oaep(key, "sha256", wrapped),
  RSA_AES_KEY_WRAP_SHA_1: (key, wrapped) => rsaAes(key, "sha1", wrapped),
  RSA_AES_KEY_WRAP_SHA_256: (key, wrapped) => rsaAes(key, "sha256", wrapped),
  SM2PKE: sm2pke,
};

/**
 * What was wrapped.
 *
 * @returns a fresh array, or `undefined` if it cannot be decrypted, whatever the cause.
 */
export function unwrapMaterial(
  algorithm: WrappingAlgorithm,
  { privateKey }: WrappingKeyPair,
  wrapped: Uint8Array,
): Uint8Array | undefined {
  try {
    return UNWRAP[algorithm](privateKey, wrapped);
  } catch {
    return undefined;
  }
}

/** RFC 8017 §7.1.2; the length of step 1b is ours to check, since OpenSSL takes leading zeros for granted. */
function oaep(key: KeyObject, oaepHash: string, wrapped: Uint8Array): Uint8Array {
  if (wrapped.length !== modulusBytesOf(key)) throw new RangeError("a ciphertext is as long as the modulus");
  return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, wrapped);
}

/** RSAES-OAEP(K) ‖ AES-256-KWP(K, material) */
function rsaAes(key: KeyObject, oaepHash: string, wrapped: Uint8Array): Uint8Array {
  const modulusBytes = modulusBytesOf(key);
  const kek = oaep(key, oaepHash, wrapped.subarray(0, modulusBytes));
  try {
    return kwp(kek, wrapped.subarray(modulusBytes));
  } finally {
    kek.fill(0);
  }
}

/** Bun's node:crypto lacks the cipher; @noble/ciphers' is not the code that wrapped, either. */
function kwp(kek: Uint8Array, wrapped: Uint8Array): Uint8Array {
  if (!getCiphers().includes(KWP)) return aeskwp(kek).decrypt(wrapped);
  const decipher = createDecipheriv(KWP, kek, AIV_HIGH);
  return Buffer.concat([decipher.update(wrapped), decipher.final()]);
}

function modulusBytesOf(key: KeyObject): number {
  return key.asymmetricKeyDetails!.modulusLength! / 8;
}

function sm2pke(key: KeyObject, wrapped: Uint8Array): Uint8Array {
  const privateKey = new Uint8Array(key.export({ type: "pkcs8", format: "der" }));
  return unwrapWith(defaultEngine, { algorithm: "SM2PKE", privateKey, wrapped });
}
