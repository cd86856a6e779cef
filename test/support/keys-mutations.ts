/** Arbitrary damage to valid inputs, for fast-check. */

import fc from "fast-check";
import { base64, pem, utf8, utf16 } from "./der-builder.ts";
import { FIXTURES, type KeyFixture, publicJwk } from "./keys-fixtures.ts";
import { FOREIGN } from "./keys-foreign.ts";

/** Every form of every fixture, and what is recognised in order to be refused. */
export const SEEDS: readonly Uint8Array[] = [
  ...FIXTURES.flatMap(formsOf),
  ...Object.values(FOREIGN).map((content) => (typeof content === "string" ? utf8(content) : content)),
];

function formsOf(fixture: KeyFixture): Uint8Array[] {
  const { pkcs8, spki, traditional, traditionalPublic, jwk } = fixture;
  const ders = [pkcs8, spki, traditional, traditionalPublic].filter((der) => der !== undefined);
  return [
    ...ders,
    ...ders.map((der) => utf8(base64(der))),
    utf8(pem("PRIVATE KEY", pkcs8)),
    utf8(pem("PUBLIC KEY", spki, "\r\n")),
    utf16(pem("PUBLIC KEY", spki), "little"),
    utf8(JSON.stringify(jwk)),
    utf8(JSON.stringify(publicJwk(fixture), null, 1)),
  ];
}

/** One change at a place of the input. */
interface Change {
  at: number;
  kind: "flip" | "set" | "delete" | "insert" | "repeat" | "truncate";
  octet: number;
  count: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(5000),
  kind: fc.constantFrom<Change["kind"]>("flip", "set", "delete", "insert", "repeat", "truncate"),
  octet: fc.nat(255),
  count: fc.integer({ min: 1, max: 8 }),
});

/** A valid input with one to four changes; half of them near the beginning, where structure is. */
export const mutatedSeed: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.constantFrom(...SEEDS), fc.array(change, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([seed, changes, early]) => changes.reduce((input, one) => apply(input, one, early), seed));

function apply(input: Uint8Array, { at, kind, octet, count }: Change, early: boolean): Uint8Array {
  const i = at % Math.max(1, Math.min(input.length, early ? 48 : input.length));
  const around = (middle: readonly number[], resume: number) =>
    Uint8Array.from([...input.slice(0, i), ...middle, ...input.slice(resume)]);
  if (kind === "flip") return around([(input[i] ?? 0) ^ (1 << (octet % 8))], i + 1);
  if (kind === "set") return around([octet], i + 1);
  if (kind === "delete") return around([], i + count);
  if (kind === "insert") return around(new Array(count).fill(octet), i);
  if (kind === "repeat") return around([...input.slice(i, i + count)], i);
  return input.slice(0, i);
}

/** Trees of elements that are DER in form and nonsense in content. */
export const derTree: fc.Arbitrary<Uint8Array> = fc.letrec<{ node: Uint8Array }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6 },
    fc
      .tuple(
        fc.constantFrom(0x02, 0x03, 0x04, 0x05, 0x06, 0x30, 0x80, 0x81),
        fc.uint8Array({ maxLength: 12 }),
      )
      .map(([tag, content]) => Uint8Array.from([tag, content.length, ...content])),
    fc
      .tuple(fc.constantFrom(0x30, 0x30, 0x04, 0x03, 0xa0, 0xa1), fc.array(tie("node"), { maxLength: 5 }))
      .map(([tag, fields]) => encode(tag, fields)),
  ),
})).node;

function encode(tag: number, fields: readonly Uint8Array[]): Uint8Array {
  const content = [...(tag === 0x03 ? [0] : []), ...fields.flatMap((field) => [...field])];
  const { length } = content;
  return Uint8Array.from([tag, ...(length < 128 ? [length] : [0x82, length >> 8, length & 255]), ...content]);
}
