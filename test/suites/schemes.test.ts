/**
 * Properties of the schemes that no vector shows: every length comes back, every changed byte gives the one verdict,
 * the limits are where the standards put them.
 */

import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { fromBigInt, toBigInt, toHex } from "../../src/bytes.ts";
import { equalBytesMask } from "../../src/constant-time.ts";
import type { Engine, HashName } from "../../src/engine/engine.ts";
import { SM2_ENCODINGS } from "../../src/formats/sm2-ciphertext.ts";
import { systemRandom as random } from "../../src/random.ts";
import { kwpUnwrap, kwpWrap, kwpWrappedBytes } from "../../src/schemes/aes-kwp.ts";
import { rsaAesKeyUnwrap, rsaAesKeyWrap } from "../../src/schemes/rsa-aes-key-wrap.ts";
import { maxOaepMessageBytes, rsaesOaepDecrypt, rsaesOaepEncrypt } from "../../src/schemes/rsaes-oaep.ts";
import { sm2Decrypt, sm2Encrypt } from "../../src/schemes/sm2pke.ts";
import rsaOaepSha1 from "../../vectors/rsa-oaep-sha1.json" with { type: "json" };
import sm2Encryption from "../../vectors/sm2-encryption.json" with { type: "json" };
import { ENGINES } from "../support/engines.ts";
import { errorCode } from "../support/error-code.ts";
import { interceptEngine } from "../support/intercepted.ts";
import { readVectors } from "../support/vectors.ts";

/** The one key of RSA Laboratories' set that has 2048 bits. */
const RSA_KEY = readVectors(rsaOaepSha1, "rsaes-oaep")
  .map(([, { privateKey }]) => privateKey)
  .find(({ modulus }) => modulus.length === 256)!;
const SM2_KEY = readVectors(sm2Encryption, "sm2-encryption")[0]![1];
const NO_LABEL = new Uint8Array(0);
const LENGTHS = [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 138, 2374];

function fill(byteLength: number, byte = 0xa5): Uint8Array {
  return new Uint8Array(byteLength).fill(byte);
}

/** A copy of `bytes` with bits of one byte flipped. */
function flipped(bytes: Uint8Array, at: number, bits: number): Uint8Array {
  const copy = bytes.slice();
  copy[at]! ^= bits;
  return copy;
}

/** An engine's parts, which may be getters, to put another in the place of one. */
function partsOf({ info, hashes, aes, rsa, sm2 }: Engine): Engine {
  return { info, hashes, aes, rsa, sm2 };
}

/** `unwrap` must refuse `wrapped` with any one byte changed, and cut or lengthened by one. */
function expectTamperingRefused(wrapped: Uint8Array, unwrap: (wrapped: Uint8Array) => Uint8Array): void {
  const changed = Array.from(wrapped, (_byte, at) => flipped(wrapped, at, 1 << (at % 8)));
  const lengths = [wrapped.slice(0, -1), wrapped.slice(1), Uint8Array.of(...wrapped, 0), NO_LABEL];
  const codes = [...changed, ...lengths].map((blob) => errorCode(() => unwrap(blob)));
  expect(codes).toEqual(codes.map(() => "UNWRAP_FAILED"));
}

