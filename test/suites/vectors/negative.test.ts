/** vectors/negative: every crafted key, answer and ciphertext is refused with its code, on every engine. */

import { describe, expect, test } from "vitest";
import { KmsWrapError } from "../../../src/errors.ts";
import { textOf } from "../../../src/formats/text.ts";
import { parseKeyMaterial } from "../../../src/keys/key-material.ts";
import { rsaWeaknesses } from "../../../src/keys/rsa-weaknesses.ts";
import { parseUnwrappingKey } from "../../../src/keys/unwrapping-key.ts";
import { parseWrappingKey } from "../../../src/keys/wrapping-key.ts";
import { readParameters } from "../../../src/kms/parameters.ts";
import { unwrapWith } from "../../../src/unwrap.ts";
import blobs from "../../../vectors/negative/blobs.json" with { type: "json" };
import keyMaterial from "../../../vectors/negative/key-material.json" with { type: "json" };
import parameters from "../../../vectors/negative/parameters.json" with { type: "json" };
import privateKeys from "../../../vectors/negative/private-keys.json" with { type: "json" };
import weakModuli from "../../../vectors/negative/weak-moduli.json" with { type: "json" };
import wrappingKeys from "../../../vectors/negative/wrapping-keys.json" with { type: "json" };
import { ENGINES } from "../../support/engines.ts";
import { errorCode } from "../../support/error-code.ts";
import { type InvalidCase, readVectors } from "../../support/vectors.ts";

/** Whoever reads a key, by the name in the file. */
const READERS = {
  "wrapping key": [parseWrappingKey],
  "private key": [parseUnwrappingKey, (input: Uint8Array | string) => parseKeyMaterial(input)],
  "key material": [],
} as const;

const casesOf = (file: unknown) =>
  readVectors(file, "parse-key").flatMap(([, { reader, invalid }]) =>
    invalid.map((one) => [one.name, { reader, ...one }] as const),
  );

describe.each([
  ["wrapping keys", wrappingKeys],
  ["private keys", privateKeys],
])("%s are refused", (_file, file) => {
  test.each(casesOf(file))("%s", (_name, one) => {
    for (const read of READERS[one.reader]) {
      expectRefusal(() => read(one.input), one);
      const text = textOf(one.input) && asText(one.input);
      if (text !== undefined) expectRefusal(() => read(text), one);
    }
  });
});

describe("key material is refused", () => {
  test.each(casesOf(keyMaterial))("%s", (_name, one) => {
    expectRefusal(() => parseKeyMaterial(one.input, one.keySpec), one);
  });
});

describe("parameters are refused", () => {
  const cases = readVectors(parameters, "read-parameters").flatMap(([, { invalid }]) => invalid);
  test.each(cases.map((one) => [one.name, one] as const))("%s", (_name, one) => {
    expectRefusal(() => readParameters(one.input), one);
  });
});

describe("weak RSA moduli are taken, with a warning where it shows", () => {
  const cases = readVectors(weakModuli, "rsa-modulus").flatMap(([, { valid }]) => valid);
  test.each(cases.map((one) => [one.name, one] as const))("%s", (_name, { modulus, warning }) => {
    const expected = warning === undefined ? [] : [expect.stringContaining(warning)];
    expect(rsaWeaknesses({ modulus, publicExponent: Uint8Array.of(1, 0, 1) })).toEqual(expected);
  });
});

describe.each(ENGINES)("ciphertexts are refused by the %s engine", (_engine, engine) => {
  test.each(
    readVectors(blobs, "kms-wrap").map(([, group]) => {
      const { algorithm, encoding } = group.invalid[0]!;
      return [encoding === undefined ? algorithm : `${algorithm}, ${encoding}`, group] as const;
    }),
  )("%s", (_title, { pkcs8, valid, invalid }) => {
    const privateKey = parseUnwrappingKey(pkcs8);
    for (const { name, algorithm, wrapped, material, encoding = "asn1" } of valid)
      expect(unwrapWith(engine, { algorithm, privateKey, wrapped, encoding }), name).toEqual(material);
    for (const { name, algorithm, wrapped, encoding = "asn1" } of invalid)
      expect(
        errorCode(() => unwrapWith(engine, { algorithm, privateKey, wrapped, encoding })),
        name,
      ).toBe("UNWRAP_FAILED");
  });
});

function expectRefusal(read: () => unknown, { code, message }: InvalidCase<"parse-key">): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(KmsWrapError);
    expect((error as KmsWrapError).code).toBe(code);
    if (message !== undefined) expect((error as KmsWrapError).message).toMatch(new RegExp(message, "u"));
    return;
  }
  expect.fail("was taken");
}

/** The string whose UTF-8 it is; without a byte order mark, which a string has no use for. */
function asText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
