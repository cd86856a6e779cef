/** The table of commands. Each is loaded when it is asked for. */

import type { Command } from "./command.ts";

export const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ["wrap", async () => (await import("./commands/wrap.ts")).wrapCommand],
  ["unwrap", async () => (await import("./commands/unwrap.ts")).unwrapCommand],
  ["inspect", async () => (await import("./commands/inspect.ts")).inspectCommand],
  ["generate", async () => (await import("./commands/generate.ts")).generateCommand],
  ["bench", async () => (await import("./commands/bench.ts")).benchCommand],
]);
