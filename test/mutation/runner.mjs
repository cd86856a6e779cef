/**
 * Stryker's test runner for the suites: a plug-in, because one that starts vitest for each of some thousand mutants
 * takes ten times as long. Modules are evaluated anew for each mutant and suite, as vitest does.
 */

import { Script } from "node:vm";
import { currentFolder } from "./folders.mjs";
import { findSuites, loadSuite } from "./suites.mjs";

/**
 * @typedef {Record<string, number>} Hits - how often each mutant's place was passed
 * @typedef {object} Instrumentation - what instrumented code reads and writes
 * @property {string} [activeMutant]
 * @property {string} [currentTestId]
 * @property {number} [hitCount]
 * @property {number} [hitLimit]
 * @property {() => unknown} [guarded]
 * @property {{ static: Hits, perTest: Record<string, Hits> }} [mutantCoverage]
 * @typedef {object} MutantRun
 * @property {{ id: string }} activeMutant
 * @property {string[]} [testFilter]
 * @property {number} [hitLimit]
 */

/** @type {Instrumentation} */
const instrumentation = {};
Object.assign(globalThis, { __stryker__: instrumentation });

class SuiteRunner {
  /** @type {string[]} */
  #suites = [];

  capabilities() {
    return { reloadEnvironment: true };
  }

  /** Stryker has made its copy of the project the working directory by now. */
  init() {
    this.#suites = findSuites(currentFolder().suites);
    for (const suite of this.#suites) loadSuite(suite); // compiles: what is stopped below must be the suites' own
  }

  async dryRun() {
    /** @type {Hits} */
    const loading = {};
    const mutantCoverage = { static: loading, perTest: {} };
    const tests = [];
    for (const suite of this.#suites) {
      Object.assign(instrumentation, { mutantCoverage: { ...mutantCoverage, static: {} } });
      for (const { id, run } of loadSuite(suite)) {
        instrumentation.currentTestId = id;
        const start = performance.now();
        const failure = await failureOf(run);
        delete instrumentation.currentTestId;
        const test = {
          id,
          name: id,
          fileName: `test/suites/${suite}`,
          timeSpentMs: performance.now() - start,
        };
        tests.push(
          failure === undefined ? { ...test, status: 0 } : { ...test, status: 1, failureMessage: failure },
        );
      }
      const passed = instrumentation.mutantCoverage?.static ?? {};
      for (const [mutant, hits] of Object.entries(passed)) loading[mutant] = (loading[mutant] ?? 0) + hits;
    }
    return { status: "complete", tests, mutantCoverage };
  }

  /** @param {MutantRun} options */
  async mutantRun({ activeMutant, testFilter, hitLimit = Number.POSITIVE_INFINITY }) {
    Object.assign(instrumentation, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    const suites = this.#suites.filter((suite) => testFilter?.some((id) => id.startsWith(suite)) ?? true);
    const wanted = testFilter && new Set(testFilter);
    let nrOfTests = 0;
    try {
      for (const suite of suites)
        for (const { id, run } of await untilEndless(() => loadSuite(suite)))
          if (wanted?.has(id) ?? true) {
            nrOfTests++;
            await untilEndless(run);
          }
      return { status: "survived", nrOfTests };
    } catch (error) {
      const failureMessage = String(error);
      if (isEndless(error) || (instrumentation.hitCount ?? 0) > hitLimit)
        return { status: "timeout", reason: failureMessage };
      return { status: "killed", killedBy: [], failureMessage, nrOfTests };
    } finally {
      delete instrumentation.activeMutant;
    }
  }
}

/** @param {() => Promise<void>} run */
async function failureOf(run) {
  try {
    await run();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/** What Node throws at a loop without end. */
const ENDLESS = "ERR_SCRIPT_EXECUTION_TIMEOUT";
const FIRST_LIMIT_MS = 2000;
/** How many times as long as without the mutant is endless. */
const PATIENCE = 5;
const guarded = new Script("__stryker__.guarded()");

/**
 * Runs `run`, and stops it where it does not come to an end. A machine that is busy must not look like that: what takes
 * long is timed without the mutant, and tried again.
 *
 * @template T
 * @param {() => T} run
 * @returns {Promise<Awaited<T>>}
 */
async function untilEndless(run) {
  try {
    return await within(FIRST_LIMIT_MS, run);
  } catch (error) {
    if (!isEndless(error)) throw error;
  }
  const { activeMutant } = instrumentation;
  delete instrumentation.activeMutant;
  const start = performance.now();
  await run();
  const limit = FIRST_LIMIT_MS + PATIENCE * Math.ceil(performance.now() - start);
  Object.assign(instrumentation, { activeMutant });
  return await within(limit, run);
}

/**
 * @template T
 * @param {number} timeout
 * @param {() => T} run
 * @returns {T}
 */
function within(timeout, run) {
  instrumentation.guarded = run;
  return guarded.runInThisContext({ timeout });
}

/** @param {unknown} error */
function isEndless(error) {
  return error instanceof Error && "code" in error && error.code === ENDLESS;
}

export const strykerPlugins = [{ kind: "TestRunner", name: "suites", factory: () => new SuiteRunner() }];
