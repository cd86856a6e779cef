/** The closed list of wrapping algorithms, by the names of the KMS API. */

/**
 * `WrappingAlgorithm` of the KMS API's GetParametersForImport. `RSAES_OAEP_*` encrypts the material by RSA itself, so
 * that it has to be short; `RSA_AES_KEY_WRAP_*` encrypts it under a fresh AES key, and that by RSA-OAEP; `SM2PKE` is
 * SM2 encryption, in China's regions.
 */
export type WrappingAlgorithm =
  | "RSAES_OAEP_SHA_1"
  | "RSAES_OAEP_SHA_256"
  | "RSA_AES_KEY_WRAP_SHA_1"
  | "RSA_AES_KEY_WRAP_SHA_256"
  | "SM2PKE";

/** The kinds of wrapping key there are. */
export type WrappingKeyType = "RSA" | "SM2";

const KEY_TYPES: Readonly<Record<WrappingAlgorithm, WrappingKeyType>> = {
  RSAES_OAEP_SHA_1: "RSA",
  RSAES_OAEP_SHA_256: "RSA",
  RSA_AES_KEY_WRAP_SHA_1: "RSA",
  RSA_AES_KEY_WRAP_SHA_256: "RSA",
  SM2PKE: "SM2",
};

/** Every wrapping algorithm this library knows. */
export const WRAPPING_ALGORITHMS: readonly WrappingAlgorithm[] = /* @__PURE__ */ Object.freeze(
  Object.keys(KEY_TYPES) as WrappingAlgorithm[],
);

/** The algorithms that a wrapping key of this type can serve, whatever a KMS allows. */
export function algorithmsFor(type: WrappingKeyType): readonly WrappingAlgorithm[] {
  return WRAPPING_ALGORITHMS.filter((algorithm) => KEY_TYPES[algorithm] === type);
}

/** The type of wrapping key that `algorithm` needs. */
export function keyTypeFor(algorithm: WrappingAlgorithm): WrappingKeyType {
  return KEY_TYPES[algorithm];
}
