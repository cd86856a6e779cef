/**
 * The one place that writes. A file appears under its name whole or not at all: it is written under another name in
 * the same folder, flushed, and then given its name in one step that fails if the name is taken.
 */

import {
  closeSync,
  constants,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { toHex, wipe } from "../bytes.ts";
import { systemRandom } from "../random.ts";
import type { Output } from "./command.ts";
import { CommandError, systemError } from "./errors.ts";
import { holdSignals } from "./signals.ts";

const STDOUT = 1;
/** Of a file that holds a secret: its owner's alone. Elsewhere the umask decides. Windows knows neither. */
const SECRET_MODE = 0o600;
const COMMON_MODE = 0o666;

/**
 * Writes a command's data where `--out` says.
 *
 * @param file - a path; "-" is stdout.
 * @param force - whether a file of that name may be replaced.
 * @throws CommandError `FILE_EXISTS`, `CANNOT_WRITE`, `BINARY_TO_TERMINAL`
 */
export async function writeOutput(file: string, output: Output, force: boolean): Promise<void> {
  try {
    if (file === "-") await printBytes(output.bytes);
    else await writeFile(file, output, force);
  } catch (error) {
    throw systemError("CANNOT_WRITE", `cannot write ${file}`, error);
  } finally {
    if (output.secret) wipe(output.bytes);
  }
}

/** Text on stdout: help and reports. @throws CommandError `CANNOT_WRITE` */
export async function printText(text: string): Promise<void> {
  await print(text);
}

async function printBytes(bytes: Uint8Array): Promise<void> {
  await refuseTerminal(STDOUT);
  await print(bytes);
}

function print(data: Uint8Array | string): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: unknown) => reject(systemError("CANNOT_WRITE", "cannot write to stdout", error));
    process.stdout.once("error", failed);
    process.stdout.write(data, (error) => (error ? failed(error) : resolve()));
  });
}

async function writeFile(file: string, output: Output, force: boolean): Promise<void> {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw new CommandError("CANNOT_WRITE", `cannot write ${file}: it is a folder`);
  if (found !== undefined && !found.isFile()) return writeThrough(file, output.bytes);
  if (found !== undefined && !force) throw fileExists(file);
  // What a symbolic link leads to is replaced, not the link: that may be /dev/stdout.
  writeWhole(found === undefined ? file : realpathSync(file), output, force);
}

/** Into a pipe or a device, where there is nothing to overwrite and no name to take. */
async function writeThrough(file: string, bytes: Uint8Array): Promise<void> {
  const descriptor = openSync(file, constants.O_WRONLY);
  try {
    await refuseTerminal(descriptor);
    writeFileSync(descriptor, bytes);
  } finally {
    closeSync(descriptor);
  }
}

function writeWhole(file: string, { bytes, secret }: Output, force: boolean): void {
  const mode = secret ? SECRET_MODE : COMMON_MODE;
  const temporary = join(dirname(file), `.kms-wrap-${toHex(systemRandom(8))}.tmp`);
  holdSignals(() => {
    try {
      writeFileSync(temporary, bytes, { flag: "wx", mode, flush: true });
      if (force) renameSync(temporary, file);
      else renameNew(temporary, file, mode);
    } finally {
      rmSync(temporary, { force: true });
    }
  });
}

/** Renames unless the new name is taken, also by someone who takes it at this very moment. */
function renameNew(temporary: string, file: string, mode: number): void {
  try {
    linkSync(temporary, file);
    return;
  } catch (error) {
    if (isTaken(error)) throw fileExists(file);
  }
  // FAT and some network file systems have no links: there an empty file holds the name until it is replaced.
  try {
    closeSync(openSync(file, "wx", mode));
  } catch (error) {
    throw isTaken(error) ? fileExists(file) : error;
  }
  try {
    renameSync(temporary, file);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
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

function fileExists(file: string): CommandError {
  return new CommandError(
    "FILE_EXISTS",
    `${file} exists`,
    "choose another name, or add --force to replace it",
  );
}
