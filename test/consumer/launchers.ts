/** How the installed command is started: by the three runtimes, and as an executable of its own. */

import { join } from "node:path";
import { inject } from "vitest";
import { QUIET_NPM } from "./install.ts";
import { BUN, DENO, DENO_ENV } from "./runtimes.ts";

/** For all of them. */
export const LAUNCHER_ENV: NodeJS.ProcessEnv = { ...QUIET_NPM, ...DENO_ENV };

/** What the set-up made by the README's recipe. */
const EXECUTABLE: string = join(inject("folder"), "kms-wrap-standalone");

/** What the README says of Deno's permissions, for files in the working directory. */
export const READ: readonly string[] = ["--allow-read=."];
export const READ_AND_WRITE: readonly string[] = ["--allow-read=.", "--allow-write=."];

/** @param permissions - Deno's, for what is to be run */
type CommandLine = (permissions: readonly string[]) => readonly string[];

export const LAUNCHERS: Readonly<Record<string, CommandLine>> = {
  npx: () => ["npx", "--no-install", "kms-wrap"],
  "deno run": (permissions) => [DENO, "run", "--no-prompt", ...permissions, "npm:kms-wrap"],
  // bunx is another name of `bun x`. Without --bun it would start Node, as the command's first line asks for.
  bunx: () => [BUN, "x", "--bun", "--no-install", "kms-wrap"],
  executable: () => [EXECUTABLE],
};
