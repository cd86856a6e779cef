/** DEFLATE data as zlib writes it, and damaged: what zlib refuses is refused, what it unpacks is unpacked alike. */

import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inflate } from "../../src/formats/inflate.ts";

const MAX_BYTES = 65_536;
const { Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_DEFAULT_STRATEGY } = constants;

/** What comes out, or that it is refused. */
function outcome(run: () => Uint8Array): string {
  try {
    return Buffer.from(run()).toString("hex");
  } catch {
    return "refused";
  }
}

const text = Buffer.from(
  "the wrapping key and the import token, the import token and the wrapping key. ".repeat(40),
);
const mixed = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc.uint8Array({ max: 3, maxLength: 3000 }),
  fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(300)).map(([part, times]) => {
    return Uint8Array.from({ length: part.length * times }, (_, i) => part[i % part.length]!);
  }),
);

describe.each([
  ["dynamic codes", { strategy: Z_DEFAULT_STRATEGY }],
  ["fixed codes", { strategy: Z_FIXED }],
  ["no repetitions", { strategy: Z_HUFFMAN_ONLY }],
  ["runs", { strategy: Z_RLE }],
  ["stored", { level: 0 }],
] as const)("%s", (_, options) => {
  test("any bytes", () => {
    fc.assert(
      fc.property(mixed, (bytes) => {
        expect(inflate(deflateRawSync(bytes, options), bytes.length)).toEqual(Uint8Array.from(bytes));
      }),
      { numRuns: 60 },
    );
  });

  test("any damage as zlib takes it", () => {
    const packed = Uint8Array.from(deflateRawSync(text, options));
    const at = fc.nat(Math.min(packed.length - 1, 300));
    fc.assert(
      fc.property(at, fc.nat(255), (offset, value) => {
        const damaged = packed.with(offset, value);
        const expected = outcome(() => inflateRawSync(damaged, { maxOutputLength: MAX_BYTES }));
        expect(outcome(() => inflate(damaged, MAX_BYTES))).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test("nothing that is cut short, and nothing longer than was said", () => {
    const packed = deflateRawSync(text, options);
    for (let length = 0; length < packed.length; length += 7)
      expect(() => inflate(packed.subarray(0, length), text.length)).toThrow(RangeError);
    expect(() => inflate(packed, text.length - 1)).toThrow(RangeError);
  });
});

test("any bytes as zlib takes them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
      const expected = outcome(() => inflateRawSync(bytes, { maxOutputLength: MAX_BYTES }));
      expect(outcome(() => inflate(bytes, MAX_BYTES))).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});
