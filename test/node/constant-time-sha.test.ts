/** SHA-1, SHA-256 and MGF1: one trace of branches and addresses for all messages, or seeds, of one length. */

import { randomBytes } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { wasmHashes } from "../../src/engine/wasm/hashes.ts";
import { distinctTraces } from "../support/trace.ts";

vi.mock("../../src/engine/wasm/instantiate.ts", async (original) => ({
  ...(await original<typeof import("../../src/engine/wasm/instantiate.ts")>()),
  instantiate: (await import("../support/trace.ts")).tracedInstantiate,
}));

function secrets(byteLength: number): Uint8Array[] {
  return [
    ...[0, 0xff, 0x80, 0x01].map((byte) => new Uint8Array(byteLength).fill(byte)),
    ...Array.from({ length: 20 }, () => randomBytes(byteLength)),
  ];
}

const hashes = wasmHashes();

describe.each(["SHA-1", "SHA-256"] as const)("%s", (hash) => {
  test.each([1, 32, 55, 56, 223, 1000])("of %i bytes", (byteLength) => {
    expect(distinctTraces(secrets(byteLength), (message) => hashes.digest(hash, message))).toHaveLength(1);
  });

  test.each([
    [20, 235],
    [32, 223],
    [223, 32],
    [479, 32],
    [60, 100],
  ])("MGF1 from %i to %i bytes", (seedBytes, maskBytes) => {
    expect(distinctTraces(secrets(seedBytes), (seed) => hashes.mgf1(hash, seed, maskBytes))).toHaveLength(1);
  });

  test("traces tell lengths apart, which are public", () => {
    const messages = [32, 64, 128].map((byteLength) => new Uint8Array(byteLength));
    expect(distinctTraces(messages, (message) => hashes.digest(hash, message))).toHaveLength(3);
  });
});
