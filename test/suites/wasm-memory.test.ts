/** What the AES and SHA binaries leave in memory: nothing, after success, failure and trap. */

import { describe, expect, test } from "vitest";
import { type AesExports, AesKernel } from "../../src/engine/wasm/aes.ts";
import { instantiate } from "../../src/engine/wasm/instantiate.ts";
import { AES_BINARIES, AES_CAPACITY, openAes } from "../support/aes-binaries.ts";
import { changedMemory, findSecrets } from "../support/wasm-memory.ts";

/** Random enough that 8 bytes in a row are not in memory by chance. */
function secret(byteLength: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: byteLength }, (_, i) => Math.imul((i + 1) * seed, 0x9e3779b1) >>> 24);
}

/** The same binary, but `wrap` and `unwrap` trap when their work is done and before the glue can copy it out. */
function trapping(exports: AesExports): AesExports {
  const trap =
    (operation: AesExports["wrap"]): AesExports["wrap"] =>
    (...parameters) => {
      operation(...parameters);
      throw new WebAssembly.RuntimeError("unreachable");
    };
  return { ...exports, wrap: trap(exports.wrap), unwrap: trap(exports.unwrap) };
}

describe("the scan itself", () => {
  const [name, base64] = AES_BINARIES[0]!;
  const { memory, SEMIBLOCKS, wipe } = instantiate<AesExports>(name, base64);
  const bytes = new Uint8Array(memory.buffer);
  const planted = secret(24, 99);

  test.each([
    ["a secret", planted],
    ["eight bytes of one", planted.subarray(5, 13)],
    ["one in reverse", planted.toReversed()],
  ])("finds %s", (_what, bytesInMemory) => {
    const offset = SEMIBLOCKS.value + 3;
    bytes.set(bytesInMemory, offset);
    expect(findSecrets([planted])).toContain(`${name}: ${offset}`);
    expect(changedMemory(name, base64)).toEqual([`${offset}–${offset + bytesInMemory.length}`]);
    wipe(5);
    expect(findSecrets([planted])).toEqual([]);
    expect(changedMemory(name, base64)).toEqual([]);
  });
});

describe.each(AES_BINARIES)("%s.wasm", (name, base64) => {
  const aes = openAes(name, base64);

  test.each([
    [16, 2],
    [24, 2],
    [32, 2],
    [16, 3],
    [24, 4],
    [32, 5],
    [32, 300],
    [32, AES_CAPACITY],
    [32, AES_CAPACITY + 1],
    [16, 3],
  ])("is wiped after a key of %i bytes and %i semiblocks", (kekBytes, count) => {
    const [kek, semiblocks] = [secret(kekBytes, 3), secret(8 * count, 5)];
    const wrapped = aes.wrapSemiblocks(kek, semiblocks);
    expect(changedMemory(name, base64)).toEqual([]);
    aes.unwrapSemiblocks(kek, wrapped);
    expect(changedMemory(name, base64)).toEqual([]);
    expect(findSecrets([kek, semiblocks.subarray(0, 32)])).toEqual([]);
  });

  test("is wiped after a trap, and of use again", () => {
    const exports = instantiate<AesExports>(name, base64);
    const broken = new AesKernel(trapping(exports));
    const [kek, semiblocks] = [secret(32, 7), secret(64, 11)];
    expect(() => broken.wrapSemiblocks(kek, semiblocks)).toThrow(WebAssembly.RuntimeError);
    expect(changedMemory(name, base64)).toEqual([]);
    expect(() => broken.unwrapSemiblocks(kek, semiblocks)).toThrow(WebAssembly.RuntimeError);
    expect(changedMemory(name, base64)).toEqual([]);
    expect(aes.unwrapSemiblocks(kek, aes.wrapSemiblocks(kek, semiblocks))).toEqual(semiblocks);
  });

  test("is wiped after a failure on the way in", () => {
    const tooLong = secret(3 * 65_536, 13);
    expect(() => aes.wrapSemiblocks(tooLong, secret(16, 17))).toThrow(RangeError);
    expect(changedMemory(name, base64)).toEqual([]);
  });
});
