/**
 * Time and memory linear in the input, counted and not timed: four times the input takes at most five times the blocks of
 * code and the bytes of arrays, whatever grows in it.
 */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Family } from "../fuzz/growing.ts";
import type { FuzzTarget } from "../fuzz/target.ts";
import { beginCounting, countWork, endCounting } from "../support/count-work.ts";

// What is counted must be loaded after counting has begun: so here, not by import declarations.
beginCounting();
const { toHex } = await import("../../src/bytes.ts");
const { ALL_TARGETS } = await import("../fuzz/all-targets.ts");
const { BLOB_FAMILIES, DER_FAMILIES, JSON_FAMILIES, TEXT_FAMILIES, ZIP_FAMILIES } = await import(
  "../fuzz/growing.ts"
);

/** Bytes; the larger ones below the greatest length of a key. */
const SMALL = 8000;
const LARGE = 4 * SMALL;
const MOST = 5;
/** What a call does whatever its input is, and of little inputs is most of it. */
const CONSTANT_OPERATIONS = 2000;
const CONSTANT_BYTES = 8192;

const KEYS = [...DER_FAMILIES, ...TEXT_FAMILIES, ...JSON_FAMILIES];
const FAMILIES = {
  der: DER_FAMILIES,
  oid: [...DER_FAMILIES, ...BLOB_FAMILIES],
  base64: TEXT_FAMILIES,
  base64url: TEXT_FAMILIES,
  text: TEXT_FAMILIES,
  pem: TEXT_FAMILIES,
  jwk: JSON_FAMILIES,
  "sm2-ciphertext": [...DER_FAMILIES, ...BLOB_FAMILIES],
  "wrapping-key": KEYS,
  "unwrapping-key": KEYS,
  "key-material": KEYS,
  "key-material-for": DER_FAMILIES.map(
    ([name, make]) => [name, (size: number) => Uint8Array.of(5, ...make(size))] as const,
  ),
  parameters: [...TEXT_FAMILIES, ...JSON_FAMILIES],
  "prepare-import": JSON_FAMILIES,
  "unwrap-RSAES_OAEP_SHA_1": BLOB_FAMILIES,
  "unwrap-RSAES_OAEP_SHA_256": BLOB_FAMILIES,
  "unwrap-RSA_AES_KEY_WRAP_SHA_1": BLOB_FAMILIES,
  "unwrap-RSA_AES_KEY_WRAP_SHA_256": BLOB_FAMILIES,
  "unwrap-SM2PKE": BLOB_FAMILIES,
  "kwp-inside": BLOB_FAMILIES,
  "sm2-inside": BLOB_FAMILIES,
  zip: ZIP_FAMILIES,
  "rehearsal-head": TEXT_FAMILIES,
  "rehearsal-request": JSON_FAMILIES.map(
    ([name, make]) => [name, (size: number) => Uint8Array.of(0, ...make(size))] as const,
  ),
} as const satisfies Record<string, readonly Family[]>;

/** The first takes part in all that keys are read by; the other's inputs have one length. */
const NOT_COUNTED = ["containers", "oaep-inside"];

test("every target has its families", () => {
  const names = ALL_TARGETS.map(({ name }) => name).sort();
  expect(names).toEqual([...Object.keys(FAMILIES), ...NOT_COUNTED].sort());
});
afterAll(endCounting);

test("what is quadratic is seen", () => {
  const quadratic = (size: number) => () => {
    for (let i = 0; i < size; i++) new Uint8Array(size).indexOf(1);
  };
  countWork(() => undefined);
  const [small, large] = [countWork(quadratic(100)), countWork(quadratic(400))];
  expect(large.operations / small.operations).toBeGreaterThan(15);
  expect(large.bytesMade / small.bytesMade).toBeGreaterThan(15);
});

test("what is quadratic in the code is seen, too", () => {
  const zeros = (size: number) => new Uint8Array(size);
  const quadratic = (size: number) => () => {
    for (let i = 0; i < size; i++) toHex(zeros(size));
  };
  countWork(quadratic(10));
  const [small, large] = [countWork(quadratic(100)), countWork(quadratic(400))];
  expect(large.operations / small.operations).toBeGreaterThan(15);
});

describe.each(Object.entries(FAMILIES))("%s", (name, families) => {
  const target = ALL_TARGETS.find((one) => one.name === name)!;
  beforeAll(() => {
    // Tables are made, and everything that happened until now is counted into this.
    for (const seed of target.seeds.slice(0, 20)) workOf(target, seed);
  });

  test.each(families)("%s", (_family, make) => {
    const [small, large] = [make(SMALL), make(LARGE)];
    const growth = Math.max(large.length / small.length, 1);
    const [little, much] = [workOf(target, small), workOf(target, large)];
    expect(much.operations - CONSTANT_OPERATIONS).toBeLessThanOrEqual(
      (MOST / 4) * growth * little.operations,
    );
    expect(much.bytesMade - CONSTANT_BYTES).toBeLessThanOrEqual((MOST / 4) * growth * little.bytesMade);
  });
});

function workOf(target: FuzzTarget, input: Uint8Array) {
  return countWork(() => target.run(input));
}
