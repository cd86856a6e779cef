/** The command line, read strictly: what is unknown, missing, repeated or empty is misuse. */

import { parseArgs } from "node:util";
import type { AnyValues, Command, Options } from "./command.ts";
import { misuse } from "./errors.ts";

/**
 * @param argv - what follows the command's name.
 * @throws CommandError `MISUSE`
 */
export function parseArguments(name: string, command: Command, argv: readonly string[]): AnyValues {
  const { calledBy } = command;
  const hint = `kms-wrap ${calledBy ? `${name} --${calledBy.option}` : name} --help lists what it takes`;
  if (calledBy && isGiven(calledBy.insteadOf, argv))
    throw misuse(
      `--${calledBy.option} and --${calledBy.insteadOf} exclude each other`,
      "leave out one of them",
    );
  const { values, positionals, tokens } = parseStrictly(command.options, argv, hint);
  refuseRepeated(tokens, hint);
  const operands = positionals.values();
  const complete = Object.entries(command.options).map(([option, { type, required, positional }]) => {
    const value = positional ? operands.next().value : values[option];
    const shown = positional ? option.toUpperCase() : `--${option}`;
    if (value === "") throw misuse(`${shown} is empty`, hint);
    if (value === undefined && required) throw misuse(`${shown} is missing`, hint);
    return [option, type === "boolean" ? value === true : value];
  });
  const extra = operands.next().value;
  if (extra !== undefined) throw misuse(`one argument too many: ${extra}`, hint);
  return Object.fromEntries(complete);
}

function parseStrictly(options: Options, argv: readonly string[], hint: string) {
  const named = Object.entries(options).filter(([, { positional }]) => !positional);
  try {
    return parseArgs({
      args: [...argv],
      options: Object.fromEntries(named.map(([name, { type }]) => [name, { type }])),
      allowPositionals: true,
      strict: true,
      tokens: true,
    });
  } catch (error) {
    const { message } = error as Error;
    throw misuse(firstSentence(message), `${dashAdvice(message)}${hint}`);
  }
}

function refuseRepeated(tokens: readonly { kind: string; name?: string }[], hint: string): void {
  const seen = new Set<string>();
  for (const { kind, name } of tokens) {
    if (kind !== "option" || name === undefined) continue;
    if (seen.has(name)) throw misuse(`--${name} is given twice`, hint);
    seen.add(name);
  }
}

/** Whether an option is among the arguments, whatever else is wrong with them. */
export function isGiven(option: string, argv: readonly string[]): boolean {
  return argv.some((argument) => argument === `--${option}` || argument.startsWith(`--${option}=`));
}

/** What Node says to do where a value looks like an option. */
function dashAdvice(message: string): string {
  const [, form] = /use '(--[^']+)'/.exec(message) ?? [];
  return form === undefined ? "" : `a value that begins with a dash is given as ${form}; `;
}

/** Node's messages go on with advice about its own API's options. */
function firstSentence(message: string): string {
  return message.split(/\.\s|\n/, 1)[0]!;
}
