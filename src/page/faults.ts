/** Which field of the page an error is about, and what to do about it there. */

import type { KmsWrapErrorCode } from "../errors.ts";
import { BASE64_HINT, HEX_HINT } from "../keys/look-alikes.ts";
import { INSIST } from "../keys/raw-material.ts";

/** The ids of the fields in index.html; each has an element `<id>-error`. */
export type FieldId =
  | "wrapping"
  | "material"
  | "key-spec"
  | "region"
  | "algorithm"
  | "key-id"
  | "valid-to"
  | "options"
  | "wrap";

const PLACES: Partial<Readonly<Record<KmsWrapErrorCode, FieldId>>> = {
  INVALID_PARAMETERS: "wrapping",
  PARAMETERS_EXPIRED: "wrapping",
  INVALID_ZIP: "wrapping",
  KEY_SPEC_REQUIRED: "key-spec",
  KEY_SPEC_MISMATCH: "key-spec",
  UNSUPPORTED_KEY_SPEC: "key-spec",
  REGION_MISMATCH: "region",
  INCOMPATIBLE_KEY_SPEC: "algorithm",
  UNAVAILABLE_IN_REGION: "algorithm",
  WRAPPING_KEY_MISMATCH: "algorithm",
  KEY_MATERIAL_TOO_LONG: "algorithm",
  INVALID_KEY_ID: "key-id",
  ALIAS_AS_KEY_ID: "key-id",
  KEY_ID_MISMATCH: "key-id",
  INVALID_EXPIRATION: "valid-to",
  INVALID_IMPORT_OPTION: "options",
  RANDOM_UNAVAILABLE: "wrap",
  RANDOM_BROKEN: "wrap",
  UNWRAP_FAILED: "wrap",
};

/** The field that a wrap's error belongs beside: the material's, if no other. */
export function placeOf(code: KmsWrapErrorCode): FieldId {
  return PLACES[code] ?? "material";
}

/** What the library says for a command line or a program, and what is to be done here instead. */
const HERE: readonly (readonly [there: string, here: string])[] = [
  [HEX_HINT, "paste it as text below, as raw bytes in hexadecimal"],
  [BASE64_HINT, "paste it as text below, as raw bytes in base64"],
  [INSIST, "tick the box for that under Wrap"],
];

/** A hint of the library in terms of the page. */
export function hintHere(hint: string): string {
  return HERE.reduce((text, [there, here]) => text.replace(there, here), hint);
}
