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
import type { ImportKeyMaterialRequest } from "./kms/import-request.ts";
import { type PrepareImportRequest, prepareImportWith } from "./kms/prepare-import.ts";
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

/**
 * Makes the request for ImportKeyMaterial out of what GetParametersForImport answered, and refuses beforehand what
 * would fail and cost the import token: expired parameters, an algorithm that may not wrap this kind of key under this
 * wrapping key in this region, material of the wrong kind or length, an expiration that the service does not take.
 *
 * @param request.parameters - the answer as it came: the JavaScript SDK's object, or the JSON of the AWS CLI, raw HTTP
 *   or a boto3 script, parsed or as text or bytes; base64 blobs, times in epoch seconds or ISO 8601.
 * @param request.algorithm - the WrappingAlgorithm that was asked for; the answer does not tell it.
 * @param request.keySpec - the KeySpec of the KMS key.
 * @param request.keyMaterial - at most 65,536 bytes, in any form that `parseKeyMaterial` reads.
 * @param request.validTo - when the material expires; without it, it does not.
 * @returns an object that `ImportKeyMaterialCommand` takes as it is, and JSON.stringify makes the input of
 *   `aws kms import-key-material --cli-input-json` of; beside it, not enumerable, `warnings` and `report`.
 * @throws KmsWrapError `INVALID_PARAMETERS`, `PARAMETERS_EXPIRED`, `INVALID_KEY_ID`, `ALIAS_AS_KEY_ID`,
 *   `KEY_ID_MISMATCH`, `REGION_MISMATCH`, `INVALID_EXPIRATION`, `INVALID_IMPORT_OPTION`, `INCOMPATIBLE_KEY_SPEC`,
 *   `UNAVAILABLE_IN_REGION`, and what `parseWrappingKey`, `parseKeyMaterial` and `wrap` throw.
 * @example
 * ```ts
 * const parameters = await kms.send(new GetParametersForImportCommand({ KeyId, WrappingAlgorithm, WrappingKeySpec }));
 * const request = prepareImport({ parameters, algorithm: WrappingAlgorithm, keySpec: "ECC_NIST_P256", keyMaterial: pem });
 * for (const warning of request.warnings) console.warn(warning);
 * await kms.send(new ImportKeyMaterialCommand(request));
 * ```
 */
export function prepareImport(request: PrepareImportRequest): ImportKeyMaterialRequest {
  return prepareImportWith(defaultEngine, request);
}

/** Which engine computes here, what it found, and why it is not a faster one. */
export function engineInfo(): EngineInfo {
  return defaultEngine.info;
}

/**
 * For hosts that refuse to compile WebAssembly from bytes: takes modules that were compiled elsewhere from this
 * package's .wasm files (`kms-wrap/rsa.wasm` and so on). Call it before anything else.
 *
 * @param modules - WebAssembly.Module objects; typed so that no DOM library is needed.
 * @throws KmsWrapError `INVALID_ARGUMENT` if one of them is not this package's, or of another version of it; then none is
 *   taken.
 * @example
 * ```ts
 * import aes from "kms-wrap/aes.wasm"; // a WebAssembly.Module, as in Cloudflare's workers
 *
 * init(aes, rsa, sha, sm2);
 * ```
 */
export function init(...modules: readonly object[]): void {
  defaultEngine.init(modules);
}
