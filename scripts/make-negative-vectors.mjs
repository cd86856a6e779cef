/**
 * Writes vectors/negative from the tables in test/support/negative.
 *
 *     node scripts/make-negative-vectors.mjs            writes the files
 *     node scripts/make-negative-vectors.mjs --check    exits 1 if a file is not what the tables say
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { render } from "./vector-notations.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "vectors/negative");

/** @returns {Promise<Record<string, import("./vector-notations.mjs").Group[]>>} */
async function readTables() {
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-"));
  try {
    const outfile = join(folder, "tables.mjs");
    buildSync({
      entryPoints: [join(root, "test/support/negative/files.ts")],
      bundle: true,
      platform: "node",
      format: "esm",
      outfile,
    });
    return (await import(pathToFileURL(outfile).href)).NEGATIVE_FILES;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const isCheck = process.argv[2] === "--check";
mkdirSync(target, { recursive: true });
for (const [name, groups] of Object.entries(await readTables())) {
  const path = join(target, name);
  const text = render(groups);
  if (!isCheck) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`vectors/negative/${name} is not what test/support/negative says`);
    process.exitCode = 1;
  }
}
