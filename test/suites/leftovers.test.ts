/**
 * What is left of the secrets when an operation is over, whether it succeeded or failed: nothing, neither in WASM
 * memory nor in the arrays that were made on the way, but in what is returned. At the level of the API, on every engine.
 *
 * Strings, BigInts and the garbage collector's copies cannot be seen, nor overwritten: see SECURITY.md.
 */

import { describe, expect, test } from "vitest";
import { concatBytes } from "../../src/bytes.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { generateKeyMaterial } from "../../src/keys/generate.ts";
import { parseKeyMaterial } from "../../src/keys/key-material.ts";
import type { KeySpec } from "../../src/keys/key-specs.ts";
import { parseUnwrappingKey } from "../../src/keys/unwrapping-key.ts";
import { prepareImportWith } from "../../src/kms/prepare-import.ts";
import { type RandomSource, systemRandom } from "../../src/random.ts";
import { keyTypeFor, WRAPPING_ALGORITHMS } from "../../src/schemes/algorithms.ts";
import { unwrapWith } from "../../src/unwrap.ts";
import { wrapWith } from "../../src/wrap.ts";
import { base64, pem, utf8, utf16 } from "../support/der-builder.ts";
import { ENGINES } from "../support/engines.ts";
import { interceptEngine } from "../support/intercepted.ts";
import { ASYMMETRIC_SPECS, fixture } from "../support/keys-fixtures.ts";
import { type Overheard, overhear } from "../support/overheard.ts";
import { pseudoRandom } from "../support/pseudo-random.ts";
import { type Recorded, recordArrays } from "../support/recorded-arrays.ts";
import { secretNumbers } from "../support/secret-numbers.ts";
import { SecretWindows, wasmLeftovers } from "../support/wasm-memory.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

const MATERIAL = pseudoRandom(66, 77);

/** What the search shall pass over. */
interface Exceptions<T> {
  /** Of what is returned: the arrays that are to hold secrets. */
  readonly kept?: (returned: T) => readonly Uint8Array[];
  /** Known to everyone, though it be part of what is wrapped. */
  readonly isPublic?: readonly Uint8Array[];
}

/** The arrays of a call that still hold 8 bytes of a secret, and are not `kept`. */
function left<T>(
  { arrays, returned, thrown }: Recorded,
  secrets: readonly Uint8Array[],
  { kept = () => [], isPublic = [] }: Exceptions<T> = {},
): string[] {
  const windows = new SecretWindows(secrets, isPublic);
  const keptBuffers = new Set((thrown ? [] : kept(returned as T)).map(({ buffer }) => buffer));
  return arrays.flatMap((array, i) => {
    const found = keptBuffers.has(array.buffer) ? 0 : windows.offsetsIn(array).length;
    return found === 0 ? [] : [`array ${i} of ${array.length} bytes, in ${found} places`];
  });
}

/** Runs an operation and expects nothing to be left of what was secret in it. @returns what it returned. */
function expectNothingLeft<T>(
  engine: Engine,
  secrets: readonly Uint8Array[],
  operation: (heard: Overheard) => T,
  {
    random = systemRandom,
    code,
    ...exceptions
  }: Exceptions<T> & { random?: RandomSource; code?: string } = {},
): T {
  const heard = overhear(engine, random);
  const recorded = recordArrays(() => operation(heard));
  expect((recorded.thrown as { code?: string } | undefined)?.code).toBe(code);
  const all = [...secrets, ...heard.secrets()];
  expect(left(recorded, all, exceptions)).toEqual([]);
  expect(wasmLeftovers(all)).toEqual([]);
  return recorded.returned as T;
}

/** Below the order of every group and every modulus, so that no draw has to be repeated. */
function usableRandom(byteLength: number): Uint8Array {
  const bytes = systemRandom(byteLength);
  bytes[0]! &= 0x7f;
  return bytes;
}

/** Fails at the draw with this number, counted from 0. */
function failingAt(failing: number): RandomSource {
  let drawn = 0;
  return (byteLength) => (drawn++ === failing ? fail("NO_RANDOMNESS") : usableRandom(byteLength));
}

/** Fails at the call with this number, counted from 0. */
function breakingAt(engine: Engine, breaking: number): Engine {
  let called = 0;
  return interceptEngine(engine, ({ run }) => (called++ === breaking ? fail("BROKEN") : run()));
}

function fail(code: string): never {
  throw Object.assign(new Error(), { code });
}

function countDraws(engine: Engine, operation: (heard: Overheard) => unknown): number {
  let draws = 0;
  const counting = (byteLength: number) => {
    draws++;
    return usableRandom(byteLength);
  };
  operation(overhear(engine, counting));
  return draws;
}

