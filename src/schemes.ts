/**
 * `kms-wrap/schemes`: the raw parts, for other clouds and other protocols. No KMS's rules, but the same checks of keys
 * and the same single verdict on whatever cannot be decrypted.
 *
 * @example
 * ```ts
 * import { rsaAesKeyWrap } from "kms-wrap/schemes";
 *
 * // CKM_RSA_AES_KEY_WRAP with SHA-384: what a PKCS#11 token takes, and no cloud's API names
 * const wrapped = rsaAesKeyWrap({ publicKey: spkiDer, keyMaterial: pkcs8Der, hash: "SHA-384" });
 * ```
 *
 * @module
 */

import { assertBytes, assertObject, inThisRealm, typeName } from "./bytes.ts";
import { defaultEngine } from "./engine/default.ts";
import type { HashName } from "./engine/engine.ts";
import { KmsWrapError } from "./errors.ts";
import { assertSm2Encoding, type Sm2Encoding } from "./formats/sm2-ciphertext.ts";
import { type RsaUnwrappingKey, type UnwrappingKey, withUnwrappingKey } from "./keys/unwrapping-key.ts";
import { parseWrappingKey, type WrappingKey } from "./keys/wrapping-key.ts";
import { systemRandom as random } from "./random.ts";
import { kwpUnwrap, kwpWrap } from "./schemes/aes-kwp.ts";
import * as rsaAes from "./schemes/rsa-aes-key-wrap.ts";
import { rsaesOaepDecrypt, rsaesOaepEncrypt } from "./schemes/rsaes-oaep.ts";
import * as sm2 from "./schemes/sm2pke.ts";

export type { HashName, Sm2Encoding };

/** A public key: SPKI or PKCS#1 as DER, PEM or base64, a JWK, or what `parseWrappingKey` of `kms-wrap` made of one. */
export type PublicKeyInput = Uint8Array | string | WrappingKey;
/**
 * A private key: PKCS#8, PKCS#1 or SEC 1 as DER, PEM or base64, a JWK, or what `parseUnwrappingKey` of `kms-wrap` made
 * of one.
 */
export type PrivateKeyInput = Uint8Array | string | UnwrappingKey;

/** The parameters of RSAES-OAEP, RFC 8017 §A.2.1. */
export interface OaepParameters {
  /** The hash of the label. */
  readonly hash: HashName;
  /** The hash of the mask generation function, MGF1; `hash` if absent. */
  readonly mgf1Hash?: HashName | undefined;
  /** L: bytes that are not secret, and must be the same on both sides; empty if absent. */
  readonly label?: Uint8Array | undefined;
}

const HASHES: readonly string[] = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"] satisfies HashName[];
const AES_KEY_BYTES: readonly number[] = [16, 24, 32];

/**
 * RSA-OAEP encryption: RSAES-OAEP-ENCRYPT, RFC 8017 §7.1.1.
 *
 * @param request.message - at most k − 2·hLen − 2 bytes, where k is the length of the modulus and hLen that of the
 *   hash, both in bytes: 190 for RSA_2048 and SHA-256. May be empty.
 * @returns k bytes.
 * @throws KmsWrapError `INVALID_ARGUMENT`, `WRAPPING_KEY_MISMATCH` for an SM2 key, `KEY_MATERIAL_TOO_LONG`,
 *   `RANDOM_UNAVAILABLE`, `RANDOM_BROKEN`, and what `parseWrappingKey` throws.
 * @example
 * ```ts
 * const label = new TextEncoder().encode("ticket 7");
 * const ciphertext = rsaOaepEncrypt({ publicKey: spkiDer, message, hash: "SHA-384", label });
 * ```
 */
export function rsaOaepEncrypt(
  request: OaepParameters & { readonly publicKey: PublicKeyInput; readonly message: Uint8Array },
): Uint8Array {
  assertObject(request, "the request");
  const { message } = request;
  assertBytes(message, "message");
  const publicKey = rsaPublicKey(request.publicKey).numbers;
  return rsaesOaepEncrypt(defaultEngine, { ...oaepOptions(request), publicKey, message });
}

/**
 * RSA-OAEP decryption: RSAES-OAEP-DECRYPT, RFC 8017 §7.1.2.
 *
 * @param request.ciphertext - k bytes; hash, mask hash and label as it was encrypted with.
 * @returns the message in a fresh array; may be empty.
 * @throws KmsWrapError `INVALID_ARGUMENT`, `WRAPPING_KEY_MISMATCH` for an SM2 key, `RANDOM_UNAVAILABLE`,
 *   `RANDOM_BROKEN`, what `parseUnwrappingKey` throws, and `UNWRAP_FAILED` for everything that is wrong with the
 *   ciphertext.
 */
