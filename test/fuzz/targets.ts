/** Every fuzz target that runs on any runtime; node-targets.ts adds those that need Node. */

import { FORMAT_TARGETS } from "./format-targets.ts";
import { KEY_TARGETS } from "./key-targets.ts";
import type { FuzzTarget } from "./target.ts";
import { UNWRAP_TARGETS } from "./unwrap-targets.ts";

export const TARGETS: readonly FuzzTarget[] = [...FORMAT_TARGETS, ...KEY_TARGETS, ...UNWRAP_TARGETS];
