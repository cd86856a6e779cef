/** Damage to DER: an element anywhere in the tree is changed, and all lengths around it are written anew. */

import { concatBytes } from "../../src/bytes.ts";
import type { Choices } from "./random.ts";

/** An element as found, whatever its tag; `inner` if its content reads as elements in turn, behind `prefix`. */
interface Element {
  readonly tag: number;
  readonly prefix: Uint8Array;
  readonly inner: readonly Element[] | undefined;
  readonly content: Uint8Array;
}

type ChangeBytes = (input: Uint8Array, choices: Choices) => Uint8Array;

const TAGS = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x30, 0x31, 0x80, 0x81, 0xa0, 0xa1, 0x22, 0x24, 0x1f];
const MAX_DEPTH = 8;
const NOTHING = new Uint8Array(0);

/** One change in the tree; of what is no DER, to its bytes. */
export function mutateDer(input: Uint8Array, choices: Choices, changeBytes: ChangeBytes): Uint8Array {
  const elements = readAll(input, 0);
  if (elements === undefined) return changeBytes(input, choices);
  const chosen = choices.of(elements.flatMap(withDescendants));
  return write(elements, (element) =>
    element === chosen ? change(element, choices, changeBytes) : undefined,
  );
}

function change(element: Element, choices: Choices, changeBytes: ChangeBytes): Uint8Array {
  const { tag, content } = element;
  const whole = encode(tag, content);
  switch (choices.below(9)) {
    case 0:
      return NOTHING;
    case 1:
      return concatBytes(whole, whole);
    case 2:
      return encode(choices.of(TAGS), content);
    case 3:
      return encode(choices.of(TAGS), whole);
    case 4:
      return content;
    case 5:
      return badLength(tag, content, choices);
    case 6:
      return encode(tag, NOTHING);
    default:
      return encode(tag, changeBytes(content, choices));
  }
}

/** Lengths that BER allows and DER does not, and lengths that are wrong. */
function badLength(tag: number, content: Uint8Array, choices: Choices): Uint8Array {
  const { length } = content;
  const octets = choices.of([
    [0x80],
    [0x81, length & 0xff],
    [0x83, 0, (length >> 8) & 0xff, length & 0xff],
    [0x84, 0x7f, 0xff, 0xff, 0xff],
    [0x84, 0xff, 0xff, 0xff, 0xff],
    [0x88, 0, 0, 0, 0, 0, 0, 0, length & 0xff],
    [0xff],
    [Math.min(length + 1, 0x7f)],
    [Math.max(length - 1, 0) & 0x7f],
  ]);
  return concatBytes(Uint8Array.of(tag, ...octets), content);
}

/** `undefined` if these are not elements one after the other. Lengths in any form of up to three octets. */
function readAll(bytes: Uint8Array, depth: number): Element[] | undefined {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at + 1] ?? 0xff;
    const lengthOctets = first < 0x80 ? 0 : first & 0x7f;
    if (lengthOctets > 3 || elements.length > 500) return undefined;
    let length = first < 0x80 ? first : 0;
    for (let i = 0; i < lengthOctets; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
    const start = at + 2 + lengthOctets;
    if (start + length > bytes.length) return undefined;
    elements.push(read(bytes[at]!, bytes.subarray(start, start + length), depth));
    at = start + length;
  }
  return elements;
}

function read(tag: number, content: Uint8Array, depth: number): Element {
  const prefix = tag === 0x03 ? content.subarray(0, 1) : NOTHING;
  const mayNest =
    depth < MAX_DEPTH && content.length > 2 && ((tag & 0x20) !== 0 || tag === 0x03 || tag === 0x04);
  const inner = mayNest ? readAll(content.subarray(prefix.length), depth + 1) : undefined;
  return { tag, prefix, inner, content };
}

function withDescendants(element: Element): Element[] {
  return [element, ...(element.inner?.flatMap(withDescendants) ?? [])];
}

function write(
  elements: readonly Element[],
  replacement: (element: Element) => Uint8Array | undefined,
): Uint8Array {
  return concatBytes(
    ...elements.map((element) => {
      const { tag, prefix, inner, content } = element;
      const replaced = replacement(element);
      if (replaced !== undefined) return replaced;
      return encode(tag, inner === undefined ? content : concatBytes(prefix, write(inner, replacement)));
    }),
  );
}

/** With the shortest definite length. */
function encode(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content;
  const octets =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : length < 0x1_0000
          ? [0x82, length >> 8, length & 0xff]
          : [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff];
  return concatBytes(Uint8Array.of(tag, ...octets), content);
}