export function rsaOaepDecrypt(
  request: OaepParameters & { readonly privateKey: PrivateKeyInput; readonly ciphertext: Uint8Array },
): Uint8Array {
  assertObject(request, "the request");
  const { ciphertext } = request;
  assertBytes(ciphertext, "ciphertext");
  return withRsaPrivateKey(request.privateKey, ({ numbers: privateKey }) =>
    rsaesOaepDecrypt(defaultEngine, { ...oaepOptions(request), privateKey, ciphertext }),
  );
}

/**
 * AES Key Wrap with Padding, RFC 5649 §4.1. Deterministic: equal keys give equal ciphertexts.
 *
 * @param kek - the AES key: 16, 24 or 32 bytes.
 * @param plaintext - at least 1 byte.
 * @returns 8·(⌈n/8⌉ + 1) bytes for n bytes of plaintext.
 * @throws KmsWrapError `INVALID_ARGUMENT`, `EMPTY_KEY_MATERIAL`
 * @example
 * ```ts
 * const kek = crypto.getRandomValues(new Uint8Array(32));
 * aesKwpWrap(kek, new Uint8Array(20)).length; // 32
 * ```
 */
export function aesKwpWrap(kek: Uint8Array, plaintext: Uint8Array): Uint8Array {
  assertKek(kek);
  assertBytes(plaintext, "plaintext");
  return kwpWrap(defaultEngine, inThisRealm(kek), plaintext);
}

/**
 * The inverse of `aesKwpWrap`, RFC 5649 §4.2.
 *
 * @param kek - the AES key that it was wrapped with.
 * @param wrapped - a multiple of 8 bytes, at least 16.
 * @returns the plaintext in a fresh array.
 * @throws KmsWrapError `INVALID_ARGUMENT`, and `UNWRAP_FAILED` for everything that is wrong with the ciphertext.
 */
export function aesKwpUnwrap(kek: Uint8Array, wrapped: Uint8Array): Uint8Array {
  assertKek(kek);
  assertBytes(wrapped, "wrapped");
  return kwpUnwrap(defaultEngine, inThisRealm(kek), wrapped);
}

/**
 * `RSAES-OAEP(K) ‖ AES-256-KWP(K, keyMaterial)` with a fresh K: CKM_RSA_AES_KEY_WRAP of PKCS#11. For
 * material that is too long for OAEP alone.
 *
 * @param request.keyMaterial - at least 1 byte.
 * @param request.hash - of the OAEP half, for label and mask.
 * @returns k + 8·(⌈n/8⌉ + 1) bytes for n bytes of key material, where k is the length of the modulus in bytes.
 * @throws KmsWrapError `INVALID_ARGUMENT`, `WRAPPING_KEY_MISMATCH` for an SM2 key, `EMPTY_KEY_MATERIAL`,
 *   `RANDOM_UNAVAILABLE`, `RANDOM_BROKEN`, and what `parseWrappingKey` throws.
 */
export function rsaAesKeyWrap(request: {
  readonly publicKey: PublicKeyInput;
  readonly keyMaterial: Uint8Array;
  readonly hash: HashName;
}): Uint8Array {
  assertObject(request, "the request");
  const { keyMaterial, hash } = request;
  assertBytes(keyMaterial, "keyMaterial");
  assertHash(hash, "hash");
  const publicKey = rsaPublicKey(request.publicKey).numbers;
  return rsaAes.rsaAesKeyWrap(defaultEngine, { publicKey, keyMaterial, hash, random });
}

/**
 * The inverse of `rsaAesKeyWrap`.
 *
 * @param request.hash - the one that it was wrapped with.
 * @returns the key material in a fresh array.
 * @throws KmsWrapError `INVALID_ARGUMENT`, `WRAPPING_KEY_MISMATCH` for an SM2 key, `RANDOM_UNAVAILABLE`,
 *   `RANDOM_BROKEN`, what `parseUnwrappingKey` throws, and `UNWRAP_FAILED` for everything that is wrong with the
 *   ciphertext.
 */
export function rsaAesKeyUnwrap(request: {
  readonly privateKey: PrivateKeyInput;
  readonly wrapped: Uint8Array;
  readonly hash: HashName;
}): Uint8Array {
  assertObject(request, "the request");
  const { wrapped, hash } = request;
  assertBytes(wrapped, "wrapped");
  assertHash(hash, "hash");
  return withRsaPrivateKey(request.privateKey, ({ numbers: privateKey }) =>
    rsaAes.rsaAesKeyUnwrap(defaultEngine, { privateKey, wrapped, hash, random }),
  );
}

