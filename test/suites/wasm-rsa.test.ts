/** RSA on the WASM binaries: every length and shape of key, blinding, the fault check, and what memory holds afterwards. */

import { describe, expect, test } from "vitest";
import { fromBigInt, toBigInt } from "../../src/bytes.ts";
import type { RsaEngine, RsaPrivateNumbers, RsaPublicNumbers } from "../../src/engine/engine.ts";
import { isFused, knowsTheAnswer, wasmRsa } from "../../src/engine/wasm/rsa.ts";
import { RsaKernel } from "../../src/engine/wasm/rsa-kernel.ts";
import { systemRandom } from "../../src/random.ts";
import { errorCode } from "../support/error-code.ts";
import { fixedRandom } from "../support/fixed-random.ts";
import { binariesHere, open } from "../support/rsa-binary.ts";
import {
  EXTREME_PRIMES,
  keyOf,
  minimalBytes,
  mod,
  type PrimeName,
  power,
  prime,
  pseudoModulus,
  pseudoRandom,
} from "../support/rsa-keys.ts";

/** Pairs of primes: equal and unequal, either one longer, moduli of even and odd lengths. */
const SHAPES: readonly (readonly [PrimeName, PrimeName])[] = [
  ["p512", "q512"],
  ["q512", "p512"],
  ["p513", "p511"],
  ["p511", "p513"],
  ["p512", "p513"],
  ["p768", "p300"],
  ["p64", "p960"],
  ["p1000", "p24"],
  ["p24", "p1000"],
  ["p1024", "q1024"],
  ["p1023", "p1025"],
  ["p1025", "p1023"],
  ["p1023", "p1024"],
  ["p1096", "p3000"],
  ["p1536", "q1536"],
  ["p2048", "q2048"],
];

const BIT_LENGTHS = [
  ...range(1024, 1040),
  1104,
  1105,
  1536,
  1537,
  2046,
  2047,
  2048,
  2049,
  3072,
  4090,
  4095,
  4096,
];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function publicKey(n: bigint, e: bigint): RsaPublicNumbers {
  return Object.freeze({ modulus: minimalBytes(n), publicExponent: minimalBytes(e) });
}

/** m^e mod n, by BigInt. */
function encrypt(key: RsaPublicNumbers, message: bigint): Uint8Array {
  const n = toBigInt(key.modulus);
  return fromBigInt(power(message, toBigInt(key.publicExponent), n), key.modulus.length);
}

function messagesFor(n: bigint): bigint[] {
  return [0n, 1n, n - 1n, n >> 1n, mod(pseudoRandom(4096, 99), n)];
}

