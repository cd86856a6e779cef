/** What SM2 encryption does when it is out of luck: a mask of zeros, or a generator that never hits the range. */

import { describe, expect, test } from "vitest";
import type { Sm2Engine } from "../../src/engine/engine.ts";
import { systemRandom as random } from "../../src/random.ts";
import { sm2Decrypt, sm2Encrypt } from "../../src/schemes/sm2pke.ts";
import sm2Encryption from "../../vectors/sm2-encryption.json" with { type: "json" };
import { ENGINES } from "../support/engines.ts";
import { errorCode } from "../support/error-code.ts";
import { holding, recordArrays } from "../support/recorded-arrays.ts";
import { readVectors } from "../support/vectors.ts";

const { publicKey, privateKey } = readVectors(sm2Encryption, "sm2-encryption")[0]![1];
const message = Uint8Array.of(0xd1, 0xd2, 0xd3);
const encoding = "asn1";

describe.each(ENGINES)("SM2 encryption on the %s engine", (_name, engine) => {
  test("does not use a mask of zeros, and overwrites what it would have shown", () => {
    const { sm2 } = engine;
    let masks = 0;
    const unlucky: Sm2Engine = {
      encapsulate: (point, k) => sm2.encapsulate(point, k),
      decapsulate: (scalar, C1) => sm2.decapsulate(scalar, C1),
      publicKey: (scalar) => sm2.publicKey(scalar),
      sm3: (input) => sm2.sm3(input),
      kdf: (shared, byteLength) => (masks++ === 0 ? new Uint8Array(byteLength) : sm2.kdf(shared, byteLength)),
    };
    const { info, hashes, aes, rsa } = engine;
    let ciphertext: Uint8Array = new Uint8Array(0);
    const recorded = recordArrays(() => {
      const request = { publicKey, message, encoding, random } as const;
      ciphertext = sm2Encrypt({ info, hashes, aes, rsa, sm2: unlucky }, request);
    });
    expect(recorded.thrown).toBeUndefined();
    expect(masks).toBe(2);
    expect(sm2Decrypt(engine, { privateKey, ciphertext, encoding })).toEqual(message);
    expect(recorded.arrays.some(({ length }) => length === message.length)).toBe(true);
    expect(holding(message, recorded)).toBe(0);
  });

  test("gives a broken generator up", () => {
    const stuck = (byteLength: number) => new Uint8Array(byteLength).fill(0xff);
    const request = { publicKey, message, encoding, random: stuck } as const;
    expect(errorCode(() => sm2Encrypt(engine, request))).toBe("RANDOM_BROKEN");
  });
});
