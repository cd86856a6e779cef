/** As much of vitest as the runtime-neutral suites use: its own `expect` and `vi.fn`, and a plain list of cases. */

import { ASYMMETRIC_MATCHERS_OBJECT, JestAsymmetricMatchers, JestChaiExpect } from "@vitest/expect";
import { fn, spyOn } from "@vitest/spy";
import * as chai from "chai";

/**
 * @typedef {() => unknown} Hook
 * @typedef {object} Case
 * @property {string} id - unique: the suite's path, and the names and places of its groups
 * @property {() => Promise<void>} run - rejects if the case fails
 * @typedef {{ name: string, parent: Group | undefined, before: Hook[], after: Hook[], once: Hook[] }} Group
 */

chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
const expect = Object.assign(
  (/** @type {unknown} */ value, /** @type {string | undefined} */ message) => chai.expect(value, message),
  chai.expect,
  /** @type {Record<symbol, object>} */ (/** @type {unknown} */ (globalThis))[ASYMMETRIC_MATCHERS_OBJECT],
);

/**
 * The module "vitest" for one suite, and the cases that the suite declares through it.
 *
 * @param {string} suite
 * @param {() => void} resetModules
 */
export function createVitest(suite, resetModules) {
  /** @type {Case[]} */
  const cases = [];
  /** @type {Map<string, unknown>} */
  const stubbed = new Map();
  /** @type {Group} */
  let group = { name: suite, parent: undefined, before: [], after: [], once: [] };

  /** @type {(name: string, declare: () => void) => void} */
  function addGroup(name, declare) {
    const parent = group;
    group = { name: `${parent.name} > ${name}`, parent, before: [], after: [], once: [] };
    declare();
    group = parent;
  }

  /** @type {(name: string, body: () => unknown) => void} */
  function addCase(name, body) {
    const own = group;
    cases.push({ id: `${own.name} > ${name} (${cases.length})`, run: () => runCase(own, body) });
  }

  const vi = {
    fn,
    spyOn,
    resetModules,
    /** @type {(name: string, value: unknown) => void} */
    stubGlobal(name, value) {
      const globals = /** @type {Record<string, unknown>} */ (globalThis);
      if (!stubbed.has(name)) stubbed.set(name, Object.getOwnPropertyDescriptor(globals, name));
      Object.defineProperty(globals, name, { value, configurable: true, writable: true });
    },
    unstubAllGlobals() {
      for (const [name, descriptor] of stubbed)
        Object.defineProperty(globalThis, name, /** @type {PropertyDescriptor} */ (descriptor));
      stubbed.clear();
    },
  };
  const test = declarer(addCase);
  const api = {
    test,
    it: test,
    describe: declarer(addGroup),
    expect,
    vi,
    beforeAll: (/** @type {Hook} */ hook) => group.once.push(hook),
    afterAll: () => undefined, // every suite is evaluated anew
    beforeEach: (/** @type {Hook} */ hook) => group.before.push(hook),
    afterEach: (/** @type {Hook} */ hook) => group.after.push(hook),
  };
  return { api, cases };
}

/**
 * @param {Group} group
 * @param {() => unknown} body
 */
async function runCase(group, body) {
  const groups = [group];
  for (let outer = group.parent; outer !== undefined; outer = outer.parent) groups.unshift(outer);
  for (const { once, before } of groups) for (const hook of [...once.splice(0), ...before]) await hook();
  try {
    await body();
  } finally {
    for (const { after } of groups) for (const hook of after) await hook();
  }
}

/**
 * `describe` or `test` with its variants.
 *
 * @param {(name: string, body: () => void) => void} add
 */
function declarer(add) {
  /** @type {(table: readonly unknown[]) => (name: string, body: (...row: unknown[]) => void) => void} */
  const each = (table) => (name, body) => {
    const rows = table.every(Array.isArray) ? table : table.map((value) => [value]);
    rows.forEach((row, i) => {
      add(`${name} ${i}`, () => body(...row));
    });
  };
  const none = Object.assign(() => undefined, { each: () => () => undefined });
  const plain = Object.assign(add, { each });
  return Object.assign(plain, { runIf: (/** @type {boolean} */ condition) => (condition ? plain : none) });
}
