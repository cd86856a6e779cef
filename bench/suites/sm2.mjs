/** SM2 encryption of a symmetric key and of keys in PKCS#8, and SM3. */

import { createECDH, createHash } from "node:crypto";
import gmCrypto from "gm-crypto";
import { createSM3 } from "hash-wasm";
import smCrypto from "sm-crypto";
import * as smCryptoV2 from "sm-crypto-v2";
import { portableEngine } from "../../dist/engine/portable/engine.js";
import { systemRandom } from "../../dist/random.js";
import { sm2Encrypt as encryptWith } from "../../dist/schemes/sm2pke.js";
import { sm2Decrypt, sm2Encrypt, sm3 } from "../../dist/schemes.js";
import { contender, inTurn } from "../contenders.mjs";
import { bytes, fromHex, hex, sameBytes } from "../material.mjs";

/** The key pair of GB/T 32918.5-2017 annex C. */
const PRIVATE_KEY = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8";
const POINT =
  "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020" +
  "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
const SPKI = fromHex(`3059301306072a8648ce3d020106082a811ccf5501822d03420004${POINT}`);
const SEC1 = fromHex(`30310201010420${PRIVATE_KEY}a00a06082a811ccf5501822d`);

/** @param {number} size */
async function encryption(size) {
  const message = bytes(size);
  const asHex = hex(message);
  const { parseWrappingKey, parseUnwrappingKey } = await import("../../dist/index.js");
  const publicKey = parseWrappingKey(SPKI);
  const privateKey = parseUnwrappingKey(SEC1);
  const point = fromHex(POINT);
  /** What was made, brought to one form: 04 ‖ C1 ‖ C3 ‖ C2. */
  const verify = (/** @type {Uint8Array} */ ciphertext) => {
    const encoding = ciphertext[0] === 0x30 ? "asn1" : "c1c3c2";
    return sameBytes(sm2Decrypt({ privateKey, ciphertext, encoding }), message);
  };
  return {
    operation: "SM2 encrypt",
    size: `${size} B`,
    contenders: [
      ...(await contender("kms-wrap", () => () => sm2Encrypt({ publicKey, message }))),
      ...(await contender(
        "kms-wrap/portable",
        () => () =>
          encryptWith(portableEngine, { publicKey: point, message, encoding: "asn1", random: systemRandom }),
      )),
      // Both of the following overwrite the message that they are given.
      ...(await contender(
        "sm-crypto-v2",
        () => () => fromHex(`04${smCryptoV2.sm2.doEncrypt(message.slice(), `04${POINT}`, 1)}`),
      )),
      ...(await contender(
        "sm-crypto",
        () => () => fromHex(`04${smCrypto.sm2.doEncrypt(message.slice(), `04${POINT}`, 1)}`),
      )),
      ...(await contender(
        "gm-crypto",
        () => () =>
          fromHex(
            `04${gmCrypto.SM2.encrypt(asHex, `04${POINT}`, { inputEncoding: "hex", outputEncoding: "hex", mode: 1 })}`,
          ),
      )),
    ],
    verify,
  };
}

/** One scalar multiplication by OpenSSL, beside two, a hash and an encoding by us. */
async function againstOneMultiplication() {
  const message = bytes(32);
  const { parseWrappingKey } = await import("../../dist/index.js");
  const publicKey = parseWrappingKey(SPKI);
  return {
    operation: "SM2 encrypt against one OpenSSL ECDH",
    size: "32 B",
    contenders: [
      ...(await contender("kms-wrap", () => () => sm2Encrypt({ publicKey, message }))),
      ...(await contender("node:crypto ECDH(SM2)", () => {
        const ecdh = createECDH("SM2");
        ecdh.setPrivateKey(Buffer.from(PRIVATE_KEY, "hex"));
        const point = Buffer.from(`04${POINT}`, "hex");
        return () => ecdh.computeSecret(point);
      })),
    ],
  };
}

/** @param {number} size */
async function hashing(size) {
  const message = bytes(size);
  return {
    operation: "SM3",
    size: `${size} B`,
    contenders: [
      ...(await contender("kms-wrap", () => () => sm3(message))),
      ...(await contender("kms-wrap/portable", () => () => portableEngine.sm2.sm3(message))),
      ...(await contender("hash-wasm", async () => {
        const hasher = await createSM3();
        return () => hasher.init().update(message).digest("binary");
      })),
      ...(await contender("node:crypto", () => () => createHash("sm3").update(message).digest())),
    ],
    agree: sameBytes,
  };
}

export async function comparisons() {
  return [
    ...(await inTurn([32, 138, 1_800, 2_400], encryption)),
    await againstOneMultiplication(),
    ...(await inTurn([64, 65_536], hashing)),
  ];
}
