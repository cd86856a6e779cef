/** The Debian packages that hold the other implementations: one list, for `npm run test:interop` and for .ci/run. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export const PACKAGES = readFileSync(new URL("debian-packages.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");

/** Installs them where that can be done without asking: as root, with apt-get. */
export function installPackages() {
  if (process.getuid?.() !== 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  /** @param {readonly string[]} args */
  const aptGet = (args) => execFileSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
  try {
    aptGet(["update", "-qq"]);
    aptGet(["install", "-y", "-qq", "--no-install-recommends", ...PACKAGES]);
  } catch (error) {
    console.error(`The packages could not be installed: ${/** @type {Error} */ (error).message}`);
  }
}
