/** The SM2 kernel as the schemes use it: published vectors, the portable engine, edges, and nothing left in memory. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, fromBigInt, toBigInt, xorBytes } from "../../src/bytes.ts";
import { curve } from "../../src/engine/curves.ts";
import { portableSm2 } from "../../src/engine/portable/sm2.ts";
import { WASM } from "../../src/engine/wasm/generated/sm2.ts";
import { instantiate } from "../../src/engine/wasm/instantiate.ts";
import { type Sm2Exports, Sm2Kernel, wasmSm2 } from "../../src/engine/wasm/sm2.ts";
import encryption from "../../vectors/sm2-encryption.json" with { type: "json" };
import hash from "../../vectors/sm3.json" with { type: "json" };
import { toHex } from "../support/bytes.ts";
import { pseudoRandom } from "../support/pseudo-random.ts";
import { readVectors } from "../support/vectors.ts";
import { changedMemory, findSecrets } from "../support/wasm-memory.ts";

const sm2 = wasmSm2();
const { Point, parameters } = curve("SM2");
const { p, b, n } = parameters;
const G = Point.BASE.toBytes(false).slice(1);
const exports: Sm2Exports = instantiate<Sm2Exports>("sm2", WASM);
const CAPACITY: number = exports.BUFFER_CAPACITY.value;

function scalar(k: bigint): Uint8Array {
  return fromBigInt(k, 32);
}

/** [k]G by noble. */
function multipleOfG(k: bigint): Uint8Array {
  return Point.BASE.multiplyUnsafe(k).toBytes(false).slice(1);
}

describe.each(readVectors(encryption, "sm2-encryption"))("%s", (_title, group) => {
  test("the public key", () => {
    expect(sm2.publicKey(group.privateKey)).toEqual(group.publicKey);
  });

  test.each(group.valid.filter(({ k }) => k !== undefined))("$name", ({ k, c1, shared, message, t, c3 }) => {
    expect(sm2.encapsulate(group.publicKey, k!)).toEqual({ c1, shared });
    expect(sm2.decapsulate(group.privateKey, c1)).toEqual(shared);
    expect(sm2.kdf(shared, message.length)).toEqual(t);
    expect(sm2.sm3(concatBytes(shared.subarray(0, 32), message, shared.subarray(32)))).toEqual(c3);
  });

  test.each(group.valid.filter(({ k }) => k === undefined))("$name, decryption", ({ c1, shared }) => {
    expect(sm2.decapsulate(group.privateKey, c1)).toEqual(shared);
  });
});

describe.each(readVectors(hash, "hash"))("SM3: %s", (_title, group) => {
  test.each(group.valid)("$name", ({ message, digest }) => {
    expect(toHex(sm2.sm3(message))).toBe(toHex(digest));
  });
});

describe("multiples", () => {
  /** Ends of the range, the signs and sizes of both recodings, and around what the windows' digits can add up to. */
  const EDGES: readonly bigint[] = [
    ...Array.from({ length: 70 }, (_, i) => BigInt(i + 1)),
    ...Array.from({ length: 70 }, (_, i) => n - BigInt(i + 1)),
    ...[n / 2n, n / 2n + 1n, n / 3n, 2n * (n / 3n)],
    ...[22, 31, 32, 33, 63, 64, 128, 132, 224, 242, 255].flatMap((bit) => [
      2n ** BigInt(bit),
      2n ** BigInt(bit) - 1n,
    ]),
    ...[5n, 31n, 33n].map((d) => (p - d) % n),
  ];
  const anyScalar = fc.oneof(fc.constantFrom(...EDGES), fc.bigInt(1n, n - 1n));

  test("of G, −G and small multiples of G, at every edge", () => {
    for (const k of EDGES) {
      expect(toHex(sm2.publicKey(scalar(k)))).toBe(toHex(multipleOfG(k)));
      for (const d of [1n, 2n, 3n, n - 1n, n - 2n]) {
        const { c1, shared } = sm2.encapsulate(multipleOfG(d), scalar(k));
        expect(toHex(c1)).toBe(toHex(multipleOfG(k)));
        expect(toHex(shared)).toBe(toHex(multipleOfG((k * d) % n)));
      }
    }
  });

  test("of any point, as noble has them", () => {
    fc.assert(
      fc.property(anyScalar, anyScalar, (k, d) => {
        const point = multipleOfG(d);
        const product = multipleOfG((k * d) % n);
        expect(sm2.encapsulate(point, scalar(k))).toEqual({ c1: multipleOfG(k), shared: product });
        expect(sm2.decapsulate(scalar(k), point)).toEqual(product);
        expect(sm2.publicKey(scalar(d))).toEqual(point);
      }),
    );
  });

  test("are fully reduced where a coordinate is 0", () => {
    const y = Point.Fp.sqrt(b);
    const point = concatBytes(new Uint8Array(32), fromBigInt(y, 32));
    expect(sm2.decapsulate(scalar(1n), point)).toEqual(point);
    expect(sm2.decapsulate(scalar(n - 1n), point)).toEqual(
      concatBytes(new Uint8Array(32), fromBigInt(p - y, 32)),
    );
  });

  test("agree with the portable engine on random keys", () => {
    for (let seed = 1; seed <= 8; seed++) {
      const [k, d] = [pseudoRandom(32, seed), pseudoRandom(32, 100 + seed)].map((bytes) =>
        scalar((toBigInt(bytes) % (n - 1n)) + 1n),
      ) as [Uint8Array, Uint8Array];
      const publicKey = portableSm2.publicKey(d);
      expect(sm2.publicKey(d)).toEqual(publicKey);
      expect(sm2.encapsulate(publicKey, k)).toEqual(portableSm2.encapsulate(publicKey, k));
    }
  });
});

