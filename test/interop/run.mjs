/**
 * Compares with other implementations, both ways and on both engines: what one side wraps the other unwraps to the same
 * bytes. Ends with status 1 if anything differs, or if an implementation is missing. See README.md.
 *
 *     npm run test:interop [-- --seed TEXT] [--json FILE]
 */

import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { installDebianPackages } from "../../scripts/install.mjs";
import { table } from "../../scripts/table.mjs";
import { writeCounts } from "../support/counts.mjs";
import { compareWithPeer } from "./compare.mjs";
import { DEBIAN_PACKAGES } from "./debian-packages.mjs";
import { PEERS } from "./peers.mjs";
import { compareWithToken, TOKENS } from "./tokens.mjs";

/** @typedef {import("./compare.mjs").Row} Row */
/** @typedef {import("./line-process.mjs").LineProcess} LineProcess */

/**
 * @typedef {object} Other
 * @property {string} name
 * @property {(folder: string) => Promise<LineProcess>} start
 * @property {(program: LineProcess, seed: string) => AsyncIterable<Row>} compare
 */

/** @type {readonly Other[]} */
const OTHERS = [
  ...PEERS.map((peer) => ({
    ...peer,
    compare: (/** @type {LineProcess} */ program, /** @type {string} */ seed) =>
      compareWithPeer(peer, program, seed),
  })),
  ...TOKENS.map((token) => ({
    ...token,
    compare: (/** @type {LineProcess} */ program, /** @type {string} */ seed) =>
      compareWithToken(token, program, seed),
  })),
];

/** More than this part of a row set aside is no longer bad luck. */
const MOST_SET_ASIDE = 0.1;

/**
 * Builds and starts a program, and sees whether it answers.
 *
 * @param {Other} other
 * @param {string} folder
 * @returns {Promise<LineProcess | Error>}
 */
async function start(other, folder) {
  try {
    const program = await other.start(folder);
    await program.ask("version");
    return program;
  } catch (error) {
    return /** @type {Error} */ (error);
  }
}

/**
 * All of them; where one does not start, once more after an attempt to install what they need.
 *
 * @param {string} folder
 */
async function startAll(folder) {
  const programs = await Promise.all(OTHERS.map((other) => start(other, folder)));
  if (!programs.some((program) => program instanceof Error)) return programs;
  installDebianPackages(DEBIAN_PACKAGES);
  return Promise.all(
    OTHERS.map(async (other, i) => {
      const program = programs[i];
      return program === undefined || program instanceof Error ? start(other, folder) : program;
    }),
  );
}

/** @param {Row} row */
function verdict({ cases, setAside, failures }) {
  const enough = setAside <= MOST_SET_ASIDE * (cases + setAside);
  if (!enough)
    failures.push(`${setAside} of ${cases + setAside} cases set aside: too many for the known faults`);
  return failures.length === 0 && cases > 0;
}

const { values: options } = parseArgs({ options: { seed: { type: "string" }, json: { type: "string" } } });
const seed = options.seed ?? randomBytes(8).toString("hex");
const folder = mkdtempSync(join(tmpdir(), "kms-wrap-interop-"));
console.log(`seed ${seed} (npm run test:interop -- --seed ${seed} repeats our side of it)`);

/** @type {Row[]} */
const rows = [];
/** @type {string[]} */
const missing = [];
try {
  const programs = await startAll(folder);
  for (const [i, program] of programs.entries()) {
    const other = /** @type {Other} */ (OTHERS[i]);
    if (program instanceof Error) {
      missing.push(`${other.name} is missing: ${program.message.trim().split("\n")[0]}`);
      continue;
    }
    for await (const row of other.compare(program, seed)) rows.push(row);
    program.close();
  }
} finally {
  rmSync(folder, { recursive: true });
}

const bad = rows.filter((row) => !verdict(row));
const head = ["other", "version", "algorithm", "direction", "cases", "set aside", "verdict"];
const cells = rows.map((row) => {
  const { peer, version, algorithm, direction, cases, setAside, failures } = row;
  const result = bad.includes(row) ? `${failures.length} DIFFER` : "same bytes";
  return [peer, version, algorithm, direction, cases, setAside, result];
});
console.log(table(head, cells));
for (const { peer, algorithm, direction, failures } of bad)
  console.log(`${peer}, ${algorithm}, ${direction}:\n  ${failures.slice(0, 10).join("\n  ")}`);
const total = rows.reduce((sum, { cases }) => sum + cases, 0);
console.log(`\n${total} cases in ${rows.length} rows, ${bad.length} rows with a difference.`);
if (missing.length)
  console.log(`${missing.join("\n")}\nDebian has what is needed: ${DEBIAN_PACKAGES.join(" ")}`);

const failed = bad.length + missing.length;
writeCounts(options.json, { passed: rows.length - bad.length, failed });
process.exitCode = failed ? 1 : 0;
