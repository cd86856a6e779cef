/** Timing without a library: alternating rounds, so that two candidates meet the same moods of the machine. */

/** What is timed: it must do its whole work at each call. */
export type Operation = () => unknown;

/** How long one round of one candidate lasts, at least. */
const ROUND_MILLISECONDS = 20;
const ROUNDS = 9;

/**
 * @param candidates - by name.
 * @returns for each the median over the rounds of its microseconds per call.
 */
export function compare(candidates: Readonly<Record<string, Operation>>): Record<string, number> {
  const entries = Object.entries(candidates).map(([name, operation]) => ({
    name,
    operation,
    calls: callsPerRound(operation),
    times: [] as number[],
  }));
  for (let round = 0; round < ROUNDS; round++)
    for (const { operation, calls, times } of entries) times.push(microsecondsPerCall(operation, calls));
  return Object.fromEntries(entries.map(({ name, times }) => [name, median(times)]));
}

/** Doubles the calls until a round lasts long enough, which warms the operation up as well. */
function callsPerRound(operation: Operation): number {
  for (let calls = 1; ; calls *= 2)
    if ((microsecondsPerCall(operation, calls) * calls) / 1000 >= ROUND_MILLISECONDS) return calls;
}

function microsecondsPerCall(operation: Operation, calls: number): number {
  const start = performance.now();
  for (let i = 0; i < calls; i++) operation();
  return ((performance.now() - start) * 1000) / calls;
}

/** Of an odd number of times. */
function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1]!;
}
