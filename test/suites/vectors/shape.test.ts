/** Every file in vectors/ is of the shape that vectors/README.md describes, and what is not so is refused. */

import { describe, expect, test } from "vitest";
import { parseVectors } from "../../support/vectors.ts";
import { VECTOR_FILES } from "./files.ts";

/** How many cases each file holds: a case that goes missing is noticed. */
const COUNTS = {
  "kms-known-answers.json": { valid: 14, invalid: 0 },
  "negative/blobs.json": { valid: 9, invalid: 298 },
  "negative/key-material.json": { valid: 0, invalid: 25 },
  "negative/parameters.json": { valid: 0, invalid: 42 },
  "negative/private-keys.json": { valid: 0, invalid: 92 },
  "negative/weak-moduli.json": { valid: 9, invalid: 0 },
  "negative/wrapping-keys.json": { valid: 0, invalid: 122 },
  "negative/zip.json": { valid: 0, invalid: 29 },
  "nist-cavp-kw.json": { valid: 226, invalid: 26 },
  "nist-cavp-kwp-ad.json": { valid: 1008, invalid: 252 },
  "nist-cavp-kwp-ae.json": { valid: 1260, invalid: 0 },
  "rfc3394.json": { valid: 6, invalid: 0 },
  "rfc5649.json": { valid: 2, invalid: 0 },
  "rsa-oaep-sha1.json": { valid: 63, invalid: 0 },
  "rsa-oaep-sha2.json": { valid: 163, invalid: 0 },
  "sha.json": { valid: 28, invalid: 0 },
  "sm2-encryption.json": { valid: 29, invalid: 19 },
  "sm3.json": { valid: 6, invalid: 0 },
  "wycheproof-kwp.json": { valid: 15, invalid: 45 },
  "wycheproof-oaep.json": { valid: 6, invalid: 15 },
} as const satisfies Record<keyof typeof VECTOR_FILES, { valid: number; invalid: number }>;

describe("vector files", () => {
  test.each(Object.entries(VECTOR_FILES))("%s is of the one shape", (name, file) => {
    const groups = parseVectors(file);
    const count = (result: "valid" | "invalid") =>
      groups.reduce((sum, group) => sum + group[result].length, 0);
    expect({ valid: count("valid"), invalid: count("invalid") }).toEqual(COUNTS[name as keyof typeof COUNTS]);
  });
});

describe("what is not of the shape is refused", () => {
  const wrapped = { name: "a", kek: "00", plaintext: "01", wrapped: "02", result: "valid" };
  const group = {
    publication: "p",
    clause: "c",
    transformation: "t",
    operation: "aes-kwp",
    cases: [wrapped],
  };
  const { plaintext: _, ...undecrypted } = wrapped;
  const { clause: __, ...unprovenanced } = group;
  const withCases = (...cases: unknown[]) => ({ groups: [{ ...group, cases }] });

  test("the pattern that the rows below spoil is accepted", () => {
    expect(parseVectors({ groups: [group] })).toMatchObject([
      { operation: "aes-kwp", valid: [{ name: "a", kek: Uint8Array.of(0) }], invalid: [] },
    ]);
  });

  test.each([
    ["not an object", [], "not an object"],
    ["no groups", { groups: [] }, "not a list with something in it"],
    ["something beside the groups", { groups: [group], note: "" }, "a file has groups and nothing else"],
    ["no provenance", { groups: [unprovenanced] }, "group 0: clause is missing"],
    ["an empty provenance", { groups: [{ ...group, clause: " " }] }, "group 0: clause: not a text"],
    ["an unknown operation", { groups: [{ ...group, operation: "des" }] }, "group 0: none of hash, mgf1"],
    [
      "an unknown field of a group",
      { groups: [{ ...group, hash: "SHA-1" }] },
      "group 0: there is no field hash",
    ],
    ["no cases", withCases(), "group 0: not a list with something in it"],
    ["an unknown field of a case", withCases({ ...wrapped, iv: "00" }), "case 0: there is no field iv"],
    [
      "an unknown result",
      withCases({ ...wrapped, result: "acceptable" }),
      "case 0: result: none of valid, invalid",
    ],
    [
      "an odd count of digits",
      withCases({ ...wrapped, kek: "0" }),
      "case 0: kek: not hexadecimal in lower case",
    ],
    ["upper case", withCases({ ...wrapped, kek: "0A" }), "case 0: kek: not hexadecimal in lower case"],
    ["blanks", withCases({ ...wrapped, kek: "0a 0b" }), "case 0: kek: not hexadecimal in lower case"],
    ["no output of a valid case", withCases(undecrypted), "case 0: plaintext is missing"],
    [
      "an output of an invalid case",
      withCases({ ...wrapped, result: "invalid" }),
      "case 0: plaintext is there and must not be",
    ],
    ["one name twice", withCases(wrapped, wrapped), "two cases are named a"],
  ])("%s", (_title, file, message) => {
    expect(() => parseVectors(file)).toThrow(message);
  });
});
