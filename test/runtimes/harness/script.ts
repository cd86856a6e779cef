/** The suites as a script of Node, Deno or Bun: one line of JSON for each suite that begins, and one for the report. */

import { runSuites } from "./run-suites.ts";

const say = (line: object): void => console.log(JSON.stringify(line));

say({ report: await runSuites({ onSuite: (suite) => say({ suite }) }) });
