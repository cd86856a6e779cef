/**
 * The guarantees of SECURITY.md: the tests that show each, and how to break it so that they fail. The tables of
 * SECURITY.md say the same: test/node/guarantees.test.ts.
 */

import { FAILURES } from "./topics/failures.mjs";
import { FILES } from "./topics/files.mjs";
import { HOSTILE_INPUT } from "./topics/hostile-input.mjs";
import { MEMORY } from "./topics/memory.mjs";
import { PACKAGE } from "./topics/package.mjs";
import { PAGE } from "./topics/page.mjs";
import { RANDOMNESS } from "./topics/randomness.mjs";
import { RESULTS } from "./topics/results.mjs";
import { TIMING } from "./topics/timing.mjs";

/**
 * @typedef {object} Break - one change of a source
 * @property {string} how - what is broken, in words
 * @property {string} in - the file
 * @property {string} replace - what occurs exactly once in it
 * @property {string} by
 * @typedef {object} Shown
 * @property {string} file - of tests
 * @property {string} [name] - of a test, or of a group, as it stands in the file; all of its tests if absent
 * @property {readonly Break[]} breaks - each makes at least one of the tests fail
 * @typedef {object} Guarantee
 * @property {string} guarantee
 * @property {readonly Shown[]} shownBy
 * @typedef {object} Topic
 * @property {string} topic - a heading of SECURITY.md
 * @property {readonly Guarantee[]} guarantees
 */

/** @type {readonly Topic[]} */
export const TOPICS = [RESULTS, FAILURES, HOSTILE_INPUT, TIMING, MEMORY, RANDOMNESS, FILES, PAGE, PACKAGE];
