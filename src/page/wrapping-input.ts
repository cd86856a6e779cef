/** The wrapping key in whatever people have: parameters for import as JSON, the console's download, or a key alone. */

import { decodeText } from "../formats/text.ts";
import { isZip } from "../formats/zip.ts";
import { wrappingKeyWarnings } from "../keys/rsa-weaknesses.ts";
import { parseWrappingKey, type WrappingKey } from "../keys/wrapping-key.ts";
import { parametersOfFiles, readDownload } from "../kms/download.ts";
import { checkParametersLifetime } from "../kms/expiration.ts";
import {
  type ImportParameters,
  type ImportParametersObject,
  readParameters,
  wrappingKeyIn,
} from "../kms/parameters.ts";
import type { GivenFile } from "./files.ts";

/** What was recognised. All of it is public, but for the token, which is good for one key and a day. */
export interface WrappingInput {
  /** For people. */
  readonly form: string;
  readonly wrappingKey: WrappingKey;
  readonly warnings: readonly string[];
  /** Where there is a token, too: as `prepareImport` takes them, and as they were read. */
  readonly parameters?: {
    readonly source: ImportParametersObject | Uint8Array;
    readonly read: ImportParameters;
  };
}

/**
 * Recognises what was given.
 *
 * @param files - one; or those of an unpacked download, side by side.
 * @param now - milliseconds since 1970.
 * @throws KmsWrapError what `readDownload`, `readParameters` and `parseWrappingKey` throw, `PARAMETERS_EXPIRED`
 */
export function readWrappingInput(files: readonly GivenFile[], now: number = Date.now()): WrappingInput {
  const [file] = files;
  if (files.length !== 1 || file === undefined)
    return withToken("the console’s download, unpacked", parametersOfFiles(files), now);
  const { bytes } = file;
  if (isZip(bytes)) return withToken("the console’s download", readDownload(bytes), now);
  if (isParametersJson(bytes)) return withToken("parameters for import", bytes, now);
  const wrappingKey = parseWrappingKey(bytes);
  return {
    form: "a public key, without an import token",
    wrappingKey,
    warnings: wrappingKeyWarnings(wrappingKey),
  };
}

function withToken(form: string, source: ImportParametersObject | Uint8Array, now: number): WrappingInput {
  const read = readParameters(source);
  const lifetimeWarnings = checkParametersLifetime(read.validTo, now);
  const wrappingKey = wrappingKeyIn(read);
  const warnings = [...lifetimeWarnings, ...wrappingKeyWarnings(wrappingKey)];
  return { form, wrappingKey, warnings, parameters: { source, read } };
}

/** An object in JSON that is not a JWK. What is broken counts as such, too: its reader says where. */
function isParametersJson(bytes: Uint8Array): boolean {
  try {
    const text = decodeText(bytes).trim();
    return text.startsWith("{") && !isJwk(text);
  } catch {
    return false; // not text
  }
}

function isJwk(text: string): boolean {
  try {
    return "kty" in JSON.parse(text);
  } catch {
    return false;
  }
}
