/**
 * `npm run test:package`: packs the tarball, installs it into an empty project, and uses it there as consumers do.
 * Installs the runtimes and bundlers that this takes when they are missing or older than their lock files.
 *
 *     npm run test:package [-- options of vitest]
 */

import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** @param {string} path */
function modified(path) {
  return statSync(`${root}${path}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, ...args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

for (const folder of ["test/runtimes", "test/consumer"])
  if (modified(`${folder}/node_modules/.package-lock.json`) < modified(`${folder}/package-lock.json`))
    run("npm", "ci", "--silent", "--prefix", folder);

const config = ["--config", "test/consumer/vitest.config.ts"];
const reporters = ["--reporter=default", "--reporter=./test/consumer/table-reporter.mjs"];
run(
  process.execPath,
  "node_modules/vitest/vitest.mjs",
  "run",
  ...config,
  ...reporters,
  ...process.argv.slice(2),
);
