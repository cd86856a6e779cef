/**
 * kms-wrap: encrypts key material under a cloud KMS's public key, so that it can be imported. Offline.
 *
 * @example
 * ```ts
 * import { parseKeyMaterial, wrap } from "kms-wrap";
 *
 * const { bytes: keyMaterial } = parseKeyMaterial(privateKeyPem); // PKCS#8 as the KMS wants it
 * const wrapped = wrap({ algorithm: "RSA_AES_KEY_WRAP_SHA_256", publicKey, keyMaterial });
 * ```
 */

import { defaultEngine } from "./engine/default.ts";
import type { EngineInfo } from "./engine/engine.ts";
import { type UnwrapRequest, unwrapWith } from "./unwrap.ts";
import { type WrapRequest, wrapWith } from "./wrap.ts";

export * from "./api.ts";

/**
 * Wraps key material: the mechanism only, any bytes, no cloud's rules.
 *
 * @param request.algorithm - how; must fit the type of the key.
 * @param request.publicKey - SPKI as DER, PEM or base64, a JWK, or what `parseWrappingKey` made of one: parse once,
 *   wrap many.
 * @param request.keyMaterial - at least one byte, at most what the algorithm takes.
 * @returns the ciphertext in a fresh array: `EncryptedKeyMaterial` of the KMS API.
 * @throws KmsWrapError `UNSUPPORTED_ALGORITHM`, `RETIRED_ALGORITHM`, `WRAPPING_KEY_MISMATCH`, `EMPTY_KEY_MATERIAL`,
 *   `KEY_MATERIAL_TOO_LONG`, `RANDOM_UNAVAILABLE`, `RANDOM_BROKEN`, and what `parseWrappingKey` throws.
 * @example
 * ```ts
 * const wrapped = wrap({ algorithm: "RSAES_OAEP_SHA_256", publicKey: spkiDer, keyMaterial: aesKey });
 * ```
 */
export function wrap(request: WrapRequest): Uint8Array {
  return wrapWith(defaultEngine, request);
}

/**
 * Unwraps what `wrap` or another implementation made: for rehearsals, tests and receiving sides.
 *
 * @param request.encoding - how an SM2 ciphertext is laid out; "asn1" if absent.
 * @returns the key material in a fresh array.
 * @throws KmsWrapError `UNWRAP_FAILED` for everything that is wrong with the ciphertext; what `parseUnwrappingKey`
 *   throws.
 * @example
 * ```ts
 * const keyMaterial = unwrap({ algorithm: "SM2PKE", privateKey: pkcs8Pem, wrapped, encoding: "c1c3c2" });
 * ```
 */
export function unwrap(request: UnwrapRequest): Uint8Array {
  return unwrapWith(defaultEngine, request);
}

/** Which engine computes here, what it found, and why it is not a faster one. */
export function engineInfo(): EngineInfo {
  return defaultEngine.info;
}
