/**
 * Inflates DEFLATE data, RFC 1951, to a length that is known to be small. Bit by bit and without tables to look codes up
 * in: archives here have a few thousand bytes.
 *
 * Not by the platform's DecompressionStream: that would make every reader of parameters asynchronous, where everything
 * else here is not, and its verdict depends on the platform: Deno 2.9 takes data that are cut short, which Node and Bun
 * refuse. This one is as strict everywhere, stops at the length it was given, and is fuzzed and counted like the rest.
 *
 * Bits come from the least significant one of each byte on; Huffman codes are packed with their most significant bit
 * first (§3.1.1).
 */

const MAX_CODE_BITS = 15;
const END_OF_BLOCK = 256;
const MAX_LITERALS = 286;
const MAX_DISTANCES = 30;
/** §3.2.7: in which order the lengths of the code for code lengths are written. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A canonical Huffman code, §3.2.2: how many codes there are of each length, and the symbols in the order of codes. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

/**
 * @param maxBytes - more than these are not unpacked.
 * @returns what was packed; bytes behind its end are passed over.
 * @throws RangeError if it is not DEFLATE data, is cut short, or longer than `maxBytes` when unpacked.
 */
export function inflate(packed: Uint8Array, maxBytes: number): Uint8Array {
  const bits = new BitReader(packed);
  const out = new Output(maxBytes);
  for (let final = 0; final === 0; ) {
    final = bits.read(1);
    const type = bits.read(2);
    if (type === 0) copyStored(bits, out);
    else if (type === 1) expand(bits, out, codeOf(FIXED_LENGTHS), codeOf(FIXED_DISTANCES));
    else if (type === 2) expand(bits, out, ...readCodes(bits));
    else throw new RangeError("a block of a type that does not exist");
  }
  return out.bytes();
}

class BitReader {
  readonly #packed: Uint8Array;
  #offset = 0;
  #buffer = 0;
  #count = 0;

  constructor(packed: Uint8Array) {
    this.#packed = packed;
  }

  /** Up to 16 bits as a number. */
  read(count: number): number {
    while (this.#count < count) {
      this.#buffer |= this.byte() << this.#count;
      this.#count += 8;
    }
    const value = this.#buffer & ((1 << count) - 1);
    this.#buffer >>>= count;
    this.#count -= count;
    return value;
  }

  /** The next whole byte; only where `align` was called, or by `read`. */
  byte(): number {
    const byte = this.#packed[this.#offset++];
    if (byte === undefined) throw new RangeError("cut short");
    return byte;
  }

  /** Passes over what is left of a byte: never a whole one is in the buffer. */
  align(): void {
    this.#buffer = 0;
    this.#count = 0;
  }

  /** The next symbol of a code. `first` is the first code of a length, `index` where its symbol stands. */
  symbol({ counts, symbols }: Code): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= MAX_CODE_BITS; length++) {
      code |= this.read(1);
      const count = counts[length]!;
      if (code - first < count) return symbols[index + code - first]!;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new RangeError("a code that stands for nothing");
  }
}

class Output {
  readonly #bytes: Uint8Array;
  #length = 0;

  constructor(maxBytes: number) {
    this.#bytes = new Uint8Array(maxBytes);
  }

