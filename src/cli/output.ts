/**
 * The one place that writes. A file appears under its name whole or not at all: it is written under another name in
 * the same folder, flushed, and then given its name in one step that fails if the name is taken. Several files appear
 * together: none gets its name before all are written.
 */

import { closeSync, constants, lstatSync, openSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { toHex, wipe } from "../bytes.ts";
import { systemRandom } from "../random.ts";
import type { Output } from "./command.ts";
import { CommandError, misuse, systemError } from "./errors.ts";
import { type Placed, type Placing, place, remove, type Unplaced } from "./place.ts";
import { holdSignals } from "./signals.ts";

const STDOUT = 1;
/**
 * Of a file that holds a secret: its owner's alone. Elsewhere no mode is named and the umask decides, since Deno takes a
 * mode that is named as it is. Windows knows neither.
 */
const SECRET_MODE = 0o600;
/** Of a hidden name: enough for a generator that repeats itself to be noticed. */
const NAME_BYTES = 16;

/** One file that is to be written. */
interface Target extends Unplaced {
  /** As given on the command line. */
  readonly file: string;
  /** Where the bytes go: what `file` leads to, if it is a symbolic link. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly text: boolean;
  /** A pipe or a device: there is nothing to replace and no name to take. */
  readonly isStream: boolean;
}

/**
 * Writes a command's data where `--out` says, and the files that belong beside it: all of them or none.
 *
 * @param file - a path; "-" is stdout.
 * @param force - whether files of these names may be replaced.
 * @throws CommandError `FILE_EXISTS`, `CANNOT_WRITE`, `BINARY_TO_TERMINAL`, `MISUSE`
 */
export async function writeOutput(file: string, output: Output, force: boolean): Promise<void> {
  try {
    if (file === "-") await printOutput(output);
    else await writeFiles(targetsOf(file, output, force), output.secret ? SECRET_MODE : undefined, force);
  } finally {
    if (output.secret) wipe(output.bytes);
  }
}

async function printOutput({ bytes, text }: Output): Promise<void> {
  if (!text) await refuseTerminal(STDOUT);
  await print(bytes);
}

/** On stdout: help, reports, data. @throws CommandError `CANNOT_WRITE` */
export function print(data: Uint8Array | string): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: unknown) => reject(systemError("CANNOT_WRITE", "cannot write to stdout", error));
    process.stdout.once("error", failed);
    process.stdout.write(data, (error) => (error ? failed(error) : resolve()));
  });
}

function targetsOf(out: string, { bytes, text = false, beside = [] }: Output, force: boolean): Target[] {
  const files = [
    ...beside.map(({ name, bytes }) => ({
      file: join(dirname(out), name),
      bytes,
      text: false,
      other: "write to another folder",
    })),
    { file: out, bytes, text, other: "choose another name" },
  ];
  const targets = files.map((named) => writing(named.file, () => targetOf(named, force)));
  if (new Set(targets.map(({ path }) => path)).size < targets.length)
    throw misuse(`${out} leads to one of the files beside it`, "choose another name");
  return targets;
}

/** What is to be written where, and what to do if something is there. */
interface NamedFile {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly text: boolean;
  readonly other: string;
}

/** Refuses what cannot be written to, before anything is. */
function targetOf({ file, bytes, text, other }: NamedFile, force: boolean): Target {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw new CommandError("CANNOT_WRITE", `cannot write ${file}: it is a folder`);
  if (found === undefined && lstatSync(file, { throwIfNoEntry: false }))
    throw new CommandError(
      "CANNOT_WRITE",
      `cannot write ${file}: it is a link that leads nowhere`,
      `${other}, or remove the link`,
    );
  const isFile = found?.isFile() ?? false;
  const isStream = found !== undefined && !isFile;
  if (isFile && !force) throw fileExists(file, other);
  // What a symbolic link leads to is replaced, not the link: that may be /dev/stdout.
  const path = isFile ? realpathSync(file) : file;
  const hidden = join(dirname(path), `.kms-wrap-${toHex(systemRandom(NAME_BYTES))}`);
  return { file, path, temporary: `${hidden}.tmp`, backup: `${hidden}.old`, bytes, text, isStream };
}

async function writeFiles(
  targets: readonly Target[],
  mode: number | undefined,
  force: boolean,
): Promise<void> {
  const named = targets.filter(({ isStream }) => !isStream);
  const placed = writeWhole(named, { mode, replace: force, reversible: targets.length > 1 });
  try {
    for (const target of targets) if (target.isStream) await writeThrough(target);
  } catch (error) {
    throw withHints(error, undoAll(placed)); // half a set is worse than none
  }
  const stuck = placed.filter(({ keep }) => fails(keep)).map(({ target }) => target.backup);
  if (stuck.length > 0)
    throw new CommandError("CANNOT_WRITE", `cannot remove ${stuck.join(", ")}`, "that is what was replaced");
}

async function writeThrough({ file, path, bytes, text }: Target): Promise<void> {
  const descriptor = writing(file, () => openSync(path, constants.O_WRONLY));
  try {
    if (!text) await refuseTerminal(descriptor);
    writing(file, () => writeFileSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

/** A target that has its name. */
interface PlacedTarget extends Placed {
  readonly target: Target;
}

function writeWhole(targets: readonly Target[], placing: Placing): readonly PlacedTarget[] {
  const placed: PlacedTarget[] = [];
  const removeTemporary = ({ file, temporary }: Target) => writing(file, () => remove(temporary));
  return holdSignals(() => {
    try {
      for (const { file, temporary, bytes } of targets)
        writing(file, () => writeFileSync(temporary, bytes, { flag: "wx", mode: placing.mode, flush: true }));
      for (const target of targets)
        placed.push({ target, ...writing(target.file, () => place(target, placing)) });
      for (const target of targets) removeTemporary(target);
      return placed;
    } catch (error) {
      const left = targets.filter((target) => fails(() => removeTemporary(target)));
      throw withHints(error, [...undoAll(placed), ...left.map(({ temporary }) => `remove ${temporary}`)]);
    }
  });
}

/** Brings back what can be brought back; says what cannot. */
function undoAll(placed: readonly PlacedTarget[]): string[] {
  const changed = placed.filter(({ undo }) => fails(undo)).map(({ target }) => target);
  return changed.map(({ file, backup }) => `${file} is changed: ${backup} is what it was, if it was there`);
}

function fails(work: () => void): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}

/** The error, and what has to be done because of it. */
function withHints(error: unknown, hints: readonly string[]): unknown {
  if (hints.length === 0 || !(error instanceof CommandError)) return error;
  return new CommandError(error.code, error.message, [error.hint ?? [], hints].flat().join("; "), error);
}

/** Makes the system's refusals say which file they are about. */
function writing<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isTaken(error)) throw fileExists(file);
    throw systemError("CANNOT_WRITE", `cannot write ${file}`, error);
  }
}

async function refuseTerminal(descriptor: number): Promise<void> {
  const { isatty } = await import("node:tty");
  if (!isatty(descriptor)) return;
  throw new CommandError(
    "BINARY_TO_TERMINAL",
    "the result is binary and is not written to a terminal",
    "name a file with --out FILE, or send stdout to a file or a pipe",
  );
}

function isTaken(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EEXIST";
}

function fileExists(file: string, other = "choose another name"): CommandError {
  return new CommandError("FILE_EXISTS", `${file} exists`, `${other}, or add --force to replace it`);
}
