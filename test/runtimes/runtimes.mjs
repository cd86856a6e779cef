/** The runtimes of package.json beside this file, and how a script is started in each that is installed. */

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @param {string} path - below test/runtimes/node_modules */
const installed = (path) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));

/** Each carries its program in its package. */
export const BINARIES = {
  node20: installed("node20/bin/node"),
  node22: installed("node22/bin/node"),
  node24: installed("node24/bin/node"),
  node26: installed("node26/bin/node"),
  deno: installed("@deno/linux-x64-glibc/deno"),
  bun: installed("@oven/bun-linux-x64/bin/bun"),
  workerd: installed("@cloudflare/workerd-linux-64/bin/workerd"),
};

/** @typedef {keyof typeof BINARIES} RuntimeName */

/** @param {RuntimeName} name - @returns {string | undefined} */
export function whyNotInstalled(name) {
  return existsSync(BINARIES[name]) ? undefined : `${name} is not installed: npm ci --prefix test/runtimes`;
}

/** @param {RuntimeName} name - @returns {string} "24.21.0" */
export function versionOf(name) {
  const text = execFileSync(BINARIES[name], ["--version"], { encoding: "utf8" });
  return /\d+[.-]\d+[.-]\d+/.exec(text)?.[0] ?? text.trim();
}

/**
 * @typedef {object} Runtime
 * @property {string} name
 * @property {string} command
 * @property {string[]} args - before the script's path
 */

/** @type {Runtime[]} */
const KNOWN = [
  { name: `Node ${process.versions.node.split(".")[0]}`, command: process.execPath, args: [] },
  { name: "Node 24", command: BINARIES.node24, args: [] },
  { name: "Deno", command: BINARIES.deno, args: ["run", "--allow-all", "--no-lock"] },
  { name: "Bun", command: BINARIES.bun, args: [] },
];

/** @returns {Runtime[]} for the benchmarks: the one this runs in first, each name once */
export function installedRuntimes() {
  return KNOWN.filter(
    ({ name, command }, i) => existsSync(command) && KNOWN.findIndex((r) => r.name === name) === i,
  );
}
