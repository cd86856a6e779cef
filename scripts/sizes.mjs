/**
 * What a user pays: each entry point bundled with all that it needs, minified and gzipped, and the WASM binaries.
 *
 *     node scripts/sizes.mjs
 */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { table } from "./table.mjs";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));

/**
 * The most that each may weigh, in bytes after gzip: kept by a test, so that nothing grows unnoticed. The aims are lower,
 * 64 kB and 32 kB: see bench/targets.mjs. Of kms-wrap/portable, @noble/* is 20 kB, and messages and hints are 8 kB; a
 * Weierstrass curve of our own in place of noble's would save 8 kB.
 */
export const BUDGETS = {
  "kms-wrap": 73_000,
  "kms-wrap/portable": 42_500,
  "WASM binaries": 30_000,
};

/** @param {string} source - the module, for instance `export * from "kms-wrap"` */
async function bundled(source) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: dist },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "browser",
  });
  return gzipSync(outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length;
}

/** @returns {Promise<Record<string, number>>} bytes after minification and gzip */
export async function measureSizes() {
  const binaries = readdirSync(`${dist}wasm`).map(
    (name) => gzipSync(readFileSync(`${dist}wasm/${name}`), { level: 9 }).length,
  );
  return {
    "kms-wrap": await bundled('export * from "./index.js"'),
    "kms-wrap, wrap alone": await bundled('export { wrap } from "./index.js"'),
    "kms-wrap/portable": await bundled('export * from "./portable.js"'),
    "kms-wrap/portable, wrap alone": await bundled('export { wrap } from "./portable.js"'),
    "kms-wrap/schemes": await bundled('export * from "./schemes.js"'),
    "WASM binaries": binaries.reduce((sum, size) => sum + size, 0),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = Object.entries(await measureSizes()).map(([name, size]) => [
    name,
    `${(size / 1000).toFixed(1)} kB`,
  ]);
  console.log(table(["entry point", "minified and gzipped"], rows));
}
