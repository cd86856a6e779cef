/** The engine for one job of a process that does no other: the one that is ready soonest. */

import type { Engine } from "../engine/engine.ts";

export async function loadEngine(): Promise<Engine> {
  return (await import("../engine/portable/engine.ts")).portableEngine;
}
