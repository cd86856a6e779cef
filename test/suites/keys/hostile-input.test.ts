/** Any input ends in a value or a KmsWrapError, shows nothing of itself, and takes time linear in its length. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KmsWrapError } from "../../../src/errors.ts";
import { MAX_INPUT_BYTES } from "../../../src/formats/open-key.ts";
import { parseKeyMaterial } from "../../../src/keys/key-material.ts";
import { KEY_SPECS, type KeySpec } from "../../../src/keys/key-specs.ts";
import { parseUnwrappingKey } from "../../../src/keys/unwrapping-key.ts";
import { parseWrappingKey } from "../../../src/keys/wrapping-key.ts";
import { bytes, element, integer, nested, octets, sequence, utf8 } from "../../support/der-builder.ts";
import { fixture } from "../../support/keys-fixtures.ts";
import { derTree } from "../../support/keys-mutations.ts";

type Parse = (input: Uint8Array | string, keySpec: KeySpec) => unknown;

const PARSERS: readonly (readonly [name: string, parse: Parse])[] = [
  ["parseWrappingKey", parseWrappingKey as Parse],
  ["parseUnwrappingKey", parseUnwrappingKey as Parse],
  ["parseKeyMaterial", (input) => parseKeyMaterial(input)],
  ["parseKeyMaterial with a key spec", (input, keySpec) => parseKeyMaterial(input, keySpec)],
];

const words = [
  "-----BEGIN ",
  "-----END ",
  "PRIVATE KEY",
  "-----",
  "\n",
  "MIIB",
  "{",
  '"kty":',
  '"RSA"',
  "}",
  "AAAA",
  "=",
  "ssh-rsa ",
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 8 })))
  .map((parts) => parts.join(""));
const jwk = fc.object({
  key: fc.constantFrom("kty", "crv", "n", "e", "d", "x", "y", "keys", "p"),
  maxDepth: 2,
});

const INPUTS: readonly (readonly [name: string, inputs: fc.Arbitrary<Uint8Array | string>])[] = [
  ["bytes", fc.uint8Array({ maxLength: 300 })],
  [
    "bytes that begin like DER",
    fc.uint8Array({ maxLength: 100 }).map((content) => bytes([0x30, 0x82], content)),
  ],
  ["DER trees", derTree],
  ["text", text],
  ["text as bytes", text.map(utf8)],
  ["JSON", jwk.map((value) => JSON.stringify(value))],
];

describe.each(PARSERS)("%s", (_parser, parse) => {
  test.each(INPUTS)("%s", (_inputs, inputs) => {
    fc.assert(
      fc.property(inputs, fc.constantFrom(...KEY_SPECS), (input, keySpec) => {
        const before = typeof input === "string" ? input : input.slice();
        try {
          expect(parse(input, keySpec)).toBeTypeOf("object");
        } catch (error) {
          expect(error).toBeInstanceOf(KmsWrapError);
        }
        expect(input).toEqual(before);
      }),
      { numRuns: 400 },
    );
  });
});

const fill = (unit: string) => unit.repeat(Math.floor(MAX_INPUT_BYTES / unit.length));
const many = (field: Uint8Array) =>
  sequence(...new Array<Uint8Array>(Math.floor(65_000 / field.length)).fill(field));

/** Inputs of the greatest length that would take long if something were quadratic. */
const LONG: readonly (readonly [name: string, input: Uint8Array | string])[] = [
  ["zeros", new Uint8Array(MAX_INPUT_BYTES)],
  ["blanks", fill(" ")],
  ["dashes", fill("-")],
  ["BEGIN lines", fill("-----BEGIN ")],
  ["empty blocks", fill("-----BEGIN X-----\n-----END X-----\n")],
  ["one block of base64", `-----BEGIN PRIVATE KEY-----\n${"M".repeat(65_000)}\n-----END PRIVATE KEY-----`],
  ["base64 blanks", `MI${fill(" \n").slice(8)}`],
  ["JSON brackets", `{"kty":${"[".repeat(65_000)}`],
  ["JSON nesting", `{"kty":${"[".repeat(32_000)}${"]".repeat(32_000)}}`],
  ["JSON members", `{${Array.from({ length: 5000 }, (_, i) => `"k${i}":1`).join()}}`],
  ["nested SEQUENCEs", nested(3000)],
  ["many INTEGERs", many(integer(1))],
  ["many SEQUENCEs", many(sequence())],
  [
    "numbers of a quarter of a million bits",
    sequence(...new Array(2).fill(element(0x02, [1], new Uint8Array(32_000)))),
  ],
  [
    "a private key of such numbers",
    sequence(
      integer(0),
      ...new Array<Uint8Array>(8).fill(element(0x02, [1], new Uint8Array(8000).fill(255))),
    ),
  ],
  ["a long scalar", sequence(integer(1), octets(new Uint8Array(65_000).fill(1)))],
];

describe.each(PARSERS)("%s at the greatest length", (_parser, parse) => {
  test.each(LONG)("%s", (_name, input) => {
    const started = performance.now();
    expect(() => parse(input, "SM2")).toThrow(KmsWrapError);
    // Milliseconds where it is linear, seconds where it is not; the machine may be busy.
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe("a refusal shows nothing of a private key", () => {
  const secrets = Object.entries(fixture("RSA_2048").jwk).filter(([name]) => ["d", "p", "q"].includes(name));

  test.each(PARSERS)("%s", (_parser, parse) => {
    const { jwk: members } = fixture("RSA_2048");
    const broken = [
      JSON.stringify(members).slice(0, -1),
      JSON.stringify({ ...members, d: `${members["d"]}*` }),
      JSON.stringify({ ...members, n: members["d"] }),
      JSON.stringify({ ...members, kty: members["d"] }),
      `-----BEGIN ${members["d"]}-----`,
      // What V8 quotes in a SyntaxError.
      `{"kty":"RSA","d":*${members["d"]}}`,
    ];
    for (const input of broken) {
      const said = everythingSaid(() => parse(input, "RSA_2048"));
      expect(said).toMatch(/KmsWrapError/);
      for (const [, secret] of secrets) expect(said).not.toContain(secret!.slice(0, 8));
    }
  });
});

/** Messages, hints and causes of what `run` throws. */
function everythingSaid(run: () => unknown): string {
  try {
    run();
    return "nothing";
  } catch (thrown) {
    let said = "";
    for (let error = thrown; error instanceof Error; error = error.cause)
      said += `${error.name}: ${error.message} ${"hint" in error ? error.hint : ""}\n`;
    return said;
  }
}
