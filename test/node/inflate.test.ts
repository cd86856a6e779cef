/** DEFLATE data as zlib writes it, and damaged: what zlib refuses is refused, what it unpacks is unpacked alike. */

import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inflate } from "../../src/formats/inflate.ts";

const MAX_BYTES = 65_536;
const { Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_DEFAULT_STRATEGY } = constants;

/** §3.2.7 */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

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

/** The lowest bit of each value first, as §3.1.1 has it; a Huffman code is given by its bits, "0110". */
function packedBits(...parts: readonly (string | readonly [value: number, count: number])[]): Uint8Array {
  const digits = parts
    .map((part) => {
      if (typeof part === "string") return part;
      const [value, count] = part;
      return [...value.toString(2).padStart(count, "0")].reverse().join("");
    })
    .join("");
  return Uint8Array.from(digits.match(/.{1,8}/g)!, (byte) =>
    Number.parseInt([...byte].reverse().join(""), 2),
  );
}

/**
 * The head of a block with dynamic codes: how many literals and distances, and the code for code lengths, which has 2 bits
 * each for 0 (00), `length` (01), 16 (10) and 18 (11).
 */
function dynamicHead(literals: number, distances: number, length = 1): (readonly [number, number])[] {
  const lengths = LENGTH_ORDER.slice(0, 18).map((symbol) => ([16, 18, 0, length].includes(symbol) ? 2 : 0));
  return [
    [1, 1],
    [2, 2],
    [literals - 257, 5],
    [distances - 1, 5],
    [lengths.length - 4, 4],
    ...lengths.map((bits) => [bits, 3] as const),
  ];
}

const FINAL_FIXED = [
  [1, 1],
  [1, 2],
] as const;
const LITERAL_A = "10010001"; // 0x61 in the fixed code: 0x30 + 0x61
const END = "0000000";
/** 18: zeros, 11 to 138 of them. */
const zeros = (count: number) => ["11", [count - 11, 7]] as const;
/** Literals 0 and 256 with one bit each, and then the distances. */
const twoLiterals = (...distances: (string | readonly [number, number])[]) => [
  ...dynamicHead(257, distances.length),
  "01",
  ...zeros(138),
  ...zeros(117),
  "01",
  ...distances,
];

