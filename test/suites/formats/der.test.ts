/** The DER reader and writer: round trips, and each departure from DER with its place. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex } from "../../../src/bytes.ts";
import type { KmsWrapError } from "../../../src/errors.ts";
import { DerReader } from "../../../src/formats/der.ts";
import * as write from "../../../src/formats/der-writer.ts";
import {
  bytes,
  element,
  integer,
  nested,
  nothing,
  octets,
  oid,
  sequence,
} from "../../support/der-builder.ts";
import { errorCode } from "../../support/error-code.ts";

const read = <T>(der: Uint8Array, fields: (reader: DerReader) => T): T =>
  DerReader.read(der, "the test", fields);
const readInteger = (der: Uint8Array) => read(der, (fields) => fields.integer("x"));
const raw = (...content: number[]) => Uint8Array.from(content);

describe("what is read", () => {
  test.each([
    ["0", 0, ""],
    ["1", 1, "01"],
    ["127", 127, "7f"],
    ["128", 128, "80"],
    ["255", 255, "ff"],
    ["256", 256, "0100"],
    ["65535", 65_535, "ffff"],
  ])("INTEGER %s has no leading zeros", (_name, value, hex) => {
    expect(toHex(readInteger(sequence(integer(value))))).toBe(hex);
  });

  test("fields of every kind, in order", () => {
    const der = sequence(
      integer(5),
      octets([1, 2]),
      oid("1.2.840"),
      nothing(),
      element(0x03, [0, 9]),
      element(0xa1, nothing()),
    );
    const fields = read(der, (reader) => [
      reader.version(),
      toHex(reader.octetString("a")),
      toHex(reader.objectIdentifier("b")),
      reader.null("c"),
      toHex(reader.bitString("d")),
      reader.constructed(0xa1, "e", (inner) => inner.null("f")),
    ]);
    expect(fields).toEqual([5, "0102", "2a8648", undefined, "09", undefined]);
  });

  test("a version above 255 is none", () => {
    expect(read(sequence(integer(255)), (fields) => fields.version())).toBe(255);
    expect(read(sequence(integer(256)), (fields) => fields.version())).toBeUndefined();
  });

  test("views on the input, plain even on a view with an offset", () => {
    const wide = bytes([9, 9], sequence(octets([1, 2])), [9]);
    const view = wide.subarray(2, -1);
    const content = read(view, (fields) => fields.octetString("x"));
    expect(content.buffer).toBe(wide.buffer);
    expect([...content]).toEqual([1, 2]);
  });

  test("DER in strings, with offsets from the beginning", () => {
    const der = sequence(octets(sequence(octets(sequence(element(0x02, [0x80]))))));
    const deep = (fields: DerReader): Uint8Array =>
      fields.peekTag() === 0x04
        ? fields.octetStringHolding("x", (content) => content.sequence("x", deep))
        : fields.integer("y");
    expect(() => read(der, deep)).toThrow("at byte 12: the INTEGER (y) is negative");
  });

  test("tags of the fields, as many as asked for", () => {
    const der = sequence(integer(1), nothing(), octets([0]), sequence(nothing()));
    expect(DerReader.fieldTags(der, 9)).toEqual([0x02, 0x05, 0x04, 0x30]);
    expect(DerReader.fieldTags(der, 2)).toEqual([0x02, 0x05]);
    expect(DerReader.fieldTags(sequence(), 9)).toEqual([]);
  });

  test("skipping checks down to the leaves, to sixteen levels", () => {
    const skip = (der: Uint8Array) => read(der, (fields) => fields.skip());
    expect(errorCode(() => skip(sequence(nested(16))))).toBeUndefined();
    expect(() => skip(sequence(nested(17)))).toThrow("at byte 34: more than 16 levels of nested elements");
    expect(() => skip(sequence(element(0x31, [0x02, 0x05, 1])))).toThrow(
      "at byte 4: the length of INTEGER is 5",
    );
    expect(() => skip(sequence())).toThrow("at byte 2: expected an element, found the end");
  });
});

/** Content of one SEQUENCE or a whole input, what is read of it, and what is said. */
const REFUSALS: readonly (readonly [name: string, der: Uint8Array, message: string])[] = [
  ["nothing", raw(), "at byte 0: expected SEQUENCE (the test), found the end"],
  ["another tag", octets([1]), "at byte 0: expected SEQUENCE (the test), found OCTET STRING"],
  ["a context tag", element(0xa3, nothing()), "at byte 0: expected SEQUENCE (the test), found [3]"],
  ["the first context tag", bytes([0x80, 0]), "at byte 0: expected SEQUENCE (the test), found [0]"],
  ["a private tag", bytes([0xc0, 0]), "at byte 0: expected SEQUENCE (the test), found another type"],
  [
    "a length at the end",
    raw(0x30, 0x82, 1, 0),
    "at byte 0: the length of SEQUENCE is 256, but 0 bytes are left",
  ],
  ["an unknown tag", element(0x0c, [65]), "at byte 0: expected SEQUENCE (the test), found another type"],
  [
    "a constructed string",
    sequence(element(0x22, integer(1))),
    "at byte 2: expected INTEGER (x), found a constructed INTEGER",
  ],
  ["a tag and no length", raw(0x30), "at byte 1: the input ends before a length"],
  ["a length cut short", raw(0x30, 0x82, 1), "at byte 2: the input ends within a length"],
  [
    "a length beyond the end",
    raw(0x30, 5, 2, 1, 1),
    "at byte 0: the length of SEQUENCE is 5, but 3 bytes are left",
  ],
  [
    "a huge length",
    raw(0x30, 0x84, 255, 255, 255, 255, 0),
    "at byte 0: the length of SEQUENCE is 4294967295, but 1 bytes are left",
  ],
  [
    "five length octets",
    raw(0x30, 0x85, 0, 0, 0, 0, 0),
    "at byte 1: a length of 5 octets, expected at most 4",
  ],
  ["an indefinite length", raw(0x30, 0x80, 2, 1, 1, 0, 0), "at byte 1: an indefinite length"],
  [
    "a long form of a short length",
    raw(0x30, 0x81, 3, 2, 1, 1),
    "at byte 1: a length in more octets than it needs",
  ],
  [
    "a long length with a zero in front",
    raw(0x30, 0x82, 0, 200, ...new Array(200).fill(0)),
    "at byte 1: a length in more octets than it needs",
  ],
  ["a high tag number", sequence([0x1f, 1, 0]), "at byte 2: expected INTEGER (x), found another type"],
  ["a trailing byte", bytes(sequence(integer(1)), [0]), "at byte 5: 1 trailing byte after the test"],
  ["two trailing bytes inside", sequence(integer(1), [5, 0]), "at byte 5: 2 trailing bytes after the test"],
  [
    "an inner length beyond the outer",
    raw(0x30, 3, 2, 2, 1, 1),
    "at byte 2: the length of INTEGER is 2, but 1 bytes are left",
  ],
  ["no field", sequence(), "at byte 2: expected INTEGER (x), found the end"],
  ["an empty INTEGER", sequence(element(0x02)), "at byte 4: the INTEGER (x) has no content"],
  ["a negative INTEGER", sequence(element(0x02, [0x80])), "at byte 4: the INTEGER (x) is negative"],
  ["−1 in two octets", sequence(element(0x02, [0xff, 0xff])), "at byte 4: the INTEGER (x) is negative"],
  [
    "a needless zero",
    sequence(element(0x02, [0, 0x7f])),
    "at byte 4: the INTEGER (x) has a needless leading zero",
  ],
  [
    "zero in two octets",
    sequence(element(0x02, [0, 0])),
    "at byte 4: the INTEGER (x) has a needless leading zero",
  ],
];

