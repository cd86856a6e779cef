/**
 * Whole unwraps, each kind of failure against the others and against a success: the same calls of the engine, on
 * operands of the same lengths, and the same branches and addresses inside the WASM. What the JavaScript above it does
 * is counted in constant-time-branches.test.ts.
 */

import { setFlagsFromString } from "node:v8";
import { describe, expect, test, vi } from "vitest";
import type { Engine } from "../../src/engine/engine.ts";
import type { Call } from "../support/intercepted.ts";
import type { UnwrapCase } from "../support/unwrap-cases.ts";

// Must be set before anything asks whether the feature is there.
if (process.version.startsWith("v20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");

vi.mock("../../src/engine/wasm/instantiate.ts", async (original) => ({
  ...(await original<typeof import("../../src/engine/wasm/instantiate.ts")>()),
  instantiate: (await import("../support/trace.ts")).tracedInstantiate,
}));
const { defaultEngine } = await import("../../src/engine/default.ts");
const { interceptEngine } = await import("../support/intercepted.ts");
const { trace } = await import("../support/trace.ts");
const { fails, leakyCases, RSA_KEY, unwrapCases } = await import("../support/unwrap-cases.ts");

/** What can be seen of an unwrap from outside, whatever it returns. */
interface Seen {
  readonly failed: boolean;
  /** One a line, as "sm2.kdf(64, #32)": the lengths of operands, and what else is public. */
  readonly calls: string;
  readonly kernels: string;
}

function watch(one: UnwrapCase, blob: Uint8Array): Seen {
  const calls: string[] = [];
  const engine: Engine = interceptEngine(defaultEngine, (call) => {
    calls.push(describeCall(call));
    return call.run();
  });
  let failed = false;
  const kernels = trace(() => {
    failed = fails(engine, one, blob);
  });
  return { failed, kernels, calls: calls.join("\n") };
}

function describeCall({ name, given }: Call): string {
  const operands = given.map((operand) => {
    if (operand instanceof Uint8Array) return operand.length;
    if (operand === RSA_KEY.numbers) return "the key";
    return typeof operand === "number"
      ? `#${operand}`
      : typeof operand === "string"
        ? operand
        : typeof operand;
  });
  return `${name}(${operands.join(", ")})`;
}

/** By what is wrong. The first is run once more beforehand: it prepares what later ones find. */
function watchAll(one: UnwrapCase): Record<string, Seen> {
  watch(one, Object.values(one.blobs)[0]!);
  return Object.fromEntries(Object.entries(one.blobs).map(([wrong, blob]) => [wrong, watch(one, blob)]));
}

function distinct(seen: Record<string, Seen>, what: keyof Seen): unknown[] {
  return [...new Set(Object.values(seen).map((one) => one[what]))];
}

const CALLS: Readonly<Record<string, number>> = {
  RSAES_OAEP_SHA_1: 4,
  RSAES_OAEP_SHA_256: 4,
  RSA_AES_KEY_WRAP_SHA_1: 5,
  RSA_AES_KEY_WRAP_SHA_256: 5,
  "AES-KWP": 1,
  SM2PKE: 3,
};

describe("an unwrap makes the same calls with the same traces, whatever is wrong:", () => {
  test.each(unwrapCases(defaultEngine).map((one) => [one.name, one] as const))("%s", (name, one) => {
    const seen = watchAll(one);
    const { nothing, ...wrong } = seen;
    expect(nothing?.failed).toBe(false);
    expect(Object.values(wrong).length).toBeGreaterThan(5);
    expect(distinct(wrong, "failed")).toEqual([true]);
    expect(distinct(seen, "calls")).toHaveLength(1);
    expect(distinct(seen, "kernels")).toHaveLength(1);
    expect(nothing?.calls.split("\n")).toHaveLength(CALLS[name]!);
  });
});

describe("the check catches", () => {
  const { stopping, hashing } = leakyCases(defaultEngine);

  test("a decoding that stops early", () => {
    const seen = watchAll(stopping);
    expect(distinct(seen, "failed")).toEqual([true]);
    expect(distinct(seen, "calls")).toHaveLength(2);
    expect(distinct(seen, "kernels")).toHaveLength(2);
  });

  test("one that hashes as much as a secret says", () => {
    const seen = watchAll(hashing);
    expect(distinct(seen, "calls")).toHaveLength(2);
    expect(distinct(seen, "kernels")).toHaveLength(2);
  });
});
