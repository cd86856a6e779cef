/** Files as people give them: read whole, into bytes that the caller owns and, if they are secret, overwrites. */

import { wipe } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";

/** A megabyte, as in the command: keys have a few thousand bytes. */
const MAX_FILE_BYTES = 2 ** 20;

/** What was given, from wherever. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What `readFiles` needs of a `File`. */
export interface ReadableFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** @throws KmsWrapError `INPUT_TOO_LARGE`, `UNRECOGNIZED_FORMAT` if the browser cannot read one */
export async function readFiles(files: readonly ReadableFile[]): Promise<GivenFile[]> {
  for (const { name, size } of files)
    if (size > MAX_FILE_BYTES)
      throw new KmsWrapError("INPUT_TOO_LARGE", `${name} has more than ${MAX_FILE_BYTES} bytes`, {
        hint: "keys and wrapped keys are far smaller: check that it is the right file",
      });
  const given: GivenFile[] = [];
  try {
    for (const file of files)
      given.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    return given;
  } catch (cause) {
    wipe(...given.map(({ bytes }) => bytes));
    throw new KmsWrapError("UNRECOGNIZED_FORMAT", "the browser cannot read it as a file", {
      hint: "give a file, not a folder, and one that may be read",
      cause,
    });
  }
}
