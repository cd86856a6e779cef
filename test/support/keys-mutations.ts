/** Sound keys in every form, which damage begins with, and nonsense in the form of DER. */

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
