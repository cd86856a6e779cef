/** The suites as a module of a page: `kmsWrapRun` tells the driver how far they are, and then the report. */

import { type Report, runSuites } from "./run-suites.ts";

const run: { suite: string; report?: Report; error?: string } = { suite: "" };
Object.assign(globalThis, { kmsWrapRun: run });

runSuites({ onSuite: (suite) => void (run.suite = suite) }).then(
  (report) => void (run.report = report),
  (error) => void (run.error = String(error)),
);
