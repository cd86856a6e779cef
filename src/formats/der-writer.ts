/**
 * Writes DER, ITU-T X.690 §10. A structure is described as a tree, measured, then written once into an array of the
 * right size, so that no intermediate copy of a secret is left behind.
 */

import { TAG } from "./der.ts";
import { encodeOid } from "./oids.ts";

/** An element to be written: its identifier octet, and content in order. */
export interface DerNode {
  readonly tag: number;
  readonly content: readonly (Uint8Array | DerNode)[];
}

const ZERO = /* @__PURE__ */ Uint8Array.of(0);

export function sequence(...fields: readonly DerNode[]): DerNode {
  return { tag: TAG.SEQUENCE, content: fields };
}

/** @param magnitude - a non-negative number, big-endian without leading zeros; 0 is empty. */
export function integer(magnitude: Uint8Array): DerNode {
  const needsZero = magnitude.length === 0 || magnitude[0]! >= 0x80;
  return { tag: TAG.INTEGER, content: needsZero ? [ZERO, magnitude] : [magnitude] };
}

/** @param value - 0 … 127. */
export function smallInteger(value: number): DerNode {
  return { tag: TAG.INTEGER, content: [Uint8Array.of(value)] };
}

export function octetString(content: Uint8Array | DerNode): DerNode {
  return { tag: TAG.OCTET_STRING, content: [content] };
}

/** A BIT STRING of whole octets. */
export function bitString(content: Uint8Array | DerNode): DerNode {
  return { tag: TAG.BIT_STRING, content: [ZERO, content] };
}

/** @param dotted - as in oids.ts. */
export function objectIdentifier(dotted: string): DerNode {
  return { tag: TAG.OBJECT_IDENTIFIER, content: [encodeOid(dotted)] };
}

export function nullValue(): DerNode {
  return { tag: TAG.NULL, content: [] };
}

/** `[number] EXPLICIT content`. */
export function explicit(number: number, content: DerNode): DerNode {
  return { tag: 0xa0 | number, content: [content] };
}

/** The tree as bytes, in a fresh array. */
export function writeDer(node: DerNode): Uint8Array {
  const out = new Uint8Array(encodedBytes(node));
  write(node, out, 0);
  return out;
}

function contentBytes(node: DerNode): number {
  let total = 0;
  for (const part of node.content) total += "tag" in part ? encodedBytes(part) : part.length;
  return total;
}

function encodedBytes(node: DerNode): number {
  const length = contentBytes(node);
  return 1 + lengthOctets(length).length + length;
}

/** X.690 §10.1: the definite form in the fewest octets. */
function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) return [length];
  if (length < 0x100) return [0x81, length];
  if (length < 0x1_0000) return [0x82, length >> 8, length & 0xff];
  if (length < 0x100_0000) return [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff];
  return [0x84, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff];
}

/** Returns the offset behind what it wrote. */
function write(node: DerNode, out: Uint8Array, start: number): number {
  const header = [node.tag, ...lengthOctets(contentBytes(node))];
  out.set(header, start);
  let offset = start + header.length;
  for (const part of node.content) {
    if ("tag" in part) offset = write(part, out, offset);
    else {
      out.set(part, offset);
      offset += part.length;
    }
  }
  return offset;
}
