/** Makes an input smaller that leads to a finding, as long as it leads to the same one. */

import { mutateDer } from "./mutate-der.ts";
import { Choices } from "./random.ts";
import { type FuzzTarget, judge } from "./target.ts";

const MAX_MILLISECONDS = 20_000;
const DER_ATTEMPTS = 2000;
const PLAIN = 0x30;

/** What a finding is recognised by; `undefined` if the input has none. */
export function findingOf(target: FuzzTarget, input: Uint8Array): string | undefined {
  try {
    judge(target, input);
    return undefined;
  } catch (error) {
    return describe(error);
  }
}

/** A finding in words: what it is, and for an error that nobody expected its name and place. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const place = /\n\s+at (?<place>.*)/.exec(cause.stack ?? "")?.groups?.["place"] ?? "";
  return `${error.message}: ${cause.name} at ${place}`;
}

/** The smallest input found by leaving out parts, of DER with the lengths mended, then by making bytes plain. */
export function minimise(target: FuzzTarget, input: Uint8Array): Uint8Array {
  const ends = performance.now() + MAX_MILLISECONDS;
  const finding = findingOf(target, input);
  if (finding === undefined) return input;
  const leadsThere = (candidate: Uint8Array) =>
    performance.now() < ends && findingOf(target, candidate) === finding;
  let smallest = input;
  for (let size = input.length; size >= 1; size >>= 1)
    for (let at = 0; at < smallest.length; ) {
      const candidate = Uint8Array.from([...smallest.subarray(0, at), ...smallest.subarray(at + size)]);
      if (leadsThere(candidate)) smallest = candidate;
      else at += size;
    }
  for (let i = 0; i < DER_ATTEMPTS; i++) {
    const candidate = mutateDer(smallest, new Choices(i), (bytes) => bytes.subarray(1));
    if (candidate.length < smallest.length && leadsThere(candidate)) smallest = candidate;
  }
  for (let i = 0; i < smallest.length; i++) {
    const candidate = smallest.slice();
    candidate[i] = PLAIN;
    if (smallest[i] !== PLAIN && leadsThere(candidate)) smallest = candidate;
  }
  return smallest;
}
