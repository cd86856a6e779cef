/** Starts workerd, the runtime of Cloudflare's workers, on a worker that consists of one script and .wasm modules. */

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { BINARIES } from "./runtimes.mjs";

/**
 * @typedef {object} Worker its files lie in one folder, and modules are imported by their paths in it
 * @property {string} script
 * @property {readonly string[]} binaries
 * @property {string} compatibilityDate
 * @property {Readonly<Record<string, string>>} [vars] - what `env` holds
 */

/**
 * @param {string} folder
 * @param {Worker} worker
 * @param {AbortSignal} [signal] - ends it
 */
export async function startWorkerd(folder, worker, signal) {
  writeFileSync(join(folder, "workerd.capnp"), configOf(worker));
  const program = spawn(BINARIES.workerd, ["serve", "workerd.capnp", "--control-fd=3"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    signal,
  });
  program.on("error", () => {}); // of the signal: then nothing listens, or nothing answers
  const said = text(/** @type {import("node:stream").Readable} */ (program.stderr));
  const port = await portOf(/** @type {import("node:stream").Readable} */ (program.stdio[3]));
  if (port === undefined) throw new Error(`workerd ended before it listened\n${await said}`);
  return {
    port,
    /** Ends it; what it said. */
    stop() {
      program.kill();
      return said;
    },
  };
}

/** @param {Worker} worker */
function configOf({ script, binaries, compatibilityDate, vars = {} }) {
  const modules = binaries.map((path) => `(name = "${path}", wasm = embed "${path}")`);
  const bindings = Object.entries(vars).map(
    ([name, value]) => `(name = "${name}", text = ${JSON.stringify(value)})`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  compatibilityDate = "${compatibilityDate}",
  modules = [(name = "${script}", esModule = embed "${script}"), ${modules.join(", ")}],
  bindings = [${bindings.join(", ")}],
);
`;
}

/**
 * The port that it listens on, once it does: it says so in one line of JSON.
 *
 * @param {import("node:stream").Readable} control
 * @returns {Promise<number | undefined>}
 */
async function portOf(control) {
  for await (const line of control) return JSON.parse(String(line)).port;
  return undefined;
}
