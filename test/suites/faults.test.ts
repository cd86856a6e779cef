/**
 * Broken surroundings, at the level of the API: randomness that is absent, fails or repeats itself, and numbers of a
 * key that change in memory. Each ends in one error with its code, and in nothing else.
 */

import { afterEach, describe, expect, test, vi } from "vitest";
import type { RsaPrivateNumbers } from "../../src/engine/engine.ts";
import { unwrapFailed } from "../../src/errors.ts";
import { generateKeyMaterial } from "../../src/keys/generate.ts";
import { parseUnwrappingKey, type RsaUnwrappingKey } from "../../src/keys/unwrapping-key.ts";
import { prepareImportWith } from "../../src/kms/prepare-import.ts";
import { systemRandom } from "../../src/random.ts";
import { keyTypeFor, WRAPPING_ALGORITHMS } from "../../src/schemes/algorithms.ts";
import { unwrapWith } from "../../src/unwrap.ts";
import { wrapWith } from "../../src/wrap.ts";
import { ENGINES } from "../support/engines.ts";
import { errorCode } from "../support/error-code.ts";
import { interceptEngine } from "../support/intercepted.ts";
import { pseudoRandom } from "../support/pseudo-random.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

afterEach(() => vi.unstubAllGlobals());

const MATERIAL = pseudoRandom(32, 90);

/** Generators that are broken, each in its way, and the code that tells it. */
const BROKEN: readonly (readonly [how: string, crypto: unknown, code: string])[] = [
  ["absent", undefined, "RANDOM_UNAVAILABLE"],
  ["absent from crypto", {}, "RANDOM_UNAVAILABLE"],
  [
    "throwing",
    {
      getRandomValues: () => {
        throw new Error("no entropy");
      },
    },
    "RANDOM_UNAVAILABLE",
  ],
  ["idle", { getRandomValues: () => undefined }, "RANDOM_BROKEN"],
  ["constant", { getRandomValues: (bytes: Uint8Array) => bytes.fill(0xa7) }, "RANDOM_BROKEN"],
  [
    "repeating itself",
    { getRandomValues: (bytes: Uint8Array) => bytes.set(pseudoRandom(bytes.length, 3)) },
    "RANDOM_BROKEN",
  ],
  [
    "filling but half of a buffer",
    {
      getRandomValues: (bytes: Uint8Array) =>
        bytes.subarray(0, bytes.length >> 1).set(pseudoRandom(bytes.length >> 1, Date.now())),
    },
    "RANDOM_BROKEN",
  ],
];

describe.each(ENGINES)("on the %s engine", (_name, engine) => {
  describe.each(WRAPPING_ALGORITHMS)("%s", (algorithm) => {
    const isRsa = keyTypeFor(algorithm) === "RSA";
    const { spki, pkcs8 } = WRAPPING_KEY_PAIRS[isRsa ? "RSA_2048" : "SM2"];
    const request = { algorithm, publicKey: spki, keyMaterial: MATERIAL };
    const wrapped = wrapWith(engine, request);

    test.each(BROKEN)("wraps nothing with a generator that is %s", (_how, crypto, code) => {
      vi.stubGlobal("crypto", crypto);
      expect(errorCode(() => wrapWith(engine, request))).toBe(code);
    });

    test("wraps nothing with a generator that breaks later", () => {
      const { crypto } = globalThis;
      // A wrap draws once, which is two calls.
      for (let good = 0; good < 2; good++) {
        let calls = 0;
        const getRandomValues = (bytes: Uint8Array<ArrayBuffer>) =>
          calls++ < good ? crypto.getRandomValues(bytes) : bytes;
        vi.stubGlobal("crypto", { getRandomValues });
        expect(errorCode(() => wrapWith(engine, request))).toBe("RANDOM_BROKEN");
      }
    });

    test("wraps differently each time", () => {
      expect(wrapWith(engine, request)).not.toEqual(wrapWith(engine, request));
    });

    if (!isRsa) return; // SM2 decrypts without randomness

    test.each(BROKEN)("does not touch the private key with a generator that is %s", (_how, crypto, code) => {
      vi.stubGlobal("crypto", crypto);
      expect(errorCode(() => unwrapWith(engine, { algorithm, privateKey: pkcs8, wrapped }))).toBe(code);
    });

    test.each(["prime1", "prime2", "exponent1", "exponent2", "coefficient"] as const)(
      "withholds the result if %s changes in memory",
      (part) => {
        const privateKey = parseUnwrappingKey(pkcs8) as RsaUnwrappingKey;
        // What follows would refuse a wrong result, too: whether it was withheld shows where it is made.
        const made: unknown[] = [];
        const watched = interceptEngine(engine, ({ name, run }) => {
          const result = run();
          if (name === "rsa.privateOperation") made.push(result);
          return result;
        });
        const unwrap = () => unwrapWith(watched, { algorithm, privateKey, wrapped });
        expect(unwrap()).toEqual(MATERIAL);
        for (const at of [0, 40, 127]) {
          flip(privateKey.numbers, part, at);
          expect(unwrap).toThrow(unwrapFailed());
          expect(made.at(-1)).toBeUndefined();
          flip(privateKey.numbers, part, at);
        }
        expect(unwrap()).toEqual(MATERIAL);
      },
    );
  });

  test.each(BROKEN)("no import request is made with a generator that is %s", (_how, crypto, code) => {
    vi.stubGlobal("crypto", crypto);
    const parameters = {
      KeyId: "1234abcd-12ab-34cd-56ef-1234567890ab",
      PublicKey: WRAPPING_KEY_PAIRS.RSA_2048.spki,
      ImportToken: Uint8Array.of(1),
    };
    const request = { parameters, algorithm: "RSAES_OAEP_SHA_256", keySpec: "HMAC_256" } as const;
    expect(errorCode(() => prepareImportWith(engine, { ...request, keyMaterial: MATERIAL }))).toBe(code);
  });
});

test.each(BROKEN)("no key is made with a generator that is %s", (_how, crypto, code) => {
  vi.stubGlobal("crypto", crypto);
  for (const spec of [
    "SYMMETRIC_DEFAULT",
    "HMAC_512",
    "ECC_NIST_P521",
    "SM2",
    "ECC_NIST_EDWARDS25519",
  ] as const)
    expect(errorCode(() => generateKeyMaterial(spec, systemRandom))).toBe(code);
});

function flip(numbers: RsaPrivateNumbers, part: keyof RsaPrivateNumbers, at: number): void {
  numbers[part][at]! ^= 4;
}