describe.each(binariesHere())("RSA on %s.wasm", (_name, hex) => {
  const engine: RsaEngine = new RsaKernel(open(hex));

  test.each(BIT_LENGTHS)("public operation, %i bits", (bits) => {
    for (const n of [pseudoModulus(bits, bits), (1n << BigInt(bits)) - 1n, (1n << BigInt(bits - 1)) + 1n]) {
      for (const e of [65537n, 3n]) {
        const key = publicKey(n, e);
        for (const message of messagesFor(n))
          expect(engine.publicOperation(key, fromBigInt(message, key.modulus.length))).toEqual(
            encrypt(key, message),
          );
      }
    }
  });

  test("public operation with exponents of every length up to the modulus'", () => {
    const n = pseudoModulus(1024, 1);
    for (const bits of [2, 3, 4, 5, 8, 16, 17, 31, 32, 33, 64, 255, 256, 257, 1000, 1023, 1024]) {
      const key = publicKey(n, (pseudoModulus(bits, bits) % n) | 1n);
      expect(engine.publicOperation(key, fromBigInt(n - 2n, 128))).toEqual(encrypt(key, n - 2n));
    }
    const longest = publicKey(pseudoModulus(4096, 2), pseudoModulus(4095, 3));
    expect(engine.publicOperation(longest, fromBigInt(2n, 512))).toEqual(encrypt(longest, 2n));
  });

  test.each(SHAPES)("private operation, %s·%s", (p, q) => {
    const key = keyOf(prime(p), prime(q));
    for (const message of messagesFor(toBigInt(key.modulus))) {
      const found = engine.privateOperation(key, encrypt(key, message), systemRandom);
      expect(found).toEqual(fromBigInt(message, key.modulus.length));
    }
  });

  test("private operation under primes next to powers of two", () => {
    for (const [p, q] of pairs(EXTREME_PRIMES)) {
      const key = keyOf(p, q);
      for (const message of messagesFor(p * q))
        expect(engine.privateOperation(key, encrypt(key, message), systemRandom)).toEqual(
          fromBigInt(message, key.modulus.length),
        );
    }
  });

  test("private operation of multiples of a prime", () => {
    const [p, q] = [prime("p512"), prime("q512")];
    const key = keyOf(p, q);
    for (const message of [p, q, p * 2n, q * (p - 1n)])
      expect(toBigInt(engine.privateOperation(key, encrypt(key, message), systemRandom)!)).toBe(message);
  });

  test("private operation under public exponents 3 and a long one", () => {
    for (const e of [3n, prime("p1000")]) {
      const key = keyOf(prime("p1024"), prime("q1024"), e);
      expect(toBigInt(engine.privateOperation(key, encrypt(key, 12345n), systemRandom)!)).toBe(12345n);
    }
  });

  test("keys take turns", () => {
    const first = keyOf(prime("p512"), prime("q512"));
    const second = keyOf(prime("p1024"), prime("q1024"));
    for (const key of [first, second, first, first, second, { ...first }]) {
      const message = fromBigInt(77n, key.modulus.length);
      expect(engine.publicOperation(key, message)).toEqual(encrypt(key, 77n));
      expect(engine.privateOperation(key, encrypt(key, 77n), systemRandom)).toEqual(message);
      expect(engine.publicOperation(second, fromBigInt(5n, 256))).toEqual(encrypt(second, 5n));
    }
  });

  test("leaves its inputs alone", () => {
    const key = keyOf(prime("p512"), prime("q512"));
    const before = structuredClone({ ...key });
    const ciphertext = encrypt(key, 3n);
    const copy = ciphertext.slice();
    engine.privateOperation(key, ciphertext, systemRandom);
    engine.publicOperation(key, ciphertext);
    expect(ciphertext).toEqual(copy);
    expect({ ...key }).toEqual(before);
  });

  describe("blinding", () => {
    const key = keyOf(prime("p512"), prime("q512"));
    const n = toBigInt(key.modulus);
    const ciphertext = encrypt(key, 42n);
    const asBytes = (value: bigint) => fromBigInt(value, key.modulus.length);

    test("any factor gives the same result", () => {
      for (const r of [1n, 2n, n - 1n, prime("p511"), n >> 1n])
        expect(toBigInt(engine.privateOperation(key, ciphertext, fixedRandom(asBytes(r)))!)).toBe(42n);
    });

    test("draws again what is zero, not below n, or shares a prime with n", () => {
      const [p, q] = [prime("p512"), prime("q512")];
      const random = fixedRandom(...[0n, n, n + 1n, 2n ** 1024n - 1n, p, q * 3n, 7n].map(asBytes));
      expect(toBigInt(engine.privateOperation(key, ciphertext, random)!)).toBe(42n);
      expect(random.unused()).toBe(0);
    });

    test("masks what lies above n's length, so that a draw succeeds more often than not", () => {
      const odd = keyOf(prime("p512"), prime("p513")); // 1025 bits: the top byte of n is 1
      const random = fixedRandom(fromBigInt((0xfen << 1024n) | 9n, odd.modulus.length));
      expect(toBigInt(engine.privateOperation(odd, encrypt(odd, 2n), random)!)).toBe(2n);
      expect(random.unused()).toBe(0);
    });

    test("the exponentiation sees c·r^e, not c", () => {
      // With (p − 1)/2 added, c^dP is right for squares mod p and wrong for all others: the fault check tells which
      // of them the exponentiation was given. The message is a square, so the factor decides.
      const p = prime("p512");
      const half = (p - 1n) / 2n;
      const exponent1 = minimalBytes((toBigInt(key.exponent1) + half) % (p - 1n));
      const nonSquare = [2n, 3n, 5n, 7n, 11n, 13n].find((r) => power(r, half, p) === p - 1n)!;
      const decrypt = (r: bigint) =>
        engine.privateOperation({ ...key, exponent1 }, encrypt(key, 4n), fixedRandom(asBytes(r)));
      expect(toBigInt(decrypt(nonSquare * nonSquare)!)).toBe(4n);
      expect(decrypt(nonSquare)).toBeUndefined();
    });

    test("gives up on a source that never yields a usable number", () => {
      const zeros = (byteLength: number) => new Uint8Array(byteLength);
      expect(errorCode(() => engine.privateOperation(key, ciphertext, zeros))).toBe("RANDOM_BROKEN");
    });

    test("wipes the factor", () => {
      const drawn: Uint8Array[] = [];
      engine.privateOperation(key, ciphertext, (byteLength) => {
        drawn.push(systemRandom(byteLength));
        return drawn.at(-1)!;
      });
      expect(drawn.length).toBeGreaterThan(0);
      for (const bytes of drawn) expect(bytes).toEqual(new Uint8Array(bytes.length));
    });
  });

  test.each(["prime1", "prime2", "exponent1", "exponent2", "coefficient"] as const)(
    "releases nothing if %s is faulty",
    (part) => {
      const key = keyOf(prime("p512"), prime("q512"));
      // Larger than a prime: a small message does not depend on the coefficient.
      const message = toBigInt(key.modulus) >> 1n;
      const ciphertext = encrypt(key, message);
      const faulty = { ...key, [part]: key[part].with(key[part].length - 9, key[part].at(-9)! ^ 4) };
      expect(engine.privateOperation(faulty, ciphertext, systemRandom)).toBeUndefined();
      expect(toBigInt(engine.privateOperation(key, ciphertext, systemRandom)!)).toBe(message);
    },
  );

  describe("memory after an operation", () => {
    const key = keyOf(prime("p1024"), prime("q1024"));
    const message = fromBigInt(mod(pseudoRandom(4096, 5), toBigInt(key.modulus)), 256);

    /** All of a fresh instance's memory after `run`. */
    function memoryAfter(
      run: (engine: RsaEngine) => void,
      wrap: (exports: Exports) => Exports = (exports) => exports,
    ) {
      const exports = open(hex);
      run(new RsaKernel(wrap(exports)));
      return new Uint8Array(exports.memory.buffer);
    }

    /** What it may hold: static data and the context of the public key. */
    const expected = memoryAfter((fresh) => fresh.publicOperation({ ...key }, new Uint8Array(256)));

    test("the context has nothing of the message in it", () => {
      expect(memoryAfter((fresh) => fresh.publicOperation(key, message))).toEqual(expected);
    });

    test("a private operation leaves what a public one leaves", () => {
      expect(memoryAfter((fresh) => fresh.privateOperation(key, message, systemRandom))).toEqual(expected);
    });

    test("so does one that found a fault", () => {
      const faulty: RsaPrivateNumbers = { ...key, exponent1: key.exponent2 };
      expect(
        memoryAfter((fresh) => expect(fresh.privateOperation(faulty, message, systemRandom)).toBeUndefined()),
      ).toEqual(expected);
    });

    test("a long private key leaves nothing behind a short one", () => {
      const long = keyOf(prime("p2048"), prime("q2048"));
      const after = memoryAfter((fresh) => {
        fresh.privateOperation(long, encrypt(long, 2n), systemRandom);
        fresh.publicOperation(key, message);
      });
      expect(after).toEqual(expected);
    });

    test("a trap in the private operation leaves nothing at all, and a usable engine", () => {
      const fresh = new Uint8Array(open(hex).memory.buffer);
      const trapped = memoryAfter((engine) => {
        expect(() => engine.privateOperation(key, message, systemRandom)).toThrow(WebAssembly.RuntimeError);
      }, trapAfter("privateOperation"));
      expect(trapped).toEqual(fresh);
      const reused = memoryAfter((engine) => {
        expect(() => engine.privateOperation(key, message, systemRandom)).toThrow(WebAssembly.RuntimeError);
        expect(engine.publicOperation(key, message)).toEqual(encrypt(key, toBigInt(message)));
      }, trapAfter("privateOperation"));
      expect(reused).toEqual(expected);
    });

    test("a trap in the public operation leaves the context", () => {
      const trapped = memoryAfter((engine) => {
        expect(() => engine.publicOperation(key, message)).toThrow(WebAssembly.RuntimeError);
      }, trapAfter("publicOperation"));
      expect(trapped).toEqual(expected);
    });

    test("a trap while a context is derived leaves none that is taken for another key's", () => {
      const other = keyOf(prime("p1023"), prime("p1025"));
      const exports = open(hex);
      let armed = false;
      const fresh = new RsaKernel({
        ...exports,
        prepareModulus: (modulusBits) => {
          exports.prepareModulus(modulusBits);
          if (armed) throw new WebAssembly.RuntimeError("unreachable");
        },
      });
      const encrypted = encrypt(key, toBigInt(message));
      expect(fresh.publicOperation(key, message)).toEqual(encrypted);
      armed = true;
      expect(() => fresh.publicOperation(other, message)).toThrow(WebAssembly.RuntimeError);
      armed = false;
      expect(fresh.publicOperation(key, message)).toEqual(encrypted);
      expect(fresh.publicOperation(other, message)).toEqual(encrypt(other, toBigInt(message)));
    });
  });
});

