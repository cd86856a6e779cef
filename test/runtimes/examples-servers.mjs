/** The servers that the examples need: a static one for the browser's, workerd for the worker's. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export const WORKERD = fileURLToPath(
  new URL("node_modules/@cloudflare/workerd-linux-64/bin/workerd", import.meta.url),
);
/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html", ".js": "text/javascript" };

/** @typedef {{ url: string, close: () => Promise<void> }} Running */

/**
 * Files by their names and nothing else, as `python3 -m http.server`.
 *
 * @param {string} folder
 * @returns {Promise<Running>}
 */
export async function serveFiles(folder) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname).replace(
      /\/$/,
      "/index.html",
    );
    try {
      const body = readFileSync(join(folder, path));
      response
        .writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream" })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * Runs worker.js of the folder by wrangler.jsonc as wrangler would: bundled, but for the .wasm files, which are modules
 * of their own.
 *
 * @param {string} folder
 * @param {Record<string, string>} vars - in place of those in wrangler.jsonc
 * @returns {Promise<Running>}
 */
export async function runWorker(folder, vars) {
  const settings = JSON.parse(
    readFileSync(join(folder, "wrangler.jsonc"), "utf8").replaceAll(/^\s*\/\/.*$/gm, ""),
  );
  const binaries = await bundleWorker(folder, settings.main);
  const bindings = Object.entries({ ...settings.vars, ...vars }).map(
    ([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`,
  );
  const modules = binaries.map(
    (path) => `(name = "./${basename(path)}", wasm = embed "${path.replace(`${folder}/`, "")}")`,
  );
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "bundle.js"), ${modules.join(", ")}],
  bindings = [${bindings.join(", ")}],
  compatibilityDate = "${settings.compatibility_date}",
);
`;
  writeFileSync(join(folder, "worker.capnp"), config);
  return startWorkerd(folder);
}

/**
 * @param {string} folder
 * @param {string} main
 * @returns {Promise<string[]>} the .wasm files that it imports
 */
async function bundleWorker(folder, main) {
  /** @type {Set<string>} */
  const binaries = new Set();
  await build({
    absWorkingDir: folder,
    entryPoints: [main],
    outfile: "bundle.js",
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    logLevel: "error",
    plugins: [
      {
        name: "compiled-wasm",
        setup(bundler) {
          bundler.onResolve({ filter: /\.wasm$/ }, async ({ path, pluginData, ...rest }) => {
            if (pluginData === "resolving") return undefined;
            const found = await bundler.resolve(path, { ...rest, pluginData: "resolving" });
            binaries.add(found.path);
            return { path: `./${basename(found.path)}`, external: true };
          });
        },
      },
    ],
  });
  return [...binaries];
}

/**
 * @param {string} folder
 * @returns {Promise<Running>}
 */
async function startWorkerd(folder) {
  const process = spawn(WORKERD, ["serve", "worker.capnp", "--control-fd=3"], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const exited = once(process, "exit");
  const control = /** @type {import("node:stream").Readable} */ (process.stdio[3]);
  // One line of JSON for each socket: {"event": "listen", "socket": "http", "port": 40001}
  const [line] = await Promise.race([once(control, "data"), exited.then(() => [undefined])]);
  if (line === undefined) throw new Error("workerd ended before it listened");
  return {
    url: `http://127.0.0.1:${JSON.parse(String(line).split("\n")[0] ?? "").port}/`,
    async close() {
      process.kill();
      await exited;
    },
  };
}
