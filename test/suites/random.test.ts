/** The platform's generator, mistrusted. */

import { afterEach, describe, expect, test, vi } from "vitest";
import { generateKeyMaterial } from "../../src/keys/generate.ts";
import { parseKeyMaterial } from "../../src/keys/key-material.ts";
import { systemRandom } from "../../src/random.ts";
import { errorCode } from "../support/error-code.ts";

afterEach(() => vi.unstubAllGlobals());

/** Puts `fill` in the place of `crypto.getRandomValues`. */
function stubRandom(fill: (bytes: Uint8Array) => void): void {
  vi.stubGlobal("crypto", { getRandomValues: fill });
}

describe("systemRandom", () => {
  test.each([1, 16, 65_536, 65_537, 200_000])("fills %i bytes to the end", (byteLength) => {
    const bytes = systemRandom(byteLength);
    expect(bytes.length).toBe(byteLength);
    if (byteLength >= 16) expect(bytes.subarray(-16).some((byte) => byte !== 0)).toBe(true);
    if (byteLength >= 16) expect(systemRandom(byteLength)).not.toEqual(bytes);
  });

  test("asks for no more than 65,536 bytes at once", () => {
    const asked: number[] = [];
    stubRandom((bytes) => {
      asked.push(bytes.length);
      bytes.fill(asked.length);
    });
    systemRandom(65_537);
    expect(asked).toEqual([16, 65_536, 1]);
  });

  test("refuses a platform without a generator", () => {
    vi.stubGlobal("crypto", undefined);
    expect(errorCode(() => systemRandom(32))).toBe("RANDOM_UNAVAILABLE");
  });

  test("refuses a generator that throws", () => {
    stubRandom(() => {
      throw new Error("not outside of a request");
    });
    expect(errorCode(() => systemRandom(32))).toBe("RANDOM_UNAVAILABLE");
  });

  test("refuses one that leaves its buffer untouched", () => {
    stubRandom(() => {});
    expect(errorCode(() => systemRandom(32))).toBe("RANDOM_BROKEN");
    expect(errorCode(() => systemRandom(1))).toBe("RANDOM_BROKEN");
  });

  test("refuses one that fills the first call only", () => {
    let calls = 0;
    stubRandom((bytes) => void (calls++ === 0 && bytes.fill(7)));
    expect(errorCode(() => systemRandom(32))).toBe("RANDOM_BROKEN");
  });

  test.each([1 / 2, 0.74, 1 / 16])("refuses one that fills %f of its buffer", (part) => {
    let next = 1;
    stubRandom((bytes) => {
      const filled = Math.floor(bytes.length * part);
      for (let i = 0; i < filled; i++) bytes[i] = next = (next * 75) % 65_537;
    });
    expect(errorCode(() => systemRandom(32))).toBe("RANDOM_BROKEN");
  });

  test("refuses one that has but sixteen bytes", () => {
    let next = 1;
    stubRandom((bytes) => {
      for (let i = 0; i < Math.min(16, bytes.length); i++) bytes[i] = next = (next * 75) % 65_537;
    });
    expect(errorCode(() => systemRandom(32))).toBe("RANDOM_BROKEN");
    expect(systemRandom(16)).toHaveLength(16);
  });

  test("refuses one that repeats itself", () => {
    stubRandom((bytes) => bytes.set(bytes.map((_byte, i) => i + 1)));
    expect(errorCode(() => systemRandom(32))).toBe("RANDOM_BROKEN");
  });
});

describe("a private key on a curve that was computed on before", () => {
  const fails = () => {
    throw new Error("not outside of a request");
  };

  test.each([
    ["fails", fails, "RANDOM_UNAVAILABLE"],
    ["fills nothing", () => undefined, "RANDOM_BROKEN"],
  ])("is refused with a code where the generator now %s", (_what, fill, code) => {
    const { bytes } = generateKeyMaterial("ECC_NIST_P256", systemRandom);
    stubRandom(fill);
    expect(errorCode(() => parseKeyMaterial(bytes))).toBe(code);
  });
});
