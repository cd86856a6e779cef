/** The runtimes that a consumer may have. */

import { BINARIES } from "../runtimes/runtimes.mjs";

export const DENO: string = BINARIES.deno;
export const BUN: string = BINARIES.bun;

/** Plain text, and nothing looked up. */
export const DENO_ENV: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };

/** How a module that touches neither files nor the network is run; Deno gives no permission at all. */
export const RUNTIMES: readonly (readonly [name: string, command: readonly [string, ...string[]]])[] = [
  ["Node", [process.execPath]],
  ["Deno", [DENO, "run", "--no-prompt", "--no-remote"]],
  ["Bun", [BUN]],
];
