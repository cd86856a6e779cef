/**
 * What the suites import from "vitest", for hosts that vitest itself does not run in: its own runner, assertions and
 * mock functions, put together without Node. bundle.mjs puts it in vitest's place.
 */

import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from "@vitest/expect";
import { fn, spyOn } from "@vitest/spy";
import { forgetLibrary } from "./fresh.ts";

export * from "@vitest/runner";

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

const matchers = (globalThis as unknown as Record<symbol, object>)[ASYMMETRIC_MATCHERS_OBJECT];

export const expect = Object.assign(
  (value: unknown, message?: string) => chai.expect(value, message),
  chai.expect,
  matchers,
) as typeof import("vitest").expect;
expect.getState = () => getState(expect);
expect.setState = (state) => setState(state, expect);
setState({ assertionCalls: 0, isExpectingAssertions: false }, expect);

const stubbed = new Map<string, PropertyDescriptor | undefined>();

export const vi = {
  fn,
  spyOn,
  stubGlobal(name: string, value: unknown): void {
    if (!stubbed.has(name)) stubbed.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    // Redefined in place, `crypto` stays what it was for code that WebKit has optimized.
    Reflect.deleteProperty(globalThis, name);
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: true });
  },
  unstubAllGlobals(): void {
    for (const [name, original] of stubbed)
      if (original) Object.defineProperty(globalThis, name, original);
      else Reflect.deleteProperty(globalThis, name);
    stubbed.clear();
  },
  resetModules: forgetLibrary,
};
