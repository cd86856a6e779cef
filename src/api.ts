/** What both entry points, `kms-wrap` and `kms-wrap/portable`, offer alike: all that needs no engine. */

export type { EngineInfo, RsaPrivateNumbers, RsaPublicNumbers } from "./engine/engine.ts";
export { KmsWrapError, type KmsWrapErrorCode, type KmsWrapErrorOptions } from "./errors.ts";
export { SM2_ENCODINGS, type Sm2Encoding } from "./formats/sm2-ciphertext.ts";
export { type KeyMaterial, type KeyMaterialOptions, parseKeyMaterial } from "./keys/key-material.ts";
export { KEY_SPECS, type KeySpec, WRAPPING_KEY_SPECS, type WrappingKeySpec } from "./keys/key-specs.ts";
export {
  parseUnwrappingKey,
  type RsaUnwrappingKey,
  type Sm2UnwrappingKey,
  type UnwrappingKey,
} from "./keys/unwrapping-key.ts";
export {
  parseWrappingKey,
  type RsaWrappingKey,
  type Sm2WrappingKey,
  type WrappingKey,
  type WrappingKeyFacts,
} from "./keys/wrapping-key.ts";
export { compatibleAlgorithms } from "./kms/compatibility.ts";
export type { ExpirationModel } from "./kms/expiration.ts";
export type { GivenImportOptions, ImportType } from "./kms/import-options.ts";
export type {
  ImportKeyMaterialJson,
  ImportKeyMaterialMembers,
  ImportKeyMaterialRequest,
  ImportReport,
} from "./kms/import-request.ts";
export type { ImportParametersObject } from "./kms/parameters.ts";
export type { PrepareImportRequest } from "./kms/prepare-import.ts";
export type { RegionOption } from "./kms/regions.ts";
export { WRAPPING_ALGORITHMS, type WrappingAlgorithm } from "./schemes/algorithms.ts";
export type { UnwrapRequest } from "./unwrap.ts";
export type { WrapRequest } from "./wrap.ts";
