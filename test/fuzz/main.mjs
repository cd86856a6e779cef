/**
 * Fuzzes every target for a while, on as many threads as there are cores.
 *
 *     npm run fuzz                                    five minutes in all
 *     npm run fuzz -- --minutes 30 --target der       the targets whose names begin so; may be given more than once
 *     npm run fuzz -- --seed 7                        the same choices again; how far they get depends on the machine
 *     npm run fuzz -- --replay .fuzz/FILE.json        runs the input of a finding again
 *
 * Inputs that reach new code are kept in .fuzz/corpus and begin the next run; findings are written to .fuzz and make the
 * exit status 1.
 */

import { createHash, randomInt } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildSync } from "esbuild";
import { Thread } from "./thread.mjs";

/** @typedef {import("./worker.ts").TaskResult} TaskResult */

const root = fileURLToPath(new URL("../..", import.meta.url));
const keep = join(root, ".fuzz");

const { values: options } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    target: { type: "string", multiple: true, default: [""] },
    seed: { type: "string", default: String(randomInt(2 ** 31)) },
    threads: { type: "string", default: String(availableParallelism()) },
    replay: { type: "string" },
  },
});

const bundle = mkdtempSync(join(tmpdir(), "kms-wrap-fuzz-"));
process.on("exit", () => rmSync(bundle, { recursive: true, force: true }));
buildSync({
  entryPoints: [join(root, "test/fuzz/worker.ts")],
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  outdir: bundle,
  outExtension: { ".js": ".mjs" },
  logLevel: "error",
});

/** @param {string} target */
function keptInputs(target) {
  const folder = join(keep, "corpus", target);
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder).map((name) => new Uint8Array(readFileSync(join(folder, name))));
}

/** @param {TaskResult} result */
function save({ target, found, finding }) {
  for (const input of found) writeFileSync(join(keep, "corpus", target, digest(input)), input);
  if (finding === undefined) return undefined;
  const { what, stack, input } = finding;
  const file = join(keep, `${target}-${digest(input)}.json`);
  const record = { target, finding: what, input: Buffer.from(input).toString("hex"), stack };
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
  return relative(process.cwd(), file);
}

/** @param {Uint8Array} input */
function digest(input) {
  return createHash("sha256").update(input).digest("hex").slice(0, 16);
}

/** @param {TaskResult} result */
function tell(result) {
  const { target, executions, seconds, outcomes, found, slowest, finding } = result;
  const rate = Math.round(executions / Math.max(seconds, 0.001));
  console.log(
    `\n${target}: ${executions} executions, ${rate} per second, ${found.length} new in the corpus, slowest ${slowest.milliseconds.toFixed(1)} ms (${slowest.input.length} bytes)`,
  );
  const sorted = Object.entries(outcomes).sort(([, a], [, b]) => b - a);
  console.log(`  ${sorted.length} outcomes: ${sorted.map(([kind, count]) => `${kind} ${count}`).join("; ")}`);
  const file = save(result);
  if (finding === undefined) return;
  process.exitCode = 1;
  console.log(`  FINDING: ${finding.what}, with ${finding.input.length} bytes`);
  console.log(`${finding.stack}\n  npm run fuzz -- --replay ${file}`);
}

/** @param {string} file */
async function replay(file) {
  const { target, input } = JSON.parse(readFileSync(file, "utf8"));
  const thread = new Thread(bundle);
  tell(
    await thread.run({
      target,
      seed: 0,
      seconds: 0,
      kept: [],
      replay: new Uint8Array(Buffer.from(input, "hex")),
    }),
  );
  await thread.stop();
}

async function fuzz() {
  const threads = Array.from({ length: Number(options.threads) }, () => new Thread(bundle));
  const all = await /** @type {Thread} */ (threads[0]).targets;
  const chosen = all.filter((name) => options.target.some((prefix) => name.startsWith(prefix)));
  if (chosen.length === 0) {
    console.error(`no target begins so; there are ${all.join(", ")}`);
    process.exit(2);
  }
  const seconds = (60 * Number(options.minutes) * threads.length) / chosen.length;
  console.log(
    `${chosen.length} targets, ${seconds.toFixed(1)} s each on ${threads.length} threads, --seed ${options.seed}`,
  );
  const waiting = [...chosen];
  /** @type {TaskResult[]} */
  const results = [];
  await Promise.all(
    threads.map(async (thread) => {
      for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
        const result = await thread.run({
          target,
          seed: Number(options.seed),
          seconds,
          kept: keptInputs(target),
        });
        results.push(result);
        tell(result);
      }
      await thread.stop();
    }),
  );
  const sum = results.reduce((total, { executions }) => total + executions, 0);
  const findings = results.filter(({ finding }) => finding !== undefined).length;
  console.log(
    `\n${sum} executions of ${chosen.length} targets, ${findings} findings, --seed ${options.seed}`,
  );
}

if (options.replay === undefined) await fuzz();
else await replay(options.replay);