describe("what is refused", () => {
  test.each(REFUSALS)("%s", (_name, der, message) => {
    expect(errorCode(() => readInteger(der))).toBe("INVALID_DER");
    expect(() => readInteger(der)).toThrow(message);
  });

  test.each([
    ["an empty BIT STRING", element(0x03), "at byte 4: the BIT STRING (x) has no content"],
    [
      "unused bits",
      element(0x03, [4, 0x10]),
      "at byte 4: the BIT STRING (x) does not consist of whole octets",
    ],
    [
      "more unused bits than there are",
      element(0x03, [8]),
      "at byte 4: the BIT STRING (x) does not consist of whole",
    ],
  ])("%s", (_name, field, message) => {
    expect(() => read(sequence(field), (fields) => fields.bitString("x"))).toThrow(message);
    expect(() => read(sequence(field), (fields) => fields.bitStringHolding("x", () => 0))).toThrow(message);
  });

  test("what is BER comes with the way to DER, what is merely wrong does not", () => {
    const hintOf = (der: Uint8Array) => {
      try {
        return readInteger(der);
      } catch (error) {
        return (error as KmsWrapError).hint;
      }
    };
    expect(hintOf(raw(0x30, 0x80, 2, 1, 1, 0, 0))).toMatch(/BER/);
    expect(hintOf(sequence(element(0x02, [0x80])))).toBeUndefined();
  });

  test("strings of another length than asked for", () => {
    expect(() => read(sequence(octets([1])), (fields) => fields.octetString("x", 2))).toThrow(
      "at byte 2: the OCTET STRING (x) has 1 bytes, expected 2",
    );
  });

  test("a NULL with content, and DER behind DER in a string", () => {
    expect(() => read(sequence(element(0x05, [0])), (fields) => fields.null("x"))).toThrow(
      "at byte 4: 1 trailing byte after the NULL (x)",
    );
    const two = sequence(octets(nothing(), nothing()));
    expect(() => read(two, (fields) => fields.octetStringHolding("x", (inner) => inner.null("y")))).toThrow(
      "at byte 6: 2 trailing bytes after x",
    );
  });
});

