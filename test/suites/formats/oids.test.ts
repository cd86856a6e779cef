/** Object identifiers between octets and the dotted form. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { toHex } from "../../../src/bytes.ts";
import { CURVE_OIDS, curveOfOid, describeOid, dottedOid, encodeOid } from "../../../src/formats/oids.ts";
import { fromHex } from "../../support/bytes.ts";

test.each([
  ["1.2.840.113549.1.1.1", "2a864886f70d010101"],
  ["1.2.840.10045.2.1", "2a8648ce3d0201"],
  ["1.2.840.10045.3.1.7", "2a8648ce3d030107"],
  ["1.3.132.0.34", "2b81040022"],
  ["1.3.132.0.35", "2b81040023"],
  ["1.3.132.0.10", "2b8104000a"],
  ["1.2.156.10197.1.301", "2a811ccf5501822d"],
  ["1.3.101.112", "2b6570"],
  ["2.999.3", "883703"],
  ["0.0", "00"],
  ["1.39", "4f"],
  ["2.0", "50"],
  ["2.5.4.268435455", "5504ffffff7f"],
  [`1.2${".1".repeat(31)}`, `2a${"01".repeat(31)}`],
])("%s", (dotted, hex) => {
  expect(toHex(encodeOid(dotted))).toBe(hex);
  expect(dottedOid(fromHex(hex))).toBe(dotted);
});

test.each([
  ["nothing", ""],
  ["an arc without an end", "2a86"],
  ["an arc with a needless octet", "2a8001"],
  ["a first arc with a needless octet", "802a"],
  ["an arc of five octets", "2a8180808000"],
  ["an arc that ends with its high bit", "2a80"],
  ["an arc of two octets that ends with its high bit", "2a8180"],
  ["33 octets", `2a${"01".repeat(32)}`],
])("%s is no identifier", (_name, hex) => {
  expect(dottedOid(fromHex(hex))).toBeUndefined();
});

test("any arcs come back", () => {
  const arc = fc.integer({ min: 0, max: 2 ** 28 - 1 });
  const first = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 39 }));
  fc.assert(
    fc.property(first, fc.array(arc, { maxLength: 7 }), (head, tail) => {
      const dotted = [...head, ...tail].join(".");
      expect(dottedOid(encodeOid(dotted))).toBe(dotted);
    }),
  );
});

// RFC 5480 §2.1.1.1, SEC 2 §A.2, GM/T 0006; RFC 8017, 3279, 8410, 5639, 8018; the CSOR of NIST.
test.each([
  ["P-256", "1.2.840.10045.3.1.7"],
  ["P-384", "1.3.132.0.34"],
  ["P-521", "1.3.132.0.35"],
  ["secp256k1", "1.3.132.0.10"],
  ["SM2", "1.2.156.10197.1.301"],
])("the curve %s is %s", (name, dotted) => {
  expect(curveOfOid(dotted)).toBe(name);
  expect(Object.entries(CURVE_OIDS)).toContainEqual([name, dotted]);
});

test.each([
  ["RSAES-OAEP", "1.2.840.113549.1.1.7"],
  ["RSASSA-PSS", "1.2.840.113549.1.1.10"],
  ["DSA", "1.2.840.10040.4.1"],
  ["Diffie-Hellman", "1.2.840.113549.1.3.1"],
  ["Diffie-Hellman", "1.2.840.10046.2.1"],
  ["X25519", "1.3.101.110"],
  ["X448", "1.3.101.111"],
  ["Ed448", "1.3.101.113"],
  ["ML-DSA-44", "2.16.840.1.101.3.4.3.17"],
  ["ML-DSA-65", "2.16.840.1.101.3.4.3.18"],
  ["ML-DSA-87", "2.16.840.1.101.3.4.3.19"],
  ["ML-KEM-512", "2.16.840.1.101.3.4.4.1"],
  ["ML-KEM-768", "2.16.840.1.101.3.4.4.2"],
  ["ML-KEM-1024", "2.16.840.1.101.3.4.4.3"],
  ["P-224", "1.3.132.0.33"],
  ["brainpoolP256r1", "1.3.36.3.3.2.8.1.1.7"],
  ["brainpoolP384r1", "1.3.36.3.3.2.8.1.1.11"],
  ["brainpoolP512r1", "1.3.36.3.3.2.8.1.1.13"],
  ["PBES2", "1.2.840.113549.1.5.13"],
])("messages call %s by its name (%s)", (name, dotted) => {
  expect(describeOid(dotted)).toBe(`${name} (${dotted})`);
});

test("what has no curve or no name", () => {
  expect(curveOfOid("1.3.132.0.33")).toBeUndefined();
  expect(describeOid("1.2.3")).toBe("1.2.3");
});
