/** What a run of tests comes to, as .ci/count.mjs adds it up: in the words of vitest's own report. */

import { writeFileSync } from "node:fs";

/**
 * @param {string | undefined} file - nothing is written if there is none
 * @param {{ passed: number, failed: number }} counts
 */
export function writeCounts(file, { passed, failed }) {
  const counts = { numPassedTests: passed, numFailedTests: failed, success: failed === 0 };
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(counts)}\n`);
}
