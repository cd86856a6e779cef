/** Encrypt and Decrypt of asymmetric keys by the KMS API's names: RSA on node:crypto, SM2 by this library. */

import { constants, privateDecrypt, publicEncrypt } from "node:crypto";
import { defaultEngine } from "../engine/default.ts";
import { systemRandom } from "../random.ts";
import { sm2Decrypt, sm2Encrypt } from "../schemes/sm2pke.ts";
import type { NodeKey, Sm2Key } from "./imported-key.ts";

const OAEP_HASHES: Readonly<Record<string, string>> = {
  RSAES_OAEP_SHA_1: "sha1",
  RSAES_OAEP_SHA_256: "sha256",
};

/** @returns `undefined` if the plaintext is too long. */
export function encrypt(
  key: NodeKey | Sm2Key,
  algorithm: string,
  plaintext: Uint8Array,
): Uint8Array | undefined {
  if (key.kind === "SM2")
    return sm2Encrypt(defaultEngine, {
      publicKey: key.point,
      message: plaintext,
      encoding: "asn1",
      random: systemRandom,
    });
  try {
    return publicEncrypt({ key: key.publicKey, ...oaep(algorithm) }, plaintext);
  } catch {
    return undefined;
  }
}

/** @returns `undefined` if it cannot be decrypted, whatever the cause. */
export function decrypt(
  key: NodeKey | Sm2Key,
  algorithm: string,
  ciphertext: Uint8Array,
): Uint8Array | undefined {
  try {
    return key.kind === "SM2"
      ? sm2Decrypt(defaultEngine, { privateKey: key.scalar, ciphertext, encoding: "asn1" })
      : privateDecrypt({ key: key.privateKey, ...oaep(algorithm) }, ciphertext);
  } catch {
    return undefined;
  }
}

function oaep(algorithm: string) {
  return { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: OAEP_HASHES[algorithm]! };
}
