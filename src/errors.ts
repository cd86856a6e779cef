/**
 * The one error class. A code from a closed list for programs, a message for people that says what was
 * found, where, and what was expected, and a hint that says what to do. Input bytes never appear in either.
 */

/**
 * Why an input was refused.
 *
 * The caller's own slips carry the semantics of a TypeError or RangeError (`INVALID_ARGUMENT`); everything
 * else is about the data that was handed in. `UNWRAP_FAILED` is deliberately the only code of a failed
 * decryption: telling causes apart would build a decryption oracle.
 */
export type KmsWrapErrorCode =
  // The call
  | "INVALID_ARGUMENT"
  | "UNSUPPORTED_ALGORITHM"
  | "RETIRED_ALGORITHM"
  // The platform
  | "RANDOM_UNAVAILABLE"
  | "RANDOM_BROKEN"
  | "PLATFORM_UNSUPPORTED"
  // Containers and encodings
  | "INVALID_DER"
  | "INVALID_PEM"
  | "INVALID_BASE64"
  | "INVALID_JWK"
  | "INVALID_TEXT"
  | "UNRECOGNIZED_FORMAT"
  | "UNSUPPORTED_FORMAT"
  | "INPUT_TOO_LARGE"
  // Keys
  | "UNSUPPORTED_KEY_TYPE"
  | "UNSUPPORTED_KEY_VERSION"
  | "UNSUPPORTED_CURVE"
  | "EXPLICIT_CURVE_PARAMETERS"
  | "RSA_PSS_KEY"
  | "MULTI_PRIME_RSA_KEY"
  | "INVALID_RSA_MODULUS"
  | "INVALID_RSA_EXPONENT"
  | "INVALID_EC_POINT"
  | "INVALID_EC_SCALAR"
  | "INCONSISTENT_PRIVATE_KEY"
  | "ENCRYPTED_PRIVATE_KEY"
  | "PRIVATE_KEY_AS_WRAPPING_KEY"
  | "PUBLIC_KEY_AS_PRIVATE_KEY"
  | "CERTIFICATE_GIVEN"
  // Key material
  | "EMPTY_KEY_MATERIAL"
  | "KEY_SPEC_REQUIRED"
  | "UNSUPPORTED_KEY_SPEC"
  | "KEY_SPEC_MISMATCH"
  | "PUBLIC_KEY_AS_KEY_MATERIAL"
  | "RAW_MATERIAL_AS_TEXT"
  | "RAW_MATERIAL_LENGTH"
  | "RAW_MATERIAL_LOOKS_ENCODED"
  | "RAW_PRIVATE_SCALAR"
  // Algorithm against key against material
  | "WRAPPING_KEY_MISMATCH"
  | "KEY_MATERIAL_TOO_LONG"
  | "INCOMPATIBLE_KEY_SPEC"
  | "UNAVAILABLE_IN_REGION"
  // Import parameters
  | "INVALID_PARAMETERS"
  | "INVALID_ZIP"
  | "PARAMETERS_EXPIRED"
  | "INVALID_KEY_ID"
  | "ALIAS_AS_KEY_ID"
  | "KEY_ID_MISMATCH"
  | "REGION_MISMATCH"
  | "INVALID_EXPIRATION"
  | "INVALID_IMPORT_OPTION"
  // Decryption
  | "UNWRAP_FAILED";

/** What may accompany an error: what to do about it, and the error that led to it. */
export interface KmsWrapErrorOptions {
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * Every error this library throws on purpose.
 *
 * @example
 * ```ts
 * try {
 *   parseWrappingKey(bytes);
 * } catch (error) {
 *   if (error instanceof KmsWrapError && error.code === "CERTIFICATE_GIVEN") console.error(error.hint);
 * }
 * ```
 */
export class KmsWrapError extends Error {
  override readonly name: string = "KmsWrapError";
  /** Stable, for programs. */
  readonly code: KmsWrapErrorCode;
  /** What to do about it, for people. */
  readonly hint?: string;

  constructor(code: KmsWrapErrorCode, message: string, options: KmsWrapErrorOptions = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    if (options.hint !== undefined) this.hint = options.hint;
  }
}

/** The one verdict of every failed decryption, whatever the cause. */
export function unwrapFailed(): KmsWrapError {
  return new KmsWrapError("UNWRAP_FAILED", "the wrapped key material could not be decrypted", {
    hint: "check that the private key, the algorithm and the encoding are those it was wrapped with",
  });
}
