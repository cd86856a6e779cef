/**
 * The console's download: a wrapping key and an import token as files, side by side in a ZIP archive or a folder, and
 * told by their names.
 */

import { KmsWrapError } from "../errors.ts";
import { readZip } from "../formats/zip.ts";
import type { ImportParametersObject } from "./parameters.ts";

/** What a file of the download holds. */
export type DownloadRole = "PublicKey" | "ImportToken";

/** The names of today's downloads, and of those up to 2023, which end in the key's id and a date. */
const FILES: Readonly<Record<DownloadRole, RegExp>> = {
  PublicKey: /^(WrappingPublicKey\.bin|wrappingKey_.*)$/,
  ImportToken: /^(ImportToken\.bin|importToken_.*)$/,
};

/** Between folders in an archive; "\\" from old versions of .NET. */
const SEPARATOR = /[\\/]/;

/**
 * The parameters in the archive.
 *
 * @throws KmsWrapError `INVALID_ZIP`, `INVALID_PARAMETERS`, `INPUT_TOO_LARGE`
 */
export function readDownload(archive: Uint8Array): ImportParametersObject {
  return parametersOfFiles(readZip(archive));
}

/**
 * The parameters in files that lie side by side.
 *
 * @param files - paths, of which the last part counts, and contents.
 * @throws KmsWrapError `INVALID_PARAMETERS`
 */
export function parametersOfFiles(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): ImportParametersObject {
  const contentFor = (role: DownloadRole) =>
    theOne(role, files, ({ name }) => name.split(SEPARATOR).at(-1)!).bytes;
  return { PublicKey: contentFor("PublicKey"), ImportToken: contentFor("ImportToken") };
}

/**
 * The one among `candidates` whose name says that it holds `role`.
 *
 * @throws KmsWrapError `INVALID_PARAMETERS` if there is none, or more than one.
 */
export function theOne<T>(role: DownloadRole, candidates: readonly T[], nameOf: (candidate: T) => string): T {
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
