/**
 * `kms-wrap/portable`: the API of `kms-wrap` on @noble/* and BigInt alone. Never touches WebAssembly.
 *
 * The results are the same. It is smaller and slower; and it is not free of branches and addresses that depend on
 * secrets, as SECURITY.md says. `init` is missing: there is nothing to make ready.
 *
 * @example
 * ```ts
 * import { engineInfo } from "kms-wrap/portable";
 *
 * engineInfo().name; // "portable"
 * ```
 *
 * @module
 */

import type { EngineInfo } from "./engine/engine.ts";
import { portableEngine } from "./engine/portable/engine.ts";
import type { ImportKeyMaterialRequest } from "./kms/import-request.ts";
import { type PrepareImportRequest, prepareImportWith } from "./kms/prepare-import.ts";
import { type UnwrapRequest, unwrapWith } from "./unwrap.ts";
import { type WrapRequest, wrapWith } from "./wrap.ts";

export * from "./api.ts";

/**
 * Wraps key material, as `wrap` of `kms-wrap`, where its parameters and errors are described.
 *
 * @throws KmsWrapError as there.
 */
export function wrap(request: WrapRequest): Uint8Array {
  return wrapWith(portableEngine, request);
}

/**
 * Unwraps what was wrapped, as `unwrap` of `kms-wrap`, where its parameters and errors are described.
 *
 * @throws KmsWrapError as there.
 */
export function unwrap(request: UnwrapRequest): Uint8Array {
  return unwrapWith(portableEngine, request);
}

/**
 * Makes the request for ImportKeyMaterial, as `prepareImport` of `kms-wrap`, where its parameters and errors are
 * described.
 *
 * @throws KmsWrapError as there.
 */
export function prepareImport(request: PrepareImportRequest): ImportKeyMaterialRequest {
  return prepareImportWith(portableEngine, request);
}

/** Which engine computes here: always the portable one. */
export function engineInfo(): EngineInfo {
  return portableEngine.info;
}