describe("block by block, as zlib does", () => {
  test.each<[string, Uint8Array, string]>([
    ["a fixed code", packedBits(...FINAL_FIXED, LITERAL_A, END), "61"],
    ["nothing but an end", packedBits(...FINAL_FIXED, END), ""],
    ["a block of the fourth type", packedBits([1, 1], [3, 2]), "refused"],
    [
      "the fixed code's symbol 286",
      packedBits(...FINAL_FIXED, LITERAL_A, "11000110", [0, 6], "00000", END),
      "refused",
    ],
    [
      "the fixed code's symbol 287",
      packedBits(...FINAL_FIXED, LITERAL_A, "11000111", [0, 6], "00000", END),
      "refused",
    ],
    ["length 258", packedBits(...FINAL_FIXED, LITERAL_A, "11000101", "00000", END), "61".repeat(259)],
    [
      "length 257",
      packedBits(...FINAL_FIXED, LITERAL_A, "11000100", [30, 5], "00000", END),
      "61".repeat(258),
    ],
    ["distance symbol 30", packedBits(...FINAL_FIXED, LITERAL_A, "0000001", "11110", END), "refused"],
    ["distance symbol 31", packedBits(...FINAL_FIXED, LITERAL_A, "0000001", "11111", END), "refused"],
    [
      "a distance of 2 after one byte",
      packedBits(...FINAL_FIXED, LITERAL_A, "0000001", "00001", END),
      "refused",
    ],
    ["a stored block", packedBits([1, 1], [0, 7], [1, 16], [0xfffe, 16], [0x61, 8]), "61"],
    [
      "stored after bits that say nothing",
      packedBits([1, 1], [0, 2], [31, 5], [1, 16], [0xfffe, 16], [0x61, 8]),
      "61",
    ],
    [
      "a fixed code behind a stored block",
      packedBits([0, 1], [0, 7], [1, 16], [0xfffe, 16], [0x61, 8], ...FINAL_FIXED, LITERAL_A, END),
      "6161",
    ],
    [
      "a stored length that is contradicted",
      packedBits([1, 1], [0, 7], [1, 16], [0xffff, 16], [0x61, 8]),
      "refused",
    ],
    ["two literals, no distance", packedBits(...twoLiterals("00"), "0", "0", "1"), "0000"],
    ["a single distance of one bit", packedBits(...twoLiterals("01"), "0", "1"), "00"],
    [
      "a repetition of nothing",
      packedBits(...dynamicHead(257, 1), "10", [0, 2], ...zeros(138), ...zeros(115), "01", "00", "0"),
      "refused",
    ],
    [
      "lengths that go on behind the codes",
      packedBits(...twoLiterals(...zeros(11)).slice(0, -2), ...zeros(11), "0", "1"),
      "refused",
    ],
    [
      "no code for the end",
      packedBits(...dynamicHead(257, 1), "01", "01", ...zeros(138), ...zeros(117), "00", "0"),
      "refused",
    ],
    [
      "three codes of one bit",
      packedBits(...dynamicHead(257, 1), "01", "01", ...zeros(138), ...zeros(116), "01", "00", "0"),
      "refused",
    ],
    [
      "one literal alone, of two bits' room",
      packedBits(...dynamicHead(257, 1), ...zeros(138), ...zeros(118), "01", "00", "0"),
      "",
    ],
    [
      "one literal alone, of two bits",
      packedBits(...dynamicHead(257, 1, 2), ...zeros(138), ...zeros(118), "01", "00", "00"),
      "refused",
    ],
    [
      "287 literals",
      packedBits(...dynamicHead(287, 1), "01", ...zeros(138), ...zeros(117), "01", ...zeros(31), "0", "1"),
      "refused",
    ],
    [
      "31 distances",
      packedBits(...dynamicHead(257, 31), "01", ...zeros(138), ...zeros(117), "01", ...zeros(31), "0", "1"),
      "refused",
    ],
    [
      "30 distances",
      packedBits(...dynamicHead(257, 30), "01", ...zeros(138), ...zeros(117), "01", ...zeros(30), "0", "1"),
      "00",
    ],
  ])("%s", (_, packed, expected) => {
    expect(outcome(() => inflate(packed, MAX_BYTES))).toBe(expected);
    expect(outcome(() => inflateRawSync(packed, { maxOutputLength: MAX_BYTES }))).toBe(expected);
  });
});

describe("every length of codes, symbols and distances", () => {
  /** Symbol i as often as the Fibonacci numbers say: the longest codes that fit into one of zlib's blocks. */
  const fibonacci = [1, 1];
  while (fibonacci.length < 20) fibonacci.push(fibonacci.at(-1)! + fibonacci.at(-2)!);
  const skewed = fibonacci.flatMap((count, symbol) => Array<number>(count).fill(symbol));
  const even = Array.from({ length: 3000 }, (_, i) => (i * i) % 101);
  const noise = Array.from({ length: 32_768 }, (_, i) => ((i * 2_654_435_761) >>> 13) & 0xff);
  const far = [...noise, ...noise.slice(100, 400), ...noise.slice(20_000, 20_258)];

  test.each([
    ["codes of up to 15 bits", skewed, { strategy: Z_HUFFMAN_ONLY, memLevel: 9 }],
    ["many codes of one length", even, { strategy: Z_HUFFMAN_ONLY }],
    ["distances of up to 32 KiB", far, {}],
  ])("%s", (_, bytes, options) => {
    const packed = deflateRawSync(Uint8Array.from(bytes), options);
    expect(inflate(packed, bytes.length)).toEqual(Uint8Array.from(bytes));
  });
});

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