  put(byte: number): void {
    if (this.#length === this.#bytes.length) throw new RangeError("too long");
    this.#bytes[this.#length++] = byte;
  }

  /** §3.2.3: what was unpacked before, maybe up to what is being written now. */
  repeat(distance: number, length: number): void {
    if (distance > this.#length) throw new RangeError("a distance to before the beginning");
    for (let i = 0; i < length; i++) this.put(this.#bytes[this.#length - distance]!);
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

/** §3.2.4 */
function copyStored(bits: BitReader, out: Output): void {
  bits.align();
  const length = bits.byte() | (bits.byte() << 8);
  const complement = bits.byte() | (bits.byte() << 8);
  if (length !== (complement ^ 0xffff)) throw new RangeError("a length and its complement that disagree");
  for (let i = 0; i < length; i++) out.put(bits.byte());
}

/** §3.2.5 */
function expand(bits: BitReader, out: Output, literals: Code, distances: Code): void {
  for (;;) {
    const symbol = bits.symbol(literals);
    if (symbol === END_OF_BLOCK) return;
    if (symbol < END_OF_BLOCK) out.put(symbol);
    else {
      const length = readLength(bits, symbol - END_OF_BLOCK - 1);
      out.repeat(readDistance(bits, bits.symbol(distances)), length);
    }
  }
}

/** §3.2.5: 3 to 10 by themselves, then four to each number of extra bits; the last one is 258 alone. */
function readLength(bits: BitReader, symbol: number): number {
  if (symbol < 8) return symbol + 3;
  if (symbol === 28) return 258;
  if (symbol > 28) throw new RangeError("a length that does not exist");
  const extra = (symbol >> 2) - 1;
  return ((4 + (symbol & 3)) << extra) + 3 + bits.read(extra);
}

/** §3.2.5: 1 to 4 by themselves, then two to each number of extra bits. */
function readDistance(bits: BitReader, symbol: number): number {
  if (symbol < 4) return symbol + 1;
  if (symbol >= MAX_DISTANCES) throw new RangeError("a distance that does not exist");
  const extra = (symbol >> 1) - 1;
  return ((2 + (symbol & 1)) << extra) + 1 + bits.read(extra);
}

/** §3.2.6; two of the distances never occur. */
const FIXED_DISTANCES = /* @__PURE__ */ new Uint8Array(32).fill(5);
const FIXED_LENGTHS = /* @__PURE__ */ Uint8Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
);

/** §3.2.7: the codes for literals and for distances, their lengths themselves in a code. */
function readCodes(bits: BitReader): [literals: Code, distances: Code] {
  const literalCount = bits.read(5) + 257;
  const distanceCount = bits.read(5) + 1;
  const lengthCount = bits.read(4) + 4;
  if (literalCount > MAX_LITERALS || distanceCount > MAX_DISTANCES) throw new RangeError("too many codes");
  const lengthLengths = new Uint8Array(LENGTH_ORDER.length);
  for (const symbol of LENGTH_ORDER.slice(0, lengthCount)) lengthLengths[symbol] = bits.read(3);
  const lengths = readLengths(bits, codeOf(lengthLengths), literalCount + distanceCount);
  if (lengths[END_OF_BLOCK] === 0) throw new RangeError("a block that cannot end");
  return [codeOf(lengths.subarray(0, literalCount)), codeOf(lengths.subarray(literalCount))];
}

/** 16 repeats the length before, 17 and 18 repeat zero. */
function readLengths(bits: BitReader, code: Code, count: number): Uint8Array {
  const lengths = new Uint8Array(count);
  for (let i = 0; i < count; ) {
    const symbol = bits.symbol(code);
    if (symbol < 16) {
      lengths[i++] = symbol;
      continue;
    }
    if (symbol === 16 && i === 0) throw new RangeError("a repetition of nothing");
    const value = symbol === 16 ? lengths[i - 1]! : 0;
    const end = i + (symbol === 16 ? 3 + bits.read(2) : symbol === 17 ? 3 + bits.read(3) : 11 + bits.read(7));
    if (end > count) throw new RangeError("more lengths than codes");
    lengths.fill(value, i, end);
    i = end;
  }
  return lengths;
}

/** Every string of bits must begin with one code at the most; and with one at least, but where there is a single code. */
function codeOf(lengths: Uint8Array): Code {
  const counts = new Uint16Array(MAX_CODE_BITS + 1);
  for (const length of lengths) counts[length]!++;
  const used = lengths.length - counts[0]!;
  counts[0] = 0;
  let left = 1;
  for (let length = 1; length <= MAX_CODE_BITS; length++) left = 2 * left - counts[length]!;
  const isComplete = left === 0 || used === 0 || (used === 1 && counts[1] === 1);
  if (!isComplete) throw new RangeError("lengths that make no code");
  const symbols = [...lengths.keys()].filter((symbol) => lengths[symbol] !== 0);
  symbols.sort((a, b) => lengths[a]! - lengths[b]!); // leaves those of one length in order
  return { counts, symbols: Uint16Array.from(symbols) };
}
