/** Each wrapping algorithm from SPKI and PKCS#8 bytes to blob and back, with all randomness given. */

import { describe, expect, test } from "vitest";
import { concatBytes } from "../../../src/bytes.ts";
import { unwrapWith } from "../../../src/unwrap.ts";
import { wrapWith } from "../../../src/wrap.ts";
import kmsKnownAnswers from "../../../vectors/kms-known-answers.json" with { type: "json" };
import { toHex } from "../../support/bytes.ts";
import { ENGINES } from "../../support/engines.ts";
import { fixedRandom } from "../../support/fixed-random.ts";
import { readVectors } from "../../support/vectors.ts";

const CASES = readVectors(kmsKnownAnswers, "kms-wrap").flatMap(
  ([, { wrappingKeySpec, spki, pkcs8, valid }]) =>
    valid.map((one) => [`${one.name} under ${wrappingKeySpec}`, { spki, pkcs8, ...one }] as const),
);

describe.each(ENGINES)("Whole algorithms on the %s engine", (_engine, engine) => {
  test.each(CASES)("wrap %s", (_title, { algorithm, spki, material, wrapped, aesKey, seed, k }) => {
    // An algorithm draws once: RSA_AES_KEY_WRAP its AES key and OAEP's seed together.
    const drawn = [aesKey, seed, k].filter((value) => value !== undefined);
    const random = fixedRandom(concatBytes(...drawn));
    const request = { algorithm, publicKey: spki, keyMaterial: material };
    expect(toHex(wrapWith(engine, request, random))).toBe(toHex(wrapped));
    expect(random.unused()).toBe(0);
  });

  test.each(CASES)("unwrap %s", (_title, { algorithm, pkcs8, material, wrapped }) => {
    expect(toHex(unwrapWith(engine, { algorithm, privateKey: pkcs8, wrapped }))).toBe(toHex(material));
  });
});
