/**
 * RSA_AES_KEY_WRAP: `RSAES-OAEP(K) ‖ AES-256-KWP(K, key material)` with a fresh AES key K and nothing in between.
 * PKCS#11 v3.1 §6.1.22 (CKM_RSA_AES_KEY_WRAP), with the 256-bit K and the one hash that the KMS API prescribes.
 */

import { concatBytes, withScratch } from "../bytes.ts";
import type { Engine, HashName, RsaPrivateNumbers, RsaPublicNumbers } from "../engine/engine.ts";
import type { RandomSource } from "../random.ts";
import { kwpUnwrap, kwpWrap } from "./aes-kwp.ts";
import { HASH_BYTES, oaepDecryptKey, rsaesOaepEncrypt } from "./rsaes-oaep.ts";

const AES_KEY_BYTES = 32;
const NO_LABEL = /* @__PURE__ */ new Uint8Array(0);

/** What both directions agree on. */
interface RsaAesOptions {
  /** The hash of the OAEP half, for label and mask generation. */
  readonly hash: HashName;
  readonly random: RandomSource;
}

/**
 * @param request.keyMaterial - at least 1 byte; secret.
 * @returns k + 8·(⌈n/8⌉ + 1) bytes.
 * @throws KmsWrapError `EMPTY_KEY_MATERIAL`
 */
export function rsaAesKeyWrap(
  engine: Engine,
  request: RsaAesOptions & { readonly publicKey: RsaPublicNumbers; readonly keyMaterial: Uint8Array },
): Uint8Array {
  const { publicKey, keyMaterial, hash, random } = request;
  return withScratch((scratch) => {
    // K and OAEP's seed in one draw: of all the small parts of a wrap, calls of the generator take longest.
    const drawn = scratch(random(AES_KEY_BYTES + HASH_BYTES[hash]));
    const K = drawn.subarray(0, AES_KEY_BYTES);
    const seed = drawn.subarray(AES_KEY_BYTES);
    const wrappedMaterial = kwpWrap(engine, K, keyMaterial);
    const wrappedKey = rsaesOaepEncrypt(engine, {
      publicKey,
      message: K,
      hash,
      mgf1Hash: hash,
      label: NO_LABEL,
      random: () => seed,
    });
    return concatBytes(wrappedKey, wrappedMaterial);
  });
}

/**
 * @throws KmsWrapError `UNWRAP_FAILED`, whatever the cause.
 */
export function rsaAesKeyUnwrap(
  engine: Engine,
  request: RsaAesOptions & { readonly privateKey: RsaPrivateNumbers; readonly wrapped: Uint8Array },
): Uint8Array {
  const { privateKey, wrapped, hash, random } = request;
  const k = privateKey.modulus.length;
  return withScratch((scratch) => {
    const substitute = scratch(random(AES_KEY_BYTES));
    // A failed OAEP goes on with a random key and ends where a failed key wrap ends, so that neither the path nor its
    // time says which half was wrong.
    const K = scratch(
      oaepDecryptKey(engine, {
        privateKey,
        ciphertext: wrapped.subarray(0, k),
        hash,
        mgf1Hash: hash,
        label: NO_LABEL,
        random,
        substitute,
      }),
    );
    return kwpUnwrap(engine, K, wrapped.subarray(k));
  });
}
