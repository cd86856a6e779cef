/** The long fuzzing run reaches what chance alone would not: three bytes, one behind the other. */

import { expect, test } from "vitest";
import { Campaign } from "../fuzz/campaign.ts";
import { Coverage } from "../fuzz/coverage.ts";
import type { FuzzTarget } from "../fuzz/target.ts";

const coverage = new Coverage("/test/support/");
const { hiddenBug } = await import("../support/hidden-bug.ts");

test("a bug behind three comparisons is found by coverage", () => {
  const target: FuzzTarget = {
    name: "hidden-bug",
    seeds: [new Uint8Array(8)],
    maxBytes: 16,
    testRuns: 1,
    run: hiddenBug,
  };
  let announced = 0;
  const report = new Campaign(target, 1, coverage, () => announced++).run(30, []);
  expect([...report.failure!.input.subarray(0, 3)]).toEqual([0xb7, 0x5e, 0x91]);
  expect(report.found.length).toBeGreaterThanOrEqual(2);
  expect(report.executions).toBe(announced);
});
