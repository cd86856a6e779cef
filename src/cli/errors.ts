/** What can go wrong around the library: arguments, files, terminals. */

import { getSystemErrorMap } from "node:util";
import { KmsWrapError, type KmsWrapErrorCode } from "../errors.ts";

/** Why the command refused or failed, where it was not the library that did. */
export type CommandErrorCode =
  | "MISUSE"
  | "CANNOT_READ"
  | "CANNOT_WRITE"
  | "CANNOT_LISTEN"
  | "FILE_EXISTS"
  | "BINARY_TO_TERMINAL"
  | "INTERNAL_ERROR";

/** An error as the command reports it. */
export class CommandError extends Error {
  override readonly name: string = "CommandError";
  readonly code: CommandErrorCode | KmsWrapErrorCode;
  readonly hint: string | undefined;

  constructor(code: CommandErrorCode | KmsWrapErrorCode, message: string, hint?: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}

/** The command line itself is wrong. */
export function misuse(message: string, hint: string): CommandError {
  return new CommandError("MISUSE", message, hint);
}

/**
 * What a failed call of the operating system becomes: what it was about, and the system's word for it; or that the
 * runtime did not even ask the system. Anything else that was thrown comes back as it is.
 */
export function systemError(code: CommandErrorCode, what: string, thrown: unknown): unknown {
  if (isWithheld(thrown)) return withheld(code, what, thrown);
  const { errno } = thrown as NodeJS.ErrnoException;
  const [, reason] = (errno !== undefined && getSystemErrorMap().get(errno)) || [];
  return reason === undefined ? thrown : new CommandError(code, `${what}: ${reason}`, undefined, thrown);
}

/** How Deno, and Node under --permission, refuse what they were not started with the permission for. */
function isWithheld(thrown: unknown): boolean {
  const { name, code } = thrown as NodeJS.ErrnoException;
  return name === "NotCapable" || code === "ERR_ACCESS_DENIED";
}

/** The runtime lacks a permission. */
export function withheld(code: CommandErrorCode, what: string, cause?: unknown): CommandError {
  return new CommandError(
    code,
    `${what}: this runtime was not given the permission`,
    "Deno grants --allow-read and --allow-write for the folders of the files, --allow-net=127.0.0.1 for rehearse",
    cause,
  );
}

/**
 * Makes the library's refusals say which file they are about.
 *
 * @param file - as given on the command line.
 */
export function about<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof KmsWrapError)) throw error;
    throw new CommandError(
      error.code,
      `${nameOf(file)}: ${error.message}`,
      error.hint && asOptions(error.hint),
      error,
    );
  }
}

/** How messages call a file. */
export function nameOf(file: string): string {
  return file === "-" ? "stdin" : file;
}

/** The codes that say that the command line, not the data, has to be mended. */
const MISUSES: readonly string[] = [
  "MISUSE",
  "INVALID_ARGUMENT",
  "UNSUPPORTED_ALGORITHM",
  "UNSUPPORTED_KEY_SPEC",
  "INVALID_EXPIRATION",
  "INVALID_IMPORT_OPTION",
] satisfies (CommandErrorCode | KmsWrapErrorCode)[];

/** 1: refused or failed; 2: misused. */
export function exitCodeFor(error: CommandError): number {
  return MISUSES.includes(error.code) ? 2 : 1;
}

const LIBRARY_NAMES =
  /\b(?:keySpec|keyId|validTo|expirationModel|importType|keyMaterialId|keyMaterialDescription|failNext)\b/g;

/** What the library calls by a property's name, whoever runs the command calls by an option's. */
function asOptions(text: string): string {
  return text
    .replaceAll("{ raw: true }", "--raw")
    .replaceAll(LIBRARY_NAMES, (name) => `--${name.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`);
}

/** Any thrown value as what is reported. A bug's own message may hold input: only its place is told. */
export function toCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (error instanceof KmsWrapError)
    return new CommandError(error.code, asOptions(error.message), error.hint && asOptions(error.hint), error);
  const { name = typeof error, stack = "" } = error instanceof Error ? error : {};
  const place = /\n\s+at (?<place>.*)/.exec(stack)?.groups?.["place"] ?? "an unknown place";
  return new CommandError(
    "INTERNAL_ERROR",
    `${name} at ${place}`,
    "this is a bug in kms-wrap: please report this line, the command, and what kind of files it was given",
    error,
  );
}
