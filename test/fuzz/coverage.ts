/**
 * Which parts of the code a stretch of executions has reached, by V8's block counters: for guidance, in Node only.
 *
 * Jazzer.js, tried in its place in November 2026, does not load: the binary in @jazzer.js/fuzzer 4.0.0 wants glibc 2.38,
 * and Debian 12 has 2.36; 2.1.0 fetches its binary from elsewhere than npm. A look at the counters takes some 5 ms, so
 * that a batch is looked at, and halved when it is news.
 */

import { type Profiler, Session } from "node:inspector";

/** By script, a byte for each character, 1 if it ran; four in a word, as nothing is looked at more often. */
export type Reach = ReadonlyMap<string, Uint32Array>;

const NOWHERE = new Uint32Array(0);

/** Sees which code runs. Make one before the code in question is loaded: V8 counts what it compiles afterwards. */
export class Coverage {
  readonly #session = new Session();
  readonly #folder: string;
  readonly #known = new Map<string, Uint32Array>();

  /** @param folder - scripts elsewhere are not looked at. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#session.connect();
    this.#session.post("Profiler.enable");
    this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** What ran since the last call, if it is more than what is known. */
  news(): Reach | undefined {
    const reach = new Map(
      this.#take()
        .filter(({ url }) => url.includes(this.#folder))
        .map((script) => [script.url, reachOf(script)] as const),
    );
    for (const [url, now] of reach) if (goesBeyond(now, this.#known.get(url) ?? NOWHERE)) return reach;
    return undefined;
  }

  /** From now on this is known. */
  learn(reach: Reach): void {
    for (const [url, now] of reach) {
      const known = this.#known.get(url) ?? NOWHERE;
      const both = new Uint32Array(Math.max(now.length, known.length));
      for (let i = 0; i < both.length; i++) both[i] = (now[i] ?? 0) | (known[i] ?? 0);
      this.#known.set(url, both);
    }
  }

  #take(): readonly Profiler.ScriptCoverage[] {
    let result: readonly Profiler.ScriptCoverage[] = [];
    this.#session.post("Profiler.takePreciseCoverage", (error, taken) => {
      if (error) throw error;
      result = taken.result;
    });
    return result;
  }
}

function goesBeyond(now: Uint32Array, known: Uint32Array): boolean {
  for (let i = 0; i < now.length; i++) if ((now[i]! & ~(known[i] ?? 0)) !== 0) return true;
  return false;
}

/** Ranges come from the outermost to the innermost, functions in the order of the source: the last word counts. */
function reachOf({ functions }: Profiler.ScriptCoverage): Uint32Array {
  const ranges = functions.flatMap((one) => one.ranges);
  const characters = ranges.reduce((most, { endOffset }) => Math.max(most, endOffset), 0);
  const words = new Uint32Array(Math.ceil(characters / 4));
  const reach = new Uint8Array(words.buffer);
  for (const { startOffset, endOffset, count } of ranges)
    reach.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  return words;
}
