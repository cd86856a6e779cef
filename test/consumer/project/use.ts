/** A consumer in strict TypeScript, with every check of library declarations on. */

import {
  compatibleAlgorithms,
  type EngineInfo,
  engineInfo,
  init,
  KEY_SPECS,
  type KeyMaterial,
  type KeySpec,
  KmsWrapError,
  type KmsWrapErrorCode,
  parseKeyMaterial,
  parseWrappingKey,
  prepareImport,
  unwrap,
  type WrappingAlgorithm,
  wrap,
} from "kms-wrap";
import * as portable from "kms-wrap/portable";
import { type Rehearsal, startRehearsal } from "kms-wrap/rehearsal";
import rsa from "kms-wrap/rsa.wasm";
import { aesKwpWrap, rsaOaepEncrypt, sm3 } from "kms-wrap/schemes";

declare const bytes: Uint8Array;

const keySpec: KeySpec = "SM2";
const material: KeyMaterial = parseKeyMaterial(bytes, keySpec);
const algorithms: readonly WrappingAlgorithm[] = compatibleAlgorithms(keySpec, "SM2", {
  region: "cn-north-1",
});
const publicKey = parseWrappingKey("");
export const wrapped: Uint8Array = wrap({
  algorithm: algorithms[0] ?? "SM2PKE",
  publicKey,
  keyMaterial: material.bytes,
});
export const opened: Uint8Array = unwrap({
  algorithm: "SM2PKE",
  privateKey: bytes,
  wrapped,
  encoding: "c1c3c2",
});
export const request = prepareImport({
  parameters: "",
  algorithm: "SM2PKE",
  keySpec: "SM2",
  keyMaterial: bytes,
});
export const token: Uint8Array = request.ImportToken;
export const info: EngineInfo = portable.engineInfo();
export const digests: Uint8Array[] = [
  sm3(bytes),
  aesKwpWrap(bytes, bytes),
  rsaOaepEncrypt({ publicKey, message: bytes, hash: "SHA-256" }),
];
export const rehearsal: Promise<Rehearsal> = startRehearsal({ port: 0 });
export const first: KeySpec | undefined = KEY_SPECS[0];
init(rsa);

try {
  engineInfo();
} catch (error) {
  if (error instanceof KmsWrapError) {
    const code: KmsWrapErrorCode = error.code;
    console.log(code, error.hint?.length);
  }
}

// @ts-expect-error AWS KMS dropped it, and so it is not in the list
wrap({ algorithm: "RSAES_PKCS1_V1_5", publicKey, keyMaterial: bytes });
// @ts-expect-error a request without its key
wrap({ algorithm: "SM2PKE", keyMaterial: bytes });
// @ts-expect-error material is bytes, not text
wrap({ algorithm: "SM2PKE", publicKey, keyMaterial: "secret" });
