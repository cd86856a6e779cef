/**
 * Makes a fresh clone ready: installs the packages when they are missing or older than the lock file, builds when
 * dist/ is missing or older than its sources. Needs nothing but Node and npm; quick when there is nothing to do.
 */

import { execSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { installPackages, modified } from "./install.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** @param {string} folder */
function newestIn(folder) {
  const files = readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, `${entry.parentPath}/${entry.name}`))
    .filter((path) => !path.includes("generated"));
  return Math.max(...files.map(modified));
}

installPackages(".");

const sources = Math.max(
  ...["src", "assembly", "scripts"].map(newestIn),
  modified("tsconfig.build.json"),
  modified("package-lock.json"),
);
if (modified("dist/index.js") < sources) {
  console.error("kms-wrap set-up: npm run build");
  execSync("npm run build", { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
}
