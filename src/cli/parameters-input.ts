/**
 * Parameters for import as they lie on a disk: what `aws kms get-parameters-for-import` printed, or what the console
 * lets people download, a ZIP archive with the wrapping key and the token, packed or as a folder.
 */

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { KmsWrapError } from "../errors.ts";
import type { ImportParametersObject } from "../kms/parameters.ts";
import { about, systemError } from "./errors.ts";
import { readInput } from "./input.ts";
import { isZip, readZip } from "./zip.ts";

/** The names of today's downloads, and of those up to 2023, which end in the key's id and a date. */
const FILES = {
  PublicKey: /^(WrappingPublicKey\.bin|wrappingKey_.*)$/,
  ImportToken: /^(ImportToken\.bin|importToken_.*)$/,
} as const;

/** Between folders in an archive; "\\" from old versions of .NET. */
const SEPARATOR = /[\\/]/;

type FileRole = keyof typeof FILES;

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
  return about(path, () => (isZip(bytes) ? fromArchive(bytes) : bytes));
}

function isFolder(path: string): boolean {
  return reading(path, () => statSync(path).isDirectory());
}

async function readFolder(folder: string): Promise<ImportParametersObject> {
  const names = reading(folder, () => readdirSync(folder));
  const fileFor = (role: FileRole) =>
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

function fromArchive(archive: Uint8Array): ImportParametersObject {
  const entries = readZip(archive);
  const contentFor = (role: FileRole) =>
    theOne(role, entries, ({ name }) => name.split(SEPARATOR).at(-1)!).bytes;
  return { PublicKey: contentFor("PublicKey"), ImportToken: contentFor("ImportToken") };
}

/** The one among `candidates` whose name says that it holds `role`. */
function theOne<T>(role: FileRole, candidates: readonly T[], nameOf: (candidate: T) => string): T {
  const [found, another] = candidates.filter((candidate) => FILES[role].test(nameOf(candidate)));
  if (found !== undefined && another === undefined) return found;
  throw new KmsWrapError(
    "INVALID_PARAMETERS",
    another === undefined ? `no file that holds the ${role}` : `more than one file that may hold the ${role}`,
    {
      hint: "give the console's download, in which WrappingPublicKey.bin and ImportToken.bin lie side by side",
    },
  );
}
