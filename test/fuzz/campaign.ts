/**
 * A long run of one target, guided by coverage: an input joins the corpus if it takes a path of its own (another kind of
 * value, another message) or reaches code that no input before it reached.
 */

import type { Coverage } from "./coverage.ts";
import { mutate } from "./mutate.ts";
import { Choices } from "./random.ts";
import { type FuzzTarget, judge } from "./target.ts";

/** A run's figures. */
export interface Report {
  readonly target: string;
  readonly executions: number;
  readonly seconds: number;
  /** How often each kind of value and each code came out. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Inputs that joined the corpus. */
  readonly found: readonly Uint8Array[];
  readonly slowest: { readonly milliseconds: number; readonly input: Uint8Array };
  /** An input with a finding, which ends the run. */
  readonly failure?: { readonly input: Uint8Array; readonly error: unknown };
}

/** Time between two looks at the coverage, which takes some five milliseconds. */
const BATCH_MILLISECONDS = 40;
const MAX_BATCH = 200;
const MAX_CORPUS = 3000;

/** @param onExecution - is told of each input before it runs. */
export class Campaign {
  readonly #target: FuzzTarget;
  readonly #choices: Choices;
  readonly #coverage: Coverage;
  readonly #onExecution: (input: Uint8Array) => void;
  readonly #corpus: Uint8Array[] = [];
  readonly #found: Uint8Array[] = [];
  readonly #paths = new Set<string>();
  readonly #outcomes: Record<string, number> = {};
  #executions = 0;
  #slowest: Report["slowest"] = { milliseconds: 0, input: new Uint8Array(0) };

  constructor(
    target: FuzzTarget,
    seed: number,
    coverage: Coverage,
    onExecution: (input: Uint8Array) => void,
  ) {
    this.#target = target;
    this.#choices = new Choices(seed);
    this.#coverage = coverage;
    this.#onExecution = onExecution;
  }

  /** @param kept - what earlier runs found. */
  run(seconds: number, kept: readonly Uint8Array[]): Report {
    const started = performance.now();
    const ends = started + 1000 * seconds;
    let failure: Report["failure"];
    try {
      for (const seed of [...this.#target.seeds, ...kept]) this.#begin(seed);
      const reached = this.#coverage.news();
      if (reached) this.#coverage.learn(reached);
      while (performance.now() < ends) this.#batch(Math.min(ends, performance.now() + BATCH_MILLISECONDS));
    } catch (error) {
      failure = error as Failure;
    }
    return {
      target: this.#target.name,
      executions: this.#executions,
      seconds: (performance.now() - started) / 1000,
      outcomes: this.#outcomes,
      found: this.#found,
      slowest: this.#slowest,
      ...(failure !== undefined && { failure: { input: failure.input, error: failure.error } }),
    };
  }

  #begin(seed: Uint8Array): void {
    this.#paths.add(this.#execute(seed));
    this.#corpus.push(seed);
  }

  #batch(until: number): void {
    const inputs: Uint8Array[] = [];
    while (inputs.length === 0 || (performance.now() < until && inputs.length < MAX_BATCH)) {
      const input = mutate(this.#pick(), this.#pick(), this.#choices, this.#target.maxBytes);
      if (this.#takesNewPath(input)) this.#keep(input);
      inputs.push(input);
    }
    const reached = this.#coverage.news();
    if (reached === undefined) return;
    this.#keepWhatAdvances(inputs);
    this.#coverage.learn(reached); // Also what did not happen a second time.
  }

  /** Runs halves again, down to single inputs, to see which of them reach what is not known yet. */
  #keepWhatAdvances(inputs: readonly Uint8Array[]): void {
    for (const input of inputs) this.#execute(input);
    const reached = this.#coverage.news();
    if (reached === undefined) return;
    const middle = inputs.length >> 1;
    if (middle > 0) {
      this.#keepWhatAdvances(inputs.slice(0, middle));
      this.#keepWhatAdvances(inputs.slice(middle));
    } else {
      this.#keep(inputs[0]!);
      this.#coverage.learn(reached);
    }
  }

  #takesNewPath(input: Uint8Array): boolean {
    const path = this.#execute(input);
    if (this.#paths.has(path)) return false;
    this.#paths.add(path);
    return true;
  }

  #keep(input: Uint8Array): void {
    if (this.#corpus.length >= MAX_CORPUS) return;
    this.#corpus.push(input);
    this.#found.push(input);
  }

  /** Half of the time one of the newest; mostly the shorter of two, which is quicker and easier to hit. */
  #pick(): Uint8Array {
    const { length } = this.#corpus;
    const among = this.#choices.once(2) ? Math.min(length, 32) : length;
    const [a, b] = [0, 1].map(() => this.#corpus[length - 1 - this.#choices.below(among)]!);
    return a!.length < b!.length || this.#choices.once(4) ? a! : b!;
  }

  #execute(input: Uint8Array): string {
    this.#onExecution(input);
    this.#executions++;
    try {
      const { kind, path, milliseconds } = judge(this.#target, input);
      this.#outcomes[kind] = (this.#outcomes[kind] ?? 0) + 1;
      if (milliseconds > this.#slowest.milliseconds) this.#slowest = { milliseconds, input };
      return path;
    } catch (error) {
      throw new Failure(input, error);
    }
  }
}

class Failure {
  readonly input: Uint8Array;
  readonly error: unknown;

  constructor(input: Uint8Array, error: unknown) {
    this.input = input;
    this.error = error;
  }
}
