/**
 * Base64 and base64url, RFC 4648 §4 and §5, on bytes of ASCII: private keys come in it, so there is no string in
 * between that could not be overwritten. Strict: nothing but the alphabet (and blanks, where said), canonical padding.
 *
 * secret: the symbols; public: how many there are, and where blanks stand.
 */

import { wipe } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";

const PAD = 0x3d; // "="

/** Space, tab, line feed, carriage return. */
export function isBlank(octet: number): boolean {
  return octet === 0x20 || octet === 0x09 || octet === 0x0a || octet === 0x0d;
}

/**
 * Decodes base64; blanks and line breaks may stand anywhere.
 *
 * @param text - ASCII.
 * @param offset - where it begins in the text that people see, for messages.
 * @returns a fresh array.
 * @throws KmsWrapError `INVALID_BASE64`
 */
export function decodeBase64(text: Uint8Array, offset = 0): Uint8Array {
  let symbols = 0;
  let padding = 0;
  for (let i = 0; i < text.length; i++) {
    const octet = text[i]!;
    if (isBlank(octet)) continue;
    if (octet === PAD) padding++;
    else if (padding > 0) throw invalidBase64(`at character ${offset + i}: a symbol after the padding`);
    else if (sextet(octet) < 0) throw invalidBase64(`at character ${offset + i}: not in the base64 alphabet`);
    else symbols++;
  }
  if (symbols % 4 === 1 || padding !== (4 - (symbols % 4)) % 4)
    throw invalidBase64(`${symbols} symbols and ${padding} of padding do not make whole groups of four`);
  return joinSextets(text, symbols, sextet);
}

/**
 * Decodes base64url without padding and without blanks, as JSON Web Keys have it (RFC 7515 §2).
 *
 * @param text - ASCII.
 * @returns a fresh array.
 * @throws KmsWrapError `INVALID_BASE64`
 */
export function decodeBase64Url(text: Uint8Array): Uint8Array {
  for (let i = 0; i < text.length; i++)
    if (urlSextet(text[i]!) < 0) throw invalidBase64(`at character ${i}: not in the base64url alphabet`);
  if (text.length % 4 === 1) throw invalidBase64(`${text.length} symbols do not make whole bytes`);
  return joinSextets(text, text.length, urlSextet);
}

/** Base64 with padding, in one line. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The bits of the symbols, blanks and padding passed over; bits that no byte takes must be zero. */
function joinSextets(text: Uint8Array, symbols: number, sextetOf: (octet: number) => number): Uint8Array {
  const out = new Uint8Array(Math.floor((symbols * 6) / 8));
  let bits = 0;
  let bitCount = 0;
  let offset = 0;
  for (const octet of text) {
    if (isBlank(octet) || octet === PAD) continue;
    bits = ((bits << 6) | sextetOf(octet)) & 0xfff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    out[offset++] = bits >> bitCount;
  }
  if ((bits & ((1 << bitCount) - 1)) === 0) return out;
  wipe(out);
  throw invalidBase64("the last symbol has bits that belong to no byte");
}

/**
 * The value of a symbol, −1 outside of the alphabet, by arithmetic alone: each line adds its range's value if the
 * octet lies between the two excluded bounds.
 */
function sextet(octet: number): number {
  return alphanumeric(octet) + symbolValue(octet, 0x2b, 62) + symbolValue(octet, 0x2f, 63); // "+", "/"
}

function urlSextet(octet: number): number {
  return alphanumeric(octet) + symbolValue(octet, 0x2d, 62) + symbolValue(octet, 0x5f, 63); // "-", "_"
}

function alphanumeric(octet: number): number {
  let value = -1;
  value += (((0x40 - octet) & (octet - 0x5b)) >> 8) & (octet - 64); // A … Z: 0 … 25
  value += (((0x60 - octet) & (octet - 0x7b)) >> 8) & (octet - 70); // a … z: 26 … 51
  value += (((0x2f - octet) & (octet - 0x3a)) >> 8) & (octet + 5); // 0 … 9: 52 … 61
  return value;
}

/** What makes −1 into `value` if the octet is `symbol`, else 0. */
function symbolValue(octet: number, symbol: number, value: number): number {
  return (((symbol - 1 - octet) & (octet - symbol - 1)) >> 8) & (value + 1);
}

function invalidBase64(message: string): KmsWrapError {
  return new KmsWrapError("INVALID_BASE64", message, {
    hint: "the text may be cut short, or be base64url where base64 is meant, or the other way round",
  });
}