describe("SM3 and the KDF, as the portable engine has them", () => {
  const around = (length: number, by: number) =>
    Array.from({ length: 2 * by + 1 }, (_, i) => length - by + i).filter((length) => length >= 0);

  test.each([
    ["one to nine blocks", Array.from({ length: 600 }, (_, i) => i)],
    ["one piece and two", [...around(CAPACITY, 70), ...around(2 * CAPACITY, 10)]],
  ])("digests, %s", (_what, lengths) => {
    for (const length of lengths) {
      const message = pseudoRandom(length, 3);
      expect(toHex(sm2.sm3(message))).toBe(toHex(portableSm2.sm3(message)));
    }
  });

  test("a view with an offset is hashed as it is", () => {
    const bytes = pseudoRandom(3 * CAPACITY, 5);
    expect(sm2.sm3(bytes.subarray(7, 2 * CAPACITY))).toEqual(portableSm2.sm3(bytes.slice(7, 2 * CAPACITY)));
  });

  test.each([
    ["up to nine groups of counters", Array.from({ length: 290 }, (_, i) => 4 * i + (i % 4))],
    ["one piece and two", [...around(CAPACITY, 2), ...around(2 * CAPACITY, 1)]],
  ])("derived bytes, %s", (_what, lengths) => {
    const shared = pseudoRandom(64, 7);
    const longest = portableSm2.kdf(shared, Math.max(...lengths));
    for (const length of lengths)
      expect(toHex(sm2.kdf(shared, length))).toBe(toHex(longest.subarray(0, length)));
  });
});

describe("results are the caller's", () => {
  test("inputs stay as they are, and no two calls share memory", () => {
    const [key, k] = [G.slice(), scalar(7n)];
    const first = sm2.encapsulate(key, k);
    const copy = { c1: first.c1.slice(), shared: first.shared.slice() };
    sm2.encapsulate(key, scalar(8n));
    expect(first).toEqual(copy);
    expect([key, k]).toEqual([G, scalar(7n)]);
  });
});

describe("memory", () => {
  const k = pseudoRandom(32, 11);
  const shared = pseudoRandom(64, 13);

  test("is as it was at the start after each operation", () => {
    const point = multipleOfG(5n);
    sm2.encapsulate(point, k);
    expect(changedMemory("sm2", WASM)).toEqual([]);
    sm2.decapsulate(k, point);
    expect(changedMemory("sm2", WASM)).toEqual([]);
    sm2.publicKey(k);
    expect(changedMemory("sm2", WASM)).toEqual([]);
  });

  test.each([
    0,
    1,
    55,
    56,
    63,
    64,
    65,
    119,
    120,
    128,
    255,
    256,
    257,
    1000,
    CAPACITY - 1,
    CAPACITY,
    CAPACITY + 1,
    3 * CAPACITY,
  ])("is as it was after a digest or a key of %i bytes", (length) => {
    sm2.sm3(pseudoRandom(length, 17));
    expect(changedMemory("sm2", WASM)).toEqual([]);
    sm2.kdf(shared, length);
    expect(changedMemory("sm2", WASM)).toEqual([]);
  });

  test("does change while an operation runs, and holds the secret", () => {
    const seen: string[] = [];
    const watched = new Sm2Kernel({
      ...exports,
      wipePoints: () => {
        seen.push(...findSecrets([k]));
        exports.wipePoints();
      },
    });
    watched.publicKey(k);
    expect(seen).not.toEqual([]);
    expect(findSecrets([k])).toEqual([]);
  });

  test("is as it was after a trap in any export, which is of use again", () => {
    const point = multipleOfG(5n);
    const calls: readonly (readonly [keyof Sm2Exports, (kernel: Sm2Kernel) => unknown])[] = [
      ["encapsulate", (kernel) => kernel.encapsulate(point, k)],
      ["decapsulate", (kernel) => kernel.decapsulate(k, point)],
      ["publicKey", (kernel) => kernel.publicKey(k)],
      ["finishHash", (kernel) => kernel.sm3(shared)],
      ["hashBlocks", (kernel) => kernel.sm3(pseudoRandom(2 * CAPACITY, 19))],
      ["startKdf", (kernel) => kernel.kdf(shared, 100)],
      ["derive", (kernel) => kernel.kdf(shared, 2 * CAPACITY)],
    ];
    for (const [name, call] of calls) {
      const operation = exports[name] as (...parameters: number[]) => void;
      const trap = (...parameters: number[]) => {
        operation(...parameters);
        throw new WebAssembly.RuntimeError("unreachable");
      };
      expect(() => call(new Sm2Kernel({ ...exports, [name]: trap }))).toThrow(WebAssembly.RuntimeError);
      expect(changedMemory("sm2", WASM)).toEqual([]);
    }
    expect(sm2.decapsulate(k, point)).toEqual(portableSm2.decapsulate(k, point));
  });

  test("is as it was after a failure on the way in", () => {
    expect(() => sm2.publicKey(pseudoRandom(65_536, 23))).toThrow(RangeError);
    expect(changedMemory("sm2", WASM)).toEqual([]);
  });
});

test("a whole encryption opens with a private key", () => {
  const d = pseudoRandom(32, 29);
  const message = pseudoRandom(2400, 31);
  const { c1, shared } = sm2.encapsulate(sm2.publicKey(d), pseudoRandom(32, 37));
  const c2 = xorBytes(message, sm2.kdf(shared, message.length));
  expect(xorBytes(c2, portableSm2.kdf(portableSm2.decapsulate(d, c1), c2.length))).toEqual(message);
});
