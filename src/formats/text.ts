/**
 * Text as bytes of UTF-8: what a file must look like to be text at all, and the byte order marks and UTF-16 that
 * Windows tools and PowerShell's redirects write. Works on bytes, so that a copy of a secret can be overwritten.
 */

import { wipe } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";

const UTF8_MARK = [0xef, 0xbb, 0xbf] as const;
const UTF16_LITTLE_ENDIAN_MARK = [0xff, 0xfe] as const;
const UTF16_BIG_ENDIAN_MARK = [0xfe, 0xff] as const;

/**
 * The text in a file, as UTF-8 without a byte order mark.
 *
 * Bytes are text if no control character but tab, line feed and carriage return is among them; DER of a key always
 * has one, among its first few bytes as a rule. Behind a mark of UTF-16 only ASCII is taken for text.
 *
 * @returns a view on `bytes` or, for UTF-16, a fresh array; `undefined` if the bytes are not text.
 */
export function textOf(bytes: Uint8Array): Uint8Array | undefined {
  const text = withoutMark(bytes);
  if (!text?.some(isControl)) return text;
  wipeCopy(text, bytes);
  return undefined;
}

/** Whether it is text behind a byte order mark. Leaves no copy of it. */
export function isMarkedText(bytes: Uint8Array): boolean {
  const text = textOf(bytes);
  if (text === undefined || text.length === bytes.length) return false;
  wipeCopy(text, bytes);
  return true;
}

/** Text out of UTF-16 alone is a copy. */
function wipeCopy(text: Uint8Array, bytes: Uint8Array): void {
  if (text.buffer !== bytes.buffer) wipe(text);
}

/**
 * The text in a file as a string.
 *
 * @param hint - what to do if it is none.
 * @throws KmsWrapError `INVALID_TEXT` if it is none, or not valid UTF-8.
 */
export function decodeText(bytes: Uint8Array, hint = "save the file as UTF-8"): string {
  const text = textOf(bytes);
  const decoded = text && decodeUtf8(text);
  if (decoded !== undefined) return decoded;
  // Invalid UTF-8 is as little text as control characters are.
  throw new KmsWrapError("INVALID_TEXT", `${bytes.length} bytes that are not text in UTF-8`, { hint });
}

/** Whether there is nothing but ASCII in it. */
export function isAscii(text: Uint8Array): boolean {
  return text.every((octet) => octet < 0x80);
}

/** Whether it is well-formed UTF-8. */
export function isUtf8(text: Uint8Array): boolean {
  return decodeUtf8(text) !== undefined;
}

/** The offset of the ASCII string `needle` in `text` at or behind `from`; −1 if it is not there. */
export function indexOfAscii(text: Uint8Array, needle: string, from = 0): number {
  const first = needle.charCodeAt(0);
  for (let i = text.indexOf(first, from); i >= 0; i = text.indexOf(first, i + 1))
    if (isAsciiAt(text, needle, i)) return i;
  return -1;
}

/** Whether the ASCII string `needle` is somewhere in `text`. */
export function includesAscii(text: Uint8Array, needle: string): boolean {
  return indexOfAscii(text, needle) >= 0;
}

/** Whether the ASCII string `needle` stands at `offset` of `text`. */
export function isAsciiAt(text: Uint8Array, needle: string, offset: number): boolean {
  for (let i = 0; i < needle.length; i++) if (text[offset + i] !== needle.charCodeAt(i)) return false;
  return true;
}

/** Of a copy: in browsers a TextDecoder takes no memory that could be resized. */
function decodeUtf8(text: Uint8Array): string | undefined {
  const copy = Uint8Array.from(text);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(copy);
  } catch {
    return undefined;
  } finally {
    wipe(copy);
  }
}

function withoutMark(bytes: Uint8Array): Uint8Array | undefined {
  if (startsWith(bytes, UTF8_MARK)) return bytes.subarray(UTF8_MARK.length);
  if (startsWith(bytes, UTF16_LITTLE_ENDIAN_MARK)) return narrow(bytes, 1);
  if (startsWith(bytes, UTF16_BIG_ENDIAN_MARK)) return narrow(bytes, 0);
  return bytes;
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

function isControl(byte: number): boolean {
  return (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f;
}

/** ASCII out of UTF-16 behind its mark. `highOffset` is where in a pair the high byte stands. */
function narrow(bytes: Uint8Array, highOffset: 0 | 1): Uint8Array | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  const text = new Uint8Array(bytes.length / 2 - 1);
  for (let i = 0; i < text.length; i++) {
    const pair = 2 * i + 2;
    const unit = bytes[pair + 1 - highOffset]!;
    if (bytes[pair + highOffset] !== 0 || unit >= 0x80) {
      wipe(text);
      return undefined;
    }
    text[i] = unit;
  }
  return text;
}
