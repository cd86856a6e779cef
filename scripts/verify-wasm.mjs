/**
 * Shows that the WASM binaries come from the sources in assembly/: builds them anew, twice, in temporary folders, and
 * compares the SHA-256 of each with the committed list and with every binary that a package holds.
 *
 *     npm run verify:wasm                               this checkout's dist/
 *     npm run verify:wasm -- node_modules/kms-wrap      an installed package, against this checkout's sources
 *     npm run verify:wasm -- --update                   a kernel was changed: writes assembly/SHA256SUMS
 */

import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { table } from "./table.mjs";
import { binariesIn, committedSums, rebuiltSums, SUMS_FILE, UPDATE_COMMAND } from "./wasm-sums.mjs";

/** Each binary lies in a package three times. */
const PLACES = /** @type {const} */ ([
  ["shipped", /^wasm\/[^/]+\.wasm$/],
  ["embedded in the library", /^engine\/wasm\/generated\/[^/]+\.js$/],
  ["embedded in the command", /^cli\/main\.cjs$/],
]);

/** @param {Map<string, string>} rebuilt */
function update(rebuilt) {
  const lines = [...rebuilt].sort().map(([file, sum]) => `${sum}  ${file}\n`);
  writeFileSync(SUMS_FILE, lines.join(""));
  console.log(lines.join(""));
}

/**
 * @param {Map<string, string>} rebuilt
 * @param {string} dist
 * @returns {string[]} what is wrong
 */
function compare(rebuilt, dist) {
  const committed = committedSums();
  const found = binariesIn(dist);
  const wrong = found
    .filter(({ sum }) => ![...rebuilt.values()].includes(sum))
    .map(({ place, sum }) => `${place} holds a binary that these sources do not give: ${sum}`);
  const rows = [...rebuilt].map(([file, sum]) => {
    const cells = PLACES.map(([what, pattern]) => {
      const copies = found.filter(({ place, sum: other }) => pattern.test(place) && other === sum).length;
      if (copies !== 1) wrong.push(`${file}: ${what} ${copies} times, expected once`);
      return copies === 1 ? "same" : "DIFFERENT";
    });
    const same = committed.get(file) === sum;
    if (!same) wrong.push(`${file}: assembly/SHA256SUMS has another sum; if so intended, ${UPDATE_COMMAND}`);
    return [file, sum, same ? "same" : "DIFFERENT", ...cells];
  });
  for (const file of committed.keys())
    if (!rebuilt.has(file)) wrong.push(`${file} is in assembly/SHA256SUMS and no longer built`);
  console.log(table(["rebuilt", "SHA-256", "assembly/SHA256SUMS", ...PLACES.map(([what]) => what)], rows));
  return wrong;
}

/** @param {string | undefined} folder - of a package; npm tells where the user stood when he named it */
function distOf(folder) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  return join(folder === undefined ? root : resolve(process.env["INIT_CWD"] ?? "", folder), "dist");
}

/** @param {string[]} wrong */
function conclude(wrong) {
  console.log(wrong.length ? `\n${wrong.join("\n")}` : "\nEvery binary is what these sources give.");
  process.exitCode = wrong.length ? 1 : 0;
}

const argument = process.argv[2];
const dist = distOf(argument === "--update" ? undefined : argument);
if (!existsSync(dist)) {
  console.error(
    `There is no ${dist}: name the folder of an installed package, for instance node_modules/kms-wrap.`,
  );
  process.exit(2);
}
const [rebuilt, again] = await Promise.all([rebuiltSums(), rebuiltSums()]);
if (JSON.stringify([...rebuilt]) !== JSON.stringify([...again])) {
  conclude(["Two builds of the same sources differ: the build is not reproducible."]);
} else if (argument === "--update") {
  update(rebuilt);
} else {
  console.log(`Built twice from assembly/, compared with ${dist}:\n`);
  conclude(compare(rebuilt, dist));
}
