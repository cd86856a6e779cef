/**
 * The one place that talks. People read stderr: `kms-wrap: …`. Machines read one JSON object for a whole run, on
 * stdout, or on stderr where stdout carries the data.
 */

import { writeSync } from "node:fs";
import type { Outcome } from "./command.ts";
import type { CommandError } from "./errors.ts";
import { print } from "./output.ts";
import { isSame, statsOf } from "./same-file.ts";

const [STDOUT, STDERR] = [1, 2];
/** Controls and format characters. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu;

/** Whom a run talks to. */
export interface Audience {
  readonly json: boolean;
  /** `--out -`, also by another name: nothing but data may go to stdout. */
  readonly dataOnStdout: boolean;
}

/** Read before the arguments are checked, so that an error in them already reaches whom it should. */
export function audienceOf(argv: readonly string[]): Audience {
  const end = argv.indexOf("--");
  const options = end < 0 ? argv : argv.slice(0, end);
  const dataOnStdout = options.some(
    (option, i) =>
      (option.startsWith("--out=") && isStdout(option.slice("--out=".length))) ||
      (options[i - 1] === "--out" && isStdout(option)),
  );
  return { json: options.includes("--json"), dataOnStdout };
}

/** Or another name of it: /dev/stdout, or that of the file that stdout goes to. */
function isStdout(file: string): boolean {
  return file === "-" || isSame(statsOf(STDOUT), statsOf(file));
}

/**
 * @param written - the file that the command's data went to.
 */
export async function tellOutcome(
  audience: Audience,
  command: string,
  outcome: Outcome,
  written?: { readonly file: string; readonly bytes: number },
): Promise<void> {
  const { report, said = [], warnings = [], shown = [] } = outcome;
  if (audience.json)
    return tellObject(audience, {
      ok: true,
      command,
      ...report,
      warnings,
      ...(written && { output: written }),
    });
  for (const warning of warnings) tell(`warning: ${warning}`);
  for (const line of said) tell(line);
  if (written && written.file !== "-") tell(`${written.bytes} bytes written to ${written.file}`);
  if (shown.length) await print(`${shown.map(withoutControls).join("\n")}\n`);
}

/** Told on stderr if the one who should hear it has gone. */
export async function tellError(audience: Audience, error: CommandError): Promise<void> {
  const { code, message, hint } = error;
  const object = { ok: false, error: { code, message, ...(hint && { hint }) } };
  if (audience.json && (await tellObject(audience, object).then(isDone, hasFailed))) return;
  tell(`error: ${message}`);
  if (hint) tell(`hint: ${hint}`);
}

const isDone = () => true;
const hasFailed = () => false;

async function tellObject({ dataOnStdout }: Audience, object: object): Promise<void> {
  const text = `${JSON.stringify(object, null, 2).replaceAll(UNSEEN, escaped)}\n`;
  if (dataOnStdout) writeToStderr(text);
  else await print(text);
}

function tell(line: string): void {
  writeToStderr(`kms-wrap: ${withoutControls(line)}\n`);
}

/**
 * Straight to the descriptor, since making process.stderr takes as long as a wrap. What a pipe will not take at once is
 * left to process.stderr. If nobody listens, the outcome stands all the same.
 */
function writeToStderr(text: string): void {
  let rest = Buffer.from(text);
  try {
    while (rest.length) rest = rest.subarray(writeSync(STDERR, rest));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN")
      process.stderr.once("error", () => undefined).write(rest);
  }
}

/** A file's name may hold sequences that a terminal obeys, or marks that turn the order of what is read around. */
function withoutControls(line: string): string {
  return line.replaceAll(UNSEEN, "?");
}

/** The same in JSON, where nothing is to be lost. */
function escaped(unseen: string): string {
  return unseen === "\n"
    ? unseen // between the lines: inside a string it is escaped already
    : unseen.replaceAll(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
