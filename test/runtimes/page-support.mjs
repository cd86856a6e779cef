/** What pages have in common, whichever protocol drives them. */

import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** How long an element or a file may be in coming. */
const PATIENCE_MS = 10_000;
const POLL_MS = 50;

/**
 * An expression that runs a function, or another expression, and is the promise of its result as JSON.
 *
 * @param {string | Function} run
 * @param {unknown[]} given
 */
export function asJson(run, given) {
  const value = typeof run === "function" ? `(${run})(...${JSON.stringify(given)})` : `(${run})`;
  return `(async () => JSON.stringify((await ${value}) ?? null))()`;
}

/**
 * Asks until the answer is truthy.
 *
 * @param {() => Promise<unknown>} ask
 * @param {unknown} what - for the message
 * @param {number} [timeoutMs]
 */
export async function poll(ask, what, timeoutMs = PATIENCE_MS) {
  const end = performance.now() + timeoutMs;
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await sleep(POLL_MS);
  }
}

/**
 * Runs `trigger` and waits for a file in the folder whose size no longer changes. What was saved before is removed
 * first: it may have had the same name.
 *
 * @param {string} folder
 * @param {() => Promise<void>} trigger
 */
export async function awaitDownload(folder, trigger) {
  for (const earlier of readdirSync(folder)) rmSync(join(folder, earlier));
  /** @param {string} name */
  const size = (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size;
  /** @type {string | undefined} */
  let name;
  /** @type {number | undefined} */
  let bytes;

  await trigger();
  await poll(async () => {
    // WebKit and Firefox write to another name first, and the right one is reserved, empty.
    name = readdirSync(folder).find((file) => !/\.(wkdownload|part)$/.test(file));
    const earlier = bytes;
    bytes = name === undefined ? undefined : size(name);
    return bytes !== undefined && bytes > 0 && bytes === earlier;
  }, "a file to be saved");
  return { name: name ?? "", bytes: new Uint8Array(readFileSync(join(folder, name ?? ""))) };
}
