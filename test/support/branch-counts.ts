/**
 * How often each branch of src was taken while something ran, from V8's block coverage: what the traces of the kernels
 * cannot see, the JavaScript above them. For tests of its constancy, on Node.
 */

import { type Profiler, Session } from "node:inspector";
import { setFlagsFromString } from "node:v8";

/**
 * Must be made before the modules that are to be counted are imported: V8 counts branches only in what it compiles
 * afterwards.
 */
export class BranchCounter {
  readonly #session = new Session();
  readonly #files: RegExp;

  /** @param files - of the scripts that are counted. */
  constructor(files: RegExp) {
    this.#files = files;
    // Calls that optimized code makes inline are not counted.
    for (const compiler of ["turbofan", "maglev"]) setFlagsFromString(`--no-${compiler}`);
    this.#session.connect();
    this.#session.post("Profiler.enable");
    this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** What `run` ran through, and how often, as one text: equal if and only if the counts are. */
  count(run: () => void): string {
    this.#take();
    run();
    return this.#take().join("\n");
  }

  /** "function from–to: count" since the last time, where anything ran; offsets in the file as it runs. */
  #take(): string[] {
    let scripts: readonly Profiler.ScriptCoverage[] = [];
    // The session lives in this thread: the answer is there before post returns.
    this.#session.post("Profiler.takePreciseCoverage", (_error, { result }) => {
      scripts = result;
    });
    const counted = scripts.filter(({ url }) => this.#files.test(url)).flatMap(({ functions }) => functions);
    const ran = counted.filter(({ ranges }) => ranges[0]!.count > 0);
    return ran.flatMap(({ functionName, ranges }) =>
      ranges.map(
        ({ startOffset, endOffset, count }) => `${functionName} ${startOffset}–${endOffset}: ${count}`,
      ),
    );
  }
}
