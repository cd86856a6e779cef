/**
 * `npm run test:guarantees [-- WORD …]`: breaks each guarantee of SECURITY.md in the ways that test/guarantees/topics
 * tell, one after the other, and expects the tests that SECURITY.md names to fail: by an assertion, after they passed
 * unbroken. With words, only what has all of them in its guarantee, test or source. Works in a copy of the project.
 */

import { setPriority } from "node:os";
import { table } from "../../scripts/table.mjs";
import { TOPICS } from "./all.mjs";
import { ProjectCopy } from "./project-copy.mjs";

/** @typedef {import("./all.mjs").Shown & { readonly guarantee: string }} Claim */

/** @param {readonly string[]} words */
function chosen(words) {
  const claims = TOPICS.flatMap(({ guarantees }) =>
    guarantees.flatMap(({ guarantee, shownBy }) => shownBy.map((shown) => ({ guarantee, ...shown }))),
  );
  return claims.filter((claim) => words.every((word) => JSON.stringify(claim).includes(word)));
}

/**
 * What came of the breaks of one claim, a row each.
 *
 * @param {ProjectCopy} copy
 * @param {Claim} claim
 */
function tryClaim(copy, claim) {
  const test = claim.name === undefined ? claim.file : `${claim.file}: ${claim.name}`;
  const unbroken = copy.runTests(claim);
  if (unbroken !== "passes") return [["nothing", test, `UNBROKEN, IT ${unbroken.toUpperCase()}`]];
  return claim.breaks.map((one) => {
    try {
      const outcome = copy.break(one) ? copy.runTests(claim) : "does not build";
      return [`${one.in}: ${one.how}`, test, VERDICTS[outcome] ?? outcome.toUpperCase()];
    } finally {
      copy.mend();
    }
  });
}

/** What is as it should be; everything else is told in capitals. */
const NOTICED = "noticed";
/** @type {Readonly<Record<string, string>>} */
const VERDICTS = { "fails by an assertion": NOTICED, passes: "NOT NOTICED" };

setPriority(10);
const claims = chosen(process.argv.slice(2));
const copy = new ProjectCopy();
try {
  const rows = [];
  for (const claim of claims)
    for (const row of tryClaim(copy, claim)) {
      console.error(row.join(" | "));
      rows.push(row);
    }
  const missed = rows.filter(([, , verdict]) => verdict !== NOTICED);
  console.log(table(["broken", "test", ""], rows));
  console.log(`\n${rows.length - missed.length} of ${rows.length} breaks noticed`);
  process.exitCode = missed.length > 0 || rows.length === 0 ? 1 : 0;
} finally {
  copy.remove();
}
