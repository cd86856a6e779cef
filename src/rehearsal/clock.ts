/** The clock that a rehearsal is given: the caller's code, whose slips are told as the caller's. */

import { typeName } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";
import type { TimeReading } from "../kms/times.ts";
import { ServiceError } from "./service-errors.ts";

/**
 * The clock as operations read it, in milliseconds since 1970. It is looked at once now: what fails at the start is
 * easier to find than what fails with every request. If it fails later, that is what the request is answered with.
 *
 * @throws KmsWrapError `INVALID_ARGUMENT`
 */
export function openClock(clock: () => Date | number): () => number {
  if (typeof clock !== "function")
    throw invalid(`clock must be a function that returns the time, found ${typeName(clock)}`);
  const first = look(clock);
  if ("problem" in first) throw invalid(`clock ${first.problem}`);
  return () => {
    const reading = look(clock);
    if ("milliseconds" in reading) return reading.milliseconds;
    throw new ServiceError("KMSInternalException", `The clock given to startRehearsal ${reading.problem}`);
  };
}

/** The time, or why there is none, in words that follow the clock. */
function look(clock: () => unknown): TimeReading {
  try {
    const time = clock();
    const isTime = ["Date", "number"].includes(typeName(time));
    if (isTime && Number.isFinite(Number(time))) return { milliseconds: Number(time) };
    const found = isTime ? String(time) : typeName(time); // of times, it is Invalid Date, NaN or an Infinity
    return { problem: `must return a Date or milliseconds since 1970, found ${found}` };
  } catch (error) {
    return { problem: `must not throw, and threw ${error instanceof Error ? error.name : typeName(error)}` };
  }
}

function invalid(message: string): KmsWrapError {
  return new KmsWrapError("INVALID_ARGUMENT", message, {
    hint: "give a function such as () => Date.now() + 86_400_000, which is a day ahead",
  });
}
