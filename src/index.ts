/**
 * kms-wrap: encrypts ("wraps") key material under a cloud KMS's public key, so that it can be imported. Offline.
 *
 * `prepareImport` does the whole step for AWS KMS, from what GetParametersForImport answered to what ImportKeyMaterial
 * takes. `parseKeyMaterial` and `wrap` are its two halves, for other clouds and receivers; `compatibleAlgorithms` is
 * the table of what AWS allows; `unwrap` is for rehearsals and receiving sides.
 *
 * Everything is synchronous. Bytes go in as any Uint8Array, which is neither changed nor kept, and come out as a fresh
 * one. What is refused is refused with a `KmsWrapError`: a `code` for programs, a message and a hint for people.
 *
 * @example Wrap a private key
 * ```ts
 * import { parseKeyMaterial, wrap } from "kms-wrap";
 *
 * const { bytes: keyMaterial } = parseKeyMaterial(privateKeyPem); // PKCS#8 as the KMS wants it
 * const wrapped = wrap({ algorithm: "RSA_AES_KEY_WRAP_SHA_256", publicKey: spkiDer, keyMaterial });
 * ```
 *
 * @module
 */

import { defaultEngine } from "./engine/default.ts";
import type { EngineInfo } from "./engine/engine.ts";
import type { ImportKeyMaterialRequest } from "./kms/import-request.ts";
import { type PrepareImportRequest, prepareImportWith } from "./kms/prepare-import.ts";
import { type UnwrapRequest, unwrapWith } from "./unwrap.ts";
import { type WrapRequest, wrapWith } from "./wrap.ts";

export * from "./api.ts";

/**
 * Wraps key material: the mechanism only, any bytes, no cloud's rules. `prepareImport` is this with AWS's rules.
 *
 * @param request.algorithm - how; must fit the type of the key.
 * @param request.publicKey - SPKI or PKCS#1 as DER, PEM or base64, a JWK, or what `parseWrappingKey` made of one:
 *   parse once, wrap many.
 * @param request.keyMaterial - taken literally: for a private key the DER of its PKCS#8, as `parseKeyMaterial` makes
 *   it. At least one byte, at most what the algorithm takes: for OAEP k − 2·hLen − 2 bytes (190 for RSA_2048 and
 *   SHA-256), for the others 16 MiB.
 * @returns the ciphertext in a fresh array: `EncryptedKeyMaterial` of the KMS API.
 * @throws KmsWrapError `INVALID_ARGUMENT`, `UNSUPPORTED_ALGORITHM`, `RETIRED_ALGORITHM`, `WRAPPING_KEY_MISMATCH`,
 *   `EMPTY_KEY_MATERIAL`, `KEY_MATERIAL_TOO_LONG`, `RANDOM_UNAVAILABLE`, `RANDOM_BROKEN`, and what `parseWrappingKey`
 *   throws.
 * @example
 * ```ts
 * const wrapped = wrap({ algorithm: "RSAES_OAEP_SHA_256", publicKey: spkiDer, keyMaterial: aesKey });
 * wrapped.length; // 512
 * ```
 */
export function wrap(request: WrapRequest): Uint8Array {
  return wrapWith(defaultEngine, request);
}

/**
 * Unwraps what `wrap` or another implementation made: for rehearsals, tests and receiving sides.
 *
 * @param request.algorithm - the one that it was wrapped with; the ciphertext does not tell.
 * @param request.privateKey - PKCS#8, PKCS#1 or SEC 1 as DER, PEM or base64, a JWK, or what `parseUnwrappingKey` made
 *   of one.
 * @param request.wrapped - the ciphertext.
 * @param request.encoding - how an SM2 ciphertext is laid out; "asn1" if absent.
 * @returns the key material in a fresh array.
 * @throws KmsWrapError `UNWRAP_FAILED` for everything that is wrong with the ciphertext; `INPUT_TOO_LARGE` for one of
 *   more than 16 MiB and 1024 bytes; `INVALID_ARGUMENT`, `UNSUPPORTED_ALGORITHM`, `RETIRED_ALGORITHM`,
 *   `WRAPPING_KEY_MISMATCH`, `RANDOM_UNAVAILABLE`, `RANDOM_BROKEN`, and what `parseUnwrappingKey` throws.
 * @example
 * ```ts
 * const wrapped = wrap({ algorithm: "RSAES_OAEP_SHA_256", publicKey: spkiDer, keyMaterial: new Uint8Array(32) });
 * unwrap({ algorithm: "RSAES_OAEP_SHA_256", privateKey: unwrappingKeyPem, wrapped }).length; // 32
 * ```
 */
