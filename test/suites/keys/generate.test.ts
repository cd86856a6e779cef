/** generateKeyMaterial: what it makes is what parseKeyMaterial takes, unchanged. */

import { describe, expect, test } from "vitest";
import { toHex } from "../../../src/bytes.ts";
import { CURVE_PARAMETERS } from "../../../src/engine/curves.ts";
import { generateKeyMaterial } from "../../../src/keys/generate.ts";
import { parseKeyMaterial } from "../../../src/keys/key-material.ts";
import type { KeySpec } from "../../../src/keys/key-specs.ts";
import { systemRandom } from "../../../src/random.ts";
import { errorCode } from "../../support/error-code.ts";
import { scalarOf } from "../../support/keys-broken.ts";
import { EC_SPECS } from "../../support/keys-fixtures.ts";

const SPECS: readonly KeySpec[] = [
  "SYMMETRIC_DEFAULT",
  "HMAC_224",
  "HMAC_256",
  "HMAC_384",
  "HMAC_512",
  ...EC_SPECS,
  "ECC_NIST_EDWARDS25519",
];

test.each(SPECS)("%s", (keySpec) => {
  const made = generateKeyMaterial(keySpec, systemRandom);
  const read = parseKeyMaterial(made.bytes, keySpec);
  expect(toHex(read.bytes)).toBe(toHex(made.bytes));
  expect(made).toEqual({ ...read, form: "generated" });
  expect(toHex(generateKeyMaterial(keySpec, systemRandom).bytes)).not.toBe(toHex(made.bytes));
});

test("16 bytes for China", () => {
  expect(generateKeyMaterial("SYMMETRIC_DEFAULT", systemRandom, { chinaRegion: true }).bytes).toHaveLength(
    16,
  );
});

test.each(["RSA_2048", "RSA_4096", "ML_DSA_65"] as const)("%s is not made here", (keySpec) => {
  expect(errorCode(() => generateKeyMaterial(keySpec, systemRandom))).toBe("UNSUPPORTED_KEY_SPEC");
});

describe("scalars are drawn again until one is in range", () => {
  const { n } = CURVE_PARAMETERS.SM2;
  const drawing = (...values: bigint[]) => {
    const draws = values.map((value) => scalarOf(value));
    return () => draws.shift()!;
  };
  const expected = (scalar: bigint) =>
    toHex(generateKeyMaterial("SM2", drawing(scalar)).bytes.subarray(36, 68));

  test.each([
    ["0", 0n],
    ["n − 1", n - 1n],
    ["n", n],
    ["2^256 − 1", 2n ** 256n - 1n],
  ])("%s is passed over", (_name, value) => {
    expect(toHex(generateKeyMaterial("SM2", drawing(value, 7n)).bytes.subarray(36, 68))).toBe(
      toHex(scalarOf(7n)),
    );
  });

  test("1 and n − 2 are taken", () => {
    expect(expected(1n)).toBe(toHex(scalarOf(1n)));
    expect(expected(n - 2n)).toBe(toHex(scalarOf(n - 2n)));
  });

  test("a generator that never hits is broken", () => {
    expect(errorCode(() => generateKeyMaterial("SM2", (length) => new Uint8Array(length).fill(0xff)))).toBe(
      "RANDOM_BROKEN",
    );
  });

  test("P-521 takes the 521 lower bits", () => {
    const { bytes } = generateKeyMaterial("ECC_NIST_P521", (length) => new Uint8Array(length).fill(0x55));
    expect(toHex(bytes).includes(`0155${"55".repeat(64)}`)).toBe(true);
  });
});
