/** Whether two names, or a name and a stream, are one file. */

import { type BigIntStats, fstatSync, statSync } from "node:fs";

/**
 * What is there now; what is not, or cannot be reached, shows when it is read or written.
 *
 * @param file - a path or a descriptor.
 */
export function statsOf(file: string | number): BigIntStats | undefined {
  try {
    return typeof file === "number" ? fstatSync(file, { bigint: true }) : statSync(file, { bigint: true });
  } catch {
    return undefined;
  }
}

/** Whatever it is: a file, a pipe, a device. */
export function isSame(a: BigIntStats | undefined, b: BigIntStats | undefined): boolean {
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}
