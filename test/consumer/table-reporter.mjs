/** Prints, at the end of a run, a line for each group of tests: what was done, how many held, how long it took. */

import { table } from "../../scripts/table.mjs";

/** One of vitest's reporters. */
export default class TableReporter {
  /** @param {readonly import("vitest/node").TestModule[]} modules */
  onTestRunEnd(modules) {
    const groups = modules.flatMap((module) => [...module.children.suites()]);
    const rows = groups.map((group) => {
      const tests = [...group.children.allTests()];
      const count = (/** @type {string} */ state) =>
        tests.filter((test) => test.result().state === state).length;
      const milliseconds = tests.reduce((sum, test) => sum + (test.diagnostic()?.duration ?? 0), 0);
      return [
        group.name,
        count("passed"),
        count("failed"),
        count("skipped"),
        Math.round(milliseconds / 100) / 10,
      ];
    });
    console.log(`\n${table(["what", "passed", "failed", "skipped", "seconds"], rows)}`);
  }
}
