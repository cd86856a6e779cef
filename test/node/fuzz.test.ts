/** A little fuzzing of the targets that need Node; `npm run fuzz` is the long form. */

import { NODE_TARGETS } from "../fuzz/node-targets.ts";
import { describeFuzz } from "../support/fuzz-suite.ts";

describeFuzz(NODE_TARGETS);
