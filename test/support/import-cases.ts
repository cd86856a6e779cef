/** One import for each key spec, in which each algorithm and each wrapping key occurs: for clients that start slowly. */

import type { KeySpec, WrappingKeySpec } from "../../src/keys/key-specs.ts";
import type { ServiceErrorName } from "../../src/rehearsal.ts";
import type { WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { chinaSymmetric, materialFor, type OriginalMaterial } from "./imported-material.ts";
import { CHINA_REGION, WORLD_REGION } from "./rehearsal.ts";

export interface ImportCase {
  readonly material: OriginalMaterial;
  readonly algorithm: WrappingAlgorithm;
  readonly wrappingKeySpec: WrappingKeySpec;
  readonly region: string;
}

const WORLD: readonly (readonly [KeySpec, WrappingAlgorithm, WrappingKeySpec])[] = [
  ["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_256", "RSA_2048"],
  ["HMAC_224", "RSAES_OAEP_SHA_1", "RSA_3072"],
  ["HMAC_256", "RSAES_OAEP_SHA_256", "RSA_4096"],
  ["HMAC_384", "RSAES_OAEP_SHA_1", "RSA_2048"],
  ["HMAC_512", "RSAES_OAEP_SHA_256", "RSA_3072"],
  ["RSA_2048", "RSA_AES_KEY_WRAP_SHA_256", "RSA_2048"],
  ["RSA_3072", "RSA_AES_KEY_WRAP_SHA_1", "RSA_3072"],
  ["RSA_4096", "RSA_AES_KEY_WRAP_SHA_256", "RSA_4096"],
  ["ECC_NIST_P256", "RSAES_OAEP_SHA_256", "RSA_2048"],
  ["ECC_NIST_P384", "RSA_AES_KEY_WRAP_SHA_1", "RSA_2048"],
  ["ECC_NIST_P521", "RSA_AES_KEY_WRAP_SHA_256", "RSA_3072"],
  ["ECC_SECG_P256K1", "RSAES_OAEP_SHA_1", "RSA_2048"],
  ["ECC_NIST_EDWARDS25519", "RSA_AES_KEY_WRAP_SHA_256", "RSA_2048"],
];

export const IMPORT_CASES: readonly ImportCase[] = [
  ...WORLD.map(([keySpec, algorithm, wrappingKeySpec]) => ({
    material: materialFor(keySpec),
    algorithm,
    wrappingKeySpec,
    region: WORLD_REGION,
  })),
  ...["SM2", "RSA_4096"].map((keySpec) => ({
    material: materialFor(keySpec as KeySpec),
    algorithm: "SM2PKE" as const,
    wrappingKeySpec: "SM2" as const,
    region: CHINA_REGION,
  })),
  {
    material: chinaSymmetric(),
    algorithm: "RSAES_OAEP_SHA_256",
    wrappingKeySpec: "RSA_2048",
    region: CHINA_REGION,
  },
];

/** The errors that an import can end with. */
export const IMPORT_ERRORS: readonly ServiceErrorName[] = [
  "InvalidCiphertextException",
  "IncorrectKeyMaterialException",
  "InvalidImportTokenException",
  "ExpiredImportTokenException",
  "KMSInvalidStateException",
  "UnsupportedOperationException",
  "ValidationException",
  "NotFoundException",
  "InvalidArnException",
  "DependencyTimeoutException",
  "KMSInternalException",
];
