/** Runs bundled suites in workerd, the runtime of Cloudflare's workers, and fetches their report. */

import { spawn } from "node:child_process";
import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { dirname, join } from "node:path";
import { json, text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { BINARIES } from "../runtimes.mjs";

const WASM_FOLDER = fileURLToPath(new URL("../../../dist/wasm", import.meta.url));
/** From here on a worker may compile WebAssembly at its top level: since 2025-06-01. */
const COMPATIBILITY_DATE = "2026-10-01";

/**
 * @param {string} worker - path of the bundle; its folder is the worker's
 * @param {import("../targets.mjs").Host} host
 * @returns {Promise<import("../harness/run-suites.ts").Report & { codeOfWrap?: string }>}
 */
export async function runWorker(worker, { signal }) {
  const config = writeConfig(worker);
  const program = spawn(BINARIES.workerd, ["serve", config, "--control-fd=3"], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    signal,
  });
  program.on("error", () => {}); // of the signal: then there is no answer either
  const said = text(/** @type {import("node:stream").Readable} */ (program.stderr));
  const control = /** @type {import("node:stream").Readable} */ (program.stdio[3]);
  try {
    return await fetchReport(await portOf(control), signal);
  } catch (cause) {
    program.kill();
    throw new Error(`no report from workerd\n${await said}`, { cause });
  } finally {
    program.kill();
  }
}

/**
 * workerd embeds what a worker consists of; all files lie in one folder.
 *
 * @param {string} worker
 */
function writeConfig(worker) {
  const folder = dirname(worker);
  cpSync(WASM_FOLDER, join(folder, "wasm"), { recursive: true });
  const binaries = readdirSync(WASM_FOLDER).filter((file) => file.endsWith(".wasm"));
  const modules = binaries.map((file) => `(name = "wasm/${file}", wasm = embed "wasm/${file}")`);
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "suites", worker = .suites)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "suites")],
);
const suites :Workerd.Worker = (
  compatibilityDate = "${COMPATIBILITY_DATE}",
  modules = [(name = "worker.mjs", esModule = embed "worker.mjs"), ${modules.join(", ")}],
);
`;
  const path = join(folder, "workerd.capnp");
  writeFileSync(path, config);
  return path;
}

/**
 * The port that it listens on, once it does: it says so in one line of JSON.
 *
 * @param {import("node:stream").Readable} control
 * @returns {Promise<number>}
 */
async function portOf(control) {
  for await (const line of control) return JSON.parse(String(line)).port;
  throw new Error("ended before it listened");
}

/**
 * By node:http, as `fetch` gives up on an answer after five minutes.
 *
 * @param {number} port
 * @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
async function fetchReport(port, signal) {
  const response = await new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, signal }, resolve).on("error", reject);
  });
  if (response.statusCode === 200) return json(response);
  throw new Error(`status ${response.statusCode}: ${await text(response)}`);
}
