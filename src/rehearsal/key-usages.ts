/** What a KMS key of each spec may be used for, and by which algorithms: the KMS API's names. */

import type { KeySpec } from "../keys/key-specs.ts";

/** `KeyUsage` of the KMS API. */
export type KeyUsage = "ENCRYPT_DECRYPT" | "SIGN_VERIFY" | "GENERATE_VERIFY_MAC" | "KEY_AGREEMENT";

/** By usage, the algorithms of a key. */
type Usages = Partial<Record<KeyUsage, readonly string[]>>;

const RSA: Usages = {
  ENCRYPT_DECRYPT: ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"],
  SIGN_VERIFY: ["PKCS1_V1_5", "PSS"].flatMap((scheme) =>
    [256, 384, 512].map((bits) => `RSASSA_${scheme}_SHA_${bits}`),
  ),
};

const mac = (bits: number): Usages => ({ GENERATE_VERIFY_MAC: [`HMAC_SHA_${bits}`] });
const nistCurve = (bits: number): Usages => ({ SIGN_VERIFY: [`ECDSA_SHA_${bits}`], KEY_AGREEMENT: ["ECDH"] });

/** Of the key specs that take imported material. */
export const KEY_USAGES: Readonly<Partial<Record<KeySpec, Usages>>> = {
  SYMMETRIC_DEFAULT: { ENCRYPT_DECRYPT: ["SYMMETRIC_DEFAULT"] },
  HMAC_224: mac(224),
  HMAC_256: mac(256),
  HMAC_384: mac(384),
  HMAC_512: mac(512),
  RSA_2048: RSA,
  RSA_3072: RSA,
  RSA_4096: RSA,
  ECC_NIST_P256: nistCurve(256),
  ECC_NIST_P384: nistCurve(384),
  ECC_NIST_P521: nistCurve(512),
  ECC_SECG_P256K1: { SIGN_VERIFY: ["ECDSA_SHA_256"] },
  ECC_NIST_EDWARDS25519: { SIGN_VERIFY: ["ED25519_SHA_512"] },
  SM2: { ENCRYPT_DECRYPT: ["SM2PKE"], SIGN_VERIFY: ["SM2DSA"], KEY_AGREEMENT: ["ECDH"] },
};

/** The algorithms of a key of this spec in this use. */
export function algorithmsOf(spec: KeySpec, usage: KeyUsage): readonly string[] {
  return KEY_USAGES[spec]?.[usage] ?? [];
}

/** Members of KeyMetadata that list a key's algorithms. */
export const ALGORITHM_MEMBERS: Readonly<Record<KeyUsage, string>> = {
  ENCRYPT_DECRYPT: "EncryptionAlgorithms",
  SIGN_VERIFY: "SigningAlgorithms",
  GENERATE_VERIFY_MAC: "MacAlgorithms",
  KEY_AGREEMENT: "KeyAgreementAlgorithms",
};
