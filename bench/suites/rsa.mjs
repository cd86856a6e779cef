/** RSA on integers, the key seen before: the public and the private operation without any padding. */

import { constants, privateDecrypt, publicEncrypt } from "node:crypto";
import { init as loadGmp } from "gmp-wasm";
import forge from "node-forge";
import { defaultEngine } from "../../dist/engine/default.js";
import { portableEngine } from "../../dist/engine/portable/engine.js";
import { systemRandom } from "../../dist/random.js";
import { bigIntPower, contender, inTurn } from "../contenders.mjs";
import { belowModulus, hex, RSA_PAIRS, sameBytes } from "../material.mjs";

const padding = constants.RSA_NO_PADDING;

/**
 * @param {Uint8Array} number
 * @param {number} length
 */
function leftPad(number, length) {
  const padded = new Uint8Array(length);
  padded.set(number, length - number.length);
  return padded;
}

/** @param {import("../material.mjs").RsaPair} pair */
async function publicOperation({ bits, modulusBytes, numbers, publicKey }) {
  const message = belowModulus(modulusBytes);
  const { modulus, publicExponent } = numbers;
  return {
    operation: "RSA public operation",
    size: `${bits} bits`,
    contenders: [
      ...(await contender("kms-wrap", () => () => defaultEngine.rsa.publicOperation(numbers, message))),
      ...(await contender("BigInt", () => {
        const power = bigIntPower(modulus, publicExponent);
        return () => power(message);
      })),
      ...(await contender("node:crypto", () => () => publicEncrypt({ key: publicKey, padding }, message))),
      ...(await contender("gmp-wasm", async () => {
        const gmp = await loadGmp();
        return () => {
          const { Integer, destroy } = gmp.getContext();
          const power = Integer(message).pow(Integer(publicExponent), Integer(modulus)).toBuffer();
          destroy();
          return leftPad(power, modulusBytes);
        };
      })),
      ...(await contender("node-forge", () => {
        const number = (/** @type {Uint8Array} */ data) => new forge.jsbn.BigInteger(hex(data), 16);
        const [n, e] = [number(modulus), number(publicExponent)];
        return () =>
          Buffer.from(
            number(message)
              .modPow(e, n)
              .toString(16)
              .padStart(2 * modulusBytes, "0"),
            "hex",
          );
      })),
    ],
    agree: sameBytes,
  };
}

/** @param {import("../material.mjs").RsaPair} pair */
async function privateOperation({ bits, modulusBytes, numbers, privateKey }) {
  const ciphertext = belowModulus(modulusBytes);
  return {
    operation: "RSA private operation",
    size: `${bits} bits`,
    contenders: [
      ...(await contender(
        "kms-wrap",
        () => () => defaultEngine.rsa.privateOperation(numbers, ciphertext, systemRandom),
      )),
      ...(await contender(
        "kms-wrap/portable",
        () => () => portableEngine.rsa.privateOperation(numbers, ciphertext, systemRandom),
      )),
      ...(await contender(
        "node:crypto",
        () => () => privateDecrypt({ key: privateKey, padding }, ciphertext),
      )),
    ],
    agree: sameBytes,
  };
}

export async function comparisons() {
  return [...(await inTurn(RSA_PAIRS, publicOperation)), ...(await inTurn(RSA_PAIRS, privateOperation))];
}
