/**
 * Opens wrapped key material with implementations that are not this project's: node:crypto (OpenSSL) for RSA; for SM2
 * the openssl command if there is one of version 3, else sm-crypto.
 */

import { spawnSync } from "node:child_process";
import { constants, createDecipheriv, privateDecrypt } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import smCrypto from "sm-crypto";

/** Where d lies in the 138 bytes of PKCS#8 that node:crypto writes for SM2. */
const SM2_SCALAR_OFFSET = 36;

const hasOpenssl3 = /^OpenSSL 3/.test(spawnSync("openssl", ["version"], { encoding: "utf8" }).stdout ?? "");

/**
 * @param {import("kms-wrap").WrappingAlgorithm} algorithm
 * @param {import("node:crypto").KeyObject} privateKey
 * @param {Uint8Array} wrapped
 * @returns {{ opened: Uint8Array, by: string }}
 */
export function openIndependently(algorithm, privateKey, wrapped) {
  if (algorithm === "SM2PKE")
    return hasOpenssl3
      ? { opened: openssl(privateKey, wrapped), by: "openssl pkeyutl" }
      : { opened: sm2(privateKey, wrapped), by: "sm-crypto" };
  const hash = algorithm.endsWith("SHA_256") ? "sha256" : "sha1";
  const modulusBytes = (privateKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const opened = oaep(privateKey, wrapped.subarray(0, modulusBytes), hash);
  if (algorithm.startsWith("RSAES_OAEP")) return { opened, by: "node:crypto" };
  return { opened: aesKeyUnwrap(opened, wrapped.subarray(modulusBytes)), by: "node:crypto" };
}

/**
 * @param {import("node:crypto").KeyObject} key
 * @param {Uint8Array} ciphertext
 * @param {string} oaepHash
 */
function oaep(key, ciphertext, oaepHash) {
  return privateDecrypt({ key, oaepHash, padding: constants.RSA_PKCS1_OAEP_PADDING }, ciphertext);
}

/**
 * @param {Uint8Array} kek
 * @param {Uint8Array} wrapped
 */
function aesKeyUnwrap(kek, wrapped) {
  const decipher = createDecipheriv("id-aes256-wrap-pad", kek, Buffer.from("a65959a6", "hex"));
  return Buffer.concat([decipher.update(wrapped), decipher.final()]);
}

/**
 * @param {import("node:crypto").KeyObject} privateKey
 * @param {Uint8Array} wrapped
 */
function openssl(privateKey, wrapped) {
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-"));
  try {
    const key = join(folder, "key.pem");
    const blob = join(folder, "blob.bin");
    writeFileSync(key, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
    writeFileSync(blob, wrapped);
    return spawnSync("openssl", ["pkeyutl", "-decrypt", "-inkey", key, "-in", blob]).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * sm-crypto takes the raw C1 ‖ C3 ‖ C2 and a raw scalar, both in hexadecimal.
 *
 * @param {import("node:crypto").KeyObject} privateKey
 * @param {Uint8Array} wrapped - the DER of GM/T 0009
 */
function sm2(privateKey, wrapped) {
  const [x, y, c3, c2] = derParts(wrapped);
  const ciphertext =
    [x, y].map((n) => n.toString("hex").slice(-64).padStart(64, "0")).join("") +
    c3.toString("hex") +
    c2.toString("hex");
  const pkcs8 = privateKey.export({ format: "der", type: "pkcs8" });
  const scalar = pkcs8.subarray(SM2_SCALAR_OFFSET, SM2_SCALAR_OFFSET + 32).toString("hex");
  return Uint8Array.from(smCrypto.sm2.doDecrypt(ciphertext, scalar, 1, { output: "array" }));
}

/**
 * The contents of the four elements of a SEQUENCE.
 *
 * @param {Uint8Array} der
 * @returns {[Buffer, Buffer, Buffer, Buffer]}
 */
function derParts(der) {
  const bytes = Buffer.from(der);
  let offset = 0;
  const header = () => {
    const first = bytes[offset + 1] ?? 0;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    const length = lengthBytes ? bytes.readUIntBE(offset + 2, lengthBytes) : first;
    offset += 2 + lengthBytes;
    return length;
  };
  header();
  const next = () => {
    const length = header();
    offset += length;
    return bytes.subarray(offset - length, offset);
  };
  return [next(), next(), next(), next()];
}
