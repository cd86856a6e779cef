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
 * What is measured, and the most that each may weigh, in bytes after gzip: kept by a test, so that nothing grows
 * unnoticed. The aims are lower, 64 kB and 32 kB for the first two: see bench/targets.mjs. Of kms-wrap/portable, @noble/*
 * is 16 kB, and messages and hints are 8 kB; a Weierstrass curve of our own in place of noble's would save 8 kB.
 *
 * The small ones show that what computes nothing brings no engine along, and no curve.
 *
 * @type {Record<string, { source: string, budget: number }>}
 */
const ENTRIES = {
  "kms-wrap": { source: 'export * from "./index.js"', budget: 73_500 },
  "kms-wrap, wrap alone": { source: 'export { wrap } from "./index.js"', budget: 65_500 },
  "kms-wrap/portable": { source: 'export * from "./portable.js"', budget: 43_000 },
  "kms-wrap/portable, wrap alone": { source: 'export { wrap } from "./portable.js"', budget: 34_500 },
  "kms-wrap/schemes": { source: 'export * from "./schemes.js"', budget: 67_500 },
  "kms-wrap, parseWrappingKey alone": {
    source: 'export { parseWrappingKey } from "./index.js"',
    budget: 18_000,
  },
  "kms-wrap, compatibleAlgorithms alone": {
    source: 'export { compatibleAlgorithms } from "./index.js"',
    budget: 1_600,
  },
  "kms-wrap, KmsWrapError alone": { source: 'export { KmsWrapError } from "./index.js"', budget: 250 },
};

/** @type {Record<string, number>} */
export const BUDGETS = {
  ...Object.fromEntries(Object.entries(ENTRIES).map(([name, { budget }]) => [name, budget])),
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
  const files = readdirSync(`${dist}wasm`).filter((name) => name.endsWith(".wasm"));
  const binaries = files.map((name) => gzipSync(readFileSync(`${dist}wasm/${name}`), { level: 9 }).length);
  /** @type {Record<string, number>} */
  const sizes = { "WASM binaries": binaries.reduce((sum, size) => sum + size, 0) };
  for (const [name, { source }] of Object.entries(ENTRIES)) sizes[name] = await bundled(source);
  return sizes;
}

/** @param {number} bytes */
export function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = Object.entries(await measureSizes()).map(([name, size]) => [name, kilobytes(size)]);
  console.log(table(["entry point", "minified and gzipped"], rows));
}
