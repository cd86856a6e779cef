/** The closed list of error codes at run time; a code that is missing here, or is none, does not compile. */

import type { KmsWrapErrorCode } from "../../src/errors.ts";

const LISTED: Readonly<Record<KmsWrapErrorCode, true>> = {
  INVALID_ARGUMENT: true,
  UNSUPPORTED_ALGORITHM: true,
  RETIRED_ALGORITHM: true,
  RANDOM_UNAVAILABLE: true,
  RANDOM_BROKEN: true,
  PLATFORM_UNSUPPORTED: true,
  INVALID_DER: true,
  INVALID_PEM: true,
  INVALID_BASE64: true,
  INVALID_JWK: true,
  INVALID_TEXT: true,
  UNRECOGNIZED_FORMAT: true,
  UNSUPPORTED_FORMAT: true,
  INPUT_TOO_LARGE: true,
  UNSUPPORTED_KEY_TYPE: true,
  UNSUPPORTED_KEY_VERSION: true,
  UNSUPPORTED_CURVE: true,
  EXPLICIT_CURVE_PARAMETERS: true,
  RSA_PSS_KEY: true,
  MULTI_PRIME_RSA_KEY: true,
  INVALID_RSA_MODULUS: true,
  INVALID_RSA_EXPONENT: true,
  INVALID_EC_POINT: true,
  INVALID_EC_SCALAR: true,
  INCONSISTENT_PRIVATE_KEY: true,
  ENCRYPTED_PRIVATE_KEY: true,
  PRIVATE_KEY_AS_WRAPPING_KEY: true,
  PUBLIC_KEY_AS_PRIVATE_KEY: true,
  CERTIFICATE_GIVEN: true,
  EMPTY_KEY_MATERIAL: true,
  KEY_SPEC_REQUIRED: true,
  UNSUPPORTED_KEY_SPEC: true,
  KEY_SPEC_MISMATCH: true,
  PUBLIC_KEY_AS_KEY_MATERIAL: true,
  RAW_MATERIAL_AS_TEXT: true,
  RAW_MATERIAL_LENGTH: true,
  RAW_MATERIAL_LOOKS_ENCODED: true,
  RAW_PRIVATE_SCALAR: true,
  WRAPPING_KEY_MISMATCH: true,
  KEY_MATERIAL_TOO_LONG: true,
  INCOMPATIBLE_KEY_SPEC: true,
  UNAVAILABLE_IN_REGION: true,
  INVALID_PARAMETERS: true,
  INVALID_ZIP: true,
  PARAMETERS_EXPIRED: true,
  INVALID_KEY_ID: true,
  ALIAS_AS_KEY_ID: true,
  KEY_ID_MISMATCH: true,
  REGION_MISMATCH: true,
  INVALID_EXPIRATION: true,
  INVALID_IMPORT_OPTION: true,
  UNWRAP_FAILED: true,
};

/** Every code there is. */
export const ERROR_CODES: ReadonlySet<string> = new Set(Object.keys(LISTED));

/** @throws Error if it is none. */
export function errorCodeOf(value: unknown): KmsWrapErrorCode {
  if (typeof value === "string" && ERROR_CODES.has(value)) return value as KmsWrapErrorCode;
  throw new Error("no error code");
}
