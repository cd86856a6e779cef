/** One run of the command: arguments in, exit code out. */

import { parseArguments } from "./arguments.ts";
import type { AnyValues, Outcome } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { type CommandError, exitCodeFor, misuse, toCommandError } from "./errors.ts";
import { isSlipOf } from "./slips.ts";
import { type Audience, audienceOf, tellError, tellOutcome } from "./talk.ts";

/**
 * @param argv - the arguments behind `kms-wrap`.
 * @returns 0 done, 1 refused or failed, 2 misused.
 */
export async function run(argv: readonly string[]): Promise<number> {
  const audience = audienceOf(argv);
  try {
    await dispatch(argv, audience);
    return 0;
  } catch (thrown) {
    const error = toCommandError(thrown);
    await tellError(audience, error);
    return exitCodeFor(error);
  }
}

async function dispatch([name, ...argv]: readonly string[], audience: Audience): Promise<void> {
  if (name === undefined) throw misuse("no command given", "see kms-wrap --help");
  if (name === "--version" || name === "version") return (await import("./help.ts")).printVersion();
  if (name === "help" && COMMANDS.has(argv[0] ?? "")) return dispatch([argv[0]!, "--help"], audience);
  if (name === "--help" || name === "-h" || name === "help") return (await import("./help.ts")).printHelp();
  const load = COMMANDS.get(name);
  if (load === undefined) throw noSuchCommand(name);
  const command = await load(argv);
  if (argv.includes("--help") || argv.includes("-h"))
    return (await import("./help.ts")).printCommandHelp(name, command);
  const values = parseArguments(name, command, argv);
  const outcome = await command.run(values);
  try {
    await tellOutcome(audience, name, outcome, await deliver(outcome, values));
    await outcome.running?.ended;
  } finally {
    await outcome.running?.stop();
  }
}

function noSuchCommand(name: string): CommandError {
  const likely = [...COMMANDS.keys()].find((known) => isSlipOf(name, known));
  return misuse(
    `there is no command ${name}`,
    likely === undefined ? "see kms-wrap --help" : `did you mean kms-wrap ${likely}?`,
  );
}

/** Puts the data where `--out` says. @returns what the report says about it. */
async function deliver({ output }: Outcome, values: AnyValues) {
  if (output === undefined) return undefined;
  const { writeOutput } = await import("./output.ts");
  const { out, force } = values as { out: string; force: boolean };
  await writeOutput(out, output, force);
  return { file: out, bytes: output.bytes.length };
}
