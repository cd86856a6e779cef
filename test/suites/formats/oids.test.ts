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

test("curves and names", () => {
  for (const [name, dotted] of Object.entries(CURVE_OIDS)) expect(curveOfOid(dotted)).toBe(name);
  expect(curveOfOid("1.3.132.0.33")).toBeUndefined();
  expect(describeOid("1.3.132.0.33")).toBe("P-224 (1.3.132.0.33)");
  expect(describeOid("1.2.3")).toBe("1.2.3");
});
