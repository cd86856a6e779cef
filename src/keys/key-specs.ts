/** The closed lists of key specs, by the names of the KMS API, and what key material for each consists of. */

import { typeName } from "../bytes.ts";
import type { CurveName } from "../engine/curves.ts";
import { KmsWrapError } from "../errors.ts";

/** `WrappingKeySpec` of the KMS API's GetParametersForImport. */
export type WrappingKeySpec = "RSA_2048" | "RSA_3072" | "RSA_4096" | "SM2";

/** `KeySpec` of the KMS API's CreateKey. */
export type KeySpec =
  | "SYMMETRIC_DEFAULT"
  | "HMAC_224"
  | "HMAC_256"
  | "HMAC_384"
  | "HMAC_512"
  | "RSA_2048"
  | "RSA_3072"
  | "RSA_4096"
  | "ECC_NIST_P256"
  | "ECC_NIST_P384"
  | "ECC_NIST_P521"
  | "ECC_SECG_P256K1"
  | "ECC_NIST_EDWARDS25519"
  | "SM2"
  | "ML_DSA_44"
  | "ML_DSA_65"
  | "ML_DSA_87"
  | "ML_KEM_512"
  | "ML_KEM_768"
  | "ML_KEM_1024";

/** Key material that is bytes without structure. */
export interface RawMaterialFacts {
  readonly kind: "raw";
  readonly minBytes: number;
  readonly maxBytes: number;
  /** What people normally use: the cipher's key length, or the hash's own length. */
  readonly usualBytes: number;
  /** The one length in China's regions, where it differs. */
  readonly chinaBytes?: number;
}

/** What key material for a key spec consists of. */
export type KeySpecFacts =
  | RawMaterialFacts
  | { readonly kind: "rsa"; readonly modulusBits: number }
  | { readonly kind: "ec"; readonly curve: CurveName }
  | { readonly kind: "ed25519" }
  | { readonly kind: "not importable" };

const NOT_IMPORTABLE: KeySpecFacts = { kind: "not importable" };

/** Every key spec there is, and its material. */
export const KEY_SPEC_FACTS: Readonly<Record<KeySpec, KeySpecFacts>> = {
  SYMMETRIC_DEFAULT: { kind: "raw", minBytes: 32, maxBytes: 32, usualBytes: 32, chinaBytes: 16 },
  HMAC_224: { kind: "raw", minBytes: 28, maxBytes: 128, usualBytes: 28 },
  HMAC_256: { kind: "raw", minBytes: 32, maxBytes: 128, usualBytes: 32 },
  HMAC_384: { kind: "raw", minBytes: 48, maxBytes: 128, usualBytes: 48 },
  HMAC_512: { kind: "raw", minBytes: 64, maxBytes: 128, usualBytes: 64 },
  RSA_2048: { kind: "rsa", modulusBits: 2048 },
  RSA_3072: { kind: "rsa", modulusBits: 3072 },
  RSA_4096: { kind: "rsa", modulusBits: 4096 },
  ECC_NIST_P256: { kind: "ec", curve: "P-256" },
  ECC_NIST_P384: { kind: "ec", curve: "P-384" },
  ECC_NIST_P521: { kind: "ec", curve: "P-521" },
  ECC_SECG_P256K1: { kind: "ec", curve: "secp256k1" },
  ECC_NIST_EDWARDS25519: { kind: "ed25519" },
  SM2: { kind: "ec", curve: "SM2" },
  ML_DSA_44: NOT_IMPORTABLE,
  ML_DSA_65: NOT_IMPORTABLE,
  ML_DSA_87: NOT_IMPORTABLE,
  ML_KEM_512: NOT_IMPORTABLE,
  ML_KEM_768: NOT_IMPORTABLE,
  ML_KEM_1024: NOT_IMPORTABLE,
};

/** Every key spec of the KMS API; the post-quantum ones take no imported material. */
export const KEY_SPECS: readonly KeySpec[] = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.keys(KEY_SPEC_FACTS) as KeySpec[],
);

/** Every wrapping key spec of the KMS API. */
export const WRAPPING_KEY_SPECS: readonly WrappingKeySpec[] = /* @__PURE__ */ Object.freeze([
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "SM2",
] as const);

/** RSA keys are named alike as material and as wrapping keys, by the length of the modulus in bits. */
export const RSA_SPECS: Readonly<Record<number, "RSA_2048" | "RSA_3072" | "RSA_4096">> = {
  2048: "RSA_2048",
  3072: "RSA_3072",
  4096: "RSA_4096",
};

/** The key spec of an elliptic-curve key. */
export const EC_SPECS: Readonly<Record<CurveName, KeySpec>> = {
  "P-256": "ECC_NIST_P256",
  "P-384": "ECC_NIST_P384",
  "P-521": "ECC_NIST_P521",
  secp256k1: "ECC_SECG_P256K1",
  SM2: "SM2",
};

/**
 * @throws KmsWrapError `INVALID_ARGUMENT` if it is no string, `UNSUPPORTED_KEY_SPEC` if it is not on the list.
 */
export function assertKeySpec(keySpec: unknown): asserts keySpec is KeySpec {
  assertListed(keySpec, "keySpec", KEY_SPECS);
}

/**
 * @throws KmsWrapError `INVALID_ARGUMENT` if it is no string, `UNSUPPORTED_KEY_SPEC` if it is not on the list.
 */
export function assertWrappingKeySpec(spec: unknown): asserts spec is WrappingKeySpec {
  assertListed(spec, "wrappingKeySpec", WRAPPING_KEY_SPECS);
}

/**
 * What key material for `keySpec` consists of.
 *
 * @throws KmsWrapError as `assertKeySpec`.
 */
export function keySpecFacts(keySpec: unknown): KeySpecFacts {
  assertKeySpec(keySpec);
  return KEY_SPEC_FACTS[keySpec];
}

function assertListed(value: unknown, name: string, list: readonly string[]): void {
  if (typeof value !== "string")
    throw new KmsWrapError("INVALID_ARGUMENT", `${name} must be a string, found ${typeName(value)}`);
  if (list.includes(value)) return;
  throw new KmsWrapError("UNSUPPORTED_KEY_SPEC", `${name} is not one that the KMS API names`, {
    hint: `use one of ${list.join(", ")}`,
  });
}
