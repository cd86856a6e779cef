/** A little fuzzing of every target that runs on any runtime; `npm run fuzz` is the long form. */

import { TARGETS } from "../fuzz/targets.ts";
import { describeFuzz } from "../support/fuzz-suite.ts";

describeFuzz(TARGETS);
