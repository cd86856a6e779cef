/**
 * Counts what a call does, so that growth can be told without a clock: how often each block of the code ran (V8's block
 * counters, in Node only), how many bytes the runtime's own functions were given, and how many bytes of arrays were made.
 *
 * What V8 compiled before `beginCounting` it does not count: load the code in question afterwards.
 */

import { type Profiler, Session } from "node:inspector";

/** What a call did. */
export interface Work {
  /** Blocks that ran and bytes that native functions went over. */
  readonly operations: number;
  /** Of all arrays made, together. */
  readonly bytesMade: number;
}

const COUNTED_SCRIPTS = /\/src\/|\/@noble\//;

const session = new Session();

export function beginCounting(): void {
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
}

export function endCounting(): void {
  session.post("Profiler.stopPreciseCoverage");
  session.disconnect();
}

/**
 * What `call` does; errors are results, too. Everything since the last call is counted: to make tables and inputs, call
 * nothing of the code in question, or throw the count away.
 */
export function countWork(call: () => unknown): Work {
  const { nativeBytes, bytesMade } = countNative(() => settle(call));
  return { operations: takeBlocks() + nativeBytes, bytesMade };
}

function settle(call: () => unknown): void {
  try {
    call();
  } catch {
    // A refusal takes work, too.
  }
}

/** How many blocks ran since the last call. */
function takeBlocks(): number {
  let scripts: readonly Profiler.ScriptCoverage[] = [];
  session.post("Profiler.takePreciseCoverage", (error, taken) => {
    if (error) throw error;
    scripts = taken.result;
  });
  return scripts
    .filter(({ url }) => COUNTED_SCRIPTS.test(url))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}

/** Native functions that go over bytes or characters, and how many of them a call went over. */
const NATIVE: readonly (readonly [
  object: object,
  name: string,
  touched: (self: unknown, given: unknown[], result: unknown) => number,
])[] = [
  [
    Uint8Array.prototype,
    "indexOf",
    (self, [, from = 0], found) => (found === -1 ? lengthOf(self) : Number(found)) - Number(from) + 1,
  ],
  [Uint8Array.prototype, "set", (_, [source]) => lengthOf(source)],
  [Uint8Array.prototype, "fill", lengthOf],
  [Uint8Array.prototype, "slice", (_self, _given, result) => lengthOf(result)],
  [String.prototype, "replace", lengthOf],
  [String.prototype, "trim", lengthOf],
  [String.prototype, "slice", (_self, _given, result) => lengthOf(result)],
  [RegExp.prototype, "exec", (_, [text]) => lengthOf(text)],
  [RegExp.prototype, "test", (_, [text]) => lengthOf(text)],
  [TextEncoder.prototype, "encode", (_, [text]) => lengthOf(text)],
  [TextDecoder.prototype, "decode", (_, [bytes]) => lengthOf(bytes)],
  [JSON, "parse", (_, [text]) => lengthOf(text)],
];

function lengthOf(value: unknown): number {
  return (value as { length?: number } | undefined)?.length ?? 0;
}

function countNative(run: () => void): { nativeBytes: number; bytesMade: number } {
  let nativeBytes = 0;
  let bytesMade = 0;
  const originals = NATIVE.map(
    ([object, name]) => [object, name, Object.getOwnPropertyDescriptor(object, name)] as const,
  );
  for (const [object, name, touched] of NATIVE) {
    const original = Reflect.get(object, name) as (...given: unknown[]) => unknown;
    const counted = function (this: unknown, ...given: unknown[]): unknown {
      const result = original.apply(this, given);
      nativeBytes += touched(this, given, result);
      return result;
    };
    Object.defineProperty(object, name, { value: counted, configurable: true, writable: true });
  }
  const Original = globalThis.Uint8Array;
  globalThis.Uint8Array = new Proxy(Original, {
    construct: (target, given, newTarget) => {
      const array: Uint8Array = Reflect.construct(target, given, newTarget);
      if (!(given[0] instanceof ArrayBuffer)) bytesMade += array.length;
      return array;
    },
  });
  try {
    run();
  } finally {
    globalThis.Uint8Array = Original;
    for (const [object, name, descriptor] of originals)
      if (descriptor) Object.defineProperty(object, name, descriptor);
      else Reflect.deleteProperty(object, name);
  }
  return { nativeBytes, bytesMade };
}
