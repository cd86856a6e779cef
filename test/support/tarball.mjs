/** The package as it is published. */

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Packs what dist/ holds: it is not built again, under the feet of other tests.
 *
 * @param {string} folder - where the tarball goes
 * @returns {string} its path
 */
export function packTarball(folder) {
  const options = ["--json", "--ignore-scripts", "--loglevel=error", "--pack-destination", folder];
  const said = execFileSync("npm", ["pack", ...options], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: "pipe",
    shell: process.platform === "win32",
  });
  return join(folder, JSON.parse(said)[0].filename);
}
