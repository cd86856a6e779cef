/**
 * What bytes look like that were meant to be something else: encodings of key material that people mistake for the
 * material. Only ever used to refuse or to explain, never to convert. secret: the bytes; all that leaves is a name.
 */

import { isBlank } from "../formats/base64.ts";
import { containerOfDer } from "../formats/containers.ts";
import { hasPem } from "../formats/pem.ts";
import { isMarkedText } from "../formats/text.ts";

/** What it looks like, and what to do about it. */
export interface LookAlike {
  readonly what: string;
  readonly hint: string;
}

const LINE_FEED = 0x0a;
const COLON = 0x3a;
const LETTER_X = 0x78;
/** For a command line; whoever has none replaces it. */
export const HEX_HINT = "make bytes of it: xxd -r -p FILE > key.bin";
/** For a command line; whoever has none replaces it. */
export const BASE64_HINT = "decode it: base64 -d FILE > key.bin";

/** The first row that fits is what it looks like. */
const LOOK_ALIKES: readonly (LookAlike & { readonly fits: (bytes: Uint8Array) => boolean })[] = [
  {
    what: "a key in DER",
    hint: "name the key spec of that key, or leave it out to have it recognised",
    fits: isKeyInDer,
  },
  {
    what: "a PEM file",
    hint: "name the key spec of the key in it, or leave it out to have it recognised",
    fits: hasPem,
  },
  {
    what: "text with a byte order mark",
    hint: "a text editor or PowerShell's > wrote it; write the bytes themselves to a file",
    fits: isMarkedText,
  },
  { what: "hexadecimal text", hint: HEX_HINT, fits: (bytes) => consistsOf(bytes, isHexDigit) },
  {
    what: "hexadecimal text with 0x or colons",
    hint: `write it without these, then ${HEX_HINT}`,
    fits: (bytes) => consistsOf(bytes, (octet) => isHexDigit(octet) || octet === COLON || octet === LETTER_X),
  },
  { what: "base64 text", hint: BASE64_HINT, fits: (bytes) => consistsOf(bytes, isBase64Symbol) },
  {
    // JSON around a key, a key of SSH, a passphrase: of 32 random bytes some 10^-14 are that.
    what: "text",
    hint: "check that it is the right file; if a key is written in it, give the bytes of that key",
    fits: (bytes) => consistsOf(bytes, (octet) => octet > 0x20 && octet < 0x7f),
  },
];

/** What `bytes` look like, if like anything. */
export function lookAlike(bytes: Uint8Array): LookAlike | undefined {
  return LOOK_ALIKES.find(({ fits }) => fits(bytes));
}

/** Whether it is a key of `keyBytes` bytes with a line break behind it, as editors and `echo` leave it. */
export function newlineLookAlike(bytes: Uint8Array, keyBytes: number): LookAlike | undefined {
  const excess = bytes.length - keyBytes;
  const crlf = excess === 2 && bytes.at(-2) === 0x0d;
  if (bytes.at(-1) !== LINE_FEED || (excess !== 1 && !crlf)) return undefined;
  return {
    what: `a key of ${keyBytes} bytes with a line break behind it`,
    hint: `cut it off: head -c ${keyBytes} FILE > key.bin`,
  };
}

/** Whether it is DER with the fields of a container. One of some 2^40 random strings is, too. */
export function isKeyInDer(bytes: Uint8Array): boolean {
  try {
    return containerOfDer(bytes) !== undefined;
  } catch {
    return false; // Not DER at all, so not a key in it.
  }
}

/** Whether there are symbols, and nothing but symbols and blanks. Looks at every byte, whatever it finds. */
function consistsOf(bytes: Uint8Array, isSymbol: (octet: number) => boolean): boolean {
  let symbols = 0;
  let others = 0;
  for (const octet of bytes) {
    if (isSymbol(octet)) symbols++;
    else if (!isBlank(octet)) others++;
  }
  return symbols > 0 && others === 0;
}

function isHexDigit(octet: number): boolean {
  return isDigit(octet) || isBetween(octet, "A", "F") || isBetween(octet, "a", "f");
}

/** Of base64 or base64url, padding included. */
function isBase64Symbol(octet: number): boolean {
  return (
    isDigit(octet) ||
    isBetween(octet, "A", "Z") ||
    isBetween(octet, "a", "z") ||
    "+/-_=".includes(String.fromCharCode(octet))
  );
}

function isDigit(octet: number): boolean {
  return isBetween(octet, "0", "9");
}

function isBetween(octet: number, first: string, last: string): boolean {
  return octet >= first.charCodeAt(0) && octet <= last.charCodeAt(0);
}
