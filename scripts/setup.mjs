/**
 * Makes a fresh clone ready: installs the packages when they are missing or older than the lock file, builds when
 * dist/ is missing or older than its sources. Needs nothing but Node and npm; quick when there is nothing to do.
 */

import { execSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

/** @param {string} path */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** @param {string} folder */
function newestIn(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !`${entry.parentPath}/${entry.name}`.includes("generated"),
  );
  return Math.max(...files.map((file) => modified(`${file.parentPath}/${file.name}`)));
}

/**
 * @param {string} what
 * @param {string} command
 */
function run(what, command) {
  console.error(`kms-wrap set-up: ${what} (${command})`);
  execSync(command, { stdio: ["ignore", "ignore", "inherit"] });
}

if (modified("node_modules/.package-lock.json") < modified("package-lock.json"))
  run("installing packages", "npm ci");

const sources = Math.max(
  ...["src", "assembly", "scripts"].map(newestIn),
  modified("tsconfig.build.json"),
  modified("package-lock.json"),
);
if (modified("dist/index.js") < sources) run("building", "npm run build");
