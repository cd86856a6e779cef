/** Runs the bundled suites as the module of a page, under a content security policy. */

import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { openPage } from "../browsers.mjs";
import { listen } from "../local-server.mjs";

const POLL_MS = 250;
const PAGE =
  '<!doctype html><meta charset="utf-8"><title>kms-wrap</title><script type="module" src="/suites.mjs"></script>';

/**
 * @param {import("../browsers.mjs").BrowserName} browser
 * @param {object} served
 * @param {string} served.script - path of the bundle
 * @param {string} served.policy - the page's Content-Security-Policy
 * @param {import("../targets.mjs").Host} host
 * @returns {Promise<import("../harness/run-suites.ts").Report>}
 */
export async function runPage(browser, { script, policy }, { signal, onSuite, onVersion }) {
  const server = createServer((request, response) => {
    const isScript = request.url === "/suites.mjs";
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
    response.setHeader("Content-Security-Policy", policy);
    // Only a page that is isolated from other origins has a SharedArrayBuffer.
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    if (isScript) createReadStream(script).pipe(response);
    else response.end(PAGE);
  });
  const { origin, close } = await listen(server);
  try {
    const page = await openPage(browser);
    onVersion(page.version);
    try {
      await page.goto(origin);
      return await follow(page, { signal, onSuite });
    } finally {
      await page.close();
    }
  } finally {
    close();
  }
}

/**
 * @param {import("../browsers.mjs").Page} page
 * @param {Pick<import("../targets.mjs").Host, "signal" | "onSuite">} host
 */
async function follow(page, { signal, onSuite }) {
  while (!signal.aborted) {
    const run = /** @type {any} */ (await page.evaluate("globalThis.kmsWrapRun"));
    if (run?.report) return run.report;
    if (run?.error) throw new Error(run.error);
    if (run?.suite) onSuite(run.suite);
    await sleep(POLL_MS);
  }
  throw signal.reason;
}
