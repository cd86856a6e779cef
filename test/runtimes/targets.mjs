/**
 * Where the suites run, and the engine that each place must have: the one table of `npm run test:runtimes`. What cannot
 * run somewhere is left out here, with the reason, and nowhere else. (Within suites, tests that need a compiler or an
 * absent feature skip themselves; the table that is printed counts them.)
 */

import { whyAbsent } from "./browsers.mjs";
import { runPage } from "./hosts/page.mjs";
import { runScript } from "./hosts/script.mjs";
import { runWorker } from "./hosts/worker.mjs";
import { BINARIES, versionOf, whyNotInstalled } from "./runtimes.mjs";

/**
 * @typedef {object} Host what a run is given
 * @property {AbortSignal} signal - it has taken too long
 * @property {(suite: string) => void} onSuite - a suite begins
 * @property {(version: string) => void} onVersion - of the runtime
 */

/** @typedef {{ name: "wasm" | "portable", features: string[], reason?: string }} Engine what engineInfo() must say */

/**
 * @typedef {object} Target
 * @property {string} id - for the command line; all of a browser begin with its name
 * @property {string} name - for people
 * @property {Engine} engine
 * @property {string} entry - of the bundle, in the folder harness
 * @property {RegExp} [only] - the suites that run, by path below test/suites; all if absent
 * @property {RegExp[]} [without] - the suites that do not
 * @property {Record<string, string>} [also] - what the report must say beside
 * @property {() => Promise<string | undefined>} absent - why it cannot run here
 * @property {(bundle: string, host: Host) => Promise<import("./harness/run-suites.ts").Report>} run
 */

/** @type {Engine} */
const RELAXED = { name: "wasm", features: ["relaxed-simd"] };
/** @type {Engine} no relaxed SIMD, or not without a flag */
const PLAIN = { name: "wasm", features: ["simd"] };
/** @type {Engine} relaxed SIMD, but its multiply-add is not fused: RSA runs on the plain kernel */
const UNFUSED = { name: "wasm", features: ["relaxed-simd", "simd"] };

/** @param {string} reason - @returns {Engine} */
const portable = (reason) => ({ name: "portable", features: [], reason });
const REFUSED = portable("this host refuses to compile sha.wasm");
const ABSENT = portable("this host has no WebAssembly");

/** These open WASM binaries of their own: left out where there is no WebAssembly, or none from bytes. */
const WASM_SUITES = /^wasm-/;
/** Half of the time that all suites take: on Node 20 and 24, and on one runtime or more of each other engine of JavaScript. */
const LONG_SUITES = /^(tampering|leftovers)\./;
/**
 * At the top level of a worker: known answers, which need no random values. The RSA private operation, which blinds with
 * some, is left out by name in harness/worker-top-level.ts.
 */
const KNOWN_ANSWERS = /^vectors\/(?!negative)/;

const WITH_WASM = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";
const WITHOUT_WASM = "default-src 'none'; script-src 'self'";

/** Of the environment, the suites read the seed of their fuzzing and nothing else. */
const DENO = ["run", "--no-prompt", "--no-lock", "--allow-env=FUZZ_SEED"];

/** @type {Target[]} */
export const TARGETS = [
  script("node20", "Node 20", PLAIN),
  { ...script("node22", "Node 22", RELAXED), without: [LONG_SUITES] },
  script("node24", "Node 24", RELAXED),
  { ...script("node26", "Node 26", RELAXED), without: [LONG_SUITES] },
  {
    ...script("node24", "Node 24 without WebAssembly", ABSENT, ["--jitless"]),
    id: "node-jitless",
    without: [WASM_SUITES, LONG_SUITES],
  },
  script("deno", "Deno", RELAXED, DENO),
  script("bun", "Bun", UNFUSED),
  ...page("chromium", "Chromium", RELAXED),
  ...page("firefox", "Firefox", RELAXED),
  // Its engine is Bun's, and slower by half.
  ...page("webkit", "WebKit", PLAIN).map((target) => ({ without: [LONG_SUITES], ...target })),
  { ...worker("workerd", "workerd", "worker-handler.ts", REFUSED), without: [WASM_SUITES, LONG_SUITES] },
  {
    ...worker("workerd-modules", "workerd, imported modules", "worker-modules.ts", RELAXED),
    without: [LONG_SUITES],
  },
  {
    ...worker("workerd-top-level", "workerd, top level", "worker-top-level.ts", RELAXED),
    only: KNOWN_ANSWERS,
    also: { codeOfWrap: "RANDOM_UNAVAILABLE" },
  },
];

/**
 * @param {"node20" | "node22" | "node24" | "node26" | "deno" | "bun"} id
 * @param {string} name
 * @param {Engine} engine
 * @param {string[]} [args]
 * @returns {Target}
 */
function script(id, name, engine, args = []) {
  return {
    id,
    name,
    engine,
    entry: "script.ts",
    absent: async () => whyNotInstalled(id),
    run: async (bundle, host) => {
      host.onVersion(versionOf(id));
      return runScript(BINARIES[id], [...args, bundle], host);
    },
  };
}

/**
 * A browser twice: under a policy that lets it compile WebAssembly, and under one that does not.
 *
 * @param {import("./browsers.mjs").BrowserName} browser
 * @param {string} name
 * @param {Engine} engine
 * @returns {Target[]}
 */
function page(browser, name, engine) {
  const common = { entry: "page.ts", absent: () => whyAbsent(browser) };
  return [
    {
      ...common,
      id: browser,
      name,
      engine,
      run: (bundle, host) => runPage(browser, { script: bundle, policy: WITH_WASM }, host),
    },
    {
      ...common,
      id: `${browser}-csp`,
      name: `${name}, CSP without 'wasm-unsafe-eval'`,
      engine: REFUSED,
      without: [WASM_SUITES, LONG_SUITES],
      run: (bundle, host) => runPage(browser, { script: bundle, policy: WITHOUT_WASM }, host),
    },
  ];
}

/**
 * @param {string} id
 * @param {string} name
 * @param {string} entry
 * @param {Engine} engine
 * @returns {Target}
 */
function worker(id, name, entry, engine) {
  return {
    id,
    name,
    engine,
    entry,
    absent: async () => whyNotInstalled("workerd"),
    run: async (bundle, host) => {
      host.onVersion(versionOf("workerd"));
      return runWorker(bundle, host);
    },
  };
}