describe("what is written", () => {
  test.each([0, 1, 127, 128, 255, 256, 65_535, 65_536, 0xff_ffff, 0x100_0000])(
    "an OCTET STRING of %i bytes",
    (length) => {
      const content = new Uint8Array(length).fill(7);
      const der = write.writeDer(write.sequence(write.octetString(content)));
      expect(read(der, (fields) => fields.octetString("x")).length).toBe(length);
    },
  );

  test("each kind of element as the tests' own builder writes it", () => {
    const written = write.writeDer(
      write.sequence(
        write.smallInteger(1),
        write.integer(raw(0x80)),
        write.integer(raw()),
        write.integer(raw(0x7f)),
        write.octetString(write.sequence(write.nullValue())),
        write.bitString(raw(1, 2)),
        write.bitString(write.sequence()),
        write.objectIdentifier("1.2.840.113549.1.1.1"),
        write.explicit(1, write.nullValue()),
      ),
    );
    const expected = sequence(
      integer(1),
      integer(128),
      integer(0),
      integer(127),
      octets(sequence(nothing())),
      element(0x03, [0, 1, 2]),
      element(0x03, [0], sequence()),
      oid("1.2.840.113549.1.1.1"),
      element(0xa1, nothing()),
    );
    expect(toHex(written)).toBe(toHex(expected));
  });

  test("numbers come back as they were", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 4096n }), (value) => {
        const der = sequence(integer(value));
        const magnitude = readInteger(der);
        expect(magnitude[0]).not.toBe(0);
        expect(toHex(write.writeDer(write.sequence(write.integer(magnitude))))).toBe(toHex(der));
      }),
    );
  });
});

test("any bytes end in a value or a KmsWrapError", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (input) => {
      errorCode(() => DerReader.fieldTags(input, 9));
      errorCode(() => read(input, (fields) => fields.skip()));
      errorCode(() => readInteger(input));
    }),
    { numRuns: 2000 },
  );
});
