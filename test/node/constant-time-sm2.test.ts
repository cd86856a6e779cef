/** SM2, SM3 and the KDF: one trace of branches and addresses for all secrets of one length. */

import { randomBytes } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { fromBigInt, toBigInt } from "../../src/bytes.ts";
import { CURVE_PARAMETERS } from "../../src/engine/curves.ts";
import { portableSm2 } from "../../src/engine/portable/sm2.ts";
import { distinctTraces } from "../support/trace.ts";

vi.mock("../../src/engine/wasm/instantiate.ts", async (original) => ({
  ...(await original<typeof import("../../src/engine/wasm/instantiate.ts")>()),
  instantiate: (await import("../support/trace.ts")).tracedInstantiate,
}));
const { wasmSm2 } = await import("../../src/engine/wasm/sm2.ts");

const sm2 = wasmSm2();
const { n, Gx, Gy } = CURVE_PARAMETERS.SM2;

/** Ends of the range, odd and even, long runs of equal bits, and random. */
const SCALARS: readonly Uint8Array[] = [
  ...[1n, 2n, 3n, 4n, 31n, 32n, 33n, n - 1n, n - 2n, n - 3n, n - 6n, n / 2n, n / 2n + 1n],
  ...[
    2n ** 255n,
    2n ** 255n - 1n,
    2n ** 224n,
    2n ** 128n - 1n,
    (2n ** 256n - 1n) / 3n,
    (2n ** 256n - 1n) / 5n,
  ],
  ...Array.from({ length: 16 }, () => (toBigInt(randomBytes(32)) % (n - 1n)) + 1n),
].map((k) => fromBigInt(k, 32));

const G = fromBigInt((Gx << 256n) + Gy, 64);

function contents(byteLength: number): Uint8Array[] {
  const filled = [0, 0xff, 0x80, 0x01, 0x55].map((byte) => new Uint8Array(byteLength).fill(byte));
  return [...filled, ...Array.from({ length: 20 }, () => new Uint8Array(randomBytes(byteLength)))];
}

describe("points", () => {
  test.each([
    ["G", G],
    ["−G", portableSm2.publicKey(fromBigInt(n - 1n, 32))],
    ["another point", portableSm2.publicKey(fromBigInt(n / 3n, 32))],
  ])("[k]G and [k]P, [d]C1, P or C1 = %s", (_name, point) => {
    expect(distinctTraces(SCALARS, (k) => sm2.encapsulate(point, k))).toHaveLength(1);
    expect(distinctTraces(SCALARS, (d) => sm2.decapsulate(d, point))).toHaveLength(1);
  });

  test("[d]G", () => {
    expect(distinctTraces(SCALARS, (d) => sm2.publicKey(d))).toHaveLength(1);
  });

  test("not even the point leaves a trace", () => {
    const points = [1n, 2n, 5n, n - 1n].map((d) => portableSm2.publicKey(fromBigInt(d, 32)));
    expect(distinctTraces(points, (point) => sm2.encapsulate(point, SCALARS[5]!))).toHaveLength(1);
  });
});

describe("hashing", () => {
  test.each([0, 1, 55, 56, 64, 96, 256, 1000, 20_000])("SM3 of %i bytes", (byteLength) => {
    expect(distinctTraces(contents(byteLength), (message) => sm2.sm3(message))).toHaveLength(1);
  });

  test.each([1, 32, 129, 2400, 20_000])("the KDF, %i bytes", (byteLength) => {
    expect(distinctTraces(contents(64), (shared) => sm2.kdf(shared, byteLength))).toHaveLength(1);
  });

  test("traces tell lengths apart, which are public", () => {
    const messages = [10, 64, 200, 600].map((byteLength) => new Uint8Array(byteLength));
    expect(distinctTraces(messages, (message) => sm2.sm3(message))).toHaveLength(4);
    expect(distinctTraces([1, 129, 257], (byteLength) => sm2.kdf(G, byteLength))).toHaveLength(3);
  });
});
