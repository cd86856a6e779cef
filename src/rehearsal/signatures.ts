/** Sign and Verify by the KMS API's names, on node:crypto; SM2DSA beside it. MessageType RAW: the service hashes. */

import { constants, type SignKeyObjectInput, sign, verify } from "node:crypto";
import type { NodeKey, Sm2Key } from "./imported-key.ts";
import { sm2Sign, sm2Verify } from "./sm2-signature.ts";

/** A key that signs. */
export type SigningKey = NodeKey | Sm2Key;

interface Digest {
  /** As node:crypto calls it; `null` where the algorithm has its own. */
  readonly digest: string | null;
  readonly options: Omit<SignKeyObjectInput, "key">;
}

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

/** The options that stand before the hash in an algorithm's name. */
const SCHEMES: Readonly<Record<string, Digest["options"]>> = {
  RSASSA_PKCS1_V1_5_SHA: { padding: constants.RSA_PKCS1_PADDING },
  RSASSA_PSS_SHA: PSS,
  ECDSA_SHA: { dsaEncoding: "der" },
};

/** @param algorithm - one that the key's spec has: see key-usages.ts. */
export function signMessage(key: SigningKey, algorithm: string, message: Uint8Array): Uint8Array {
  if (key.kind === "SM2") return sm2Sign(key, message);
  const { digest, options } = digestOf(algorithm);
  return sign(digest, message, { key: key.privateKey, ...options });
}

/** @returns whether the signature holds. */
export function verifyMessage(
  key: SigningKey,
  algorithm: string,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (key.kind === "SM2") return sm2Verify(key.point, message, signature);
  const { digest, options } = digestOf(algorithm);
  return verify(digest, message, { key: key.publicKey, ...options }, signature);
}

function digestOf(algorithm: string): Digest {
  const end = algorithm.lastIndexOf("_");
  const options = SCHEMES[algorithm.slice(0, end)];
  if (options === undefined) return { digest: null, options: {} }; // ED25519_SHA_512
  return { digest: `sha${algorithm.slice(end + 1)}`, options };
}
