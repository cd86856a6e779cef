/** Runs the bundled suites as a script of Node, Deno or Bun. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import("../targets.mjs").Host} host
 * @returns {Promise<import("../harness/run-suites.ts").Report>}
 */
export async function runScript(command, args, { signal, onSuite }) {
  const program = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], signal });
  const ended = once(program, "close");
  const said = text(program.stderr);
  let report;
  for await (const line of createInterface(program.stdout)) {
    const message = JSON.parse(line);
    if (message.suite !== undefined) onSuite(message.suite);
    report = message.report ?? report;
  }
  const [status] = await ended;
  if (report === undefined) throw new Error(`ended with status ${status} and no report\n${await said}`);
  return report;
}
