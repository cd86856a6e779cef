/**
 * Encrypt and Decrypt of symmetric keys. The service's ciphertexts are opaque; these are plain, so that whoever holds
 * the imported material can open them elsewhere and see that it is the same key:
 *
 *     version 01 ‖ key material id (32) ‖ length of ARN (1) ‖ ARN ‖ IV (12) ‖ ciphertext ‖ tag (16)
 *
 * AES-256-GCM; for the 16-byte keys of China's regions SM4-GCM, RFC 8998 §3. The additional data is everything before
 * the IV, then the encryption context as JSON, sorted by name.
 */

import { randomBytes } from "node:crypto";
import { gcm, IV_BYTES, TAG_BYTES } from "./gcm.ts";

const VERSION = 1;
const ID_BYTES = 32;

/** Name–value pairs that a ciphertext is bound to. */
export type EncryptionContext = ReadonlyMap<string, string>;

/** What a ciphertext says about itself. */
export interface SealedHeader {
  readonly keyArn: string;
  readonly materialId: string;
}

/** Encrypts under a key of 32 (AES) or 16 bytes (SM4). */
export function seal(
  key: Uint8Array,
  { keyArn, materialId }: SealedHeader,
  plaintext: Uint8Array,
  context: EncryptionContext,
): Uint8Array {
  const arn = Buffer.from(keyArn);
  const header = Buffer.concat([
    Buffer.of(VERSION),
    Buffer.from(materialId, "hex"),
    Buffer.of(arn.length),
    arn,
  ]);
  const iv = randomBytes(IV_BYTES);
  const { ciphertext, tag } = gcm(key).encrypt(iv, additionalData(header, context), plaintext);
  return Buffer.concat([header, iv, ciphertext, tag]);
}

/** Which key and material a ciphertext is under; `undefined` if it is none of ours. */
export function readHeader(blob: Uint8Array): SealedHeader | undefined {
  const end = headerBytes(blob);
  if (blob[0] !== VERSION || blob.length < end + IV_BYTES + TAG_BYTES) return undefined;
  const header = Buffer.from(blob.subarray(0, end));
  return {
    materialId: header.toString("hex", 1, 1 + ID_BYTES),
    keyArn: header.toString("utf8", 2 + ID_BYTES),
  };
}

/** @returns the plaintext, or `undefined` if key, context or ciphertext are not those of the encryption. */
export function open(key: Uint8Array, blob: Uint8Array, context: EncryptionContext): Uint8Array | undefined {
  const end = headerBytes(blob);
  const iv = blob.subarray(end, end + IV_BYTES);
  const ciphertext = blob.subarray(end + IV_BYTES, -TAG_BYTES);
  const tag = blob.subarray(-TAG_BYTES);
  return gcm(key).decrypt(iv, additionalData(blob.subarray(0, end), context), ciphertext, tag);
}

function headerBytes(blob: Uint8Array): number {
  return 2 + ID_BYTES + (blob[1 + ID_BYTES] ?? 0);
}

function additionalData(header: Uint8Array, context: EncryptionContext): Uint8Array {
  const pairs = [...context].sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([header, Buffer.from(JSON.stringify(pairs))]);
}
