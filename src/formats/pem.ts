/**
 * The textual encoding of keys, RFC 7468, and the encrypted one of RFC 1421 as far as to recognise it. Works on bytes
 * of ASCII in time linear in their number.
 *
 * Tolerated: CRLF, blanks, base64 lines of any length, explanatory text between blocks. public: labels and layout.
 */

import { KmsWrapError } from "../errors.ts";
import { includesAscii, indexOfAscii, isAsciiAt } from "./text.ts";

const BEGIN = "-----BEGIN ";
const END = "-----END ";
const DASHES = "-----";
/** A label's own length: no known one has more characters. */
const MAX_LABEL_CHARACTERS = 64;
/** A blank or an upper-case letter, digit or sign: RFC 7468 §3 without the lower case that no key's label has. */
const LABEL = /^[ -Z]*$/;

/** One block of a PEM file. */
interface PemBlock {
  /** "PUBLIC KEY", …; never shown to anyone unless it is a known one. */
  readonly label: string;
  /** The base64 between the lines, a view on the input. */
  readonly base64: Uint8Array;
  /** Whether RFC 1421 headers say that the content is encrypted. */
  readonly encrypted: boolean;
}

/** Whether a block begins somewhere in `text`. */
export function hasPem(text: Uint8Array): boolean {
  return includesAscii(text, BEGIN);
}

/**
 * All blocks of a PEM file in their order.
 *
 * @throws KmsWrapError `INVALID_PEM`
 */
export function readPem(text: Uint8Array): PemBlock[] {
  const blocks: PemBlock[] = [];
  let position = 0;
  for (;;) {
    const begin = indexOfAscii(text, BEGIN, position);
    if (begin < 0) return blocks;
    const label = readLabel(text, begin);
    const bodyStart = begin + BEGIN.length + label.length + DASHES.length;
    const endLine = `${END}${label}${DASHES}`;
    const bodyEnd = indexOfAscii(text, DASHES, bodyStart); // at −1 there is no END line either
    if (!isAsciiAt(text, endLine, bodyEnd))
      throw invalidPem(`the block that begins at byte ${begin} has no END line with the same label`);
    blocks.push({ label, ...readBody(text.subarray(bodyStart, bodyEnd), bodyStart) });
    position = bodyEnd + endLine.length;
  }
}

function readLabel(text: Uint8Array, begin: number): string {
  const start = begin + BEGIN.length;
  const characters = text.subarray(start, start + MAX_LABEL_CHARACTERS + DASHES.length);
  const end = indexOfAscii(characters, DASHES);
  const label = String.fromCharCode(...characters.subarray(0, Math.max(end, 0)));
  if (end >= 0 && LABEL.test(label)) return label;
  throw invalidPem(`the BEGIN line at byte ${begin} has no label that ends with five dashes`);
}

/** Headers (RFC 1421 §4.4) end with an empty line, and are written only where the content is encrypted. */
function readBody(body: Uint8Array, offset: number): Omit<PemBlock, "label"> {
  if (!includesAscii(body, ":")) return { base64: body, encrypted: false };
  if (includesAscii(body, "Proc-Type:") && includesAscii(body, "ENCRYPTED"))
    return { base64: body.subarray(body.length), encrypted: true };
  throw invalidPem(`the block whose content begins at byte ${offset} has headers, expected base64 only`);
}

function invalidPem(message: string): KmsWrapError {
  return new KmsWrapError("INVALID_PEM", message, {
    hint: "a PEM file has a BEGIN line, base64, and an END line with the same label; check that it was copied whole",
  });
}
