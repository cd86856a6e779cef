/** Every engine there is: suites run on each. */

import { defaultEngine } from "../../src/engine/default.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { portableEngine } from "../../src/engine/portable/engine.ts";

/** Where WebAssembly is refused, the default engine is the portable one, and runs once. */
export const ENGINES: readonly (readonly [name: string, engine: Engine])[] = [
  ["portable", portableEngine],
  ...(defaultEngine.info.name === "wasm" ? [["wasm", defaultEngine] as const] : []),
];
