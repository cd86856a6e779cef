/** `kms-wrap/portable`: the API of `kms-wrap` on @noble/* and BigInt alone. Never touches WebAssembly. */

import type { EngineInfo } from "./engine/engine.ts";
import { portableEngine } from "./engine/portable/engine.ts";
import type { ImportKeyMaterialRequest } from "./kms/import-request.ts";
import { type PrepareImportRequest, prepareImportWith } from "./kms/prepare-import.ts";
import { type UnwrapRequest, unwrapWith } from "./unwrap.ts";
import { type WrapRequest, wrapWith } from "./wrap.ts";

export * from "./api.ts";

/** As `wrap` of `kms-wrap`. */
export function wrap(request: WrapRequest): Uint8Array {
  return wrapWith(portableEngine, request);
}

/** As `unwrap` of `kms-wrap`. */
export function unwrap(request: UnwrapRequest): Uint8Array {
  return unwrapWith(portableEngine, request);
}

/** As `prepareImport` of `kms-wrap`. */
export function prepareImport(request: PrepareImportRequest): ImportKeyMaterialRequest {
  return prepareImportWith(portableEngine, request);
}

/** As `engineInfo` of `kms-wrap`: always the portable engine. */
export function engineInfo(): EngineInfo {
  return portableEngine.info;
}
