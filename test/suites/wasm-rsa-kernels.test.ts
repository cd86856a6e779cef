/** Each RSA kernel against its twin on BigInt, over all-extreme digits, moduli of every shape, and unreduced operands. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binariesHere, digitsToBigInt, open, RsaMemory } from "../support/rsa-binary.ts";
import { bitLengthOf, EXTREME_PRIMES, inverse, mod, pseudoModulus } from "../support/rsa-keys.ts";

/** Around every step of the number of vectors, odd lengths, and what OAEP's vectors and the KMS use. */
const BIT_LENGTHS = [
  1024, 1025, 1028, 1031, 1104, 1105, 1536, 1537, 2043, 2044, 2047, 2048, 2049, 3067, 3068, 3069, 3072, 4092,
  4095, 4096,
];

/** Of one length: random, all bits set, only the outer bits set, and long runs. */
function moduli(bits: number): bigint[] {
  const length = BigInt(bits);
  return [
    pseudoModulus(bits, bits),
    (1n << length) - 1n,
    (1n << (length - 1n)) + 1n,
    ((1n << length) - 1n) ^ (((1n << (length >> 1n)) - 1n) << (length >> 2n)),
  ];
}

describe.each(binariesHere())("%s.wasm", (_name, hex) => {
  const memory = new RsaMemory(open(hex));
  const { exports, radixBits } = memory;
  const half = 2 ** (radixBits - 1);
  /** What layout.ts states of carried digits. */
  const digitBound = half + 2 ** 8;

  /** Digits as large as they may be, or anything below, of a number within ±n. */
  function operand(n: bigint): fc.Arbitrary<number[]> {
    const count = 2 * Math.ceil((bitLengthOf(n) + 4) / (2 * radixBits));
    const full = Math.floor((bitLengthOf(n) - 2) / radixBits);
    const extreme = fc.constantFrom(digitBound, -digitBound, half, -half, half - 1, 0, 1, -1);
    const digit = fc.oneof({ weight: 8, arbitrary: extreme }, fc.integer({ min: -half, max: half }));
    const run = fc.constantFrom(digitBound, -digitBound, 0).map((value) => Array<number>(full).fill(value));
    return fc
      .oneof(run, fc.array(digit, { minLength: full, maxLength: full }))
      .map((digits) => [...digits, ...Array<number>(count - full).fill(0)]);
  }

  function expectReduced(slot: "RESULT", n: bigint): void {
    expect(Math.max(...memory.digits(slot).map(Math.abs))).toBeLessThanOrEqual(digitBound);
    expect(abs(memory.value(slot)) * 10n).toBeLessThan(n * 6n);
  }

  test.each(BIT_LENGTHS)("derives −n⁻¹ mod R and R² mod n, %i bits", (bits) => {
    for (const n of moduli(bits)) {
      memory.prepare(n);
      expect(memory.r).toBeGreaterThanOrEqual(16n * n);
      expect(memory.value("MODULUS")).toBe(n);
      expect(mod(memory.value("NEGATIVE_INVERSE") * n + 1n, memory.r)).toBe(0n);
      expect(mod(memory.value("R_SQUARED"), n)).toBe(memory.r ** 2n % n);
      expect(abs(memory.value("R_SQUARED")) * 10n).toBeLessThan(n * 6n);
    }
  });

  test("the same for small odd moduli, which primes may be", () => {
    for (let bits = 4; bits <= 130; bits++) {
      for (const n of moduli(bits)) {
        memory.prepare(n);
        expect(mod(memory.value("NEGATIVE_INVERSE") * n + 1n, memory.r)).toBe(0n);
        expect(mod(memory.value("R_SQUARED"), n)).toBe(memory.r ** 2n % n);
      }
    }
  });

  test.each(BIT_LENGTHS)("multiplies and squares, %i bits", (bits) => {
    for (const n of moduli(bits)) {
      memory.prepare(n);
      const rInverse = inverse(memory.r, n);
      const property = fc.property(operand(n), operand(n), (a, b) => {
        memory.putDigits("BASE", a);
        memory.putDigits("SPARE", b);
        const [valueA, valueB] = [digitsToBigInt(a, radixBits), digitsToBigInt(b, radixBits)];
        exports.multiply(exports.RESULT.value, exports.BASE.value, exports.SPARE.value);
        expect(mod(memory.value("RESULT"), n)).toBe(mod(valueA * valueB * rInverse, n));
        expectReduced("RESULT", n);
        exports.square(exports.RESULT.value, exports.BASE.value);
        expect(mod(memory.value("RESULT"), n)).toBe(mod(valueA * valueA * rInverse, n));
        expectReduced("RESULT", n);
        // In place, as the ladders do.
        exports.square(exports.BASE.value, exports.BASE.value);
        expect(memory.digits("BASE")).toEqual(memory.digits("RESULT"));
      });
      fc.assert(property, { numRuns: 40 });
    }
  });

  test.each(BIT_LENGTHS)("corrects and converts, %i bits", (bits) => {
    for (const n of moduli(bits)) {
      memory.prepare(n);
      for (const x of [0n, 1n, n - 1n, n >> 1n, n - 2n, mod(pseudoModulus(bits, 7), n)]) {
        memory.putNumber("MESSAGE", x);
        exports.loadNumber(exports.RESULT.value, exports.MESSAGE.value, memory.vectors);
        expect(memory.value("RESULT")).toBe(x);
        expect(Math.max(...memory.digits("RESULT").map(Math.abs))).toBeLessThanOrEqual(half + 1);
        memory.putNumber("MESSAGE", 0n);
        exports.storeNumber(exports.MESSAGE.value, exports.RESULT.value, memory.vectors);
        expect(memory.number("MESSAGE")).toBe(x);
        exports.correct(exports.RESULT.value);
        expect(memory.value("RESULT")).toBe(x);
        if (x === 0n) continue;
        memory.putDigits(
          "RESULT",
          memory.digits("RESULT").map((digit) => -digit),
        );
        exports.correct(exports.RESULT.value);
        expect(memory.value("RESULT")).toBe(n - x);
      }
    }
  });

  test("corrects numbers of extreme digits", () => {
    const n = pseudoModulus(2048, 3);
    memory.prepare(n);
    const property = fc.property(operand(n), (digits) => {
      memory.putDigits("RESULT", digits);
      exports.correct(exports.RESULT.value);
      expect(memory.value("RESULT")).toBe(mod(digitsToBigInt(digits, radixBits), n));
      exports.storeNumber(exports.MESSAGE.value, exports.RESULT.value, memory.vectors);
      expect(memory.number("MESSAGE")).toBe(mod(digitsToBigInt(digits, radixBits), n));
    });
    fc.assert(property);
  });

  test("inverts", () => {
    const moduliOfAllSizes = [
      3n,
      5n,
      257n,
      65537n,
      ...[33, 45, 46, 47, 59, 60, 61, 1024, 2047, 4096].map((bits) => pseudoModulus(bits, 5)),
    ];
    for (const n of [...moduliOfAllSizes, ...EXTREME_PRIMES]) {
      for (const x of [1n, 2n, n - 1n, n - 2n, n >> 1n, mod(pseudoModulus(bitLengthOf(n), 6), n)]) {
        memory.putNumber("BLINDING", x);
        memory.putNumber("PRIME1", n);
        const { MESSAGE, BLINDING, PRIME1 } = exports;
        const found = exports.invert(MESSAGE.value, BLINDING.value, PRIME1.value, bitLengthOf(n));
        expect(found).toBe(gcd(x, n) === 1n ? 1 : 0);
        if (found) expect(memory.number("MESSAGE")).toBe(inverse(x, n));
      }
    }
  });

  test("says when there is no inverse", () => {
    const { MESSAGE, BLINDING, PRIME1 } = exports;
    const n = 3n * 5n * 65537n * pseudoModulus(1000, 9);
    for (const x of [0n, 3n, n - 3n, 65537n * 4n]) {
      memory.putNumber("BLINDING", x);
      memory.putNumber("PRIME1", n);
      expect(exports.invert(MESSAGE.value, BLINDING.value, PRIME1.value, bitLengthOf(n))).toBe(0);
    }
  });
});

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}
