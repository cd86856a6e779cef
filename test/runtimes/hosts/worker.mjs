/** Runs bundled suites in workerd, the runtime of Cloudflare's workers, and fetches their report. */

import { cpSync, readdirSync } from "node:fs";
import { get } from "node:http";
import { basename, dirname, join } from "node:path";
import { json, text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { startWorkerd } from "../workerd.mjs";

const WASM_FOLDER = fileURLToPath(new URL("../../../dist/wasm", import.meta.url));
/** From here on a worker may compile WebAssembly at its top level: since 2025-06-01. */
const COMPATIBILITY_DATE = "2026-10-01";

/**
 * @param {string} bundle - its folder is the worker's
 * @param {import("../targets.mjs").Host} host
 * @returns {Promise<import("../harness/run-suites.ts").Report & { codeOfWrap?: string }>}
 */
export async function runWorker(bundle, { signal }) {
  const folder = dirname(bundle);
  cpSync(WASM_FOLDER, join(folder, "wasm"), { recursive: true });
  const binaries = readdirSync(WASM_FOLDER)
    .filter((file) => file.endsWith(".wasm"))
    .map((file) => `wasm/${file}`);
  const worker = { script: basename(bundle), binaries, compatibilityDate: COMPATIBILITY_DATE };
  const { port, stop } = await startWorkerd(folder, worker, signal);
  try {
    return await fetchReport(port, signal);
  } catch (cause) {
    throw new Error(`no report from workerd\n${await stop()}`, { cause });
  } finally {
    stop();
  }
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
