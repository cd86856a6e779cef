/**
 * The JavaScript of whole unwraps: every block of src is run as often, whatever it is that is wrong with a blob. By
 * V8's own counters; what a compiler makes of the blocks is not seen.
 */

import { describe, expect, test } from "vitest";
import { BranchCounter } from "../support/branch-counts.ts";
import type { UnwrapCase } from "../support/unwrap-cases.ts";

// Before any of src is imported: see there.
const counter = new BranchCounter(/\/src\/|leaky-schemes/);
const { defaultEngine } = await import("../../src/engine/default.ts");
const { fails, leakyCases, unwrapCases } = await import("../support/unwrap-cases.ts");

/** What failures count, without repetition; a run before them prepares what they find. */
function distinctCounts(one: UnwrapCase): string[] {
  const { nothing, ...wrong } = one.blobs;
  fails(defaultEngine, one, nothing!);
  const counts = Object.values(wrong).map((blob) => {
    let failed = false;
    const taken = counter.count(() => {
      failed = fails(defaultEngine, one, blob);
    });
    return failed ? taken : undefined;
  });
  return [...new Set(counts)].filter((taken) => taken !== undefined);
}

describe("a failing unwrap takes the same branches, whatever is wrong:", () => {
  test.each(unwrapCases(defaultEngine).map((one) => [one.name, one] as const))("%s", (_name, one) => {
    const [taken, ...others] = distinctCounts(one);
    expect(others).toEqual([]);
    expect(taken?.split("\n").length).toBeGreaterThan(20);
    expect(taken).toContain("unwrapFailed");
  });
});

describe("the check", () => {
  test("catches a verdict by early returns, which no kernel sees", () => {
    expect(distinctCounts(leakyCases(defaultEngine).comparing).length).toBeGreaterThan(2);
  });

  test("tells a success from a failure", () => {
    const [one] = unwrapCases(defaultEngine);
    const { nothing, everything } = one!.blobs;
    const counts = [nothing, everything, nothing, everything].map((blob) =>
      counter.count(() => fails(defaultEngine, one!, blob!)),
    );
    expect(counts[2]).toBe(counts[0]);
    expect(counts[3]).toBe(counts[1]);
    expect(counts[0]).not.toBe(counts[1]);
  });
});
