/** The runtimes that a consumer may have. */

import { accessSync, constants } from "node:fs";
import { join } from "node:path";

const MODULES = join(import.meta.dirname, "../runtimes/node_modules");

export const DENO: string = join(MODULES, "@deno/linux-x64-glibc/deno");
export const BUN: string = join(MODULES, "@oven/bun-linux-x64/bin/bun");

/** Plain text, and nothing looked up. */
export const DENO_ENV: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };

for (const program of [DENO, BUN]) accessSync(program, constants.X_OK);

/** How a module that touches neither files nor the network is run; Deno gives no permission at all. */
export const RUNTIMES: readonly (readonly [name: string, command: readonly [string, ...string[]]])[] = [
  ["Node", [process.execPath]],
  ["Deno", [DENO, "run", "--no-prompt", "--no-remote"]],
  ["Bun", [BUN]],
];
