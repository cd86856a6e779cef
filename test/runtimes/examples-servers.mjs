/** The servers that the examples need: a static one for the browser's, workerd for the worker's. */

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, relative } from "node:path";
import { build } from "esbuild";
import { listen } from "./local-server.mjs";
import { startWorkerd } from "./workerd.mjs";

/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html", ".js": "text/javascript" };

/**
 * Files by their names and nothing else, as `python3 -m http.server`.
 *
 * @param {string} folder
 */
export function serveFiles(folder) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = normalize(pathname).replace(/\/$/, "/index.html");
    try {
      const body = readFileSync(join(folder, path));
      const type = TYPES[extname(path)] ?? "application/octet-stream";
      response.writeHead(200, { "Content-Type": type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return listen(server);
}

/**
 * Runs worker.js of the folder by wrangler.jsonc as wrangler would: bundled, but for the .wasm files, which are modules
 * of their own.
 *
 * @param {string} folder
 * @param {Record<string, string>} vars - in place of those in wrangler.jsonc
 */
export async function runWorker(folder, vars) {
  const settings = JSON.parse(
    readFileSync(join(folder, "wrangler.jsonc"), "utf8").replaceAll(/^\s*\/\/.*$/gm, ""),
  );
  const { port, stop } = await startWorkerd(folder, {
    script: "bundle.js",
    binaries: await bundleWorker(folder, settings.main, "bundle.js"),
    compatibilityDate: settings.compatibility_date,
    vars: { ...settings.vars, ...vars },
  });
  return { url: `http://127.0.0.1:${port}/`, close: stop };
}

/**
 * @param {string} folder
 * @param {string} main
 * @param {string} outfile
 * @returns {Promise<string[]>} the .wasm files that it imports, by their paths in the folder
 */
async function bundleWorker(folder, main, outfile) {
  /** @type {Set<string>} */
  const binaries = new Set();
  /** @type {import("esbuild").Plugin} */
  const compiledWasm = {
    name: "compiled-wasm",
    setup(bundler) {
      bundler.onResolve({ filter: /\.wasm$/ }, async ({ path, pluginData, ...rest }) => {
        if (pluginData === "resolving") return undefined;
        const found = await bundler.resolve(path, { ...rest, pluginData: "resolving" });
        const inFolder = relative(folder, found.path);
        binaries.add(inFolder);
        return { path: `./${inFolder}`, external: true };
      });
    },
  };
  await build({
    absWorkingDir: folder,
    entryPoints: [main],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    logLevel: "error",
    plugins: [compiledWasm],
  });
  return [...binaries];
}