describe.each(ENGINES)("schemes on the %s engine", (_name, engine) => {
  describe("RSAES-OAEP", () => {
    const options = (hash: HashName) => ({ hash, mgf1Hash: hash, label: NO_LABEL, random });
    const encrypt = (message: Uint8Array, hash: HashName) =>
      rsaesOaepEncrypt(engine, { ...options(hash), publicKey: RSA_KEY, message });
    const decrypt = (ciphertext: Uint8Array, hash: HashName) =>
      rsaesOaepDecrypt(engine, { ...options(hash), privateKey: RSA_KEY, ciphertext });

    test.each([
      ["SHA-1", 214],
      ["SHA-256", 190],
      ["SHA-384", 158],
      ["SHA-512", 126],
    ] as const)("%s takes 0 to %i bytes under 2048 bits", (hash, limit) => {
      expect(maxOaepMessageBytes(256, hash)).toBe(limit);
      for (const length of [0, 1, limit - 1, limit]) {
        const ciphertext = encrypt(fill(length), hash);
        expect(ciphertext.length).toBe(256);
        expect(decrypt(ciphertext, hash)).toEqual(fill(length));
      }
      expect(errorCode(() => encrypt(fill(limit + 1), hash))).toBe("KEY_MATERIAL_TOO_LONG");
    });

    test("two encryptions differ", () => {
      expect(encrypt(fill(32), "SHA-256")).not.toEqual(encrypt(fill(32), "SHA-256"));
    });

    test("every changed byte is refused", () => {
      expectTamperingRefused(encrypt(fill(190), "SHA-256"), (blob) => decrypt(blob, "SHA-256"));
    });

    test("a ciphertext not below the modulus is refused before it meets the private key", () => {
      // The engine's fault check would refuse it as well, and hide that nobody looked at its range.
      const privateOperation = vi.fn(engine.rsa.privateOperation.bind(engine.rsa));
      const spied = { ...partsOf(engine), rsa: { ...engine.rsa, privateOperation } };
      const decryptSpied = (ciphertext: Uint8Array) => () =>
        rsaesOaepDecrypt(spied, { ...options("SHA-1"), privateKey: RSA_KEY, ciphertext });
      for (const ciphertext of [RSA_KEY.modulus, fill(256, 0xff), fill(255), fill(257)])
        expect(errorCode(decryptSpied(ciphertext))).toBe("UNWRAP_FAILED");
      expect(privateOperation).not.toHaveBeenCalled();
      const largest = fromBigInt(toBigInt(RSA_KEY.modulus) - 1n, 256);
      expect(errorCode(decryptSpied(largest))).toBe("UNWRAP_FAILED");
      expect(privateOperation).toHaveBeenCalledTimes(1);
    });

    test("another hash, mask hash or label is refused", () => {
      const ciphertext = encrypt(fill(32), "SHA-256");
      const base = { ...options("SHA-256"), privateKey: RSA_KEY, ciphertext };
      for (const change of [{ hash: "SHA-1" }, { mgf1Hash: "SHA-1" }, { label: fill(1, 0) }] as const)
        expect(errorCode(() => rsaesOaepDecrypt(engine, { ...base, ...change }))).toBe("UNWRAP_FAILED");
    });
  });

  describe("AES-KWP", () => {
    test.each([16, 24, 32])("takes every length under a key of %i bytes", (kekBytes) => {
      const kek = random(kekBytes);
      for (const length of LENGTHS) {
        const wrapped = kwpWrap(engine, kek, fill(length));
        expect(wrapped.length).toBe(8 * (Math.ceil(length / 8) + 1));
        expect(wrapped.length).toBe(kwpWrappedBytes(length));
        expect(kwpUnwrap(engine, kek, wrapped)).toEqual(fill(length));
      }
    });

    test.each([1, 8, 9, 64, 71])("every changed byte of %i wrapped bytes is refused", (length) => {
      const kek = random(32);
      expectTamperingRefused(kwpWrap(engine, kek, fill(length)), (blob) => kwpUnwrap(engine, kek, blob));
    });

    test("an initial value, length or padding that is not right is refused", () => {
      const kek = random(32);
      const S = (head: number, length: number, rest: readonly number[]) => {
        const bytes = Uint8Array.of(...new Uint8Array(8), ...rest);
        new DataView(bytes.buffer).setUint32(0, head);
        new DataView(bytes.buffer).setUint32(4, length);
        return engine.aes.wrapSemiblocks(kek, bytes);
      };
      const AIV = 0xa65959a6;
      const sixteen = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
      const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 0, 0, 0, 0];
      expect(kwpUnwrap(engine, kek, S(AIV, 16, sixteen))).toEqual(Uint8Array.from(sixteen));
      expect(kwpUnwrap(engine, kek, S(AIV, 9, nine))).toEqual(Uint8Array.from(nine.slice(0, 9)));
      const bad: [number, number, number[]][] = [
        [0xa65959a7, 16, sixteen],
        [0xa6a6a6a6, 16, sixteen],
        [0, 16, sixteen],
        [AIV, 0, sixteen],
        [AIV, 8, nine],
        [AIV, 17, sixteen],
        [AIV, 2 ** 31, sixteen],
        [AIV, 2 ** 32 - 1, sixteen],
        [AIV, 2 ** 32 - 8, sixteen],
        [AIV, 15, sixteen],
        [AIV, 9, [...nine.slice(0, 15), 1]],
        [AIV, 9, [...nine.slice(0, 9), 1, 0, 0, 0, 0, 0, 0]],
        [AIV, 0, [0, 0, 0, 0, 0, 0, 0, 0]],
        [AIV, 9, [0, 0, 0, 0, 0, 0, 0, 0]],
      ];
      const codes = bad.map((parts) => errorCode(() => kwpUnwrap(engine, kek, S(...parts))));
      expect(codes).toEqual(bad.map(() => "UNWRAP_FAILED"));
    });
  });

  test("AES-KWP has limits at either end", () => {
    const wrap = (plaintext: Uint8Array) => () => kwpWrap(engine, fill(16), plaintext);
    expect(errorCode(wrap(NO_LABEL))).toBe("EMPTY_KEY_MATERIAL");
    // Four gigabytes need not be there to be counted.
    const tooLong = { length: 2 ** 32 } as Uint8Array;
    expect(errorCode(wrap(tooLong))).toBe("KEY_MATERIAL_TOO_LONG");
  });

  describe("RSA_AES_KEY_WRAP", () => {
    const wrap = (keyMaterial: Uint8Array) =>
      rsaAesKeyWrap(engine, { publicKey: RSA_KEY, keyMaterial, hash: "SHA-256", random });
    const unwrap = (wrapped: Uint8Array) =>
      rsaAesKeyUnwrap(engine, { privateKey: RSA_KEY, wrapped, hash: "SHA-256", random });

    test("takes every length", () => {
      for (const length of LENGTHS) {
        const wrapped = wrap(fill(length));
        expect(wrapped.length).toBe(256 + kwpWrappedBytes(length));
        expect(unwrap(wrapped)).toEqual(fill(length));
      }
    });

    test("every changed byte is refused, in either half", () => {
      expectTamperingRefused(wrap(fill(9)), unwrap);
    });

    test("an AES key of another length is refused", () => {
      const K = random(16);
      const message = { message: K, hash: "SHA-256", mgf1Hash: "SHA-256", label: NO_LABEL, random } as const;
      const head = rsaesOaepEncrypt(engine, { ...message, publicKey: RSA_KEY });
      const wrapped = Uint8Array.of(...head, ...kwpWrap(engine, K, fill(32)));
      expect(errorCode(() => unwrap(wrapped))).toBe("UNWRAP_FAILED");
    });

    test("a failure in the first half goes the way of one in the second, under a random key", () => {
      const wrapped = wrap(fill(32));
      const short = { message: fill(16), hash: "SHA-256", mgf1Hash: "SHA-256", label: NO_LABEL } as const;
      const shortKey = rsaesOaepEncrypt(engine, { ...short, random, publicKey: RSA_KEY });
      const cases: [blob: Uint8Array, isSubstituted: boolean][] = [
        [flipped(wrapped, wrapped.length - 1, 1), false],
        [flipped(wrapped, 255, 1), true],
        [Uint8Array.of(...RSA_KEY.modulus, ...wrapped.subarray(256)), true],
        [Uint8Array.of(...shortKey, ...wrapped.subarray(256)), true],
      ];
      for (const [blob, isSubstituted] of cases) {
        const { code, keys, drawn } = unwrapWatched(blob);
        expect(code).toBe("UNWRAP_FAILED");
        expect(keys).toHaveLength(1);
        expect(drawn.includes(keys[0]!)).toBe(isSubstituted);
      }
      const good = unwrapWatched(wrapped);
      expect(good.code).toBeUndefined();
      expect(good.keys).toHaveLength(1);
    });

    /** The verdict, the keys that AES was given, and all that was drawn at random, in hexadecimal. */
    function unwrapWatched(wrapped: Uint8Array) {
      const [keys, drawn]: [string[], string[]] = [[], []];
      const unwrapSemiblocks = (kek: Uint8Array, semiblocks: Uint8Array) => {
        keys.push(toHex(kek));
        return engine.aes.unwrapSemiblocks(kek, semiblocks);
      };
      const watched = { ...partsOf(engine), aes: { ...engine.aes, unwrapSemiblocks } };
      const draw = (byteLength: number) => {
        const bytes = random(byteLength);
        drawn.push(toHex(bytes));
        return bytes;
      };
      const request = { privateKey: RSA_KEY, wrapped, hash: "SHA-256", random: draw } as const;
      return { code: errorCode(() => rsaAesKeyUnwrap(watched, request)), keys, drawn };
    }
  });

  describe("SM2", () => {
    const { publicKey, privateKey } = SM2_KEY;

    test.each(SM2_ENCODINGS)("takes every length as %s", (encoding) => {
      for (const length of LENGTHS) {
        const ciphertext = sm2Encrypt(engine, { publicKey, message: fill(length), encoding, random });
        expect(sm2Decrypt(engine, { privateKey, ciphertext, encoding })).toEqual(fill(length));
      }
    });

    test.each(SM2_ENCODINGS)("every changed byte is refused as %s", (encoding) => {
      const ciphertext = sm2Encrypt(engine, { publicKey, message: fill(20), encoding, random });
      expectTamperingRefused(ciphertext, (blob) =>
        sm2Decrypt(engine, { privateKey, ciphertext: blob, encoding }),
      );
    });

    test("a message long enough for lengths of three octets", () => {
      const message = fill(70_000);
      const ciphertext = sm2Encrypt(engine, { publicKey, message, encoding: "asn1", random });
      const decrypted = sm2Decrypt(engine, { privateKey, ciphertext, encoding: "asn1" });
      expect(equalBytesMask(decrypted, message)).toBe(-1);
    });

    test("a point off the curve is refused before it meets the private key", () => {
      // C3 would not fit either, and hide that nobody looked at the point.
      const called: string[] = [];
      const watched = interceptEngine(engine, ({ name, run }) => {
        called.push(name);
        return name === "sm2.decapsulate" ? fill(64) : run();
      });
      const code = (ciphertext: Uint8Array) =>
        errorCode(() => sm2Decrypt(watched, { privateKey, ciphertext, encoding: "c1c3c2-no04" }));
      const sound = sm2Encrypt(engine, { publicKey, message: fill(9), encoding: "c1c3c2-no04", random });
      const withPoint = (point: Uint8Array) => Uint8Array.of(...point, ...sound.subarray(64));
      const point = sound.subarray(0, 64);
      for (const off of [flipped(point, 63, 1), flipped(point, 0, 0x80), fill(64, 0), fill(64, 0xff)])
        expect(code(withPoint(off))).toBe("UNWRAP_FAILED");
      expect(called).toEqual([]);
      expect(code(withPoint(publicKey))).toBe("UNWRAP_FAILED");
      expect(called).toContain("sm2.decapsulate");
    });

    test("nothing to encrypt is refused", () => {
      const empty = { publicKey, message: NO_LABEL, encoding: "asn1", random } as const;
      expect(errorCode(() => sm2Encrypt(engine, empty))).toBe("EMPTY_KEY_MATERIAL");
    });

    test("noise is refused in every encoding", () => {
      fc.assert(
        fc.property(
          fc.uint8Array({ maxLength: 200 }),
          fc.constantFrom(...SM2_ENCODINGS),
          (ciphertext, encoding) => {
            expect(errorCode(() => sm2Decrypt(engine, { privateKey, ciphertext, encoding }))).toBe(
              "UNWRAP_FAILED",
            );
          },
        ),
        { numRuns: 200 },
      );
    });
  });
});
