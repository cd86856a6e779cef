/**
 * `npm run test:runtimes`: the suites of test/suites on every runtime (targets.mjs), the tests that open browsers
 * (*.test.ts beside this file) and the examples.
 *
 * `npm run test:runtimes -- deno firefox` runs what begins with these names: runtimes as in targets.mjs, "browser tests",
 * "examples". `--json FILE` writes the counts, as .ci/count.mjs adds them up. A runtime that is missing is told; with CI set
 * it is a failure.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { table } from "../../scripts/table.mjs";
import { writeCounts } from "../support/counts.mjs";
import { bundleSuites } from "./bundle.mjs";
import { OTHER_TESTS } from "./other-tests.mjs";
import prepare from "./prepare.mjs";
import { AT_A_TIME, PATIENCE_MS } from "./settings.mjs";
import { TARGETS } from "./targets.mjs";

/**
 * @typedef {object} Row a line of the table
 * @property {string} name
 * @property {string} version
 * @property {string} engine
 * @property {number} passed
 * @property {number} skipped
 * @property {string[]} failures
 * @property {string} [absent] - why it did not run
 * @property {number} seconds
 */

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "string" } } });
/** @param {string} id */
const isChosen = (id) => positionals.length === 0 || positionals.some((given) => id.startsWith(given));

const targets = TARGETS.filter(({ id }) => isChosen(id));
const others = OTHER_TESTS.filter(({ id }) => isChosen(id));
if (targets.length + others.length === 0) {
  const known = [...TARGETS, ...OTHER_TESTS].map(({ id }) => id).join(", ");
  console.error(`no runtime begins with ${positionals.join(" or ")}; there are ${known}`);
  process.exit(2);
}

prepare();
const folder = await mkdtemp(join(tmpdir(), "kms-wrap-runtimes-"));
try {
  const rows = await inParallel(targets, (target) => testTarget(target));
  for (const other of others) rows.push(await testOther(other));
  report(rows);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/**
 * Keeps the order of the items.
 *
 * @template T
 * @param {T[]} items
 * @param {(item: T) => Promise<Row>} work
 */
async function inParallel(items, work) {
  /** @type {Row[]} */
  const done = [];
  const waiting = [...items.entries()];
  const takeAll = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      done[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, takeAll));
  return done;
}

/** @param {import("./targets.mjs").Target} target */
async function testTarget(target) {
  return measured(target, async (row) => {
    const bundle = join(folder, target.id, target.id.startsWith("workerd") ? "worker.mjs" : "suites.mjs");
    await bundleSuites(target.entry, bundle, { only: target.only, without: target.without });
    let suite = "no suite";
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const found = await target
      .run(bundle, {
        signal,
        onSuite: (name) => (suite = name),
        onVersion: (version) => (row.version = version),
      })
      .catch((cause) => {
        throw new Error(`${signal.aborted ? "took too long" : "broke off"} in ${suite}: ${cause.message}`);
      });
    row.passed = found.passed;
    row.skipped = found.skipped;
    row.engine = showEngine(found.engine);
    row.failures.push(...found.failures.map(({ test, error }) => `${test}\n${error}`));
    row.failures.push(...contradictions(target, found));
    if (found.passed === 0) row.failures.push("no test passed");
  });
}

/**
 * What is not as targets.mjs has it.
 *
 * @param {import("./targets.mjs").Target} target
 * @param {import("./harness/run-suites.ts").Report} found
 */
function contradictions({ engine, also = {} }, found) {
  const expected = Object.entries({ engine: showEngine(engine), ...also });
  const actual = /** @type {Record<string, unknown>} */ ({ ...found, engine: showEngine(found.engine) });
  return expected
    .filter(([name, value]) => actual[name] !== value)
    .map(([name, value]) => `${name}: expected ${value}, found ${actual[name]}`);
}

/** @param {{ name: string, features: readonly string[], reason?: string }} engine */
function showEngine({ name, features, reason }) {
  return [name, ...features].join(" ") + (reason === undefined ? "" : `: ${reason}`);
}

/** @param {import("./other-tests.mjs").OtherTests} other */
async function testOther(other) {
  return measured(other, async (row) => void Object.assign(row, await other.run()));
}

/**
 * @param {{ name: string, absent: () => Promise<string | undefined> }} what
 * @param {(row: Row) => Promise<void>} run
 * @returns {Promise<Row>}
 */
async function measured({ name, absent }, run) {
  /** @type {Row} */
  const row = { name, version: "", engine: "", passed: 0, skipped: 0, failures: [], seconds: 0 };
  const reason = await absent();
  if (reason !== undefined) {
    console.error(`${name}: ${reason}`);
    return { ...row, absent: reason };
  }
  console.error(`${name} …`);
  const begin = performance.now();
  await run(row).catch((error) => row.failures.push(error.message));
  row.seconds = (performance.now() - begin) / 1000;
  console.error(`${name}: ${row.passed} passed, ${row.failures.length} failed (${row.seconds.toFixed(0)} s)`);
  return row;
}

/** @param {Row[]} rows */
function report(rows) {
  for (const { name, failures } of rows)
    for (const failure of failures) console.error(`\nFAILED on ${name}: ${failure}`);

  const missingFails = Boolean(process.env["CI"]);
  const failed = (/** @type {Row} */ { failures, absent }) =>
    failures.length + (absent !== undefined && missingFails ? 1 : 0);
  const head = ["runtime", "version", "engine", "passed", "skipped", "failed", "seconds"];
  const cells = rows.map((row) => {
    const { name, version, engine, absent, passed, skipped, seconds } = row;
    return [name, version, absent ?? engine, passed, skipped, failed(row), Math.round(seconds)];
  });
  console.log(`\n${table(head, cells)}`);

  const counts = {
    passed: rows.reduce((sum, { passed }) => sum + passed, 0),
    failed: rows.reduce((sum, row) => sum + failed(row), 0),
  };
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  writeCounts(values.json, counts);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}
