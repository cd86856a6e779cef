/**
 * Loads suites of the working directory the quick way: each source is stripped of its types once, and evaluated anew for each run in this
 * process. What is not the project's own (noble, fast-check, vectors) is loaded once and shared.
 */

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";
import fc from "fast-check";
import { createVitest } from "./vitest.mjs";

/** @typedef {import("./vitest.mjs").Case} Case */
/** @typedef {(require: (path: string) => unknown, module: { exports: unknown }) => void} Compiled */

// The same cases in each run, and no search for a smaller one: a mutant is killed at once, or not at all.
fc.configureGlobal({ seed: 20_261_123, endOnFailure: true });

const SUITES = "test/suites";
const requirePackage = createRequire(resolve("package.json"));
/** @type {Map<string, Compiled>} */
const compiled = new Map();
/** @type {Map<string, unknown>} */
const data = new Map();

/**
 * The suites whose paths, as seen from test/suites, begin with one of `prefixes`, in that order.
 *
 * @param {readonly string[]} prefixes
 * @returns {string[]}
 */
export function findSuites(prefixes) {
  const suites = [".", "../node"]
    .flatMap((folder) =>
      readdirSync(join(SUITES, folder), { recursive: true, encoding: "utf8" }).map((path) =>
        join(folder, path),
      ),
    )
    .filter((path) => path.endsWith(".test.ts"))
    .sort();
  return [...new Set(prefixes.flatMap((prefix) => suites.filter((path) => path.startsWith(prefix))))];
}

/**
 * Evaluates a suite with fresh modules.
 *
 * @param {string} suite - its path below test/suites.
 * @returns {Case[]} its cases, not yet run.
 */
export function loadSuite(suite) {
  /** @type {Map<string, { exports: unknown }>} */
  const modules = new Map();
  const { api, cases } = createVitest(suite, () => modules.clear());

  /** @param {string} path */
  function load(path) {
    if (path.endsWith(".json")) return json(path);
    const known = modules.get(path);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(path, module);
    const require = (/** @type {string} */ to) =>
      to === "vitest" ? api : to.startsWith(".") ? load(join(dirname(path), to)) : requirePackage(to);
    compile(path)(require, module);
    return module.exports;
  }

  load(resolve(SUITES, suite));
  return cases;
}

/** @param {string} path */
function compile(path) {
  const known = compiled.get(path);
  if (known !== undefined) return known;
  const { code } = transformSync(readFileSync(path, "utf8"), {
    loader: "ts",
    format: "cjs",
    target: "node20",
    supported: { "dynamic-import": false },
  });
  const fresh = /** @type {Compiled} */ (compileFunction(code, ["require", "module"], { filename: path }));
  compiled.set(path, fresh);
  return fresh;
}

/**
 * What a JSON file is taken to hold from now on.
 *
 * @param {string} path - absolute
 * @param {unknown} content
 */
export function preload(path, content) {
  data.set(path, content);
}

/** @param {string} path */
function json(path) {
  if (!data.has(path)) data.set(path, JSON.parse(readFileSync(path, "utf8")));
  return data.get(path);
}
