/**
 * Key material that is bytes without structure: SYMMETRIC_DEFAULT and HMAC_*. Taken literally, never guessed: what looks
 * like an encoding of the key is refused, not decoded.
 */

import { emptyKeyMaterial, KmsWrapError } from "../errors.ts";
import type { KeySpec, RawMaterialFacts } from "./key-specs.ts";
import { type LookAlike, lookAlike, newlineLookAlike } from "./look-alikes.ts";

/** How to have one's way, for a program; whoever is none replaces it. */
export const INSIST = "say so: { raw: true }";

/** What `parseKeyMaterial` may be told beyond the key spec: what the caller knows better than the bytes show. */
export interface KeyMaterialOptions {
  /**
   * Raw material is meant literally, even if it looks like text (hexadecimal, base64, any other) or a key with a line
   * break, which is refused otherwise.
   */
  readonly raw?: boolean | undefined;
  /** The import goes to one of China's regions, where a SYMMETRIC_DEFAULT key is an SM4 key of 16 bytes. */
  readonly chinaRegion?: boolean | undefined;
}

/**
 * Checks raw material.
 *
 * @param material - secret: the content; public: the length.
 * @returns warnings, for people.
 * @throws KmsWrapError `EMPTY_KEY_MATERIAL`, `RAW_MATERIAL_LENGTH`, `RAW_MATERIAL_LOOKS_ENCODED`
 */
export function checkRawMaterial(
  material: Uint8Array,
  keySpec: KeySpec,
  facts: RawMaterialFacts,
  options: KeyMaterialOptions,
): string[] {
  const { length } = material;
  if (length === 0) throw emptyKeyMaterial(`no bytes, expected ${keySpec} key material`);
  const { minBytes, maxBytes, usualBytes } = lengthsOf(facts, options);
  const isLegal = length >= minBytes && length <= maxBytes;
  const isFixed = minBytes === maxBytes;
  const look = options.raw ? undefined : lookOf(material, usualBytes, isFixed);
  // Material of a fixed length that has it is taken literally; an HMAC key may well be as long as its encoding.
  if (look !== undefined && !(isLegal && isFixed)) throw looksEncoded(length, keySpec, look, isLegal);
  if (!isLegal)
    throw new KmsWrapError(
      "RAW_MATERIAL_LENGTH",
      `${length} bytes, but ${keySpec} takes ${isFixed ? minBytes : `${minBytes} to ${maxBytes}`}`,
      { hint: lengthHint(length, facts, options) },
    );
  const warnings: string[] = [];
  if (look !== undefined)
    warnings.push(`the ${length} bytes look like ${look.what}; they are taken literally`);
  if (length !== usualBytes)
    warnings.push(`${length} bytes are legal for ${keySpec}, but unusual: its hash has ${usualBytes}`);
  if (isOneByteRepeated(material))
    warnings.push(`the ${length} bytes are all the same: a buffer that was overwritten, or never filled?`);
  return warnings;
}

/** Text with a line break behind it may be a key with one where text is taken literally; elsewhere it is text. */
function lookOf(material: Uint8Array, keyBytes: number, isFixed: boolean): LookAlike | undefined {
  const newline = newlineLookAlike(material, keyBytes);
  return isFixed ? (newline ?? lookAlike(material)) : (lookAlike(material) ?? newline);
}

/** Every byte is read, whatever it is: material that is no secret at all is told from one that is, and nothing else. */
function isOneByteRepeated(material: Uint8Array): boolean {
  let difference = 0;
  for (const byte of material) difference |= byte ^ material[0]!;
  return difference === 0;
}

function lengthsOf(
  facts: RawMaterialFacts,
  { chinaRegion }: KeyMaterialOptions,
): Pick<RawMaterialFacts, "minBytes" | "maxBytes" | "usualBytes"> {
  const bytes = chinaRegion ? facts.chinaBytes : undefined;
  return bytes === undefined ? facts : { minBytes: bytes, maxBytes: bytes, usualBytes: bytes };
}

function looksEncoded(length: number, keySpec: KeySpec, look: LookAlike, isLegal: boolean): KmsWrapError {
  const insist = isLegal ? `; if these bytes are the key, ${INSIST}` : "";
  return new KmsWrapError(
    "RAW_MATERIAL_LOOKS_ENCODED",
    `${length} bytes that look like ${look.what}, expected the bytes of a ${keySpec} key`,
    { hint: `${look.hint}${insist}` },
  );
}

function lengthHint(
  length: number,
  { chinaBytes }: RawMaterialFacts,
  { chinaRegion }: KeyMaterialOptions,
): string {
  if (chinaBytes !== undefined && chinaRegion)
    return "in China's regions a SYMMETRIC_DEFAULT key is an SM4 key";
  if (length === chinaBytes)
    return "only China's regions take keys of this length (SM4): if it is for one, name that region";
  return "check that it is the right file, and the right key spec";
}
