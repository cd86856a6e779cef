/** What can be set about `npm run test:runtimes`. */

/**
 * Which share of its runs each property gets on each runtime. `npm test` runs all of them; here they are spread over
 * more than ten runtimes. Vectors and examples always run whole.
 */
export const PROPERTY_RUNS_SHARE = 0.25;

/** After how long a runtime is taken to hang: one to two minutes are usual, on two cores that do nothing else. */
export const PATIENCE_MS = 1_200_000;

/** How many runtimes are tested at a time. */
export const AT_A_TIME = 2;
