/** Which binaries are taken where the host has relaxed SIMD, which Node 20 has behind a flag. */

import { setFlagsFromString } from "node:v8";
import { expect, test } from "vitest";
import { wasmAes } from "../../src/engine/wasm/aes.ts";
import { liveMemories } from "../../src/engine/wasm/instantiate.ts";
import { knowsTheAnswer, wasmRsa } from "../../src/engine/wasm/rsa.ts";

// In time: what is imported compiles nothing until it is asked.
if (process.version.startsWith("v20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");

test("the relaxed ones", () => {
  const aes = wasmAes();
  const rsa = wasmRsa();
  expect([aes.feature, rsa.feature]).toEqual(["relaxed-simd", "relaxed-simd"]);
  expect([...liveMemories().keys()]).toEqual(["aes-relaxed", "rsa-relaxed"]);
  expect(knowsTheAnswer(rsa.engine)).toBe(true);
  const semiblocks = Uint8Array.from({ length: 24 }, (_, i) => i);
  const kek = new Uint8Array(32).fill(7);
  expect(aes.engine.unwrapSemiblocks(kek, aes.engine.wrapSemiblocks(kek, semiblocks))).toEqual(semiblocks);
});

test("one of each, however often they are asked for", () => {
  expect(wasmAes()).toBe(wasmAes());
  expect(wasmRsa()).toBe(wasmRsa());
});
