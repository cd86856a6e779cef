/**
 * The one error class. A code from a closed list for programs, a message for people that says what was
 * found, where, and what was expected, and a hint that says what to do. Input bytes never appear in either.
 */

/**
 * Why an input was refused. A message says more than its code; the codes are what programs may rely on.
 *
 * The call
 * - `INVALID_ARGUMENT`: of the wrong type, or out of range; the caller's own slip, a TypeError or RangeError elsewhere.
 * - `UNSUPPORTED_ALGORITHM`: not the name of a wrapping algorithm.
 * - `RETIRED_ALGORITHM`: `RSAES_PKCS1_V1_5`, which AWS KMS dropped in 2023.
 *
 * The platform
 * - `RANDOM_UNAVAILABLE`: there is no `crypto.getRandomValues`, or not here, as at the top level of a worker.
 * - `RANDOM_BROKEN`: it repeats itself, or gives nothing but zeros.
 * - `PLATFORM_UNSUPPORTED`: what was asked for cannot be done here at all, as a rehearsal in a browser.
 *
 * Containers and encodings
 * - `INVALID_DER`: not DER, or not of the expected structure; the message names the byte.
 * - `INVALID_PEM`, `INVALID_BASE64`, `INVALID_JWK`: such a container, but a broken one.
 * - `INVALID_TEXT`: bytes that should be JSON, and are not text in UTF-8 or UTF-16.
 * - `UNRECOGNIZED_FORMAT`: none of the containers that a key comes in.
 * - `UNSUPPORTED_FORMAT`: a container that is known and not read; the hint says how to convert it.
 * - `INPUT_TOO_LARGE`: longer than any key, answer, archive or wrapped key can be; refused unread.
 *
 * Keys
 * - `UNSUPPORTED_KEY_TYPE`, `UNSUPPORTED_KEY_VERSION`: neither RSA nor EC nor Ed25519, or a type that cannot do what it
 *   is meant for; a container of an unknown version.
 * - `UNSUPPORTED_CURVE`, `EXPLICIT_CURVE_PARAMETERS`: not a curve that fits, or not named.
 * - `RSA_PSS_KEY`, `MULTI_PRIME_RSA_KEY`: RSA keys that a KMS does not take.
 * - `INVALID_RSA_MODULUS`, `INVALID_RSA_EXPONENT`: of another length than 2048, 3072 or 4096 bits, even, or too small.
 * - `INVALID_EC_POINT`, `INVALID_EC_SCALAR`: off the curve; out of range.
 * - `INCONSISTENT_PRIVATE_KEY`: its parts contradict each other.
 * - `ENCRYPTED_PRIVATE_KEY`: the hint says how to decrypt it.
 * - `PRIVATE_KEY_AS_WRAPPING_KEY`, `PUBLIC_KEY_AS_PRIVATE_KEY`, `CERTIFICATE_GIVEN`: the wrong thing of its kind.
 *
 * Key material
 * - `EMPTY_KEY_MATERIAL`: no bytes.
 * - `KEY_SPEC_REQUIRED`: bytes that do not say what key they are.
 * - `UNSUPPORTED_KEY_SPEC`: not the name of a key spec, or one that takes no imported material.
 * - `KEY_SPEC_MISMATCH`: a key for another key spec.
 * - `PUBLIC_KEY_AS_KEY_MATERIAL`: the private key is wanted.
 * - `RAW_MATERIAL_AS_TEXT`: symmetric and HMAC material must be bytes, not a string.
 * - `RAW_MATERIAL_LENGTH`: not as many bytes as the key spec takes.
 * - `RAW_MATERIAL_LOOKS_ENCODED`: what looks like text (hexadecimal, base64, any other) or a key with a line break;
 *   `raw` insists.
 * - `RAW_PRIVATE_SCALAR`: an elliptic-curve key without a container; the hint says how to make one.
 *
 * Algorithm against key against material
 * - `WRAPPING_KEY_MISMATCH`: the algorithm needs a key of another type.
 * - `KEY_MATERIAL_TOO_LONG`: for OAEP under this key; the message says by how much. Or above 16 MiB.
 * - `INCOMPATIBLE_KEY_SPEC`: AWS KMS does not take such material wrapped that way.
 * - `UNAVAILABLE_IN_REGION`: it does, but not in this region.
 *
 * Import parameters
 * - `INVALID_PARAMETERS`: not what GetParametersForImport hands out.
 * - `INVALID_ZIP`: not the console's download; the command reads it.
 * - `PARAMETERS_EXPIRED`: 24 hours have passed.
 * - `INVALID_KEY_ID`, `ALIAS_AS_KEY_ID`: the import API takes an id or ARN, and no alias.
 * - `KEY_ID_MISMATCH`, `REGION_MISMATCH`: the parameters are for another key or region.
 * - `INVALID_EXPIRATION`, `INVALID_IMPORT_OPTION`: options that ImportKeyMaterial does not take.
 *
 * Decryption
 * - `UNWRAP_FAILED`: deliberately the only code of a failed decryption; telling causes apart would build an oracle.
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
  /** What to do about it, for people. */
  readonly hint?: string;
  /** The error that led to it. */
  readonly cause?: unknown;
}

/**
 * Every error this library throws on purpose. Neither message nor hint holds bytes of the input: they can be shown and
 * logged.
 *
 * @example
 * ```ts
 * import { KmsWrapError, parseWrappingKey } from "kms-wrap";
 *
 * try {
 *   parseWrappingKey("-----BEGIN CERTIFICATE-----…");
 * } catch (error) {
 *   if (!(error instanceof KmsWrapError)) throw error;
 *   console.error(error.code, error.message, error.hint ?? "");
 * }
 * ```
 */
export class KmsWrapError extends Error {
  /** Always "KmsWrapError": for where `instanceof` does not reach, as across realms. */
  override readonly name: string = "KmsWrapError";
  /** Stable, for programs. */
  readonly code: KmsWrapErrorCode;
  /** What to do about it, for people. */
  readonly hint?: string;

  /** The library makes these; programs catch them. */
  constructor(code: KmsWrapErrorCode, message: string, options: KmsWrapErrorOptions = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    if (options.hint !== undefined) this.hint = options.hint;
  }
}

/** For key material without a byte. */
export function emptyKeyMaterial(message = "the key material is empty"): KmsWrapError {
  return new KmsWrapError("EMPTY_KEY_MATERIAL", message, { hint: "check the file or variable it came from" });
}

/** The one verdict of every failed decryption, whatever the cause. */
export function unwrapFailed(): KmsWrapError {
  return new KmsWrapError("UNWRAP_FAILED", "the wrapped key material could not be decrypted", {
    hint: "check that the private key, the algorithm and the encoding are those it was wrapped with",
  });
}