export function unwrap(request: UnwrapRequest): Uint8Array {
  return unwrapWith(defaultEngine, request);
}

/**
 * Makes the request for ImportKeyMaterial out of what GetParametersForImport answered, and refuses beforehand what
 * would fail: expired parameters, an algorithm that may not wrap this kind of key under this
 * wrapping key in this region, material of the wrong kind or length, an expiration that the service does not take.
 *
 * @param request.parameters - the answer as it came: the JavaScript SDK's object, or the JSON of the AWS CLI, raw HTTP
 *   or a boto3 script, parsed or as text or bytes; base64 blobs, times in epoch seconds or ISO 8601.
 * @param request.algorithm - the WrappingAlgorithm that was asked for; the answer does not tell it.
 * @param request.keySpec - the KeySpec of the KMS key.
 * @param request.keyMaterial - at most 65,536 bytes, in any form that `parseKeyMaterial` reads.
 * @param request.keyId - where the parameters do not name the key, as in the console's download.
 * @param request.region - where the key's ARN does not tell it: with it, what the region lacks is refused as well.
 * @param request.validTo - when the material expires; without it, it does not.
 * @returns an object that `ImportKeyMaterialCommand` takes as it is; JSON.stringify makes of it what
 *   `aws kms import-key-material --cli-input-json` takes. Beside its members, not enumerable, are `warnings` and
 *   `report`.
 * @throws KmsWrapError `INVALID_PARAMETERS`, `INVALID_TEXT`, `PARAMETERS_EXPIRED`, `INVALID_KEY_ID`, `ALIAS_AS_KEY_ID`,
 *   `KEY_ID_MISMATCH`, `REGION_MISMATCH`, `INVALID_EXPIRATION`, `INVALID_IMPORT_OPTION`, `INCOMPATIBLE_KEY_SPEC`,
 *   `UNAVAILABLE_IN_REGION`, and what `parseWrappingKey`, `parseKeyMaterial` and `wrap` throw.
 * @example
 * ```ts
 * const wrapping = { WrappingAlgorithm: "RSA_AES_KEY_WRAP_SHA_256", WrappingKeySpec: "RSA_3072" } as const;
 * const parameters = await kms.send(new GetParametersForImportCommand({ KeyId, ...wrapping }));
 * const request = prepareImport({
 *   parameters,
 *   algorithm: wrapping.WrappingAlgorithm,
 *   keySpec: "ECC_NIST_P384",
 *   keyMaterial: privateKeyPem,
 * });
 * for (const warning of request.warnings) console.warn(warning);
 * await kms.send(new ImportKeyMaterialCommand(request));
 * ```
 */
export function prepareImport(request: PrepareImportRequest): ImportKeyMaterialRequest {
  return prepareImportWith(defaultEngine, request);
}

/**
 * Which engine computes here, what it found, and why it is not a faster one. Makes the engine ready, all of it.
 *
 * @example
 * ```ts
 * const { name, features, reason } = engineInfo();
 * console.log(name, features.join(" "), reason ?? ""); // for instance: wasm relaxed-simd simd
 * ```
 */
export function engineInfo(): EngineInfo {
  return defaultEngine.info;
}

/**
 * For hosts that refuse to compile WebAssembly from bytes, such as Cloudflare's workers: takes modules that were
 * compiled from this package's files `kms-wrap/aes.wasm`, `rsa.wasm`, `sha.wasm` and `sm2.wasm`. `aes-relaxed.wasm`
 * and `rsa-relaxed.wasm` are faster where the host has relaxed SIMD, and may be given as well. Call it before anything
 * else; without it such hosts fall back to the portable engine.
 *
 * @param modules - WebAssembly.Module objects, in any order; typed so that no DOM library is needed.
 * @throws KmsWrapError `INVALID_ARGUMENT` if one of them is not this package's, or of another version of it; then none
 *   is taken.
 * @example
 * ```ts
 * // In a worker: import aes from "kms-wrap/aes.wasm", and so on; each import is a WebAssembly.Module.
 * init(aes, rsa, sha, sm2);
 * engineInfo().name; // "wasm"
 * ```
 */
export function init(...modules: readonly object[]): void {
  defaultEngine.init(modules);
}
