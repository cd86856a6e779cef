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

/**
 * Reads the parameters.
 *
 * @param path - a file or a folder; "-" is stdin.
 * @returns what `prepareImport` takes as `parameters`.
 * @throws CommandError `CANNOT_READ`, `INPUT_TOO_LARGE`, `INVALID_PARAMETERS`, `INVALID_ZIP`
 */
export async function readParametersInput(path: string): Promise<ImportParametersObject | Uint8Array> {
  if (path !== "-" && isFolder(path)) return readFolder(path);
  const bytes = await readInput(path);
  return about(path, () => (isZip(bytes) ? readDownload(bytes) : bytes));
}

function isFolder(path: string): boolean {
  return reading(path, () => statSync(path).isDirectory());
}

async function readFolder(folder: string): Promise<ImportParametersObject> {
  const names = reading(folder, () => readdirSync(folder));
  const fileFor = (role: DownloadRole) =>
    join(
      folder,
      about(folder, () => theOne(role, names, (name) => name)),
    );
  const [publicKey, importToken] = [fileFor("PublicKey"), fileFor("ImportToken")];
  return { PublicKey: await readInput(publicKey), ImportToken: await readInput(importToken) };
}

/** Makes the system's refusals say which file they are about. */
function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw systemError("CANNOT_READ", `cannot read ${path}`, error);
  }
}
