/**
 * Pasted text as the bytes that are meant. In which notation they are written is said, never guessed: 64 hexadecimal
 * digits are as good an HMAC key as the 32 bytes they stand for.
 */

import { KmsWrapError } from "../errors.ts";
import { decodeBase64, isBlank } from "../formats/base64.ts";

/** What a text is: characters of a key file, or bytes in hexadecimal or base64. */
export type Notation = "text" | "hex" | "base64";

/**
 * The bytes in a fresh array. The text itself cannot be overwritten.
 *
 * @throws KmsWrapError `INVALID_TEXT`, `INVALID_BASE64`
 */
export function bytesOfText(text: string, notation: Notation): Uint8Array {
  const characters = new TextEncoder().encode(text);
  if (notation === "text") return characters;
  try {
    return notation === "hex" ? fromHexadecimal(characters) : decodeBase64(characters);
  } finally {
    characters.fill(0);
  }
}

/** Blanks may stand anywhere. */
function fromHexadecimal(characters: Uint8Array): Uint8Array {
  const digits = characters.filter((octet) => !isBlank(octet));
  try {
    for (const [i, octet] of digits.entries()) digits[i] = digitOf(octet);
    const wrong = digits.indexOf(NO_DIGIT);
    if (wrong >= 0) throw invalid(`digit ${wrong + 1} is none of 0-9, a-f and A-F`);
    if (digits.length % 2 !== 0) throw invalid(`${digits.length} hexadecimal digits do not make whole bytes`);
    return Uint8Array.from({ length: digits.length / 2 }, (_, i) => 16 * digits[2 * i]! + digits[2 * i + 1]!);
  } finally {
    digits.fill(0);
  }
}

const NO_DIGIT = 0xff;

function digitOf(octet: number): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  const letter = octet | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : NO_DIGIT;
}

function invalid(problem: string): KmsWrapError {
  return new KmsWrapError("INVALID_TEXT", problem, {
    hint: "check that it was copied whole, and nothing else",
  });
}
