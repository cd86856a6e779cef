/**
 * Bundles the suites, with a small runner in vitest's place, into one file that any host can evaluate: it has no
 * import left but that of .wasm modules, which a host may resolve, so that a `node:` module in a suite is an error here.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { PROPERTY_RUNS_SHARE } from "./settings.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const HARNESS = join(ROOT, "test/runtimes/harness");
const SUITES = join(ROOT, "test/suites");

/** @typedef {{ only?: RegExp | undefined, without?: RegExp[] | undefined }} Choice */

/** How a suite imports the library anew: `import("../../src/index.ts")`. */
const FRESH_IMPORT = /\bimport\("(?:\.\.\/)+(src\/[^"]+)"\)/g;

/**
 * @param {string} entry - in the folder harness
 * @param {string} outfile
 * @param {Choice} [choice] - of suites, by path below test/suites
 */
export async function bundleSuites(entry, outfile, choice = {}) {
  await build({
    entryPoints: [join(HARNESS, entry)],
    outfile,
    external: ["./wasm/*.wasm"],
    bundle: true,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    mainFields: ["module", "main"],
    alias: { vitest: join(HARNESS, "vitest.ts") },
    // Colours of messages are the only thing that is asked of it, and Deno would want a permission for that.
    define: { PROPERTY_RUNS_SHARE: String(PROPERTY_RUNS_SHARE), process: "undefined" },
    plugins: [virtualModules(suitePaths(choice))],
    logLevel: "warning",
  });
}

/** @param {Choice} choice */
function suitePaths({ only = /^/, without = [] }) {
  const paths = readdirSync(SUITES, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".test.ts"),
  );
  return paths.filter((path) => only.test(path) && !without.some((left) => left.test(path))).sort();
}

/**
 * Every suite behind an import of its own: it is evaluated when it is asked for, not before.
 *
 * @param {string[]} suites
 */
function suitesModule(suites) {
  const loaders = suites.map((path) => `${JSON.stringify(path)}: () => import("./${path}")`);
  return `export const SUITES = { ${loaders.join(", ")} };`;
}

/**
 * The library as a function that evaluates it, with the modules by name that suites import anew.
 *
 * @param {string[]} suites
 */
async function libraryModule(suites) {
  const texts = suites.map((path) => readFileSync(join(SUITES, path), "utf8"));
  const paths = [
    ...new Set(texts.flatMap((text) => [...text.matchAll(FRESH_IMPORT)].map(([, path]) => path))),
  ];
  const imports = paths.map((path, i) => `import * as module${i} from "./${path}";`);
  const entries = paths.map((path, i) => `${JSON.stringify(path)}: module${i}`);
  const { outputFiles } = await build({
    stdin: {
      contents: `${imports.join("\n")}\nexport const modules = { ${entries.join(", ")} };`,
      resolveDir: ROOT,
    },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "library",
    target: "es2022",
  });
  return `export function evaluateLibrary() {\n${outputFiles[0]?.text}\nreturn library.modules;\n}`;
}

/**
 * @param {string[]} suites
 * @returns {import("esbuild").Plugin}
 */
const virtualModules = (suites) => ({
  name: "virtual modules",
  setup(building) {
    building.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: "virtual" }));
    building.onLoad({ filter: /^virtual:suites$/, namespace: "virtual" }, () => ({
      contents: suitesModule(suites),
      resolveDir: SUITES,
    }));
    building.onLoad({ filter: /^virtual:library$/, namespace: "virtual" }, async () => ({
      contents: await libraryModule(suites),
      resolveDir: ROOT,
    }));
    building.onResolve({ filter: /^fast-check$/ }, ({ importer }) =>
      importer.startsWith(HARNESS) ? undefined : { path: join(HARNESS, "fast-check.ts") },
    );
    building.onLoad({ filter: /\.test\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const contents = text.replace(FRESH_IMPORT, 'importLibrary("$1")');
      if (contents === text) return undefined;
      const fresh = relative(join(path, ".."), join(HARNESS, "fresh.ts"));
      return { contents: `import { importLibrary } from "${fresh}";\n${contents}`, loader: "ts" };
    });
  },
});
