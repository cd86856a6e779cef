/** The one place that reads files. Nothing that is read here is kept, and everything has an end. */

import { closeSync, openSync, readSync } from "node:fs";
import { wipe } from "../bytes.ts";
import { CommandError, misuse, nameOf, systemError } from "./errors.ts";
import { isSame, statsOf } from "./same-file.ts";

const STDIN = 0;
/** A megabyte: what this command is given are keys, and the largest of them have a few thousand bytes. */
const MAX_INPUT_BYTES = 2 ** 20;

/**
 * The whole of a file.
 *
 * @param file - a path; "-" is stdin.
 * @returns bytes that the caller owns and, if they are secret, wipes.
 * @throws CommandError `CANNOT_READ`, `INPUT_TOO_LARGE`
 */
export async function readInput(file: string): Promise<Uint8Array> {
  const buffer = new Uint8Array(MAX_INPUT_BYTES + 1);
  try {
    const length = file === "-" ? await readStdin(buffer) : readFile(file, buffer);
    if (length <= MAX_INPUT_BYTES) return buffer.subarray(0, length);
  } catch (error) {
    wipe(buffer);
    throw systemError("CANNOT_READ", `cannot read ${nameOf(file)}`, error);
  }
  wipe(buffer);
  throw new CommandError(
    "INPUT_TOO_LARGE",
    `${nameOf(file)} has more than ${MAX_INPUT_BYTES} bytes`,
    "keys and wrapped keys are far smaller: check that it is the right file",
  );
}

/** @throws CommandError `MISUSE` if more than one of the files is stdin. */
export function refuseSharedStdin(...files: readonly string[]): void {
  if (files.filter((file) => file === "-").length > 1)
    throw misuse("stdin can be read once only", "give at most one - as an input");
}

/**
 * Refuses to replace what is read, by whatever name: it may be the only copy of a key.
 *
 * @param outputs - the files to be written, "-" for stdout.
 * @throws CommandError `MISUSE`
 */
export function refuseToReplace(inputs: readonly string[], outputs: readonly string[]): void {
  for (const output of outputs.filter((file) => file !== "-"))
    for (const input of inputs)
      if (isSameFile(input, output))
        throw misuse(
          `writing ${output} would replace what is read from ${nameOf(input)}`,
          "choose another name or folder for the result",
        );
}

/** Regular files alone can be lost; a link to one is that file. */
function isSameFile(input: string, output: string): boolean {
  const read = statsOf(input === "-" ? STDIN : input);
  return isSame(read, statsOf(output)) && read!.isFile();
}

/** Fills `buffer` as far as the file goes. @returns how many bytes that is. */
function readFile(file: string, buffer: Uint8Array): number {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read)
      read = readSync(descriptor, buffer, length, buffer.length - length, null);
    return length;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

async function readStdin(buffer: Uint8Array): Promise<number> {
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    const taken = chunk.subarray(0, buffer.length - length);
    buffer.set(taken, length);
    length += taken.length;
    wipe(chunk);
    if (length === buffer.length) break;
  }
  return length;
}
