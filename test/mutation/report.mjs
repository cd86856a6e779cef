/**
 * Reads Stryker's reports: figures, and the mutants that nobody noticed, a line each.
 *
 * "Prose" is a mutated string or template with a blank in it: the words of messages and hints, which tests quote in
 * part. The score is given with and without it.
 */

/**
 * @typedef {{ line: number, column: number }} Position
 * @typedef {object} Mutant
 * @property {string} mutatorName
 * @property {string} status
 * @property {string} [replacement]
 * @property {boolean} [static]
 * @property {{ start: Position, end: Position }} location
 * @typedef {Readonly<Record<string, { source: string, mutants: Mutant[] }>>} Files
 */

/** What Stryker calls the outcomes that count. */
const OUTCOMES = /** @type {const} */ ({
  killed: "Killed",
  "timed out": "Timeout",
  survived: "Survived",
  "no coverage": "NoCoverage",
});

/** @param {Files} files */
export function count(files) {
  const all = Object.values(files).flatMap(({ source, mutants }) =>
    mutants.map((mutant) => ({ ...mutant, prose: isProse(mutant, source) })),
  );
  const counted = all.filter(({ status }) =>
    /** @type {string[]} */ (Object.values(OUTCOMES)).includes(status),
  );
  const outcomes = Object.entries(OUTCOMES).map(([name, outcome]) => [
    name,
    counted.filter(({ status }) => status === outcome).length,
  ]);
  return {
    mutants: counted.length,
    ...Object.fromEntries(outcomes),
    "score in %": score(counted),
    "without prose": score(counted.filter(({ prose }) => !prose)),
  };
}

/** @param {Files} files */
export function survivors(files) {
  return Object.entries(files)
    .flatMap(([file, { source, mutants }]) =>
      mutants
        .filter(({ status }) => status === OUTCOMES.survived || status === OUTCOMES["no coverage"])
        .map((mutant) => `${file}:${mutant.location.start.line} ${describe(mutant, source)}\n`),
    )
    .join("");
}

/** @param {Mutant[]} mutants */
function score(mutants) {
  const noticed = mutants.filter(
    ({ status }) => status === OUTCOMES.killed || status === OUTCOMES["timed out"],
  );
  return Math.floor((1000 * noticed.length) / mutants.length) / 10;
}

/**
 * @param {Mutant} mutant
 * @param {string} source
 */
function describe(mutant, source) {
  const oneLine = (/** @type {string} */ text) => text.replaceAll(/\s+/g, " ").slice(0, 100);
  const never = mutant.status === OUTCOMES["no coverage"] ? "never run: " : "";
  return `${never}${mutant.mutatorName}: ${oneLine(original(mutant, source))} -> ${oneLine(mutant.replacement ?? "")}`;
}

/**
 * @param {Mutant} mutant
 * @param {string} source
 */
function isProse(mutant, source) {
  return mutant.mutatorName === "StringLiteral" && original(mutant, source).includes(" ");
}

/**
 * What the mutant replaces. Lines and columns count from 1.
 *
 * @param {Mutant} mutant
 * @param {string} source
 */
function original({ location: { start, end } }, source) {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const [last] = lines.splice(-1, 1, lines.at(-1)?.slice(0, end.column - 1) ?? "");
  return last === undefined ? "" : lines.join("\n").slice(start.column - 1);
}
