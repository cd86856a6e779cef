/** Stryker's settings for the folder under mutation, by KMS_WRAP_MUTATION; run.mjs starts it. */

import { fileURLToPath } from "node:url";
import { CURRENT, currentFolder, reportPath } from "./folders.mjs";

export default {
  mutate: currentFolder().mutate,
  testRunner: "suites",
  plugins: [fileURLToPath(new URL("runner.mjs", import.meta.url))],
  coverageAnalysis: "perTest",
  concurrency: 2,
  // The runner itself sees loops without end; a machine that is busy must not look like one.
  dryRunTimeoutMinutes: 60,
  timeoutMS: 300_000,
  // The log, a line every ten seconds, goes to reports/, too.
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: reportPath(process.env[CURRENT] ?? "") },
  tempDirName: "test/mutation/.stryker-tmp",
  ignorePatterns: ["/.ci", "/bench", "/dist", "/test/mutation", "/test/runtimes"],
  // TypeScript 7 has no API for Stryker's rewriting of tsconfig.json, and esbuild strips types by itself.
  tsconfigFile: "none",
  disableTypeChecks: false,
};
