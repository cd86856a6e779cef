/** AES key wrap: one trace of branches and addresses for all keys and messages of one length. */

import { randomBytes } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { describe, expect, test, vi } from "vitest";
import type { AesEngine } from "../../src/engine/engine.ts";
import { distinctTraces } from "../support/trace.ts";

// Must be set before anything asks whether the feature is there.
if (process.version.startsWith("v20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");

vi.mock("../../src/engine/wasm/instantiate.ts", async (original) => ({
  ...(await original<typeof import("../../src/engine/wasm/instantiate.ts")>()),
  instantiate: (await import("../support/trace.ts")).tracedInstantiate,
}));
const { AES_BINARIES, openAes } = await import("../support/aes-binaries.ts");

interface Secrets {
  readonly kek: Uint8Array;
  readonly semiblocks: Uint8Array;
}

/** Of one length each: extremes, every single byte value in the key, and random. */
function secrets(kekBytes: number, byteLength: number): Secrets[] {
  const filled = [0, 0xff, 0x63, 0x52, 0x80, 0x01].flatMap((byte) => [
    { kek: new Uint8Array(kekBytes).fill(byte), semiblocks: new Uint8Array(byteLength) },
    { kek: new Uint8Array(kekBytes), semiblocks: new Uint8Array(byteLength).fill(byte) },
  ]);
  const random = Array.from({ length: 30 }, () => ({
    kek: randomBytes(kekBytes),
    semiblocks: randomBytes(byteLength),
  }));
  return [...filled, ...random];
}

const CASES = [16, 24, 32].flatMap((kekBytes) =>
  [16, 24, 32, 152].map((byteLength) => [kekBytes, byteLength]),
);

describe.each(AES_BINARIES)("%s.wasm", (name, hex) => {
  const aes = openAes(name, hex);

  test.each(CASES)("a %i-byte key on %i bytes", (kekBytes, byteLength) => {
    for (const direction of ["wrapSemiblocks", "unwrapSemiblocks"] satisfies (keyof AesEngine)[])
      expect(
        distinctTraces(secrets(kekBytes!, byteLength!), ({ kek, semiblocks }) =>
          aes[direction](kek, semiblocks),
        ),
      ).toHaveLength(1);
  });

  test("traces tell lengths apart, which are public", () => {
    const lengths = [16, 24, 32, 40].map((byteLength) => secrets(16, byteLength)[0]!);
    expect(
      distinctTraces(lengths, ({ kek, semiblocks }) => aes.wrapSemiblocks(kek, semiblocks)),
    ).toHaveLength(4);
  });
});
