/** What `npm run test:runtimes` runs beside the suites: each is a line of its table as well. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BROWSERS, whyAbsent } from "./browsers.mjs";

/** @typedef {{ passed: number, skipped: number, failures: string[] }} Counts */

/**
 * @typedef {object} OtherTests
 * @property {string} id - for the command line
 * @property {string} name - for people
 * @property {() => Promise<string | undefined>} absent - why they cannot run here
 * @property {() => Promise<Counts>} run
 */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** @type {OtherTests[]} */
export const OTHER_TESTS = [
  { id: "browser tests", name: "tests that open browsers", absent: missingBrowsers, run: runBrowserTests },
  { id: "examples", name: "examples", absent: async () => undefined, run: runExamples },
];

/** They skip the browsers that are missing; only if all are, there is nothing to run. */
async function missingBrowsers() {
  const reasons = await Promise.all(BROWSERS.map(whyAbsent));
  return reasons.every((reason) => reason !== undefined) ? reasons.join("; ") : undefined;
}

/** @returns {Promise<Counts>} */
async function runBrowserTests() {
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const config = ["--config", "test/runtimes/vitest.config.ts", "--reporter=json"];
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-report-"));
  const file = join(folder, "report.json");
  try {
    const args = [vitest, "run", ...config, `--outputFile=${file}`];
    await once(spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", 2, 2] }), "close");
    return countsOf(JSON.parse(readFileSync(file, "utf8")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {any} report - vitest's
 * @returns {Counts}
 */
function countsOf({ numPassedTests, numPendingTests, testResults }) {
  const failures = testResults.flatMap((/** @type {any} */ { name, message, status, assertionResults }) => {
    const failed = assertionResults.filter((/** @type {any} */ test) => test.status === "failed");
    // A file that cannot even be loaded has no tests to fail.
    if (failed.length === 0 && status === "failed") return [`${name}\n${message}`];
    return failed.map((/** @type {any} */ test) => `${test.fullName}\n${test.failureMessages.join("\n")}`);
  });
  return { passed: numPassedTests, skipped: numPendingTests, failures };
}

/** @returns {Promise<Counts>} */
async function runExamples() {
  const { testExamples } = await import("./examples.mjs");
  return testExamples();
}
