/**
 * `npm run bench`: every comparison on every installed runtime (test/runtimes/package.json), five runs each, the
 * contenders of a comparison always within one process. Prints tables of medians, judges the project's targets, and
 * writes bench/results/<runtime>.json with every run, whole.json (start-up and sizes), and ratios.svg.
 *
 *     npm run bench -- [--runs N] [--filter TEXT] [--time MS] [--runtime NAME]
 *
 * With --filter or --runtime nothing is written.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installPackages } from "../scripts/install.mjs";
import { measureSizes } from "../scripts/sizes.mjs";
import { table } from "../scripts/table.mjs";
import { installedRuntimes } from "../test/runtimes/runtimes.mjs";
import { chart } from "./chart.mjs";
import { coldStartTable, measureColdStart } from "./cold-start.mjs";
import { summarize } from "./summary.mjs";
import { judge, judgeWhole } from "./targets.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    filter: { type: "string", default: "" },
    time: { type: "string", default: "200" },
    runtime: { type: "string" },
  },
});

installPackages("bench");

const machine = {
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  system: `${process.platform} ${process.arch}`,
};

/** @param {import("../test/runtimes/runtimes.mjs").Runtime} runtime */
function oneRun({ command, args }) {
  const options = ["--time", values.time, "--filter", values.filter];
  const { stdout, status } = spawnSync(command, [...args, `${here}suite.mjs`, ...options], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    timeout: 20 * 60_000,
  });
  if (status !== 0) throw new Error(`${command} ended with status ${status}`);
  return JSON.parse(stdout);
}

const reports = [];
for (const runtime of installedRuntimes().filter(({ name }) => name === (values.runtime ?? name))) {
  console.error(`${runtime.name}:`);
  const runs = Array.from({ length: Number(values.runs) }, () => oneRun(runtime));
  const { runtime: version, engine, absent } = runs[0];
  const comparisons = summarize(runs.map(({ results }) => results));
  reports.push({
    date: new Date().toISOString().slice(0, 10),
    machine,
    runtime: version,
    engine,
    absent,
    comparisons,
  });
}

for (const { runtime, engine, absent, comparisons } of reports) {
  console.log(
    `\n${runtime}: ${[engine.name, ...engine.features].join(", ")}; ${machine.cpu}, ${machine.cores} cores`,
  );
  const rows = comparisons.flatMap(({ operation, size, contenders }) =>
    contenders.map(({ name, medianMicroseconds, spread, ratio }) => [
      operation,
      size,
      name,
      medianMicroseconds.toFixed(2),
      `${spread.toFixed(0)} %`,
      ratio.toFixed(2),
    ]),
  );
  console.log(table(["operation", "size", "contender", "median µs", "spread", "× kms-wrap"], rows));
  for (const [name, reason] of Object.entries(absent)) console.log(`not run here: ${name} (${reason})`);
}

const whole = !values.filter && !values.runtime;
const coldStarts = whole ? measureColdStart(21) : [];
if (coldStarts.length) console.log(`\n${coldStartTable(coldStarts)}`);
const sizes = whole ? await measureSizes() : {};

const verdicts = [...judge(reports), ...judgeWhole(coldStarts, sizes)];
if (verdicts.length) {
  console.log("\nTargets (above 1 means kms-wrap is faster):");
  const rows = verdicts.map(({ what, against, on, wanted, measured }) => [
    what,
    against,
    on,
    `≥ ${wanted.toFixed(2)}`,
    measured.toFixed(2),
    measured >= wanted ? "reached" : "MISSED",
  ]);
  console.log(table(["operation", "against", "on", "target", "measured", ""], rows));
}

if (whole) {
  mkdirSync(`${here}results`, { recursive: true });
  for (const report of reports) {
    const name = report.runtime.toLowerCase().replace(/^(\w+) (\d+).*/, "$1-$2");
    writeFileSync(`${here}results/${name}.json`, `${JSON.stringify(report, undefined, 1)}\n`);
  }
  writeFileSync(
    `${here}results/whole.json`,
    `${JSON.stringify({ machine, coldStarts, sizes }, undefined, 1)}\n`,
  );
  writeFileSync(`${here}results/ratios.svg`, chart(reports));
  console.error(`\nWritten: ${here}results`);
}
