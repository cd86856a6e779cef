/** One campaign after the other on a thread of its own, as main.mjs asks for them; or one input, replayed. */

import { parentPort, workerData } from "node:worker_threads";
import { Campaign, type Report } from "./campaign.ts";
import { Coverage } from "./coverage.ts";
import type { FuzzTarget } from "./target.ts";

/** What main.mjs passes on starting. */
export interface WorkerData {
  /** Where this bundle lies. */
  readonly folder: string;
  /** Two 32-bit numbers, executions and length, and the input that is being run: to be seen when it does not end. */
  readonly running: SharedArrayBuffer;
}

/** One campaign. */
export interface Task {
  readonly target: string;
  readonly seed: number;
  readonly seconds: number;
  readonly kept: readonly Uint8Array[];
  /** Only this, and to say what becomes of it. */
  readonly replay?: Uint8Array;
}

/** What comes back: a run's report with its finding in words, the input as small as it gets. */
export type TaskResult = Omit<Report, "failure"> & {
  readonly finding?: { readonly what: string; readonly stack: string; readonly input: Uint8Array };
};

const { folder, running } = workerData as WorkerData;
const numbers = new Int32Array(running, 0, 2);
const current = new Uint8Array(running, 8);

const coverage = new Coverage(folder);
const { ALL_TARGETS } = await import("./all-targets.ts");
const { describe, findingOf, minimise } = await import("./minimise.ts");
const { judge } = await import("./target.ts");

parentPort!.on("message", (task: Task) => {
  const target = ALL_TARGETS.find(({ name }) => name === task.target)!;
  parentPort!.postMessage(task.replay ? replay(target, task.replay) : campaign(target, task));
});
parentPort!.postMessage(ALL_TARGETS.map(({ name }) => name));

function campaign(target: FuzzTarget, { seed, seconds, kept }: Task): TaskResult {
  const { failure, ...report } = new Campaign(target, seed, coverage, announce).run(seconds, kept);
  Atomics.store(numbers, 1, -1);
  if (failure === undefined) return report;
  const repeats = findingOf(target, failure.input) !== undefined;
  const input = repeats ? minimise(target, failure.input) : failure.input;
  const what = `${describe(failure.error)}${repeats ? "" : " (not each time)"}`;
  return { ...report, finding: { what, stack: stackOf(failure.error), input } };
}

function replay(target: FuzzTarget, input: Uint8Array): TaskResult {
  announce(input);
  const report = { target: target.name, executions: 1, seconds: 0, found: [] };
  try {
    const { kind, milliseconds } = judge(target, input);
    return { ...report, outcomes: { [kind]: 1 }, slowest: { milliseconds, input } };
  } catch (error) {
    const finding = { what: describe(error), stack: stackOf(error), input };
    return { ...report, outcomes: {}, slowest: { milliseconds: 0, input }, finding };
  } finally {
    Atomics.store(numbers, 1, -1);
  }
}

function announce(input: Uint8Array): void {
  current.set(input);
  Atomics.store(numbers, 1, input.length);
  Atomics.add(numbers, 0, 1);
}

function stackOf(error: unknown): string {
  let stack = "";
  for (let one: unknown = error; one instanceof Error; one = one.cause) stack += `${one.stack}\n`;
  return stack;
}
