/** fast-check with fewer runs of each property: see PROPERTY_RUNS_SHARE in settings.mjs. In its place in the bundles. */

import * as whole from "fast-check";

declare const PROPERTY_RUNS_SHARE: number;

const DEFAULT_RUNS = 100;

function assert<T>(property: whole.IRawProperty<T>, parameters: whole.Parameters<T> = {}): unknown {
  const numRuns = Math.ceil((parameters.numRuns ?? DEFAULT_RUNS) * PROPERTY_RUNS_SHARE);
  return whole.assert(property, { ...parameters, numRuns });
}

export default { ...whole.default, assert };