/**
 * SM2 public-key encryption, GB/T 32918.4-2016 §6.
 *
 * @param request.message - at least 1 byte.
 * @param request.encoding - how the ciphertext is laid out: "asn1" (GM/T 0009-2012 §7.2) if absent.
 * @returns the ciphertext: 97 bytes more than the message in the raw encodings, one less without the 04, some 110
 *   more in ASN.1.
 * @throws KmsWrapError `INVALID_ARGUMENT`, `WRAPPING_KEY_MISMATCH` for an RSA key, `EMPTY_KEY_MATERIAL`,
 *   `RANDOM_UNAVAILABLE`, `RANDOM_BROKEN`, and what `parseWrappingKey` throws.
 * @example
 * ```ts
 * sm2Encrypt({ publicKey: sm2SpkiDer, message: new Uint8Array(16), encoding: "c1c3c2" }).length; // 113
 * ```
 */
export function sm2Encrypt(request: {
  readonly publicKey: PublicKeyInput;
  readonly message: Uint8Array;
  readonly encoding?: Sm2Encoding | undefined;
}): Uint8Array {
  assertObject(request, "the request");
  const { message, encoding = "asn1" } = request;
  assertBytes(message, "message");
  assertSm2Encoding(encoding);
  const key = parseWrappingKey(request.publicKey);
  if (key.type !== "SM2") throw wrongKey("SM2", key.spec);
  return sm2.sm2Encrypt(defaultEngine, { publicKey: key.point, message, encoding, random });
}

/**
 * The inverse of `sm2Encrypt`, GB/T 32918.4-2016 §7.
 *
 * @param request.encoding - how the ciphertext is laid out: "asn1" if absent. It is not guessed.
 * @returns the message in a fresh array.
 * @throws KmsWrapError `INVALID_ARGUMENT`, `WRAPPING_KEY_MISMATCH` for an RSA key, what `parseUnwrappingKey` throws,
 *   and `UNWRAP_FAILED` for everything that is wrong with the ciphertext.
 */
export function sm2Decrypt(request: {
  readonly privateKey: PrivateKeyInput;
  readonly ciphertext: Uint8Array;
  readonly encoding?: Sm2Encoding | undefined;
}): Uint8Array {
  assertObject(request, "the request");
  const { ciphertext, encoding = "asn1" } = request;
  assertBytes(ciphertext, "ciphertext");
  assertSm2Encoding(encoding);
  return withUnwrappingKey(request.privateKey, (key) => {
    if (key.type !== "SM2") throw wrongKey("SM2", key.spec);
    return sm2.sm2Decrypt(defaultEngine, { privateKey: key.scalar, ciphertext, encoding });
  });
}

/**
 * SM3, the hash function of GB/T 32905-2016.
 *
 * @param message - any number of bytes.
 * @returns 32 bytes.
 * @throws KmsWrapError `INVALID_ARGUMENT`
 * @example
 * ```ts
 * const digest = sm3(new TextEncoder().encode("abc"));
 * Buffer.from(digest).toString("hex").slice(0, 8); // "66c7f0f4"
 * ```
 */
export function sm3(message: Uint8Array): Uint8Array {
  assertBytes(message, "message");
  return defaultEngine.sm2.sm3(inThisRealm(message));
}

function oaepOptions({ hash, mgf1Hash = hash, label = new Uint8Array(0) }: OaepParameters) {
  assertHash(hash, "hash");
  assertHash(mgf1Hash, "mgf1Hash");
  assertBytes(label, "label");
  return { hash, mgf1Hash, label: inThisRealm(label), random };
}

function rsaPublicKey(input: PublicKeyInput) {
  const key = parseWrappingKey(input);
  if (key.type !== "RSA") throw wrongKey("RSA", key.spec);
  return key;
}

function withRsaPrivateKey(input: PrivateKeyInput, use: (key: RsaUnwrappingKey) => Uint8Array): Uint8Array {
  return withUnwrappingKey(input, (key) => {
    if (key.type !== "RSA") throw wrongKey("RSA", key.spec);
    return use(key);
  });
}

function wrongKey(expected: string, found: string): KmsWrapError {
  return new KmsWrapError(
    "WRAPPING_KEY_MISMATCH",
    `this scheme needs an ${expected} key, and this is an ${found} key`,
    { hint: "check that it is the right key, or use the scheme for keys of this type" },
  );
}

function assertHash(hash: unknown, name: string): void {
  if (HASHES.includes(hash as string)) return;
  const found = typeof hash === "string" ? "another name" : typeName(hash);
  throw new KmsWrapError("INVALID_ARGUMENT", `${name} must be one of ${HASHES.join(", ")}, found ${found}`);
}

function assertKek(kek: unknown): void {
  assertBytes(kek, "kek");
  if (AES_KEY_BYTES.includes(kek.length)) return;
  throw new KmsWrapError(
    "INVALID_ARGUMENT",
    `kek must be an AES key of 16, 24 or 32 bytes, found ${kek.length}`,
  );
}
