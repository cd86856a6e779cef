/** A copy of the project in a temporary folder, to break and mend, and the outcome of its tests. */

import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BINARIES } from "../../assembly/binaries.mjs";

/** @typedef {import("./all.mjs").Break} Break */
/** @typedef {import("./all.mjs").Shown} Shown */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Not the sources', or of no use to the tests. */
const LEFT_OUT = ["node_modules", ".git", "coverage", ".fuzz"];
/** Where builds put what they make. */
const BUILT = ["src/engine/wasm/generated", "dist"];
/** Tests in browsers have a configuration, and packages, of their own. */
const PAGE_TESTS = "test/page/";
/** How what fails by an assertion begins: vitest's own, about values and promises, and fast-check's about one of these. */
const ASSERTION = /^(AssertionError|Error: promise rejected|Error: Property failed)/;

export class ProjectCopy {
  #folder = realpathSync(mkdtempSync(join(tmpdir(), "kms-wrap-guarantees-")));
  /** What a break has changed: path → content. @type {Map<string, string>} */
  #whole = new Map();
  #isRebuilt = false;

  constructor() {
    cpSync(ROOT, this.#at("."), {
      recursive: true,
      filter: (path) => !LEFT_OUT.some((name) => path.endsWith(`/${name}`)),
    });
    for (const packages of ["node_modules", "test/runtimes/node_modules"])
      if (existsSync(join(ROOT, packages))) linkPackages(join(ROOT, packages), this.#at(packages));
    for (const folder of BUILT) cpSync(join(ROOT, folder), this.#at(`whole/${folder}`), { recursive: true });
  }

  /**
   * @param {Break} one
   * @returns {boolean} false if that does not build
   */
  break({ in: file, replace, by }) {
    const whole = readFileSync(this.#at(file), "utf8");
    if (whole.split(replace).length !== 2) throw new Error(`${file} does not hold once: ${replace}`);
    this.#whole.set(file, whole);
    writeFileSync(
      this.#at(file),
      whole.replace(replace, () => by),
    );
    const command = buildOf(file);
    if (command === undefined) return true;
    this.#isRebuilt = true;
    return spawnSync(process.execPath, command, { cwd: this.#folder }).status === 0;
  }

  mend() {
    for (const [file, whole] of this.#whole) writeFileSync(this.#at(file), whole);
    this.#whole.clear();
    if (!this.#isRebuilt) return;
    for (const folder of BUILT) cpSync(this.#at(`whole/${folder}`), this.#at(folder), { recursive: true });
    this.#isRebuilt = false;
  }

  /**
   * Runs the tests that are named, up to the first that fails.
   *
   * @param {Shown} shown
   * @returns {string} "passes", "fails by an assertion", or what else became of it
   */
  runTests({ file, name }) {
    const report = this.#at("report.json");
    rmSync(report, { force: true });
    const pattern = name === undefined ? [] : ["-t", patternOf(name)];
    const config = file.startsWith(PAGE_TESTS) ? [`--config=${PAGE_TESTS}vitest.config.ts`] : [];
    const options = [...config, "--bail=1", "--reporter=json", `--outputFile=${report}`];
    const vitest = this.#at("node_modules/vitest/vitest.mjs");
    spawnSync(process.execPath, [vitest, "run", file, ...pattern, ...options], { cwd: this.#folder });
    return existsSync(report) ? outcomeOf(JSON.parse(readFileSync(report, "utf8"))) : "ends without a report";
  }

  remove() {
    rmSync(this.#folder, { recursive: true });
  }

  /** @param {string} path */
  #at(path) {
    return join(this.#folder, path);
  }
}

/**
 * What builds those products of a source that tests take as they are. They bundle the command by themselves.
 *
 * @param {string} file
 */
function buildOf(file) {
  const folder = dirname(file);
  if (folder === "src/page" || file === "scripts/build-page.mjs") return ["scripts/build-page.mjs"];
  if (!folder.startsWith("assembly/")) return undefined;
  const binaries = BINARIES.filter(({ entry }) => dirname(entry) === folder);
  return ["scripts/build-wasm.mjs", ...binaries.map(({ name }) => name)];
}

/**
 * A folder of packages of its own, so that what tools write beside packages stays in the copy.
 *
 * @param {string} from
 * @param {string} to
 */
function linkPackages(from, to) {
  mkdirSync(to);
  for (const name of readdirSync(from))
    if (!name.startsWith(".") || name === ".bin" || name === ".package-lock.json")
      symlinkSync(join(from, name), join(to, name));
}

/** What vitest puts into a title: of the whole title, a pattern. @param {string} name */
function patternOf(name) {
  return name
    .split(/%[a-z]|\$\w+/)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    .join(".*");
}

/**
 * @typedef {{ status: string, failureMessages?: string[] }} Test
 * @param {{ testResults: { status: string, message: string, assertionResults: Test[] }[] }} report
 */
function outcomeOf({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === "failed");
  const reasons = failed.flatMap(({ failureMessages = [] }) => failureMessages);
  if (reasons.some((reason) => ASSERTION.test(reason))) return "fails by an assertion";
  const [broken] = [
    ...reasons,
    ...testResults.filter(({ status }) => status === "failed").map(({ message }) => message),
  ];
  if (broken !== undefined) return `fails by ${broken.split("\n", 1)[0]}`;
  return tests.some(({ status }) => status === "passed") ? "passes" : "does not run";
}
