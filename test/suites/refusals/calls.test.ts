/** What is said when a call to wrap or unwrap is refused: code, message and hint, word for word. */

import { expect, test } from "vitest";
import { portableEngine } from "../../../src/engine/portable/engine.ts";
import * as portable from "../../../src/portable.ts";
import { randomBelow } from "../../../src/random.ts";
import { rsaesOaepEncrypt } from "../../../src/schemes/rsaes-oaep.ts";
import * as schemes from "../../../src/schemes.ts";
import { unwrapWith } from "../../../src/unwrap.ts";
import { type Refusal, refusalOf } from "../../support/refusals.ts";
import { WRAPPING_KEY_PAIRS } from "../../support/wrapping-keys.ts";

const { spki, pkcs8 } = WRAPPING_KEY_PAIRS.RSA_2048;
const sm2 = WRAPPING_KEY_PAIRS.SM2;

const wrap = (changes: Record<string, unknown>) =>
  portable.wrap({
    algorithm: "RSAES_OAEP_SHA_256",
    publicKey: spki,
    keyMaterial: new Uint8Array(32),
    ...changes,
  });
const unwrap = (changes: Record<string, unknown>) =>
  portable.unwrap({
    algorithm: "RSAES_OAEP_SHA_256",
    privateKey: pkcs8,
    wrapped: new Uint8Array(256),
    ...changes,
  });
const nothing = undefined as never;

/** Bytes whose memory has gone elsewhere. */
function transferred(): Uint8Array {
  const moved = new Uint8Array(1);
  structuredClone(moved.buffer, { transfer: [moved.buffer] });
  return moved;
}

const EMPTY = "check the file or variable it came from";
const RIGHT_KEY = "check that it is the right key, or use the scheme for keys of this type";
const ANY_LENGTH =
  "use RSA_AES_KEY_WRAP_SHA_256 or RSA_AES_KEY_WRAP_SHA_1, which take any length, or a longer wrapping key";

const UNWRAP_HINT =
  "check that the private key, the algorithm and the encoding are those it was wrapped with";