type Exports = ReturnType<typeof open>;

/** Exports of which one traps when it has done its work, all secrets still in memory. */
function trapAfter(name: "publicOperation" | "privateOperation"): (exports: Exports) => Exports {
  return (exports) => ({
    ...exports,
    [name]: (...bits: number[]) => {
      (exports[name] as (...bits: number[]) => unknown)(...bits);
      throw new WebAssembly.RuntimeError("unreachable");
    },
  });
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a) => items.filter((b) => b !== a).map((b): [T, T] => [a, b]));
}

describe("the choice of binary", () => {
  test("is the relaxed one exactly where it is right", () => {
    expect(wasmRsa().feature).toBe(binariesHere().length === 2 ? "relaxed-simd" : "simd");
    expect(wasmRsa()).toBe(wasmRsa());
    expect(knowsTheAnswer(wasmRsa().engine)).toBe(true);
  });

  test("turns down a multiply-add that rounds twice", () => {
    expect(isFused({ multiplyAdd: (a, b, c) => a * b + c })).toBe(false);
    expect(isFused({ multiplyAdd: () => Number.NaN })).toBe(false);
    expect(isFused({ multiplyAdd: () => 2 ** -60 })).toBe(true);
  });

  test("turns down a kernel with a wrong digit", () => {
    const right = wasmRsa().engine;
    const wrong: RsaEngine = {
      ...right,
      publicOperation: (key, message) => right.publicOperation(key, message).map((byte) => byte ^ 1),
    };
    expect(knowsTheAnswer(wrong)).toBe(false);
  });
});
