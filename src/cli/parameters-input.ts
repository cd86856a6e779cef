/**
 * Parameters for import as they lie on a disk: what `aws kms get-parameters-for-import` printed, or what the console
 * lets people download, a ZIP archive with the wrapping key and the token, packed or as a folder.
 */

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isZip } from "../formats/zip.ts";
import { type DownloadRole, readDownload, theOne } from "../kms/download.ts";
import type { ImportParametersObject } from "../kms/parameters.ts";
import { about, systemError } from "./errors.ts";
import { readInput } from "./input.ts";

/** What the parameters are read from: one file; or, of a folder, the wrapping key's and the token's. */
export type ParametersFiles = readonly [file: string] | readonly [publicKey: string, importToken: string];

/**
 * Finds the files.
 *
 * @param path - a file or a folder; "-" is stdin.
 * @throws CommandError `CANNOT_READ`, `INVALID_PARAMETERS`
 */
export function parametersFiles(path: string): ParametersFiles {
  if (path === "-" || !isFolder(path)) return [path];
  const names = reading(path, () => readdirSync(path));
  const fileFor = (role: DownloadRole) =>
    join(
      path,
      about(path, () => theOne(role, names, (name) => name)),
    );
  return [fileFor("PublicKey"), fileFor("ImportToken")];
}

/**
 * Reads the parameters.
 *
 * @returns what `prepareImport` takes as `parameters`.
 * @throws CommandError `CANNOT_READ`, `INPUT_TOO_LARGE`, `INVALID_PARAMETERS`, `INVALID_ZIP`
 */
export async function readParametersInput([file, importToken]: ParametersFiles): Promise<
  ImportParametersObject | Uint8Array
> {
  const bytes = await readInput(file);
  if (importToken !== undefined) return { PublicKey: bytes, ImportToken: await readInput(importToken) };
  return about(file, () => (isZip(bytes) ? readDownload(bytes) : bytes));
}

function isFolder(path: string): boolean {
  return reading(path, () => statSync(path).isDirectory());
}

/** Makes the system's refusals say which file they are about. */
function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw systemError("CANNOT_READ", `cannot read ${path}`, error);
  }
}
