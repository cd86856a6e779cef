/** Installs what `npm run test:runtimes` needs: the packages beside this file, and Debian's browsers where it may. */

import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BROWSERS, DEBIAN_PACKAGES, missingPrograms } from "./browsers.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** @param {string} name - in this folder */
const modified = (name) => statSync(`${HERE}${name}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Quick when there is nothing to do. What could not be installed is told later, where it is missing. */
export function prepare() {
  if (modified("node_modules/.package-lock.json") < modified("package-lock.json"))
    run("npm", ["ci", "--no-progress", "--prefix", HERE]);

  const missing = BROWSERS.filter((browser) => missingPrograms(browser).length > 0);
  if (missing.length === 0 || !existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return;
  const packages = missing.flatMap((browser) => DEBIAN_PACKAGES[browser]);
  try {
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages]);
  } catch (error) {
    console.error(`apt-get failed: ${/** @type {Error} */ (error).message}`);
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  console.error(`kms-wrap runtimes: ${command} ${args.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"], env });
}
