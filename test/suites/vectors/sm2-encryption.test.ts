/**
 * SM2 encryption against GB/T 32918.5 annex C, every intermediate value of it, and against ciphertexts under nonces
 * that bring out what round trips miss.
 */

import { describe, expect, test } from "vitest";
import { concatBytes, xorBytes } from "../../../src/bytes.ts";
import type { Sm2Encoding } from "../../../src/formats/sm2-ciphertext.ts";
import { sm2Decrypt, sm2Encrypt } from "../../../src/schemes/sm2pke.ts";
import sm2Encryption from "../../../vectors/sm2-encryption.json" with { type: "json" };
import { toHex } from "../../support/bytes.ts";
import { ENGINES } from "../../support/engines.ts";
import { errorCode } from "../../support/error-code.ts";
import { fixedRandom } from "../../support/fixed-random.ts";
import { readVectors, type ValidCase } from "../../support/vectors.ts";

const GROUPS = readVectors(sm2Encryption, "sm2-encryption");
const VALID = GROUPS.filter(([, { valid }]) => valid.length > 0);
const INVALID = GROUPS.filter(([, { invalid }]) => invalid.length > 0);
const SCALAR_BYTES = 32;
const POINT_PREFIX = Uint8Array.of(0x04);

/** The ciphertext in every encoding, put together from its parts. */
function encodings({ ciphertext, c1, c3, c2 }: ValidCase<"sm2-encryption">): [Sm2Encoding, Uint8Array][] {
  return [
    ["asn1", ciphertext],
    ["c1c3c2", concatBytes(POINT_PREFIX, c1, c3, c2)],
    ["c1c2c3", concatBytes(POINT_PREFIX, c1, c2, c3)],
    ["c1c3c2-no04", concatBytes(c1, c3, c2)],
    ["c1c2c3-no04", concatBytes(c1, c2, c3)],
  ];
}

/** The nonces in the order in which they are drawn. */
function nonces(refused: Uint8Array, k: Uint8Array): Uint8Array[] {
  const count = refused.length / SCALAR_BYTES;
  const drawn = Array.from({ length: count }, (_, i) =>
    refused.slice(i * SCALAR_BYTES, (i + 1) * SCALAR_BYTES),
  );
  return [...drawn, k];
}

describe.each(ENGINES)("SM2 encryption on the %s engine", (_engine, engine) => {
  test.each(VALID)("intermediate values: %s", (_title, { privateKey, publicKey, valid }) => {
    expect(toHex(engine.sm2.publicKey(privateKey))).toBe(toHex(publicKey));
    for (const { name, message, k, c1, shared, t, c3, c2 } of valid) {
      if (k !== undefined) {
        const encapsulated = engine.sm2.encapsulate(publicKey, k);
        expect(toHex(encapsulated.c1), name).toBe(toHex(c1));
        expect(toHex(encapsulated.shared), name).toBe(toHex(shared));
      }
      expect(toHex(engine.sm2.decapsulate(privateKey, c1)), name).toBe(toHex(shared));
      expect(toHex(engine.sm2.kdf(shared, message.length)), name).toBe(toHex(t));
      expect(toHex(xorBytes(message, t)), name).toBe(toHex(c2));
      const tagged = concatBytes(shared.subarray(0, SCALAR_BYTES), message, shared.subarray(SCALAR_BYTES));
      expect(toHex(engine.sm2.sm3(tagged)), name).toBe(toHex(c3));
    }
  });

  test.each(VALID)("encrypt: %s", (_title, { publicKey, valid }) => {
    for (const one of valid)
      for (const [encoding, ciphertext] of encodings(one)) {
        const { name, message, refusedNonces = new Uint8Array(0), k } = one;
        if (k === undefined) continue;
        const random = fixedRandom(...nonces(refusedNonces, k));
        const encrypted = sm2Encrypt(engine, { publicKey, message, encoding, random });
        expect(toHex(encrypted), `${name}, ${encoding}`).toBe(toHex(ciphertext));
        expect(random.unused(), `${name}, ${encoding}`).toBe(0);
      }
  });

  test.each(VALID)("decrypt: %s", (_title, { privateKey, valid }) => {
    for (const one of valid)
      for (const [encoding, ciphertext] of encodings(one))
        expect(
          toHex(sm2Decrypt(engine, { privateKey, ciphertext, encoding })),
          `${one.name}, ${encoding}`,
        ).toBe(toHex(one.message));
  });

  test.each(INVALID)("refuse: %s", (_title, { privateKey, invalid }) => {
    for (const { name, ciphertext } of invalid)
      expect(
        errorCode(() => sm2Decrypt(engine, { privateKey, ciphertext, encoding: "asn1" })),
        name,
      ).toBe("UNWRAP_FAILED");
  });
});
