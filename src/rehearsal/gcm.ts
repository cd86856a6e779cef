/** Galois/Counter Mode, SP 800-38D, with the IV and tag lengths of RFC 5116 §5: AES-256 by Node, SM4 (RFC 8998 §3) by parts. */

import { createCipheriv, createDecipheriv, timingSafeEqual } from "node:crypto";
import { ghash } from "@noble/ciphers/_polyval.js";

export const IV_BYTES = 12;
export const TAG_BYTES = 16;
const BLOCK_BYTES = 16;
const SM4_KEY_BYTES = 16;

/** Authenticated encryption under one key. */
export interface Gcm {
  encrypt(
    iv: Uint8Array,
    aad: Uint8Array,
    plaintext: Uint8Array,
  ): { ciphertext: Uint8Array; tag: Uint8Array };
  /** @returns `undefined` if the tag does not hold. */
  decrypt(iv: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array, tag: Uint8Array): Uint8Array | undefined;
}

/** @param key - 32 bytes for AES, 16 for SM4. */
export function gcm(key: Uint8Array): Gcm {
  return key.length === SM4_KEY_BYTES ? sm4Gcm(key) : aesGcm(key);
}

function aesGcm(key: Uint8Array): Gcm {
  const options = { authTagLength: TAG_BYTES };
  return {
    encrypt(iv, aad, plaintext) {
      const cipher = createCipheriv("aes-256-gcm", key, iv, options).setAAD(aad);
      const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      return { ciphertext, tag: cipher.getAuthTag() };
    },
    decrypt(iv, aad, ciphertext, tag) {
      const decipher = createDecipheriv("aes-256-gcm", key, iv, options).setAAD(aad).setAuthTag(tag);
      try {
        return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
      } catch {
        return undefined;
      }
    },
  };
}

/** §7 over SM4, of which Node's OpenSSL has the counter mode but not this one. */
function sm4Gcm(key: Uint8Array): Gcm {
  const block = (input: Uint8Array) => createCipheriv("sm4-ecb", key, null).update(input);
  const counter = (iv: Uint8Array, value: number) => Buffer.concat([iv, Buffer.of(0, 0, 0, value)]);
  const crypt = (iv: Uint8Array, data: Uint8Array) =>
    createCipheriv("sm4-ctr", key, counter(iv, 2)).update(data);
  const tagOf = (iv: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array) => {
    const H = block(new Uint8Array(BLOCK_BYTES));
    const S = ghash(Buffer.concat([padded(aad), padded(ciphertext), bitLengths(aad, ciphertext)]), H);
    const mask = block(counter(iv, 1));
    return S.map((byte, i) => byte ^ mask[i]!);
  };
  return {
    encrypt(iv, aad, plaintext) {
      const ciphertext = crypt(iv, plaintext);
      return { ciphertext, tag: tagOf(iv, aad, ciphertext) };
    },
    decrypt(iv, aad, ciphertext, tag) {
      return timingSafeEqual(tagOf(iv, aad, ciphertext), tag) ? crypt(iv, ciphertext) : undefined;
    },
  };
}

/** To whole blocks, with zeros. */
function padded(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil(data.length / BLOCK_BYTES) * BLOCK_BYTES);
  out.set(data);
  return out;
}

/** [len(A)]_64 ‖ [len(C)]_64 */
function bitLengths(aad: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const out = Buffer.alloc(BLOCK_BYTES);
  out.writeUInt32BE(8 * aad.length, 4);
  out.writeUInt32BE(8 * ciphertext.length, 12);
  return out;
}
