/**
 * What is fuzzed, and how an execution is judged. Whatever the input, a target ends in a value or in one KmsWrapError
 * with a code of the closed list, whose words hold nothing of the input, within two seconds, and leaves the input as it
 * was. Everything else is a finding.
 */

import { KmsWrapError } from "../../src/errors.ts";
import { ERROR_CODES } from "../support/error-codes.ts";
import { check, Finding } from "./finding.ts";
import { assertNothingShown } from "./shown-input.ts";

/** One parser or one operation on untrusted bytes. */
export interface FuzzTarget {
  readonly name: string;
  /** What mutations start from. */
  readonly seeds: readonly Uint8Array[];
  /** Longer inputs are not made: a little beyond what the target takes, if that is little. */
  readonly maxBytes: number;
  /** How many executions a test run makes: what some hundred milliseconds allow. */
  readonly testRuns: number;
  /**
   * @returns what kind of value came out, in a few words.
   * @throws KmsWrapError for a refusal; Finding for a property that does not hold.
   */
  readonly run: (input: Uint8Array) => string;
  /** Errors that are no KmsWrapErrors and yet refusals: of the rehearsal, whose words name keys as requests do. */
  readonly refusalOf?: (error: unknown) => { readonly code: string; readonly words: string } | undefined;
}

/** How an execution ended, when it ended well. */
export interface Outcome {
  /** The kind of value, or the error's code. */
  readonly kind: string;
  /** The same and the message without its numbers: two of one path, as a rule, are alike in it. */
  readonly path: string;
  readonly milliseconds: number;
}

const MAX_MILLISECONDS = 2000;
const { process } = globalThis as { process?: Pick<NodeJS.Process, "cpuUsage"> };

/**
 * Runs a target on an input.
 *
 * @param limit - milliseconds.
 * @throws Finding
 */
export function judge(target: FuzzTarget, input: Uint8Array, limit = MAX_MILLISECONDS): Outcome {
  const before = input.slice();
  const elapsed = stopwatch();
  const { kind, words } = run(target, input);
  const milliseconds = elapsed();
  if (milliseconds >= limit) assertFast(target, input, limit);
  check(sameBytes(input, before), "the input is as it was");
  return { kind, path: `${kind} ${words.replace(/\d+/g, "#")}`, milliseconds };
}

/** Once more: the first time, code may have been compiled. */
function assertFast(target: FuzzTarget, input: Uint8Array, limit: number): void {
  const elapsed = stopwatch();
  run(target, input);
  check(elapsed() < limit, `it takes less than ${limit} ms`);
}

/** Milliseconds from now on: by the clock or, where the process can tell, by its own work, if that is less. */
function stopwatch(): () => number {
  const started = performance.now();
  const used = cpuUsage();
  return () => {
    const clock = performance.now() - started;
    if (used === undefined) return clock;
    const { user, system } = process!.cpuUsage(used);
    return Math.min(clock, (user + system) / 1000);
  };
}

/** Not everywhere; in workerd it throws. */
function cpuUsage(): NodeJS.CpuUsage | undefined {
  try {
    return process?.cpuUsage();
  } catch {
    return undefined;
  }
}

function run(target: FuzzTarget, input: Uint8Array): { kind: string; words: string } {
  try {
    return { kind: target.run(input), words: "" };
  } catch (error) {
    if (error instanceof Finding) throw error;
    const refusal = target.refusalOf?.(error);
    if (refusal !== undefined) return { kind: refusal.code, words: refusal.words };
    if (!(error instanceof KmsWrapError))
      throw new Finding("something else than a KmsWrapError", { cause: error });
    check(ERROR_CODES.has(error.code), "the code is one of the list");
    const words = wordsOf(error);
    assertNothingShown(words, input);
    return { kind: error.code, words };
  }
}

/** All that a caller may print. */
function wordsOf(thrown: KmsWrapError): string {
  let words = "";
  for (let error: unknown = thrown; error instanceof Error; error = error.cause)
    words += `${error.message}\n${error instanceof KmsWrapError ? (error.hint ?? "") : ""}\n`;
  return words;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
