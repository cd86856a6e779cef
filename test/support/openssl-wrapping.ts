/** The wrapping algorithms as recipes of `openssl` commands: what people do without this project. */

import { randomBytes } from "node:crypto";
import type { WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { openssl } from "./openssl.ts";

const AES_KEY_BYTES = 32;

/** Decrypts with the private key, PKCS#8 DER. */
export async function opensslUnwrap(
  algorithm: WrappingAlgorithm,
  pkcs8: Uint8Array,
  wrapped: Uint8Array,
  modulusBytes: number,
): Promise<Uint8Array> {
  const decrypt = (blob: Uint8Array) =>
    pkeyutl(algorithm, ["-decrypt", "-inkey", "key"], { key: pkcs8, in: blob });
  if (!algorithm.startsWith("RSA_AES_KEY_WRAP_")) return decrypt(wrapped);
  const aesKey = await decrypt(wrapped.subarray(0, modulusBytes));
  return keyWrap(["-d"], aesKey, wrapped.subarray(modulusBytes));
}

/** Encrypts under the public key, SubjectPublicKeyInfo DER. */
export async function opensslWrap(
  algorithm: WrappingAlgorithm,
  spki: Uint8Array,
  keyMaterial: Uint8Array,
): Promise<Uint8Array> {
  const encrypt = (message: Uint8Array) =>
    pkeyutl(algorithm, ["-encrypt", "-pubin", "-inkey", "key"], { key: spki, in: message });
  if (!algorithm.startsWith("RSA_AES_KEY_WRAP_")) return encrypt(keyMaterial);
  const aesKey = randomBytes(AES_KEY_BYTES);
  return Buffer.concat(await Promise.all([encrypt(aesKey), keyWrap(["-e"], aesKey, keyMaterial)]));
}

function pkeyutl(
  algorithm: WrappingAlgorithm,
  args: readonly string[],
  files: { key: Uint8Array; in: Uint8Array },
): Promise<Uint8Array> {
  return openssl(["pkeyutl", ...args, "-keyform", "DER", "-in", "in", ...paddingOptions(algorithm)], files);
}

function paddingOptions(algorithm: WrappingAlgorithm): string[] {
  if (algorithm === "SM2PKE") return [];
  const hash = algorithm.endsWith("SHA_1") ? "sha1" : "sha256";
  return ["rsa_padding_mode:oaep", `rsa_oaep_md:${hash}`, `rsa_mgf1_md:${hash}`].flatMap((o) => [
    "-pkeyopt",
    o,
  ]);
}

/** RFC 5649; the initial value that `enc` asks for is the constant half. */
function keyWrap(args: readonly string[], aesKey: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const K = Buffer.from(aesKey).toString("hex");
  return openssl(["enc", ...args, "-id-aes256-wrap-pad", "-iv", "A65959A6", "-K", K, "-in", "in"], {
    in: data,
  });
}
