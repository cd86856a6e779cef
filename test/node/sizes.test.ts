/** The budget: what a bundle with this library weighs, and that the README tells it. */

import { describe, expect, test } from "vitest";
import { BUDGETS, measureSizes } from "../../scripts/sizes.mjs";
import { README } from "../support/readme.ts";

const sizes = await measureSizes();

/** The README's figure in kilobytes, from a row such as "| `kms-wrap`, `wrap` alone | 64 kB |". */
function toldKilobytes(name: string): number | undefined {
  const rows = README.matchAll(/^\| (?<what>.+?) \| (?<figure>[\d.]+) kB \|$/gm);
  const row = [...rows].find(({ groups }) => groups!["what"]!.replaceAll("`", "") === name);
  return row && Number(row.groups!["figure"]);
}

describe.each(Object.entries(BUDGETS))("%s", (name, budget) => {
  test(`stays within ${budget} bytes`, () => {
    expect(sizes[name]).toBeGreaterThan(100);
    expect(sizes[name]).toBeLessThanOrEqual(budget);
  });

  test("is what the README says", () => {
    const kilobytes = sizes[name]! / 1000;
    expect(Math.abs(toldKilobytes(name)! - kilobytes)).toBeLessThan(kilobytes < 10 ? 0.1 : 1);
  });
});
