/** Every engine there is: suites run on each. */

import type { Engine } from "../../src/engine/engine.ts";
import { portableEngine } from "../../src/engine/portable/engine.ts";

export const ENGINES: readonly (readonly [name: string, engine: Engine])[] = [["portable", portableEngine]];
