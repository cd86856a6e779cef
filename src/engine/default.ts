/** The engine that the library runs on unless told otherwise. */

import type { Engine } from "./engine.ts";
import { portableEngine } from "./portable/engine.ts";

export const defaultEngine: Engine = portableEngine;
