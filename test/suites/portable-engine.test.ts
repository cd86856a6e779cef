/**
 * The portable engine where vectors cannot look: the blinding and the fault check of its RSA, and that nothing but a
 * lack of WebAssembly brings it in.
 */

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fromBigInt, toBigInt } from "../../src/bytes.ts";
import { portableRsa } from "../../src/engine/portable/rsa.ts";
import { systemRandom } from "../../src/random.ts";
import { fixedRandom } from "../support/fixed-random.ts";
import { keyOf, minimalBytes, power, prime } from "../support/rsa-keys.ts";
import { MAY_COMPILE } from "../support/wasm-features.ts";

describe("RSA", () => {
  const [p, q] = [prime("p512"), prime("q512")];
  const key = keyOf(p, q);
  const n = p * q;
  const modulusBytes = key.modulus.length;
  const encrypt = (message: bigint) => fromBigInt(power(message, 65537n, n), modulusBytes);
  /** The draw that becomes this blinding factor. */
  const factor = (value: bigint) => fromBigInt(value, modulusBytes);

  test.each(["prime1", "prime2", "exponent1", "exponent2", "coefficient"] as const)(
    "releases nothing if %s is faulty",
    (part) => {
      // Larger than a prime: a small message does not depend on the coefficient.
      const message = n >> 1n;
      const ciphertext = encrypt(message);
      const faulty = { ...key, [part]: key[part].with(key[part].length - 9, key[part].at(-9)! ^ 4) };
      expect(portableRsa.privateOperation(faulty, ciphertext, systemRandom)).toBeUndefined();
      expect(toBigInt(portableRsa.privateOperation(key, ciphertext, systemRandom)!)).toBe(message);
    },
  );

  describe("blinding", () => {
    test("draws one factor, and any gives the same result", () => {
      for (const r of [1n, 2n, n - 1n, prime("p511"), n >> 1n]) {
        const random = fixedRandom(factor(r));
        expect(toBigInt(portableRsa.privateOperation(key, encrypt(42n), random)!)).toBe(42n);
        expect(random.unused()).toBe(0);
      }
    });

    test("draws again what is zero, not below n, or shares a prime with n", () => {
      const random = fixedRandom(...[0n, n, n + 1n, 2n ** 1024n - 1n, p, q * 3n, 7n].map(factor));
      expect(toBigInt(portableRsa.privateOperation(key, encrypt(42n), random)!)).toBe(42n);
      expect(random.unused()).toBe(0);
    });

    test("wipes what it drew", () => {
      const drawn: Uint8Array[] = [];
      portableRsa.privateOperation(key, encrypt(42n), (byteLength) => {
        drawn.push(systemRandom(byteLength));
        return drawn.at(-1)!;
      });
      expect(drawn.length).toBeGreaterThan(0);
      for (const bytes of drawn) expect(bytes).toEqual(new Uint8Array(bytes.length));
    });

    test("the exponentiation sees c·r^e, not c", () => {
      // With (p − 1)/2 added, c^dP is right for squares mod p and wrong for all others: the fault check tells which
      // of them the exponentiation was given. The message is a square, so the factor decides.
      const half = (p - 1n) / 2n;
      const exponent1 = minimalBytes((toBigInt(key.exponent1) + half) % (p - 1n));
      const nonSquare = [2n, 3n, 5n, 7n, 11n, 13n].find((r) => power(r, half, p) === p - 1n)!;
      const decrypt = (r: bigint) =>
        portableRsa.privateOperation({ ...key, exponent1 }, encrypt(4n), fixedRandom(factor(r)));
      expect(toBigInt(decrypt(nonSquare * nonSquare)!)).toBe(4n);
      expect(decrypt(nonSquare)).toBeUndefined();
    });
  });
});

const real = globalThis.WebAssembly;

describe.runIf(MAY_COMPILE)("does not take the place of a WASM part that breaks", () => {
  beforeEach(() => vi.resetModules());
  afterEach(() => vi.unstubAllGlobals());

  test.each(["hashes", "aes", "rsa", "sm2"] as const)("%s", async (part) => {
    const { validate, Module, Instance, Memory, Global } = real;
    const bug = new TypeError("not a lack of capability");
    const breakOnce = vi.fn(validate).mockImplementationOnce(() => {
      throw bug;
    });
    vi.stubGlobal("WebAssembly", { validate: breakOnce, Module, Instance, Memory, Global });
    const { defaultEngine } = await import("../../src/engine/default.ts");
    expect(() => defaultEngine[part]).toThrow(bug);
    expect(defaultEngine.info.name).toBe("wasm");
  });
});
