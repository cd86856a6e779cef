/**
 * Installs what a script needs when it is missing: npm packages by their lock file; Debian packages where that can be
 * done without asking. Quick when there is nothing to do. Needs nothing but Node and npm.
 */

import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * When a file was last changed; 0 if it is not there.
 *
 * @param {string} path - below the root of the project
 */
export function modified(path) {
  return statSync(`${root}${path}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * The packages of a folder, when they are missing or older than its lock file. Throws where they cannot be installed.
 *
 * @param {string} folder - "." or one below the root of the project
 */
export function installPackages(folder) {
  if (modified(`${folder}/node_modules/.package-lock.json`) < modified(`${folder}/package-lock.json`))
    run("npm", ["ci", "--no-progress", "--prefix", folder]);
}

/**
 * As root, with apt-get; elsewhere nothing happens. What could not be installed is told where it is missing.
 *
 * @param {readonly string[]} names
 */
export function installDebianPackages(names) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  try {
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...names]);
  } catch (error) {
    console.error(`apt-get failed: ${/** @type {Error} */ (error).message}`);
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  console.error(`kms-wrap set-up: ${command} ${args.join(" ")}`);
  execFileSync(command, args, {
    cwd: root,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
}
