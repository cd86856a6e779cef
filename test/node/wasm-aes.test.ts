/**
 * The AES kernels against OpenSSL; and the neutral suites once more, with relaxed SIMD switched on where the host has
 * it behind a flag.
 */

import { createCipheriv, createDecipheriv, randomBytes, randomInt } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { describe, expect, test } from "vitest";
import { toHex } from "../support/bytes.ts";

// Must be set before anything asks whether the feature is there.
if (process.version.startsWith("v20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");
const { AES_BINARIES, openAes } = await import("../support/aes-binaries.ts");
await import("../suites/wasm-aes.test.ts");
await import("../suites/wasm-memory.test.ts");

test("relaxed SIMD is here", () => {
  expect(AES_BINARIES.map(([name]) => name)).toEqual(["aes", "aes-relaxed"]);
});

describe.each(AES_BINARIES)("%s.wasm", (name, hex) => {
  const aes = openAes(name, hex);

  test.each([16, 24, 32])("wraps and unwraps as OpenSSL does, %i-byte keys", (kekBytes) => {
    for (let i = 0; i < 100; i++) {
      const kek = randomBytes(kekBytes);
      const initialValue = randomBytes(8);
      const plaintext = randomBytes(8 * (2 + randomInt(i % 10 === 0 ? 1000 : 20)));
      const semiblocks = Buffer.concat([initialValue, plaintext]);
      const cipher = createCipheriv(`id-aes${8 * kekBytes}-wrap`, kek, initialValue);
      const wrapped = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      expect(toHex(aes.wrapSemiblocks(kek, semiblocks))).toBe(toHex(wrapped));
      expect(toHex(aes.unwrapSemiblocks(kek, wrapped))).toBe(toHex(semiblocks));
    }
  });

  test.each([16, 24, 32])("enciphers and deciphers a block as OpenSSL does, %i-byte keys", (kekBytes) => {
    for (let i = 0; i < 200; i++) {
      const kek = randomBytes(kekBytes);
      const block = randomBytes(16);
      const cipher = createCipheriv(`aes-${8 * kekBytes}-ecb`, kek, null).setAutoPadding(false);
      const decipher = createDecipheriv(`aes-${8 * kekBytes}-ecb`, kek, null).setAutoPadding(false);
      expect(toHex(aes.wrapSemiblocks(kek, block))).toBe(toHex(cipher.update(block)));
      expect(toHex(aes.unwrapSemiblocks(kek, block))).toBe(toHex(decipher.update(block)));
    }
  });
});
