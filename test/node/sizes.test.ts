/** The budget: what a bundle with this library weighs. */

import { expect, test } from "vitest";
import { BUDGETS, measureSizes } from "../../scripts/sizes.mjs";

const sizes = await measureSizes();

test.each(Object.entries(BUDGETS))("%s stays within %i bytes", (name, budget) => {
  expect(sizes[name]).toBeGreaterThan(1000);
  expect(sizes[name]).toBeLessThanOrEqual(budget);
});
