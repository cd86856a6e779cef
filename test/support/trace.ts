/**
 * Evidence for constant time: runs a shipped WASM binary with a probe at everything whose timing may depend on its
 * operands, and hashes what the probes see into one digest. Equal digests over many secrets mean that every branch,
 * every address and every division's operands were the same.
 *
 * A test of an engine puts `tracedInstantiate` in the place of the real one and calls the engine as its users do:
 *
 * ```ts
 * vi.mock("../../src/engine/wasm/instantiate.ts", async (original) => ({
 *   ...(await original<typeof import("../../src/engine/wasm/instantiate.ts")>()),
 *   instantiate: (await import("../support/trace.ts")).tracedInstantiate,
 * }));
 * ```
 *
 * It is about the WASM, not about what the host's compiler makes of it.
 */

import type { KernelExports } from "../../src/engine/wasm/instantiate.ts";
import { fromHex } from "./bytes.ts";
import { instrument } from "./instrument.ts";

/** Sees what passes a probe; may put a number in the place of one. */
type Observer = (site: number, value: number | bigint) => number | undefined;

/** Beyond the end of any memory, whatever offset is added. */
const OUT_OF_BOUNDS = -(2 ** 20);

const idle: Observer = () => undefined;
let observer: Observer = idle;

/** Where the probes are, by number, in all instrumented binaries. */
const sites: string[] = [];
const live = new Map<string, KernelExports>();

/** The exports of `wasm`, which may import nothing, with probes. */
export function traceBinary<Exports extends KernelExports>(wasm: Uint8Array): Exports {
  const module = new WebAssembly.Module(instrument(wasm, (description) => sites.push(description) - 1));
  const pass = <T extends number | bigint>(site: number, value: T): T => {
    const replacement = observer(site, value);
    return replacement === undefined ? value : (replacement as T);
  };
  return new WebAssembly.Instance(module, { probe: { i32: pass, i64: pass } }).exports as unknown as Exports;
}

/** Stands in for `instantiate` of src/engine/wasm/instantiate.ts. */
export function tracedInstantiate<Exports extends KernelExports>(name: string, hex: string): Exports {
  let exports = live.get(name);
  if (exports === undefined) live.set(name, (exports = traceBinary(fromHex(hex))));
  return exports as Exports;
}

/** The digest of everything that the probes saw while `run` ran, and how many there were. */
export function trace(run: () => void): string {
  let steps = 0;
  let a = 1;
  let b = 2;
  const absorb = (word: number): void => {
    a = Math.imul(a ^ word, 0x9e3779b1);
    a ^= a >>> 15;
    b = Math.imul(b + word, 0x85ebca6b) ^ a;
    b ^= b >>> 13;
  };
  watch(run, (site, value) => {
    steps++;
    absorb(site);
    if (typeof value === "number") absorb(value);
    else for (const shift of [0n, 32n]) absorb(Number(BigInt.asIntN(32, value >> shift)));
    return undefined;
  });
  if (steps === 0) throw new Error("no probe was passed: nothing instrumented ran");
  return `${(a >>> 0).toString(16)}-${(b >>> 0).toString(16)} in ${steps} steps`;
}

/** The traces of `run` over all of `inputs`, without repetition: one, if `run` is constant in time over them. */
export function distinctTraces<Input>(inputs: Iterable<Input>, run: (input: Input) => void): string[] {
  return [...new Set(Array.from(inputs, (input) => trace(() => run(input))))];
}

/** Where two runs first differ, for whoever mends a leak; `undefined` if they do not. */
export function divergence(first: () => void, second: () => void): string | undefined {
  const seen: (readonly [site: number, value: number | bigint])[] = [];
  watch(first, (site, value) => void seen.push([site, value]));
  let step = 0;
  let found: string | undefined;
  watch(second, (site, value) => {
    const [expectedSite, expectedValue] = seen[step++] ?? [];
    if (found !== undefined || (site === expectedSite && value === expectedValue)) return undefined;
    found = `step ${step}: ${expectedValue} at ${sites[expectedSite ?? -1]}, then ${value} at ${sites[site]}`;
    return undefined;
  });
  return found ?? (step < seen.length ? `the second run ends at step ${step} of ${seen.length}` : undefined);
}

/** How many probes are passed while `run` runs. */
export function countSteps(run: () => void): number {
  let steps = 0;
  watch(run, () => {
    steps++;
    return undefined;
  });
  return steps;
}

/** Runs `run`, and `act` when it has passed a number of probes, in the midst of a computation. */
export function interruptAt(step: number, act: () => void, run: () => void): void {
  let steps = 0;
  watch(run, () => {
    if (steps++ === step) act();
    return undefined;
  });
}

/** Runs `run`, whose first access of memory behind a number of probes goes out of bounds: a trap. */
export function trapAfter(step: number, run: () => void): void {
  let steps = 0;
  let trapped = false;
  watch(run, (site, value) => {
    const isAddress = typeof value === "number" && /\.(load|store)/.test(sites[site]!);
    if (steps++ < step || trapped || !isAddress) return undefined;
    trapped = true;
    return OUT_OF_BOUNDS;
  });
}

/** The same function, which passes no probes. */
export function unwatched<Given extends unknown[]>(
  run: (...given: Given) => void,
): (...given: Given) => void {
  return (...given) => watch(() => run(...given), idle);
}

function watch(run: () => void, whileRunning: Observer): void {
  const outer = observer;
  observer = whileRunning;
  try {
    run();
  } finally {
    observer = outer;
  }
}
