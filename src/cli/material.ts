/** Key material as the command takes it: with a key spec by the KMS's rules, without one as far as it explains itself. */

import { wipe } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";
import { withInput } from "../formats/open-key.ts";
import { parseKeyMaterial } from "../keys/key-material.ts";
import type { KeySpec } from "../keys/key-specs.ts";
import { lookAlike, newlineLookAlike } from "../keys/look-alikes.ts";
import type { Material } from "../keys/material-report.ts";
import { isChina } from "../kms/regions.ts";
import { about } from "./errors.ts";
import { readInput } from "./input.ts";

/** What the command line says about it. */
interface MaterialOptions {
  readonly keySpec: KeySpec | undefined;
  readonly region: string | undefined;
  /** The bytes are meant literally. */
  readonly raw: boolean;
}

/** Lengths of keys, by which a line break behind one shows. */
const USUAL_KEY_BYTES = [16, 24, 28, 32, 48, 64];

const INSIST = "if these bytes are the key, say so: --raw";

/**
 * Reads key material from a file; what was read is overwritten.
 *
 * @param file - a path; "-" is stdin.
 * @throws CommandError `CANNOT_READ`, and with the codes of what `parseKeyMaterial` throws.
 */
export async function readMaterial(file: string, options: MaterialOptions): Promise<Material> {
  const bytes = await readInput(file);
  try {
    return about(file, () => materialFrom(bytes, options));
  } finally {
    wipe(bytes);
  }
}

function materialFrom(bytes: Uint8Array, { keySpec, region, raw }: MaterialOptions): Material {
  if (keySpec !== undefined) return parseKeyMaterial(bytes, keySpec, { raw, chinaRegion: isChina(region) });
  if (raw) return literally(bytes);
  if (explainsItself(bytes)) return parseKeyMaterial(bytes);
  const look =
    lookAlike(bytes) ?? USUAL_KEY_BYTES.map((length) => newlineLookAlike(bytes, length)).find(Boolean);
  if (look === undefined) return literally(bytes);
  throw new KmsWrapError("RAW_MATERIAL_LOOKS_ENCODED", `${bytes.length} bytes that look like ${look.what}`, {
    hint: `${look.hint}; ${INSIST}`,
  });
}

/** Whether it is a container that says what is in it. @throws KmsWrapError if it is a broken one, or looks like one. */
function explainsItself(bytes: Uint8Array): boolean {
  try {
    return withInput(bytes, "the key material", (input) => input.open() !== undefined);
  } catch (error) {
    if (!(error instanceof KmsWrapError)) throw error;
    const { code, message, hint } = error;
    if (code === "UNSUPPORTED_FORMAT") throw error; // No raw key looks like that.
    throw new KmsWrapError(code, message, { hint: hint ? `${hint}; ${INSIST}` : INSIST, cause: error });
  }
}

function literally(bytes: Uint8Array): Material {
  return { bytes: bytes.slice(), form: "raw bytes", conversions: [], warnings: [] };
}
