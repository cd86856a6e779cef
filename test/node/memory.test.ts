/** What the engine takes: a fixed amount of WASM memory, and nothing more with time. */

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BINARIES } from "../../assembly/binaries.mjs";

const PAGE_BYTES = 65_536;
const MIB = 2 ** 20;

test("all WASM memories together stay within 1 MiB", () => {
  const pages = BINARIES.map((binary) => binary.pages).reduce((sum, count) => sum + count, 0);
  expect(pages * PAGE_BYTES).toBeLessThanOrEqual(MIB);
});

test("100,000 wraps leave no more memory in use than 10,000", () => {
  const script = join(import.meta.dirname, "../support/wrap-many.mjs");
  const output = execFileSync(process.execPath, ["--expose-gc", script], { encoding: "utf8" });
  const { early, late } = JSON.parse(output);
  expect(early).toBeGreaterThan(MIB);
  // 64 bytes kept from each of the 90,000 between would be 5.5 MiB; V8 itself moves by two or three.
  expect(late - early).toBeLessThan(4 * MIB);
}, 120_000);
