/**
 * A strict reader of DER, ITU-T X.690 (02/2021) §8 and §10: definite lengths in the fewest octets, primitive strings,
 * non-negative INTEGERs in the fewest octets, nothing behind the last field. What a caller reads are views on the
 * input, never copies; offsets in messages count from the input's first byte. Time and memory are linear in the input.
 *
 * Which element comes where is public; the contents may be secret and are neither inspected nor named in a message.
 */

import { KmsWrapError } from "../errors.ts";

/** Identifier octets (X.690 §8.1.2) of the universal types that keys are made of. */
export const TAG = {
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OBJECT_IDENTIFIER: 0x06,
  SEQUENCE: 0x30,
} as const;

const TAG_NAMES: Readonly<Record<number, string>> = {
  [TAG.INTEGER]: "INTEGER",
  [TAG.BIT_STRING]: "BIT STRING",
  [TAG.OCTET_STRING]: "OCTET STRING",
  [TAG.NULL]: "NULL",
  [TAG.OBJECT_IDENTIFIER]: "OBJECT IDENTIFIER",
  [TAG.SEQUENCE]: "SEQUENCE",
};

/** The bit of an identifier octet that says that the content is elements in turn. */
const CONSTRUCTED = 0x20;
/** Low five bits of an identifier octet that announce a tag number in further octets. */
const HIGH_TAG_NUMBER = 0x1f;
/** Longer lengths than fit four octets are refused unread. */
const MAX_LENGTH_OCTETS = 4;
/** How deep `skip` follows nested elements; no key has more than five levels. */
const MAX_DEPTH = 16;

const BER_HINT =
  "this is BER or damaged DER; re-encode it, for instance with: openssl pkey -in FILE -inform DER -outform DER -out FILE.der (-pubin for a public key)";

/** Reads elements one after the other from a stretch of the input. */
export class DerReader {
  readonly #input: Uint8Array;
  readonly #end: number;
  #position: number;

  private constructor(input: Uint8Array, start: number, end: number) {
    this.#input = input;
    this.#position = start;
    this.#end = end;
  }

  /**
   * Reads the whole of `der` as one SEQUENCE.
   *
   * @param der - any Uint8Array; what is read are plain views on it, also of a Buffer or another realm's array.
   * @param what - the structure's name, for messages.
   * @param read - reads all of its fields.
   * @throws KmsWrapError `INVALID_DER`
   */
  static read<T>(der: Uint8Array, what: string, read: (fields: DerReader) => T): T {
    const bytes = new Uint8Array(der.buffer, der.byteOffset, der.length);
    const input = new DerReader(bytes, 0, bytes.length);
    const value = input.sequence(what, read);
    input.assertEnd(what);
    return value;
  }

  /** The identifier octets of the first `limit` fields of the one SEQUENCE that is the whole of `der`. */
  static fieldTags(der: Uint8Array, limit: number): number[] {
    return DerReader.read(der, "the key", (fields) => {
      const tags: number[] = [];
      while (tags.length < limit && !fields.isAtEnd) {
        tags.push(fields.peekTag()!);
        fields.#next();
      }
      fields.#position = fields.#end;
      return tags;
    });
  }

  /** Where the next element begins, from the input's first byte. */
  get offset(): number {
    return this.#position;
  }

  get isAtEnd(): boolean {
    return this.#position === this.#end;
  }

  /** The identifier octet of the next element, if there is one. */
  peekTag(): number | undefined {
    return this.isAtEnd ? undefined : this.#input[this.#position];
  }

  /** A SEQUENCE, of which `read` must read every field. */
  sequence<T>(what: string, read: (fields: DerReader) => T): T {
    return this.constructed(TAG.SEQUENCE, what, read);
  }

  /** A constructed element with this identifier octet, of which `read` must read every field. */
  constructed<T>(tag: number, what: string, read: (fields: DerReader) => T): T {
    return this.#expect(tag, what).#readAll(what, read);
  }

  /** An OCTET STRING that holds DER in turn, of which `read` must read everything. */
  octetStringHolding<T>(what: string, read: (content: DerReader) => T): T {
    return this.#expect(TAG.OCTET_STRING, what).#readAll(what, read);
  }

  /** A BIT STRING that holds DER, of which `read` must read everything. */
  bitStringHolding<T>(what: string, read: (content: DerReader) => T): T {
    const content = this.#expect(TAG.BIT_STRING, what);
    content.#wholeOctets(what);
    return content.#readAll(what, read);
  }

  /** A non-negative INTEGER as a big-endian view without leading zeros; 0 is empty. */
  integer(what: string): Uint8Array {
    const content = this.#expect(TAG.INTEGER, what);
    const start = content.#position;
    const bytes = content.#rest();
    if (bytes.length === 0) throw invalidDer(start, `the INTEGER (${what}) has no content`, BER_HINT);
    if (bytes[0]! >= 0x80) throw invalidDer(start, `the INTEGER (${what}) is negative`);
    if (bytes.length > 1 && bytes[0] === 0 && bytes[1]! < 0x80)
      throw invalidDer(start, `the INTEGER (${what}) has a needless leading zero`, BER_HINT);
    return bytes[0] === 0 ? bytes.subarray(1) : bytes;
  }

  /** The INTEGER that a structure's version is; `undefined` if it is above 255. */
  version(): number | undefined {
    const bytes = this.integer("version");
    return bytes.length > 1 ? undefined : (bytes[0] ?? 0);
  }

  /** @param byteLength - how long it must be, where that is fixed. */
  octetString(what: string, byteLength?: number): Uint8Array {
    const { offset } = this;
    const bytes = this.#expect(TAG.OCTET_STRING, what).#rest();
    assertByteLength(bytes, byteLength, `the OCTET STRING (${what})`, offset);
    return bytes;
  }

