/** Every fuzz target that there is. */

import { NODE_TARGETS } from "./node-targets.ts";
import type { FuzzTarget } from "./target.ts";
import { TARGETS } from "./targets.ts";

export const ALL_TARGETS: readonly FuzzTarget[] = [...TARGETS, ...NODE_TARGETS];