function countCalls(engine: Engine, operation: (heard: Overheard) => unknown): number {
  let calls = 0;
  const counting = interceptEngine(engine, ({ run }) => {
    calls++;
    return run();
  });
  operation(overhear(counting));
  return calls;
}

describe("the search", () => {
  test("finds a copy that was left, or 8 bytes of one", () => {
    for (const copy of [() => MATERIAL.slice(), () => Uint8Array.from(MATERIAL.subarray(20, 28))])
      expect(left(recordArrays(copy), [MATERIAL])).toHaveLength(1);
    expect(
      left(
        recordArrays(() => MATERIAL.slice().fill(0)),
        [MATERIAL],
      ),
    ).toEqual([]);
  });

  test("finds words, text and copies by method", () => {
    const text = "a secret that is text";
    const copies = [
      () => new Uint32Array(MATERIAL.slice(0, 64).buffer).slice(),
      () => MATERIAL.toReversed(),
      () => concatBytes(MATERIAL, MATERIAL),
      () => new TextEncoder().encode(text),
    ];
    for (const copy of copies)
      expect(left(recordArrays(copy), [MATERIAL, utf8(text)]).length).toBeGreaterThan(0);
  });
});

describe.each(ENGINES)("on the %s engine, nothing is left of", (_name, engine) => {
  describe.each(WRAPPING_ALGORITHMS)("%s:", (algorithm) => {
    const isRsa = keyTypeFor(algorithm) === "RSA";
    const { spki, pkcs8 } = WRAPPING_KEY_PAIRS[isRsa ? "RSA_2048" : "SM2"];
    const parsed = parseUnwrappingKey(pkcs8);
    const numbers = secretNumbers(pkcs8);
    const request = { algorithm, publicKey: spki, keyMaterial: MATERIAL };
    const wrapped = wrapWith(engine, request);

    test("a wrap", () => {
      const blob = expectNothingLeft(engine, [MATERIAL], (heard) =>
        wrapWith(heard.engine, request, heard.random),
      );
      expect(unwrapWith(engine, { algorithm, privateKey: parsed, wrapped: blob })).toEqual(MATERIAL);
    });

    test.each([
      ["a key that was parsed before", parsed],
      ["a key that is parsed for it", pkcs8],
      ["a key in PEM", utf8(pem("PRIVATE KEY", pkcs8))],
    ])("an unwrap under %s, but the material", (_form, privateKey) => {
      const found = expectNothingLeft(
        engine,
        [MATERIAL, ...numbers],
        (heard) => unwrapWith(heard.engine, { algorithm, privateKey, wrapped }, heard.random),
        { kept: (material) => [material] },
      );
      expect(found).toEqual(MATERIAL);
    });

    test("a failed unwrap, wherever the blob is wrong", () => {
      const places = [0, 1, 40, 100, wrapped.length - 1];
      for (const privateKey of [parsed, pkcs8])
        for (const blob of [
          ...places.map((at) => wrapped.with(at, wrapped[at]! ^ 1)),
          wrapped.subarray(0, -8),
        ])
          expectNothingLeft(
            engine,
            [MATERIAL, ...numbers],
            (heard) => unwrapWith(heard.engine, { algorithm, privateKey, wrapped: blob }, heard.random),
            { code: "UNWRAP_FAILED" },
          );
    });

    const unwrap = (heard: Overheard) =>
      unwrapWith(heard.engine, { algorithm, privateKey: pkcs8, wrapped }, heard.random);
    const wrap = (heard: Overheard) => wrapWith(heard.engine, request, heard.random);
    const operations = [["a wrap", wrap] as const, ["an unwrap", unwrap] as const];

    test.each(operations)("%s whose randomness fails", (_what, operation) => {
      for (let at = 0; at < countDraws(engine, operation); at++)
        expectNothingLeft(engine, [MATERIAL, ...numbers], operation, {
          random: failingAt(at),
          code: "NO_RANDOMNESS",
        });
    });

    test.each(operations)("%s whose engine breaks, at whichever call", (_what, operation) => {
      const calls = countCalls(engine, operation);
      expect(calls).toBeGreaterThan(2);
      for (let at = 0; at < calls; at++)
        expectNothingLeft(breakingAt(engine, at), [MATERIAL, ...numbers], operation, { code: "BROKEN" });
    });
  });

  test.each([
    ["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_256", "RSA_2048"],
    ["ECC_NIST_P256", "RSAES_OAEP_SHA_256", "RSA_2048"],
    ["ECC_NIST_EDWARDS25519", "RSA_AES_KEY_WRAP_SHA_256", "RSA_2048"],
    ["RSA_2048", "RSA_AES_KEY_WRAP_SHA_1", "RSA_3072"],
    ["SM2", "SM2PKE", "SM2"],
  ] as const)("an import request with %s material by %s", (keySpec, algorithm, wrappingKeySpec) => {
    const isRaw = keySpec === "SYMMETRIC_DEFAULT";
    const material = isRaw ? MATERIAL.slice(0, 32) : utf8(pem("PRIVATE KEY", fixture(keySpec).pkcs8));
    const secrets = isRaw ? [material] : secretNumbers(material);
    const isPublic = isRaw ? [] : [fixture(keySpec).spki];
    const parameters = {
      KeyId: `arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
      PublicKey: WRAPPING_KEY_PAIRS[wrappingKeySpec].spki,
      ImportToken: Uint8Array.of(1, 2, 3),
      ParametersValidTo: new Date(Date.now() + 3_600_000),
    };
    if (keySpec !== "SM2")
      parameters.KeyId = parameters.KeyId.replace("-cn:kms:cn-north-1", ":kms:eu-west-1");
    for (const [random, code] of [
      [systemRandom, undefined],
      [failingAt(0), "NO_RANDOMNESS"],
    ] as const)
      expectNothingLeft(
        engine,
        secrets,
        (heard) =>
          prepareImportWith(
            heard.engine,
            { parameters, algorithm, keySpec, keyMaterial: material },
            { random: heard.random },
          ),
        { random, isPublic, ...(code && { code }) },
      );
  });
});

describe("nothing is left of what is parsed, but the result:", () => {
  const [, engine] = ENGINES[0]!;

  describe.each(ASYMMETRIC_SPECS)("%s", (spec) => {
    const { pkcs8, traditional, jwk } = fixture(spec);
    const forms: [string, Uint8Array | string][] = [
      ["PKCS#8", pkcs8],
      ["PEM", utf8(pem("PRIVATE KEY", pkcs8))],
      ["PEM in a string", pem("PRIVATE KEY", pkcs8)],
      ["PEM in UTF-16", utf16(pem("PRIVATE KEY", pkcs8), "little")],
      ["base64", utf8(base64(pkcs8))],
      ["JWK", utf8(JSON.stringify(jwk))],
      ...(traditional ? [["PKCS#1 or SEC 1", traditional] satisfies [string, Uint8Array]] : []),
    ];

    test.each(forms)("%s as key material", (_form, input) => {
      const secrets = secretNumbers(input);
      if (typeof input === "string") secrets.push(utf8(input));
      const parse = (keySpec?: KeySpec) => () => parseKeyMaterial(input, keySpec);
      expectNothingLeft(engine, secrets, parse(), { kept: ({ bytes }) => [bytes] });
      const another = spec === "ECC_NIST_P256" ? "ECC_NIST_P384" : "ECC_NIST_P256";
      expectNothingLeft(engine, secrets, parse(another), { code: "KEY_SPEC_MISMATCH" });
    });
  });

  const keyInPem = pem("PRIVATE KEY", fixture("ECC_NIST_P256").pkcs8);
  test.each([
    ["hexadecimal", "0123456789abcdef".repeat(8), "RAW_MATERIAL_LOOKS_ENCODED"],
    ["PEM and a letter that is not ASCII", `${keyInPem}é`, "RAW_MATERIAL_LENGTH"],
    ["PEM and a control character", `${keyInPem}\0`, "RAW_MATERIAL_LENGTH"],
  ])("UTF-16 that is refused: %s", (_name, text, code) => {
    const parse = () => parseKeyMaterial(utf16(text, "little"), "HMAC_512");
    expectNothingLeft(engine, [utf8(text)], parse, { code });
  });

  test.each(["RSA_2048", "SM2"] as const)("%s as an unwrapping key", (spec) => {
    const { pkcs8 } = fixture(spec);
    expectNothingLeft(
      engine,
      secretNumbers(pkcs8),
      () => parseUnwrappingKey(utf8(pem("PRIVATE KEY", pkcs8))),
      {
        kept: (key) => (key.type === "RSA" ? Object.values(key.numbers) : [key.scalar]),
      },
    );
  });

  test.each(["HMAC_512", "ECC_NIST_P521", "SM2", "ECC_NIST_EDWARDS25519"] as const)(
    "a fresh %s key",
    (spec) => {
      expectNothingLeft(engine, [], ({ random }) => generateKeyMaterial(spec, random), {
        kept: ({ bytes }) => [bytes],
      });
    },
  );
});