const REFUSALS: Readonly<Record<string, Refusal>> = {
  "a request that is none, to wrap": [
    () => portable.wrap(nothing),
    "INVALID_ARGUMENT",
    "the request must be an object, found undefined",
  ],
  "a request that is none, to unwrap": [
    () => portable.unwrap(nothing),
    "INVALID_ARGUMENT",
    "the request must be an object, found undefined",
  ],
  "a request that is none, to prepare an import": [
    () => portable.prepareImport(nothing),
    "INVALID_ARGUMENT",
    "the request must be an object, found undefined",
  ],
  "an algorithm that is no string": [
    () => wrap({ algorithm: 1 }),
    "INVALID_ARGUMENT",
    "algorithm must be a string, found number",
  ],
  "an algorithm that there is not": [
    () => wrap({ algorithm: "RSA_OAEP" }),
    "UNSUPPORTED_ALGORITHM",
    "the algorithm is not one of the wrapping algorithms",
    "use one of RSAES_OAEP_SHA_1, RSAES_OAEP_SHA_256, RSA_AES_KEY_WRAP_SHA_1, RSA_AES_KEY_WRAP_SHA_256, SM2PKE",
  ],
  "the retired algorithm": [
    () => wrap({ algorithm: "RSAES_PKCS1_V1_5" }),
    "RETIRED_ALGORITHM",
    "AWS KMS no longer takes RSAES_PKCS1_V1_5 (since 2023-10-10)",
    "get new parameters for import with RSAES_OAEP_SHA_256 or RSA_AES_KEY_WRAP_SHA_256",
  ],
  "an RSA algorithm under an SM2 key": [
    () => wrap({ publicKey: sm2.spki }),
    "WRAPPING_KEY_MISMATCH",
    "RSAES_OAEP_SHA_256 needs an RSA key, and this is an SM2 key",
    "with this key use SM2PKE",
  ],
  "SM2PKE under an RSA key": [
    () => wrap({ algorithm: "SM2PKE" }),
    "WRAPPING_KEY_MISMATCH",
    "SM2PKE needs an SM2 key, and this is an RSA_2048 key",
    "with this key use RSAES_OAEP_SHA_1, RSAES_OAEP_SHA_256, RSA_AES_KEY_WRAP_SHA_1, RSA_AES_KEY_WRAP_SHA_256",
  ],
  "key material that is no bytes": [
    () => wrap({ keyMaterial: "text" }),
    "INVALID_ARGUMENT",
    "keyMaterial must be a Uint8Array, found string",
  ],
  "key material that was transferred": [
    () => wrap({ keyMaterial: transferred() }),
    "INVALID_ARGUMENT",
    "keyMaterial lies in a detached ArrayBuffer",
    "its buffer was transferred elsewhere; keep a copy of the bytes before the transfer",
  ],
  "no key material": [
    () => wrap({ keyMaterial: new Uint8Array() }),
    "EMPTY_KEY_MATERIAL",
    "the key material is empty",
    EMPTY,
  ],
  "key material that is too long": [
    () => wrap({ keyMaterial: new Uint8Array(191) }),
    "KEY_MATERIAL_TOO_LONG",
    "the key material is 191 bytes long, 1 more than RSAES-OAEP with SHA-256 takes under a modulus of 2048 bits (190)",
    ANY_LENGTH,
  ],
  "wrapped material that is no bytes": [
    () => unwrap({ wrapped: "text" }),
    "INVALID_ARGUMENT",
    "wrapped must be a Uint8Array, found string",
  ],
  "an encoding that there is not": [
    () => unwrap({ encoding: "raw" }),
    "INVALID_ARGUMENT",
    "encoding is not one that SM2 ciphertexts come in",
    "use one of asn1, c1c3c2, c1c2c3, c1c3c2-no04, c1c2c3-no04",
  ],
  "key material as long as any may be, by an algorithm that takes less": [
    () => wrap({ keyMaterial: new Uint8Array(2 ** 24) }),
    "KEY_MATERIAL_TOO_LONG",
    "the key material is 16777216 bytes long, 16777026 more than RSAES-OAEP with SHA-256 takes under a modulus of 2048 bits (190)",
    ANY_LENGTH,
  ],
  "key material that is longer": [
    () => wrap({ keyMaterial: new Uint8Array(2 ** 24 + 1) }),
    "KEY_MATERIAL_TOO_LONG",
    "the key material has 16777217 bytes, expected at most 16777216",
    "no key is that long: check that it is the right file",
  ],
  "wrapped material as long as any may be": [
    () => unwrap({ wrapped: new Uint8Array(2 ** 24 + 1024) }),
    "UNWRAP_FAILED",
    "the wrapped key material could not be decrypted",
    UNWRAP_HINT,
  ],
  "wrapped material that is longer": [
    () => unwrap({ wrapped: new Uint8Array(2 ** 24 + 1025) }),
    "INPUT_TOO_LARGE",
    "the wrapped key material has 16778241 bytes, expected at most 16778240",
    "no wrapped key is that long: check that it is the right file",
  ],
  "a fault in the private operation": [
    () =>
      unwrapWith(
        { ...portableEngine, rsa: { ...portableEngine.rsa, privateOperation: () => undefined } },
        { algorithm: "RSAES_OAEP_SHA_256", privateKey: pkcs8, wrapped: new Uint8Array(256) },
      ),
    "UNWRAP_FAILED",
    "the wrapped key material could not be decrypted",
    UNWRAP_HINT,
  ],
  "wrapped material that is damaged": [
    () => unwrap({}),
    "UNWRAP_FAILED",
    "the wrapped key material could not be decrypted",
    UNWRAP_HINT,
  ],
  "a modulus that is too short for the hash": [
    () =>
      rsaesOaepEncrypt(portableEngine, {
        publicKey: { modulus: new Uint8Array(128), publicExponent: new Uint8Array(1) },
        message: new Uint8Array(1),
        hash: "SHA-512",
        mgf1Hash: "SHA-512",
        label: new Uint8Array(),
        random: (length) => new Uint8Array(length),
      }),
    "KEY_MATERIAL_TOO_LONG",
    "a modulus of 128 bytes is too short for RSAES-OAEP with SHA-512",
    ANY_LENGTH,
  ],
  "unusable random numbers": [
    () => randomBelow(Uint8Array.of(2), () => new Uint8Array(1)),
    "RANDOM_BROKEN",
    "the random source gave 128 unusable numbers in a row",
    "do not use key material on this system until its random generator is mended",
  ],
  "a request that is none, for rsaOaepEncrypt": [
    () => schemes.rsaOaepEncrypt(nothing),
    "INVALID_ARGUMENT",
    "the request must be an object, found undefined",
  ],
  "a request that is none, for rsaOaepDecrypt": [
    () => schemes.rsaOaepDecrypt(nothing),
    "INVALID_ARGUMENT",
    "the request must be an object, found undefined",
  ],
  "a request that is none, for rsaAesKeyWrap": [
    () => schemes.rsaAesKeyWrap(nothing),
    "INVALID_ARGUMENT",
    "the request must be an object, found undefined",
  ],
  "a request that is none, for rsaAesKeyUnwrap": [
    () => schemes.rsaAesKeyUnwrap(nothing),
    "INVALID_ARGUMENT",
    "the request must be an object, found undefined",
  ],
  "a request that is none, for sm2Encrypt": [
    () => schemes.sm2Encrypt(nothing),
    "INVALID_ARGUMENT",
    "the request must be an object, found undefined",
  ],
  "a request that is none, for sm2Decrypt": [
    () => schemes.sm2Decrypt(nothing),
    "INVALID_ARGUMENT",
    "the request must be an object, found undefined",
  ],
  "a kek of another length": [
    () => schemes.aesKwpWrap(new Uint8Array(17), new Uint8Array(1)),
    "INVALID_ARGUMENT",
    "kek must be an AES key of 16, 24 or 32 bytes, found 17",
  ],
  "a kek that is no bytes": [
    () => schemes.aesKwpWrap("k" as never, new Uint8Array(1)),
    "INVALID_ARGUMENT",
    "kek must be a Uint8Array, found string",
  ],
  "a plaintext that is no bytes": [
    () => schemes.aesKwpWrap(new Uint8Array(16), "p" as never),
    "INVALID_ARGUMENT",
    "plaintext must be a Uint8Array, found string",
  ],
  "an empty plaintext": [
    () => schemes.aesKwpWrap(new Uint8Array(16), new Uint8Array()),
    "EMPTY_KEY_MATERIAL",
    "the key material is empty",
    EMPTY,
  ],
  "a plaintext that is too long": [
    () =>
      schemes.aesKwpWrap(
        new Uint8Array(16),
        Object.defineProperty(new Uint8Array(1), "length", { value: 2 ** 32 }),
      ),
    "KEY_MATERIAL_TOO_LONG",
    "AES key wrap takes at most 4294967295 bytes",
  ],
  "a kek of another length, to unwrap": [
    () => schemes.aesKwpUnwrap(new Uint8Array(17), new Uint8Array(16)),
    "INVALID_ARGUMENT",
    "kek must be an AES key of 16, 24 or 32 bytes, found 17",
  ],
  "wrapped material that is no bytes, for KWP": [
    () => schemes.aesKwpUnwrap(new Uint8Array(16), "w" as never),
    "INVALID_ARGUMENT",
    "wrapped must be a Uint8Array, found string",
  ],
  "an empty message for SM2": [
    () => schemes.sm2Encrypt({ publicKey: sm2.spki, message: new Uint8Array() }),
    "EMPTY_KEY_MATERIAL",
    "the key material is empty",
    EMPTY,
  ],
  "an RSA key for SM2": [
    () => schemes.sm2Encrypt({ publicKey: spki, message: new Uint8Array(1) }),
    "WRAPPING_KEY_MISMATCH",
    "this scheme needs an SM2 key, and this is an RSA_2048 key",
    RIGHT_KEY,
  ],
  "an SM2 key for RSA": [
    () => schemes.rsaAesKeyWrap({ publicKey: sm2.spki, keyMaterial: new Uint8Array(1), hash: "SHA-1" }),
    "WRAPPING_KEY_MISMATCH",
    "this scheme needs an RSA key, and this is an SM2 key",
    RIGHT_KEY,
  ],
  "an RSA key for SM2, to decrypt": [
    () => schemes.sm2Decrypt({ privateKey: pkcs8, ciphertext: new Uint8Array(1) }),
    "WRAPPING_KEY_MISMATCH",
    "this scheme needs an SM2 key, and this is an RSA_2048 key",
    RIGHT_KEY,
  ],
  "an SM2 key for RSA, to decrypt": [
    () => schemes.rsaOaepDecrypt({ privateKey: sm2.pkcs8, ciphertext: new Uint8Array(1), hash: "SHA-1" }),
    "WRAPPING_KEY_MISMATCH",
    "this scheme needs an RSA key, and this is an SM2 key",
    RIGHT_KEY,
  ],
  "another hash": [
    () => schemes.rsaOaepEncrypt({ publicKey: spki, message: new Uint8Array(1), hash: "MD5" as never }),
    "INVALID_ARGUMENT",
    "hash must be one of SHA-1, SHA-256, SHA-384, SHA-512, found another name",
  ],
  "another hash for the mask": [
    () =>
      schemes.rsaOaepEncrypt({
        publicKey: spki,
        message: new Uint8Array(1),
        hash: "SHA-1",
        mgf1Hash: "MD5" as never,
      }),
    "INVALID_ARGUMENT",
    "mgf1Hash must be one of SHA-1, SHA-256, SHA-384, SHA-512, found another name",
  ],
  "a message that is no bytes": [
    () => schemes.rsaOaepEncrypt({ publicKey: spki, message: "m" as never, hash: "SHA-1" }),
    "INVALID_ARGUMENT",
    "message must be a Uint8Array, found string",
  ],
  "a label that is no bytes": [
    () =>
      schemes.rsaOaepEncrypt({
        publicKey: spki,
        message: new Uint8Array(1),
        hash: "SHA-1",
        label: "l" as never,
      }),
    "INVALID_ARGUMENT",
    "label must be a Uint8Array, found string",
  ],
  "a ciphertext that is no bytes": [
    () => schemes.rsaOaepDecrypt({ privateKey: pkcs8, ciphertext: "c" as never, hash: "SHA-1" }),
    "INVALID_ARGUMENT",
    "ciphertext must be a Uint8Array, found string",
  ],
  "material that is no bytes, for RSA and AES": [
    () => schemes.rsaAesKeyWrap({ publicKey: spki, keyMaterial: "m" as never, hash: "SHA-1" }),
    "INVALID_ARGUMENT",
    "keyMaterial must be a Uint8Array, found string",
  ],
  "wrapped material that is no bytes, for RSA and AES": [
    () => schemes.rsaAesKeyUnwrap({ privateKey: pkcs8, wrapped: "w" as never, hash: "SHA-1" }),
    "INVALID_ARGUMENT",
    "wrapped must be a Uint8Array, found string",
  ],
  "a message that is no bytes, for SM2": [
    () => schemes.sm2Encrypt({ publicKey: sm2.spki, message: "m" as never }),
    "INVALID_ARGUMENT",
    "message must be a Uint8Array, found string",
  ],
  "a ciphertext that is no bytes, for SM2": [
    () => schemes.sm2Decrypt({ privateKey: sm2.pkcs8, ciphertext: "c" as never }),
    "INVALID_ARGUMENT",
    "ciphertext must be a Uint8Array, found string",
  ],
  "a message that is no bytes, for SM3": [
    () => schemes.sm3("m" as never),
    "INVALID_ARGUMENT",
    "message must be a Uint8Array, found string",
  ],
  "a value that is no key": [
    () => schemes.sm2Encrypt({ publicKey: 7 as never, message: new Uint8Array(1) }),
    "INVALID_ARGUMENT",
    "the wrapping key must be a Uint8Array or a string, found number",
    "export a KeyObject or CryptoKey first, and pass the bytes",
  ],
};

test.each(Object.entries(REFUSALS))("%s", (_name, [call, ...said]) => {
  expect(refusalOf(call)).toEqual(said);
});
