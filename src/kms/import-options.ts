/**
 * ImportType, KeyMaterialId and KeyMaterialDescription of ImportKeyMaterial: for symmetric encryption keys alone, which
 * can hold several materials in turn. HMAC and asymmetric keys keep their first one for ever.
 */

import { typeName } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";
import type { KeySpec } from "../keys/key-specs.ts";

/** `ImportType` of the KMS API: whether the material is a further one of the key, or one that it had before. */
export type ImportType = "NEW_KEY_MATERIAL" | "EXISTING_KEY_MATERIAL";

/** The options as a request carries them. */
export interface ImportOptions {
  readonly ImportType?: ImportType;
  readonly KeyMaterialId?: string;
  readonly KeyMaterialDescription?: string;
}

/**
 * Options of an import that only SYMMETRIC_DEFAULT keys have, which can hold several materials in turn. The service's
 * own defaults hold where they are left out.
 */
export interface GivenImportOptions {
  /** NEW_KEY_MATERIAL adds one to those that the key has; EXISTING_KEY_MATERIAL brings back one that it had. */
  readonly importType?: ImportType | undefined;
  /** Which one is brought back: 64 lower-case hexadecimal digits, from ListKeyRotations. */
  readonly keyMaterialId?: string | undefined;
  /** At most 256 letters, digits, blanks and `: / _ . -`. */
  readonly keyMaterialDescription?: string | undefined;
}

interface Rule {
  readonly pattern: RegExp;
  /** What the pattern means, in words. */
  readonly expected: string;
}

/** As the API limits them; its \s and \w are those of ASCII. */
export const IMPORT_OPTION_RULES: Readonly<Record<keyof GivenImportOptions, Rule>> = {
  importType: {
    pattern: /^(NEW|EXISTING)_KEY_MATERIAL$/,
    expected: "NEW_KEY_MATERIAL or EXISTING_KEY_MATERIAL",
  },
  keyMaterialId: { pattern: /^[a-f0-9]{64}$/, expected: "64 of a-f and 0-9" },
  keyMaterialDescription: {
    pattern: /^[a-zA-Z0-9:/_ \t\n\v\f\r.-]{0,256}$/,
    expected: "at most 256 letters, digits, blanks and : / _ . -",
  },
};

/**
 * Checks the three, and leaves out an empty description.
 *
 * @throws KmsWrapError `INVALID_IMPORT_OPTION`
 */
export function readImportOptions(keySpec: KeySpec, given: GivenImportOptions): ImportOptions {
  const importType = checked("importType", given.importType) as ImportType | undefined;
  const keyMaterialId = checked("keyMaterialId", given.keyMaterialId);
  const description = checked("keyMaterialDescription", given.keyMaterialDescription) || undefined;
  if (keySpec !== "SYMMETRIC_DEFAULT" && (importType ?? keyMaterialId ?? description) !== undefined)
    throw invalid(
      `importType, keyMaterialId and keyMaterialDescription are for SYMMETRIC_DEFAULT keys, and this is ${keySpec}`,
      "leave them out",
    );
  if (importType === "NEW_KEY_MATERIAL" && keyMaterialId !== undefined)
    throw invalid(
      "keyMaterialId names material that was imported before, and importType is NEW_KEY_MATERIAL",
      "leave out keyMaterialId: the service makes one and answers with it",
    );
  return {
    ...(importType !== undefined && { ImportType: importType }),
    ...(keyMaterialId !== undefined && { KeyMaterialId: keyMaterialId }),
    ...(description !== undefined && { KeyMaterialDescription: description }),
  };
}

function checked(name: keyof GivenImportOptions, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const { pattern, expected } = IMPORT_OPTION_RULES[name];
  if (typeof value !== "string")
    throw invalid(`${name} must be a string, found ${typeName(value)}`, `give ${expected}`);
  if (!pattern.test(value)) throw invalid(`${name} does not have its form`, `give ${expected}`);
  return value;
}

function invalid(message: string, hint: string): KmsWrapError {
  return new KmsWrapError("INVALID_IMPORT_OPTION", message, { hint });
}
