/** Adds up what .ci/run's steps reported: `N passed, N failed`, from vitest's JSON and from the steps' exit statuses. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2] ?? ".";
let passed = 0;
let failed = 0;

for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
  const report = JSON.parse(readFileSync(join(folder, name), "utf8"));
  passed += report.numPassedTests;
  // A suite that cannot even be loaded has no tests to fail.
  failed += Math.max(report.numFailedTests, report.success ? 0 : 1);
}

console.log("");
for (const line of readFileSync(join(folder, "steps.tsv"), "utf8").trim().split("\n")) {
  const [step, status, seconds] = line.split("\t");
  console.log(`${status === "0" ? "ok    " : "FAILED"} ${step} (${seconds} s)`);
  if (status === "0") passed++;
  else failed++;
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