  /**
   * A BIT STRING of whole octets.
   *
   * @param options.tag - another identifier octet, where the type is tagged implicitly.
   * @param options.byteLength - how long it must be, where that is fixed.
   */
  bitString(
    what: string,
    { tag = TAG.BIT_STRING, byteLength }: { tag?: number; byteLength?: number } = {},
  ): Uint8Array {
    const { offset } = this;
    const content = this.#expect(tag, what);
    content.#wholeOctets(what);
    const bytes = content.#rest();
    assertByteLength(bytes, byteLength, `the BIT STRING (${what})`, offset);
    return bytes;
  }

  /** The content octets of an OBJECT IDENTIFIER. */
  objectIdentifier(what: string): Uint8Array {
    return this.#expect(TAG.OBJECT_IDENTIFIER, what).#rest();
  }

  null(what: string): void {
    this.#expect(TAG.NULL, what).assertEnd(`the NULL (${what})`);
  }

  /** Passes over one element of any kind, checked down to its leaves. */
  skip(depth = 0): void {
    const start = this.#position;
    const constructed = (this.peekTag() ?? 0) & CONSTRUCTED;
    const content = this.#next();
    if (!constructed) return;
    if (depth === MAX_DEPTH) throw invalidDer(start, `more than ${MAX_DEPTH} levels of nested elements`);
    while (!content.isAtEnd) content.skip(depth + 1);
  }

  /**
   * @param what - what should end here, for the message.
   * @throws KmsWrapError `INVALID_DER` if bytes are left.
   */
  assertEnd(what: string): void {
    const left = this.#end - this.#position;
    if (left > 0)
      throw invalidDer(
        this.#position,
        `${left} trailing ${left === 1 ? "byte" : "bytes"} after ${what}`,
        "nothing may follow; a line break or padding at the end of a file can be cut off: head -c SIZE FILE",
      );
  }

  #readAll<T>(what: string, read: (fields: DerReader) => T): T {
    const value = read(this);
    this.assertEnd(what);
    return value;
  }

  /** The content of the next element, which must have this identifier octet. */
  #expect(tag: number, what: string): DerReader {
    const found = this.peekTag();
    if (found === tag) return this.#next();
    const instead = found === undefined ? "the end" : tagName(found);
    throw invalidDer(this.#position, `expected ${tagName(tag)} (${what}), found ${instead}`);
  }

  /** Consumes the next element and returns its content: X.690 §8.1.2, §8.1.3, §10.1. */
  #next(): DerReader {
    const start = this.#position;
    const input = this.#input;
    if (start === this.#end) throw invalidDer(start, "expected an element, found the end");
    if ((input[start]! & HIGH_TAG_NUMBER) === HIGH_TAG_NUMBER)
      throw invalidDer(start, "a tag number above 30, which no key has");
    let position = start + 1;
    if (position === this.#end) throw invalidDer(position, "the input ends before a length");
    let length = input[position++]!;
    if (length >= 0x80) {
      const lengthOctets = length & 0x7f;
      this.#assertLongForm(position, lengthOctets);
      length = 0;
      for (let i = 0; i < lengthOctets; i++) length = length * 256 + input[position++]!;
      if (length < 0x80 || input[position - lengthOctets] === 0)
        throw invalidDer(start + 1, "a length in more octets than it needs", BER_HINT);
    }
    const left = this.#end - position;
    if (length > left)
      throw invalidDer(
        start,
        `the length of ${tagName(input[start]!)} is ${length}, but ${left} bytes are left`,
        "the file may be cut short, or text mode may have changed it",
      );
    this.#position = position + length;
    return new DerReader(input, position, this.#position);
  }

  #assertLongForm(position: number, lengthOctets: number): void {
    if (lengthOctets === 0) throw invalidDer(position - 1, "an indefinite length", BER_HINT);
    if (lengthOctets > MAX_LENGTH_OCTETS)
      throw invalidDer(
        position - 1,
        `a length of ${lengthOctets} octets, expected at most ${MAX_LENGTH_OCTETS}`,
      );
    if (position + lengthOctets > this.#end) throw invalidDer(position, "the input ends within a length");
  }

  /** The first content octet of a BIT STRING, X.690 §8.6.2.2: no unused bits. */
  #wholeOctets(what: string): void {
    const start = this.#position;
    if (this.isAtEnd) throw invalidDer(start, `the BIT STRING (${what}) has no content`, BER_HINT);
    if (this.#input[this.#position++] !== 0)
      throw invalidDer(start, `the BIT STRING (${what}) does not consist of whole octets`);
  }

  #rest(): Uint8Array {
    const bytes = this.#input.subarray(this.#position, this.#end);
    this.#position = this.#end;
    return bytes;
  }
}

/** "OCTET STRING", "constructed OCTET STRING", "[1]": how messages call an identifier octet. */
function tagName(tag: number): string {
  const known = TAG_NAMES[tag];
  if (known !== undefined) return known;
  if (tag >= 0x80 && tag < 0xc0) return `[${tag & HIGH_TAG_NUMBER}]`;
  const primitive = TAG_NAMES[tag & ~CONSTRUCTED];
  return primitive === undefined ? "another type" : `a constructed ${primitive}`;
}

function assertByteLength(
  bytes: Uint8Array,
  expected: number | undefined,
  what: string,
  offset: number,
): void {
  if (expected !== undefined && bytes.length !== expected)
    throw invalidDer(offset, `${what} has ${bytes.length} bytes, expected ${expected}`);
}

function invalidDer(offset: number, message: string, hint?: string): KmsWrapError {
  return new KmsWrapError("INVALID_DER", `at byte ${offset}: ${message}`, hint === undefined ? {} : { hint });
}
