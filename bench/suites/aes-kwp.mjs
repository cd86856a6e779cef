/** AES-256 key wrap with padding, key schedule included: one whole `aesKwpWrap(kek, plaintext)`. */

import { createCipheriv } from "node:crypto";
import { aeskwp } from "@noble/ciphers/aes.js";
import { portableEngine } from "../../dist/engine/portable/engine.js";
import { kwpWrap } from "../../dist/schemes/aes-kwp.js";
import { aesKwpWrap } from "../../dist/schemes.js";
import { contender, inTurn } from "../contenders.mjs";
import { bytes, sameBytes } from "../material.mjs";

const SIZES = [16, 32, 138, 1_216, 2_374, 16_384, 65_536];
const AIV = Buffer.from("a65959a6", "hex");

export async function comparisons() {
  return inTurn(SIZES, async (size) => {
    const kek = bytes(32);
    const plaintext = bytes(size);
    return {
      operation: "AES-256-KWP wrap",
      size: `${size} B`,
      contenders: [
        ...(await contender("kms-wrap", () => () => aesKwpWrap(kek, plaintext))),
        ...(await contender("kms-wrap/portable", () => () => kwpWrap(portableEngine, kek, plaintext))),
        ...(await contender("node:crypto", () => () => {
          const cipher = createCipheriv("id-aes256-wrap-pad", kek, AIV);
          return Buffer.concat([cipher.update(plaintext), cipher.final()]);
        })),
        ...(await contender("@noble/ciphers", () => () => aeskwp(kek).encrypt(plaintext))),
      ],
      agree: sameBytes,
    };
  });
}
