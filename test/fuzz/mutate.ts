/**
 * Damage to inputs: to bytes as they are, to text by its words, and to DER by its elements, with the lengths around them
 * mended, so that what is deep inside is reached.
 */

import { concatBytes } from "../../src/bytes.ts";
import { decodeBase64, encodeBase64 } from "../../src/formats/base64.ts";
import { utf8 } from "../support/der-builder.ts";
import { mutateDer } from "./mutate-der.ts";
import type { Choices } from "./random.ts";

const EDGE_OCTETS = [0, 1, 2, 4, 0x20, 0x30, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xa0, 0xff];
const WORDS: readonly Uint8Array[] = [
  ...[
    "-----BEGIN ",
    "-----END ",
    "PRIVATE KEY-----",
    "PUBLIC KEY-----",
    "EC PARAMETERS-----",
    "\r\n",
    " ",
    "=",
    "==",
  ],
  ...[
    "Proc-Type: 4,ENCRYPTED\n",
    "{",
    "}",
    "[",
    "]",
    '"',
    ":",
    ",",
    "null",
    "true",
    "-1",
    "1e400",
    "\\u0000",
    '"kty"',
  ],
  ...[
    '"RSA"',
    '"EC"',
    '"OKP"',
    '"d"',
    '"oth":[]',
    '"keys":[]',
    '"__proto__":',
    '"KeyId":',
    '"PublicKey":',
    "+01:00",
  ],
  ...["\ufeff", "\u2028", "é", "MII", "ssh-rsa ", "arn:aws:kms:", "alias/", "mrk-"],
]
  .map(utf8)
  .concat(
    [
      [0x30, 0x80],
      [0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
      [0x02, 0x01, 0x00],
      [0x05, 0x00],
      [0x00, 0x00],
    ].map((octets) => Uint8Array.from(octets)),
    [
      [0xff, 0xfe],
      [0xfe, 0xff],
      [0xef, 0xbb, 0xbf],
      [0xc0, 0x80],
      [0xed, 0xa0, 0x80],
    ].map((octets) => Uint8Array.from(octets)),
  );

/**
 * One to five changes.
 *
 * @param other - an input to take parts from.
 */
export function mutate(input: Uint8Array, other: Uint8Array, choices: Choices, maxBytes: number): Uint8Array {
  let mutated = input;
  for (let left = 1 + choices.below(choices.once(3) ? 5 : 2); left > 0; left--)
    mutated = mutateOnce(mutated, other, choices).subarray(0, maxBytes);
  return choices.once(3) ? ofLength(input, mutated) : mutated.slice();
}

/** Cut or completed to the length it had, which much depends on. */
function ofLength(input: Uint8Array, mutated: Uint8Array): Uint8Array {
  const out = input.slice();
  out.set(mutated.subarray(0, out.length));
  return out;
}

function mutateOnce(input: Uint8Array, other: Uint8Array, choices: Choices): Uint8Array {
  if (input[0] === 0x30 && choices.below(3) > 0) return mutateDer(input, choices, mutateBytes);
  if (choices.once(2)) return mutateBase64(input, choices) ?? mutateBytes(input, choices, other);
  return mutateBytes(input, choices, other);
}

/** Where there is base64 in a text: what it encodes, changed, in base64 again. */
function mutateBase64(input: Uint8Array, choices: Choices): Uint8Array | undefined {
  const text = new TextDecoder("latin1").decode(input);
  const found = [...text.matchAll(/[A-Za-z0-9+/_-][A-Za-z0-9+/_\s-]{14,}={0,2}(?![A-Za-z])/g)];
  if (found.length === 0) return undefined;
  const { 0: encoded, index } = choices.of(found);
  try {
    const decoded = decodeBase64(
      utf8(
        encoded
          .replaceAll("-", "+")
          .replaceAll("_", "/")
          .replace(/[\s=]+$/, "")
          .replace(/$/, padding),
      ),
    );
    const changed =
      decoded[0] === 0x30 ? mutateDer(decoded, choices, mutateBytes) : mutateBytes(decoded, choices, decoded);
    const again = encodeBase64(changed);
    const url = /[-_]/.test(encoded) || text[0] === "{";
    const written =
      url && !encoded.includes("=")
        ? again.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
        : again;
    return concatBytes(input.subarray(0, index), utf8(written), input.subarray(index + encoded.length));
  } catch {
    return undefined; // Not base64 after all.
  }
}

/** What completes the last group of four. */
function padding(_match: string, offset: number): string {
  return "=".repeat((4 - (offset % 4)) % 4);
}

type Change = (input: Uint8Array, choices: Choices, other: Uint8Array) => Uint8Array;

const CHANGES: readonly Change[] = [
  (input, choices) => replaced(input, choices, 1, ([octet = 0]) => [octet ^ (1 << choices.below(8))]),
  (input, choices) => replaced(input, choices, 1, () => [choices.of(EDGE_OCTETS)]),
  (input, choices) => replaced(input, choices, 1, () => [choices.below(256)]),
  (input, choices) => replaced(input, choices, 1, ([octet = 0]) => [(octet + choices.below(9) - 4) & 0xff]),
  (input, choices) => replaced(input, choices, length(choices), () => []),
  (input, choices) =>
    replaced(input, choices, 0, () => Array.from({ length: length(choices) }, () => choices.below(256))),
  (input, choices) =>
    replaced(input, choices, 0, () => new Array<number>(length(choices)).fill(choices.of(EDGE_OCTETS))),
  (input, choices) => replaced(input, choices, length(choices), (part) => [...part, ...part]),
  (input, choices) => replaced(input, choices, choices.of([0, 0, 4, 8]), () => choices.of(WORDS)),
  (input, choices) => input.subarray(0, choices.below(input.length + 1)),
  (input, choices) => input.subarray(choices.below(Math.min(input.length + 1, 8))),
  (input, choices, other) =>
    concatBytes(
      input.subarray(0, choices.below(input.length + 1)),
      other.subarray(choices.below(other.length + 1)),
    ),
  (input, choices, other) => {
    const start = choices.below(other.length + 1);
    return replaced(input, choices, length(choices), () => other.subarray(start, start + length(choices)));
  },
  (input, choices) => repeated(input, choices),
];

/** A change that knows nothing of the input's structure. */
function mutateBytes(input: Uint8Array, choices: Choices, other: Uint8Array = input): Uint8Array {
  return choices.of(CHANGES)(input, choices, other);
}

/** Mostly short. */
function length(choices: Choices): number {
  return choices.once(8) ? choices.below(300) : 1 + choices.below(8);
}

function replaced(
  input: Uint8Array,
  choices: Choices,
  count: number,
  replacement: (part: Uint8Array) => ArrayLike<number>,
): Uint8Array {
  const near = choices.once(3) ? Math.min(input.length, 64) : input.length;
  const at = choices.below(near + (count === 0 ? 1 : 0));
  const part = input.subarray(at, at + count);
  return concatBytes(
    input.subarray(0, at),
    Uint8Array.from(replacement(part)),
    input.subarray(at + part.length),
  );
}

/** A part of the input many times over, now and then to the greatest length. */
function repeated(input: Uint8Array, choices: Choices): Uint8Array {
  const at = choices.below(input.length + 1);
  const part = input.subarray(at, at + 1 + choices.below(64));
  const times = choices.once(20) ? Math.floor(70_000 / (part.length + 1)) : choices.below(40);
  const filled = new Uint8Array(part.length * times);
  for (let i = 0; i < times; i++) filled.set(part, i * part.length);
  return concatBytes(input.subarray(0, at), filled, input.subarray(at));
}
