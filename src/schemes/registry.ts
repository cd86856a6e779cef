/** Algorithm name → what it does: one row each, no switches elsewhere. */

import type { Engine, HashName } from "../engine/engine.ts";
import type { Sm2Encoding } from "../formats/sm2-ciphertext.ts";
import type { RsaUnwrappingKey, Sm2UnwrappingKey, UnwrappingKey } from "../keys/unwrapping-key.ts";
import type { RsaWrappingKey, Sm2WrappingKey, WrappingKey } from "../keys/wrapping-key.ts";
import type { RandomSource } from "../random.ts";
import type { WrappingAlgorithm } from "./algorithms.ts";
import { rsaAesKeyUnwrap, rsaAesKeyWrap } from "./rsa-aes-key-wrap.ts";
import { rsaesOaepDecrypt, rsaesOaepEncrypt } from "./rsaes-oaep.ts";
import { sm2Decrypt, sm2Encrypt } from "./sm2pke.ts";

/** How the parts of a scheme's work reach it. */
interface SchemeContext {
  readonly engine: Engine;
  readonly random: RandomSource;
}

/**
 * One wrapping algorithm. `wrap` and `unwrap` make sure that the key is of the algorithm's type before they call; the
 * rows below rely on it and name the type they need, which TypeScript allows for methods.
 */
interface Scheme {
  wrap(context: SchemeContext, key: WrappingKey, keyMaterial: Uint8Array): Uint8Array;
  unwrap(context: SchemeContext, key: UnwrappingKey, wrapped: Uint8Array, encoding: Sm2Encoding): Uint8Array;
}

const NO_LABEL = /* @__PURE__ */ new Uint8Array(0);

/** RSAES-OAEP as the KMS names mean it: one hash, the empty label. */
function oaep(hash: HashName): Scheme {
  const options = { hash, mgf1Hash: hash, label: NO_LABEL };
  return {
    wrap: ({ engine, random }, { numbers }: RsaWrappingKey, message) =>
      rsaesOaepEncrypt(engine, { ...options, publicKey: numbers, message, random }),
    unwrap: ({ engine, random }, { numbers }: RsaUnwrappingKey, ciphertext) =>
      rsaesOaepDecrypt(engine, { ...options, privateKey: numbers, ciphertext, random }),
  };
}

function rsaAes(hash: HashName): Scheme {
  return {
    wrap: ({ engine, random }, { numbers }: RsaWrappingKey, keyMaterial) =>
      rsaAesKeyWrap(engine, { publicKey: numbers, keyMaterial, hash, random }),
    unwrap: ({ engine, random }, { numbers }: RsaUnwrappingKey, wrapped) =>
      rsaAesKeyUnwrap(engine, { privateKey: numbers, wrapped, hash, random }),
  };
}

const sm2: Scheme = {
  wrap: ({ engine, random }, { point }: Sm2WrappingKey, message) =>
    sm2Encrypt(engine, { publicKey: point, message, encoding: "asn1", random }),
  unwrap: ({ engine }, { scalar }: Sm2UnwrappingKey, ciphertext, encoding) =>
    sm2Decrypt(engine, { privateKey: scalar, ciphertext, encoding }),
};

/** Every algorithm of `WRAPPING_ALGORITHMS`. */
export const SCHEMES: Readonly<Record<WrappingAlgorithm, Scheme>> = {
  RSAES_OAEP_SHA_1: oaep("SHA-1"),
  RSAES_OAEP_SHA_256: oaep("SHA-256"),
  RSA_AES_KEY_WRAP_SHA_1: rsaAes("SHA-1"),
  RSA_AES_KEY_WRAP_SHA_256: rsaAes("SHA-256"),
  SM2PKE: sm2,
};
