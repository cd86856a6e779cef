/**
 * `npm run test:mutation [-- formats kms …]`: breaks src in one small way after the other, and counts what the suites
 * notice. Prints a line for each folder; reports/ holds what nobody noticed, for reading.
 */

import { execFileSync, execSync } from "node:child_process";
import { mkdirSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { alterVectors } from "./alter-vectors.mjs";
import { CURRENT, FOLDERS, reportPath } from "./folders.mjs";
import { count, survivors } from "./report.mjs";

process.chdir(fileURLToPath(new URL("../..", import.meta.url)));
setPriority(10);

const ALTER_VECTORS = "alter-vectors";
const KNOWN = [...Object.keys(FOLDERS), ALTER_VECTORS];

const names = process.argv.length > 2 ? process.argv.slice(2) : KNOWN;
const unknown = names.filter((name) => !KNOWN.includes(name));
if (unknown.length > 0) {
  console.error(`there is no ${unknown.join(", ")}, only ${KNOWN.join(", ")}`);
  process.exit(2);
}

install();
mkdirSync("test/mutation/reports", { recursive: true });
console.log(`commit ${execSync("git describe --always --dirty", { encoding: "utf8" }).trim()}`);
const folders = names.filter((name) => name in FOLDERS);
if (folders.length > 0) console.table(Object.fromEntries(folders.map((name) => [name, mutate(name)])));
if (names.includes(ALTER_VECTORS)) {
  const { altered, unnoticed } = await alterVectors();
  console.log(`${altered} fields of published vectors altered, ${altered - unnoticed.length} noticed`);
  for (const place of unnoticed) console.log(`not noticed: ${place}`);
}

/** @param {string} name */
function mutate(name) {
  const report = reportPath(name);
  const log = openSync(report.replace(".json", ".log"), "w");
  const started = Date.now();
  console.error(`kms-wrap mutation: ${name}`);
  execFileSync("test/mutation/node_modules/.bin/stryker", ["run", "test/mutation/stryker.config.mjs"], {
    env: { ...process.env, [CURRENT]: name },
    stdio: ["ignore", log, log],
  });
  const { files } = JSON.parse(readFileSync(report, "utf8"));
  writeFileSync(report.replace(".json", ".txt"), survivors(files));
  return { ...count(files), minutes: Math.ceil((Date.now() - started) / 60_000) };
}

function install() {
  const modified = (/** @type {string} */ path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (
    modified("test/mutation/node_modules/.package-lock.json") >= modified("test/mutation/package-lock.json")
  )
    return;
  execSync("npm ci --prefix test/mutation", { stdio: ["ignore", "ignore", "inherit"] });
}
