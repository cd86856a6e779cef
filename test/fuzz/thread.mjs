/** A thread that runs one fuzzing task at a time, and is started anew when a task does not end or kills it. */

import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

/**
 * @typedef {import("./worker.ts").Task} Task
 * @typedef {import("./worker.ts").TaskResult} TaskResult
 */

const MAX_INPUT_BYTES = 2 ** 20;
/** Beyond what a target itself takes for too long: it may not end at all. */
const HANG_MILLISECONDS = 10_000;
const POLL_MILLISECONDS = 250;

export class Thread {
  #folder;
  #running = new SharedArrayBuffer(8 + MAX_INPUT_BYTES);
  #worker;
  /** @type {Promise<string[]>} the names of the targets, once it has started */
  targets;

  /** @param {string} folder - that worker.ts is bundled into */
  constructor(folder) {
    this.#folder = folder;
    this.#worker = this.#start();
    this.targets = this.#next();
  }

  #start() {
    return new Worker(join(this.#folder, "worker.mjs"), {
      workerData: { folder: this.#folder, running: this.#running },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    });
  }

  /** @returns {Promise<any>} the next message; rejected if the thread fails */
  async #next() {
    const [message] = await once(this.#worker, "message");
    return message;
  }

  /**
   * @param {Task} task
   * @returns {Promise<TaskResult>}
   */
  async run(task) {
    await this.targets;
    const started = performance.now();
    this.#worker.postMessage(task);
    try {
      return await Promise.race([this.#next(), this.#hang()]);
    } catch (error) {
      const input = this.#current();
      await this.#worker.terminate();
      this.#worker = this.#start();
      this.targets = this.#next();
      const what = /** @type {Error} */ (error).message;
      const seconds = (performance.now() - started) / 1000;
      const slowest = { milliseconds: 0, input };
      const finding = { what, stack: "", input };
      return { target: task.target, executions: 0, seconds, outcomes: {}, found: [], slowest, finding };
    }
  }

  /** Rejected when one input is run for too long; what is being minimised is not looked at. */
  async #hang() {
    const numbers = new Int32Array(this.#running, 0, 2);
    let [executions, since] = [-1, workMilliseconds()];
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS).unref());
      const now = Atomics.load(numbers, 0);
      if (now !== executions || Atomics.load(numbers, 1) < 0) [executions, since] = [now, workMilliseconds()];
      if (workMilliseconds() - since > HANG_MILLISECONDS) throw new Error("it does not end");
    }
  }

  #current() {
    const length = Math.max(0, Atomics.load(new Int32Array(this.#running, 0, 2), 1));
    return Uint8Array.from(new Uint8Array(this.#running, 8, length));
  }

  stop() {
    return this.#worker.terminate();
  }
}

/** What this process has worked, on all threads: a busy machine is not a hang. */
function workMilliseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
