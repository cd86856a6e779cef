/** The runtimes of package.json beside this file that are installed, and how a script is started in each. */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * @typedef {object} Runtime
 * @property {string} name
 * @property {string} command
 * @property {string[]} args - before the script's path
 */

/**
 * @param {string} name
 * @param {string} path - below test/runtimes/node_modules
 * @param {string[]} [args]
 * @returns {Runtime}
 */
function installed(name, path, args = []) {
  return { name, command: fileURLToPath(new URL(`node_modules/${path}`, import.meta.url)), args };
}

/** @type {Runtime[]} */
const KNOWN = [
  { name: `Node ${process.versions.node.split(".")[0]}`, command: process.execPath, args: [] },
  installed("Node 24", "node24/bin/node"),
  installed("Deno", "@deno/linux-x64-glibc/deno", ["run", "--allow-all", "--no-lock"]),
  installed("Bun", "@oven/bun-linux-x64/bin/bun"),
];

/** @returns {Runtime[]} the one this runs in first, each name once */
export function installedRuntimes() {
  return KNOWN.filter(
    ({ name, command }, i) => existsSync(command) && KNOWN.findIndex((r) => r.name === name) === i,
  );
}
