/** parseKeyMaterial: every form of one key gives the same bytes, those that OpenSSL writes. */

import { describe, expect, test } from "vitest";
import { toHex } from "../../../src/bytes.ts";
import { parseKeyMaterial } from "../../../src/keys/key-material.ts";
import { base64, pem, utf8, utf16 } from "../../support/der-builder.ts";
import { FIXTURES, type KeyFixture } from "../../support/keys-fixtures.ts";

type Form = readonly [name: string, input: Uint8Array | string, form: string];

function formsOf({ spec, pkcs8, traditional, jwk }: KeyFixture): Form[] {
  const pkcs8Pem = pem("PRIVATE KEY", pkcs8);
  const isRsa = spec.startsWith("RSA");
  const name = isRsa ? "PKCS#1" : "SEC 1";
  const label = isRsa ? "RSA PRIVATE KEY" : "EC PRIVATE KEY";
  const curvePem = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
  return [
    ["PKCS#8 DER", pkcs8, "PKCS#8 DER"],
    ["PKCS#8 PEM", pkcs8Pem, "PKCS#8 PEM"],
    ["PKCS#8 PEM in bytes", utf8(pkcs8Pem), "PKCS#8 PEM"],
    ["PKCS#8 PEM with CRLF", pem("PRIVATE KEY", pkcs8, "\r\n"), "PKCS#8 PEM"],
    ["PKCS#8 PEM among text", `Bag Attributes\n  friendlyName: x\n\n ${pkcs8Pem}\nfin\n`, "PKCS#8 PEM"],
    ["PKCS#8 PEM with a UTF-8 mark", utf8(`\ufeff${pkcs8Pem}`), "PKCS#8 PEM"],
    ["PKCS#8 PEM as PowerShell writes it", utf16(pem("PRIVATE KEY", pkcs8, "\r\n"), "little"), "PKCS#8 PEM"],
    ["PKCS#8 PEM in big-endian UTF-16", utf16(pkcs8Pem, "big"), "PKCS#8 PEM"],
    ["PKCS#8 base64", base64(pkcs8), "PKCS#8 base64"],
    ["PKCS#8 base64 in lines", `\n\t${base64(pkcs8).replaceAll(/.{20}/g, "$& \r\n")}\n`, "PKCS#8 base64"],
    ["JWK", JSON.stringify(jwk), "JWK JSON"],
    [
      "JWK in bytes, indented",
      utf8(JSON.stringify({ kid: "ключ", use: "sig", ...jwk }, null, 2)),
      "JWK JSON",
    ],
    ...(traditional
      ? ([
          [`${name} DER`, traditional, `${name} DER`],
          [`${name} PEM`, pem(label, traditional), `${name} PEM`],
          [`${name} PEM behind its curve`, curvePem + pem(label, traditional), `${name} PEM`],
          [`${name} base64`, base64(traditional), `${name} base64`],
        ] satisfies Form[])
      : []),
  ];
}

describe.each(FIXTURES)("$spec", (fixture) => {
  const { spec, pkcs8, spki } = fixture;

  test.each(formsOf(fixture))("%s gives what OpenSSL writes", (_name, input, form) => {
    const material = parseKeyMaterial(input);
    expect(toHex(material.bytes)).toBe(toHex(pkcs8));
    expect(material).toMatchObject({ keySpec: spec, form, warnings: [] });
    expect(toHex(material.publicKeySpki!)).toBe(toHex(spki));
    expect(toHex(parseKeyMaterial(input, spec).bytes)).toBe(toHex(pkcs8));
  });

  test("nothing is reported as converted where nothing was", () => {
    expect(parseKeyMaterial(pkcs8).conversions).toEqual([]);
  });

  test("the result is a copy that the input does not share", () => {
    const input = pkcs8.slice();
    const { bytes } = parseKeyMaterial(input);
    expect(bytes.buffer).not.toBe(input.buffer);
    expect(toHex(input)).toBe(toHex(pkcs8));
  });
});
