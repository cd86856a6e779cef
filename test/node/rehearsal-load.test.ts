/** The bench of the rehearsal endpoint in short: fast enough, right, and with memory that stays flat. */

import { expect, test } from "vitest";
import { measureRehearsal } from "../../bench/rehearsal.mjs";
import { prepareImport } from "../../src/index.ts";

const MEBIBYTE = 2 ** 20;
const IMPORTS = 1500;

test(`${IMPORTS} imports`, async () => {
  const entry = new URL("../../dist/rehearsal.js", import.meta.url).href;
  const { imports, importsPerSecond, before, after } = await measureRehearsal({
    entry,
    prepareImport,
    imports: IMPORTS,
  });
  console.info(`${importsPerSecond.toFixed(0)} imports a second`);
  expect(imports).toBe(IMPORTS);
  // Some 500 where nothing else runs: a tenth of that shows a mistake and not a busy machine.
  expect(importsPerSecond).toBeGreaterThan(50);
  // Each import held would be a few kilobytes: five times as much in all.
  expect(after.held - before.held).toBeLessThan(2 * MEBIBYTE);
});
