/** From runs to figures: medians over runs, and ratios within each run. */

/**
 * @typedef {object} Timing
 * @property {string} name
 * @property {number} medianMicroseconds
 */

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {number} medianMicroseconds - the median over the runs of each run's median
 * @property {number} spread - (slowest − fastest run) ÷ median, in per cent
 * @property {number} ratio - the median over the runs of: this contender's time ÷ kms-wrap's time in the same process
 * @property {number[]} runs - each run's median in microseconds
 */

/**
 * @typedef {object} Summary
 * @property {string} operation
 * @property {string} size
 * @property {Contender[]} contenders
 */

/** What every ratio is relative to. */
const OURS = "kms-wrap";

/** @param {readonly number[]} numbers */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/**
 * @param {{ operation: string, size: string, contenders: Timing[] }[][]} runs
 * @returns {Summary[]}
 */
export function summarize(runs) {
  return (runs[0] ?? []).map(({ operation, size, contenders }, i) => {
    const timings = (/** @type {string} */ name) =>
      runs.map((run) => run[i]?.contenders.find((c) => c.name === name)?.medianMicroseconds ?? Number.NaN);
    const ours = timings(OURS);
    return {
      operation,
      size,
      contenders: contenders.map(({ name }) => {
        const theirs = timings(name);
        const middle = median(theirs);
        return {
          name,
          medianMicroseconds: middle,
          spread: (100 * (Math.max(...theirs) - Math.min(...theirs))) / middle,
          ratio: median(theirs.map((time, run) => time / (ours[run] ?? Number.NaN))),
          runs: theirs,
        };
      }),
    };
  });
}
