/** What the AES and SHA binaries leave in memory: nothing, after success, failure and trap. */

import { describe, expect, test } from "vitest";
import { portableHashes } from "../../src/engine/portable/hashes.ts";
import { type AesExports, AesKernel } from "../../src/engine/wasm/aes.ts";
import { WASM as SHA } from "../../src/engine/wasm/generated/sha.ts";
import { type ShaExports, ShaKernel, wasmHashes } from "../../src/engine/wasm/hashes.ts";
import { instantiate } from "../../src/engine/wasm/instantiate.ts";
import { AES_BINARIES, AES_CAPACITY, openAes } from "../support/aes-binaries.ts";
import { pseudoRandom } from "../support/pseudo-random.ts";
import { changedMemory, findSecrets } from "../support/wasm-memory.ts";

/** `operation`, but it traps when its work is done and before the glue can copy anything out. */
function trapping<Parameters extends unknown[]>(
  operation: (...parameters: Parameters) => void,
): (...parameters: Parameters) => void {
  return (...parameters) => {
    operation(...parameters);
    throw new WebAssembly.RuntimeError("unreachable");
  };
}

/** What `set` copies half of, byte by byte, before it fails. */
function failingHalfway(bytes: Uint8Array): Uint8Array {
  const half = bytes.length / 2;
  return Object.defineProperty({ ...bytes, length: bytes.length }, half, {
    get: () => {
      throw new Error("half the way");
    },
  }) as unknown as Uint8Array;
}

describe("the scan itself", () => {
  const [name, hex] = AES_BINARIES[0]!;
  const { memory, SEMIBLOCKS, wipe } = instantiate<AesExports>(name, hex);
  const bytes = new Uint8Array(memory.buffer);
  const planted = pseudoRandom(24, 99);

  test.each([
    ["a secret", planted],
    ["eight bytes of one", planted.subarray(5, 13)],
    ["one in reverse", planted.toReversed()],
  ])("finds %s", (_what, bytesInMemory) => {
    const offset = SEMIBLOCKS.value + 3;
    bytes.set(bytesInMemory, offset);
    expect(findSecrets([planted])).toContain(`${name}: ${offset}`);
    expect(changedMemory(name, hex)).toEqual([`${offset}–${offset + bytesInMemory.length}`]);
    wipe(5);
    expect(findSecrets([planted])).toEqual([]);
    expect(changedMemory(name, hex)).toEqual([]);
  });
});

describe.each(AES_BINARIES)("%s.wasm", (name, hex) => {
  const aes = openAes(name, hex);

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
    const [kek, semiblocks] = [pseudoRandom(kekBytes, 3), pseudoRandom(8 * count, 5)];
    const wrapped = aes.wrapSemiblocks(kek, semiblocks);
    expect(changedMemory(name, hex)).toEqual([]);
    aes.unwrapSemiblocks(kek, wrapped);
    expect(changedMemory(name, hex)).toEqual([]);
    expect(findSecrets([kek, semiblocks.subarray(0, 32)])).toEqual([]);
  });

  test("is wiped after a trap, and of use again", () => {
    const exports = instantiate<AesExports>(name, hex);
    const broken = new AesKernel({
      ...exports,
      wrap: trapping(exports.wrap),
      unwrap: trapping(exports.unwrap),
    });
    const [kek, semiblocks] = [pseudoRandom(32, 7), pseudoRandom(64, 11)];
    expect(() => broken.wrapSemiblocks(kek, semiblocks)).toThrow(WebAssembly.RuntimeError);
    expect(changedMemory(name, hex)).toEqual([]);
    expect(() => broken.unwrapSemiblocks(kek, semiblocks)).toThrow(WebAssembly.RuntimeError);
    expect(changedMemory(name, hex)).toEqual([]);
    expect(aes.unwrapSemiblocks(kek, aes.wrapSemiblocks(kek, semiblocks))).toEqual(semiblocks);
  });

  test("is wiped after a failure on the way in", () => {
    const [kek, semiblocks] = [pseudoRandom(32, 13), pseudoRandom(64, 17)];
    // The second copy fails: the key is in memory already, and half of what it was to encrypt.
    expect(() => aes.wrapSemiblocks(kek, failingHalfway(semiblocks))).toThrow("half the way");
    expect(changedMemory(name, hex)).toEqual([]);
    expect(() => aes.unwrapSemiblocks(kek, failingHalfway(semiblocks))).toThrow("half the way");
    expect(changedMemory(name, hex)).toEqual([]);
  });
});

describe("sha.wasm", () => {
  const hashes = wasmHashes();
  const { INPUT_CAPACITY, digest, mgf1, ...others } = instantiate<ShaExports>("sha", SHA);

  test.each([0, 1, 55, 56, 64, 500, INPUT_CAPACITY.value, INPUT_CAPACITY.value + 1])(
    "is wiped after a message or a seed of %i bytes",
    (byteLength) => {
      const secret = pseudoRandom(byteLength, 23);
      for (const hash of ["SHA-1", "SHA-256"] as const) {
        hashes.digest(hash, secret);
        expect(changedMemory("sha", SHA)).toEqual([]);
        for (const maskBytes of [1, 20, 32, 223, 235, 2560, 6000]) {
          hashes.mgf1(hash, secret, maskBytes);
          expect(changedMemory("sha", SHA)).toEqual([]);
        }
      }
    },
  );

  test("is wiped after a trap, and of use again", () => {
    const exports = { ...others, INPUT_CAPACITY, digest: trapping(digest), mgf1: trapping(mgf1) };
    const broken = new ShaKernel(exports);
    const secret = pseudoRandom(100, 29);
    expect(() => broken.digest("SHA-256", secret)).toThrow(WebAssembly.RuntimeError);
    expect(changedMemory("sha", SHA)).toEqual([]);
    expect(() => broken.mgf1("SHA-1", secret, 235)).toThrow(WebAssembly.RuntimeError);
    expect(changedMemory("sha", SHA)).toEqual([]);
    expect(hashes.digest("SHA-256", secret)).toEqual(portableHashes.digest("SHA-256", secret));
  });

  test("is wiped after a failure on the way in", () => {
    const secret = failingHalfway(pseudoRandom(100, 31));
    expect(() => hashes.digest("SHA-256", secret)).toThrow("half the way");
    expect(changedMemory("sha", SHA)).toEqual([]);
    expect(() => hashes.mgf1("SHA-1", secret, 235)).toThrow("half the way");
    expect(changedMemory("sha", SHA)).toEqual([]);
  });
});
