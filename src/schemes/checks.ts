/** What is checked before a scheme runs: the algorithm's name, that the key is of its type, and the greatest lengths. */

import { typeName } from "../bytes.ts";
import { emptyKeyMaterial, KmsWrapError } from "../errors.ts";
import {
  algorithmsFor,
  keyTypeFor,
  WRAPPING_ALGORITHMS,
  type WrappingAlgorithm,
  type WrappingKeyType,
} from "./algorithms.ts";

/** Refused since 2023-10-10, whatever the documentation of other tools says. */
const RETIRED = "RSAES_PKCS1_V1_5";
/** 16 MiB: a KMS takes some 6,000 bytes, and no key has more than some thousands. */
const MAX_MATERIAL_BYTES = 2 ** 24;
/** More than any algorithm adds: an RSA ciphertext, a semiblock of key wrap, the DER around an SM2 ciphertext. */
const MAX_OVERHEAD_BYTES = 1024;

/**
 * @throws KmsWrapError `INVALID_ARGUMENT` if it is no string, `RETIRED_ALGORITHM` for RSAES_PKCS1_V1_5,
 *   `UNSUPPORTED_ALGORITHM` for every other name.
 */
export function assertAlgorithm(algorithm: unknown): asserts algorithm is WrappingAlgorithm {
  if (typeof algorithm !== "string")
    throw new KmsWrapError("INVALID_ARGUMENT", `algorithm must be a string, found ${typeName(algorithm)}`);
  if ((WRAPPING_ALGORITHMS as readonly string[]).includes(algorithm)) return;
  if (algorithm === RETIRED)
    throw new KmsWrapError("RETIRED_ALGORITHM", `AWS KMS no longer takes ${RETIRED} (since 2023-10-10)`, {
      hint: "get new parameters for import with RSAES_OAEP_SHA_256 or RSA_AES_KEY_WRAP_SHA_256",
    });
  throw new KmsWrapError("UNSUPPORTED_ALGORITHM", "the algorithm is not one of the wrapping algorithms", {
    hint: `use one of ${WRAPPING_ALGORITHMS.join(", ")}`,
  });
}

/**
 * @throws KmsWrapError `WRAPPING_KEY_MISMATCH`
 */
export function assertKeyType(
  algorithm: WrappingAlgorithm,
  key: { readonly type: WrappingKeyType; readonly spec: string },
): void {
  const expected = keyTypeFor(algorithm);
  if (key.type === expected) return;
  throw new KmsWrapError(
    "WRAPPING_KEY_MISMATCH",
    `${algorithm} needs an ${expected} key, and this is an ${key.spec} key`,
    { hint: `with this key use ${algorithmsFor(key.type).join(", ")}` },
  );
}

/**
 * @throws KmsWrapError `EMPTY_KEY_MATERIAL`, `KEY_MATERIAL_TOO_LONG`
 */
export function assertMaterialSize({ length }: Uint8Array): void {
  if (length === 0) throw emptyKeyMaterial();
  if (length > MAX_MATERIAL_BYTES)
    throw new KmsWrapError(
      "KEY_MATERIAL_TOO_LONG",
      `the key material has ${length} bytes, expected at most ${MAX_MATERIAL_BYTES}`,
      { hint: "no key is that long: check that it is the right file" },
    );
}

/**
 * Refuses what no wrap makes. public: the length of a ciphertext.
 *
 * @throws KmsWrapError `INPUT_TOO_LARGE`
 */
export function assertWrappedSize({ length }: Uint8Array): void {
  if (length <= MAX_MATERIAL_BYTES + MAX_OVERHEAD_BYTES) return;
  throw new KmsWrapError(
    "INPUT_TOO_LARGE",
    `the wrapped key material has ${length} bytes, expected at most ${MAX_MATERIAL_BYTES + MAX_OVERHEAD_BYTES}`,
    { hint: "no wrapped key is that long: check that it is the right file" },
  );
}
