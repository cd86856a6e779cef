/** What a consumer does with the library, in any runtime: no module of Node's. The keys are in keys.js, as text. */

import { compatibleAlgorithms, engineInfo, parseKeyMaterial, parseWrappingKey, wrap } from "kms-wrap";
import { wrap as wrapPortably } from "kms-wrap/portable";
import { aesKwpUnwrap, aesKwpWrap } from "kms-wrap/schemes";
import { KEYS } from "./keys.js";

const symmetric = Uint8Array.from({ length: 32 }, (_, i) => i);
const { bytes: pkcs8 } = parseKeyMaterial(KEYS.p384, "ECC_NIST_P384");

/** @param {Uint8Array} bytes */
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

const requests = {
  rsa2048: { algorithm: "RSAES_OAEP_SHA_256", publicKey: KEYS.rsa2048, keyMaterial: symmetric },
  rsa4096: { algorithm: "RSA_AES_KEY_WRAP_SHA_256", publicKey: KEYS.rsa4096, keyMaterial: pkcs8 },
  sm2: { algorithm: "SM2PKE", publicKey: KEYS.sm2, keyMaterial: symmetric },
};

/** @param {typeof wrap} wrapOne */
const wrapEach = (wrapOne) =>
  Object.fromEntries(Object.entries(requests).map(([key, request]) => [key, base64(wrapOne(request))]));

console.log(
  JSON.stringify({
    engine: engineInfo().name,
    specs: [KEYS.rsa2048, KEYS.rsa4096, KEYS.sm2].map((key) => parseWrappingKey(key).spec),
    algorithms: compatibleAlgorithms("ECC_NIST_P384", "RSA_4096"),
    kwp: base64(aesKwpUnwrap(symmetric, aesKwpWrap(symmetric, symmetric.subarray(0, 16)))),
    wrapped: wrapEach(wrap),
    wrappedPortably: wrapEach(wrapPortably),
  }),
);
