/** The table of commands. Each is loaded when it is asked for, by its name and, for `wrap`, its arguments. */

import { isGiven } from "./arguments.ts";
import type { Command } from "./command.ts";

/** @param argv - what follows the command's name. */
type Loader = (argv?: readonly string[]) => Promise<Command>;

const loadWrap = async () => (await import("./commands/wrap.ts")).wrapCommand;
const loadWrapImport = async () => (await import("./commands/wrap-import.ts")).wrapImportCommand;

export const COMMANDS: ReadonlyMap<string, Loader> = new Map<string, Loader>([
  // `wrap --parameters` takes other options than `wrap --public-key`.
  ["wrap", async (argv = []) => (isGiven("parameters", argv) ? await loadWrapImport() : await loadWrap())],
  ["unwrap", async () => (await import("./commands/unwrap.ts")).unwrapCommand],
  ["inspect", async () => (await import("./commands/inspect.ts")).inspectCommand],
  ["generate", async () => (await import("./commands/generate.ts")).generateCommand],
  ["rehearse", async () => (await import("./commands/rehearse.ts")).rehearseCommand],
  ["bench", async () => (await import("./commands/bench.ts")).benchCommand],
]);
