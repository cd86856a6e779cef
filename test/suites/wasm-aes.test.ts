/** The AES kernels: FIPS 197's examples, RFC 3394's, and the portable engine over every shape of message. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes } from "../../src/bytes.ts";
import { portableAes } from "../../src/engine/portable/aes.ts";
import { type AesExports, wasmAes } from "../../src/engine/wasm/aes.ts";
import { instantiate } from "../../src/engine/wasm/instantiate.ts";
import rfc3394 from "../../vectors/rfc3394.json" with { type: "json" };
import { AES_BINARIES, AES_CAPACITY, openAes } from "../support/aes-binaries.ts";
import { fromHex, toHex } from "../support/bytes.ts";
import { pseudoRandom } from "../support/pseudo-random.ts";
import { readVectors } from "../support/vectors.ts";

/** FIPS 197 appendix C: the first bytes of 00…1f as the key. */
const FIPS_197 = [
  [16, "69c4e0d86a7b0430d8cdb78070b4c55a"],
  [24, "dda97ca4864cdfe06eaf70a0ec0d7191"],
  [32, "8ea2b7ca516745bfeafc49904b496089"],
] as const;
const FIPS_197_PLAINTEXT = "00112233445566778899aabbccddeeff";

const RFC_3394 = readVectors(rfc3394, "aes-kw").flatMap(([, { valid }]) => valid);
/** RFC 3394 §2.2.3.1 */
const INITIAL_VALUE = new Uint8Array(8).fill(0xa6);

/** Around the one-block case, one chunk of a conversion, 64 KiB, and what takes one, two and three pieces a pass. */
const SIZES = [2, 3, 4, 5, 6, 7, 8, 9, 17, 33, 129, 8193, 8194].concat(
  [AES_CAPACITY, 2 * AES_CAPACITY].flatMap((capacity) => [capacity - 1, capacity, capacity + 1]),
);

const keks = fc
  .constantFrom(16, 24, 32)
  .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
const messages = fc
  .integer({ min: 2, max: 40 })
  .chain((count) => fc.uint8Array({ minLength: 8 * count, maxLength: 8 * count }));

describe.each(AES_BINARIES)("%s.wasm", (name, hex) => {
  const aes = openAes(name, hex);

  test.each(FIPS_197)("enciphers FIPS 197's block under %i bytes", (kekBytes, ciphertext) => {
    const kek = Uint8Array.from({ length: kekBytes }, (_, i) => i);
    expect(toHex(aes.wrapSemiblocks(kek, fromHex(FIPS_197_PLAINTEXT)))).toBe(ciphertext);
    expect(toHex(aes.unwrapSemiblocks(kek, fromHex(ciphertext)))).toBe(FIPS_197_PLAINTEXT);
  });

  test.each(RFC_3394)("wraps RFC 3394 $name", ({ kek, plaintext, wrapped }) => {
    const semiblocks = concatBytes(INITIAL_VALUE, plaintext);
    expect(toHex(aes.wrapSemiblocks(kek, semiblocks))).toBe(toHex(wrapped));
    expect(toHex(aes.unwrapSemiblocks(kek, wrapped))).toBe(toHex(semiblocks));
  });

  test("substitutes every byte as the portable engine does, in every place", () => {
    const kek = pseudoRandom(32, 1);
    for (let byte = 0; byte < 256; byte++) {
      const block = new Uint8Array(16).fill(byte);
      const expected = portableAes.wrapSemiblocks(kek, block);
      expect(toHex(aes.wrapSemiblocks(kek, block))).toBe(toHex(expected));
      expect(toHex(aes.unwrapSemiblocks(kek, expected))).toBe(toHex(block));
    }
  });

  test("equals the portable engine, both ways", () => {
    fc.assert(
      fc.property(keks, messages, (kek, semiblocks) => {
        expect(toHex(aes.wrapSemiblocks(kek, semiblocks))).toBe(
          toHex(portableAes.wrapSemiblocks(kek, semiblocks)),
        );
        expect(toHex(aes.unwrapSemiblocks(kek, semiblocks))).toBe(
          toHex(portableAes.unwrapSemiblocks(kek, semiblocks)),
        );
      }),
    );
  });

  test.each(SIZES)("equals the portable engine on %i semiblocks", (count) => {
    for (const kekBytes of count < 1000 ? [16, 24, 32] : [32]) {
      const kek = pseudoRandom(kekBytes, count);
      const semiblocks = pseudoRandom(8 * count, kekBytes);
      const wrapped = aes.wrapSemiblocks(kek, semiblocks);
      expect(toHex(wrapped) === toHex(portableAes.wrapSemiblocks(kek, semiblocks))).toBe(true);
      expect(toHex(aes.unwrapSemiblocks(kek, wrapped)) === toHex(semiblocks)).toBe(true);
    }
  });

  test("counts steps in 64 bits", () => {
    const { wrap, unwrap, memory, KEK, SEMIBLOCKS } = instantiate<AesExports>(name, hex);
    const bytes = new Uint8Array(memory.buffer);
    const run = (operation: typeof wrap, step: number): bigint[] => {
      bytes.set(pseudoRandom(16, 7), KEK.value);
      bytes.set(pseudoRandom(16, 8), SEMIBLOCKS.value);
      operation(16, 2, 1, step);
      const view = new DataView(memory.buffer, SEMIBLOCKS.value);
      return [view.getBigUint64(0), view.getBigUint64(8)];
    };
    const t = 2 ** 52 + 2 ** 33 + 0x01020304;
    const [a, r] = run(wrap, 0);
    expect(run(wrap, t)).toEqual([a! ^ BigInt(t), r]);
    const enciphered = run(unwrap, t);
    bytes.set(pseudoRandom(16, 7), KEK.value);
    const view = new DataView(memory.buffer, SEMIBLOCKS.value);
    view.setBigUint64(0, enciphered[0]!);
    wrap(16, 2, 1, t);
    expect(toHex(bytes.slice(SEMIBLOCKS.value, SEMIBLOCKS.value + 16))).toBe(toHex(pseudoRandom(16, 8)));
  });

  test("leaves its inputs alone and hands out a fresh array", () => {
    const [kek, semiblocks] = [pseudoRandom(32, 3), pseudoRandom(24, 4)];
    const [kekBefore, semiblocksBefore] = [toHex(kek), toHex(semiblocks)];
    const first = aes.wrapSemiblocks(kek, semiblocks);
    const before = toHex(first);
    aes.wrapSemiblocks(pseudoRandom(32, 5), semiblocks);
    expect([toHex(kek), toHex(semiblocks), toHex(first)]).toEqual([kekBefore, semiblocksBefore, before]);
    expect(first.buffer.byteLength).toBe(24);
  });
});

test("the engine runs on the relaxed binary where the host has it", () => {
  const { engine, feature } = wasmAes();
  expect(feature).toBe(AES_BINARIES.length === 2 ? "relaxed-simd" : "simd");
  expect(toHex(engine.wrapSemiblocks(fromHex("00".repeat(16)), new Uint8Array(16)))).toBe(
    "66e94bd4ef8a2c3b884cfa59ca342b2e",
  );
});
