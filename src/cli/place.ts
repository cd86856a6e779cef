/**
 * Gives finished files their names: each in one step, so that whoever looks finds the old file or the new one, whole;
 * several of them all or none, so that what was there before can be brought back.
 */

import { closeSync, linkSync, openSync, renameSync, unlinkSync } from "node:fs";

/** A file that is written and has no name yet. */
export interface Unplaced {
  /** Where it is, in the same folder. */
  readonly temporary: string;
  readonly path: string;
  /** A name in the same folder for what is replaced. */
  readonly backup: string;
}

/** How to name it. */
export interface Placing {
  /** Of the empty file that may have to hold the name; without it the umask decides. */
  readonly mode: number | undefined;
  /** What has the name is replaced. */
  readonly replace: boolean;
  /** What was replaced is kept until it is certain that it is not needed. */
  readonly reversible: boolean;
}

/** What to do when it is certain whether the file stays. */
export interface Placed {
  /** Brings back what was there before: a file, as far as the file system can hold it under two names, or none. */
  undo(): void;
  keep(): void;
}

/** @throws NodeJS.ErrnoException with code EEXIST if the name is taken and not to be replaced. */
export function place({ temporary, path, backup }: Unplaced, { mode, replace, reversible }: Placing): Placed {
  if (!replace) {
    renameNew(temporary, path, mode);
    return { undo: () => remove(path), keep: () => undefined };
  }
  const before = reversible ? holdUnder(path, backup) : "unknown";
  try {
    renameSync(temporary, path);
  } catch (error) {
    remove(backup);
    throw error;
  }
  return {
    undo: () => {
      if (before === "held") renameSync(backup, path);
      else if (before === "nothing") remove(path);
    },
    keep: () => remove(backup),
  };
}

/** Where runtimes tell the permissions to read and to write apart, this needs the latter alone, unlike rmSync. */
export function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** Gives what is at `path` a second name. Not every file system can: there a new file that has replaced it stays. */
function holdUnder(path: string, backup: string): "held" | "nothing" | "unknown" {
  try {
    linkSync(path, backup);
    return "held";
  } catch (error) {
    return codeOf(error) === "ENOENT" ? "nothing" : "unknown";
  }
}

/** Renames unless the new name is taken, also by someone who takes it at this very moment. */
function renameNew(temporary: string, file: string, mode: number | undefined): void {
  try {
    linkSync(temporary, file);
    return;
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw error;
  }
  // FAT and some network file systems have no links: there an empty file holds the name until it is replaced.
  closeSync(openSync(file, "wx", mode));
  try {
    renameSync(temporary, file);
  } catch (error) {
    remove(file);
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
