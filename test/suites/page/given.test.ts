/** The page's readers: pasted text, files, wrapping keys and key material, and what becomes of secret bytes. */

import { describe, expect, test, vi } from "vitest";
import { encodeBase64 } from "../../../src/formats/base64.ts";
import { readFiles } from "../../../src/page/files.ts";
import { examineMaterial } from "../../../src/page/material-input.ts";
import { bytesOfText } from "../../../src/page/notation.ts";
import { SecretBytes } from "../../../src/page/secret-bytes.ts";
import { readWrappingInput } from "../../../src/page/wrapping-input.ts";
import { errorCode } from "../../support/error-code.ts";
import { fixture } from "../../support/keys-fixtures.ts";
import { WRAPPING_KEY_PAIRS } from "../../support/wrapping-keys.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const { spki } = WRAPPING_KEY_PAIRS.RSA_3072;
const token = Uint8Array.of(1, 2, 3);
const utf8 = (text: string) => new TextEncoder().encode(text);
const parameters = (changes: object = {}) =>
  utf8(
    JSON.stringify({
      KeyId: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      ImportToken: encodeBase64(token),
      PublicKey: encodeBase64(spki),
      ParametersValidTo: "2026-11-24T10:00:00Z",
      ...changes,
    }),
  );

describe("pasted text", () => {
  test.each([
    ["hex", " 00 fF\nA0 ", [0, 255, 160]],
    ["base64", "AP+g", [0, 255, 160]],
    ["text", "00ff", [0x30, 0x30, 0x66, 0x66]],
  ] as const)("%s", (notation, text, bytes) => {
    expect([...bytesOfText(text, notation)]).toEqual(bytes);
  });

  test("leaves no copy of its digits", () => {
    const filter = vi.spyOn(Object.getPrototypeOf(Uint8Array.prototype), "filter");
    bytesOfText("a1 b2", "hex");
    const copies = filter.mock.results.map(({ value }) => [...(value as Uint8Array)]);
    filter.mockRestore();
    expect(copies).toEqual([[0, 0, 0, 0]]);
  });

  test.each([
    ["hex", "0", "INVALID_TEXT"],
    ["hex", "0g", "INVALID_TEXT"],
    ["hex", "0x00", "INVALID_TEXT"],
    ["base64", "AP+", "INVALID_BASE64"],
  ] as const)("%s: %s is refused", (notation, text, code) => {
    expect(errorCode(() => bytesOfText(text, notation))).toBe(code);
  });
});

describe("files", () => {
  const file = (name: string, bytes: Uint8Array<ArrayBuffer>) => ({
    name,
    size: bytes.length,
    arrayBuffer: async () => bytes.buffer,
  });

  test("are read whole", async () => {
    const given = await readFiles([file("a", Uint8Array.of(1)), file("b", Uint8Array.of(2, 3))]);
    expect(given).toEqual([
      { name: "a", bytes: Uint8Array.of(1) },
      { name: "b", bytes: Uint8Array.of(2, 3) },
    ]);
  });

  test("are not read at all if one is too large", async () => {
    const huge = { name: "huge", size: 2 ** 20 + 1, arrayBuffer: () => Promise.reject(new Error("read")) };
    await expect(readFiles([huge])).rejects.toMatchObject({ code: "INPUT_TOO_LARGE" });
  });

  test("are overwritten if one of them cannot be read", async () => {
    const read = Uint8Array.of(1, 2, 3);
    const broken = { name: "folder", size: 1, arrayBuffer: () => Promise.reject(new Error("no")) };
    await expect(readFiles([file("a", read), broken])).rejects.toMatchObject({ code: "UNRECOGNIZED_FORMAT" });
    expect([...read]).toEqual([0, 0, 0]);
  });
});

describe("secret bytes", () => {
  test("are overwritten when others take their place, and when they are forgotten", () => {
    const [first, second] = [Uint8Array.of(1), Uint8Array.of(2)];
    const held = new SecretBytes();
    held.hold(first);
    held.hold(second);
    expect([first[0], second[0], held.bytes]).toEqual([0, 2, second]);
    held.hold(second);
    expect(second[0]).toBe(2);
    held.forget();
    expect([second[0], held.bytes]).toEqual([0, undefined]);
  });
});

describe("the wrapping key", () => {
  const read = (...contents: [name: string, bytes: Uint8Array][]) =>
    readWrappingInput(
      contents.map(([name, bytes]) => ({ name, bytes })),
      NOW,
    );

  test("in parameters for import", () => {
    const { form, wrappingKey, warnings, parameters: found } = read(["p", parameters()]);
    expect({ form, spec: wrappingKey.spec, warnings }).toEqual({
      form: "parameters for import",
      spec: "RSA_3072",
      warnings: [],
    });
    expect(found!.read.importToken).toEqual(token);
  });

  test("beside its token", () => {
    const { form, parameters: found } = read(["x/WrappingPublicKey.bin", spki], ["ImportToken.bin", token]);
    expect({ form, token: found!.read.importToken }).toEqual({
      form: "the console’s download, unpacked",
      token,
    });
  });

  test.each([
    ["DER", spki],
    ["base64", utf8(encodeBase64(spki))],
    ["JWK", utf8(JSON.stringify({ kty: "RSA", n: fixture("RSA_2048").jwk["n"], e: "AQAB" }))],
  ])("alone, as %s", (_, bytes) => {
    expect(read(["key", bytes])).toMatchObject({ form: "a public key, without an import token" });
    expect(read(["key", bytes]).parameters).toBeUndefined();
  });

  test.each([
    [
      "expired parameters",
      [["p", parameters({ ParametersValidTo: "2026-11-23T11:00:00Z" })]],
      "PARAMETERS_EXPIRED",
    ],
    ["broken JSON", [["p", utf8('{ "KeyId": ')]], "INVALID_PARAMETERS"],
    ["an answer that is an error", [["p", utf8('{ "__type": "NotFoundException" }')]], "INVALID_PARAMETERS"],
    [
      "two files without names",
      [
        ["a", spki],
        ["b", token],
      ],
      "INVALID_PARAMETERS",
    ],
    ["a private key", [["key", fixture("RSA_2048").pkcs8]], "PRIVATE_KEY_AS_WRAPPING_KEY"],
    ["no file", [], "INVALID_PARAMETERS"],
  ] as [string, [string, Uint8Array][], string][])("%s is refused", (_, contents, code) => {
    expect(errorCode(() => read(...contents))).toBe(code);
  });
});

describe("key material", () => {
  const p384 = fixture("ECC_NIST_P384");

  test("that says what it is", () => {
    const before = p384.traditional!.slice();
    expect(examineMaterial(p384.traditional!, {})).toMatchObject({
      kind: "key",
      keySpec: "ECC_NIST_P384",
      report: { bytes: 185, form: "SEC 1 DER", conversions: ["converted from SEC 1 to PKCS#8"] },
      warnings: [],
    });
    expect(p384.traditional).toEqual(before);
  });

  test("that does not, with what it may be for", () => {
    expect(examineMaterial(new Uint8Array(32).fill(0xc3), {})).toEqual({
      kind: "unnamed",
      bytes: 32,
      keySpecs: ["SYMMETRIC_DEFAULT", "HMAC_224", "HMAC_256"],
    });
    expect(examineMaterial(utf8("a1".repeat(20)), {})).toMatchObject({ looksLike: "hexadecimal text" });
  });

  test.each([
    ["nothing", new Uint8Array(0), {}, "EMPTY_KEY_MATERIAL"],
    ["a public key", spki, {}, "PUBLIC_KEY_AS_KEY_MATERIAL"],
    ["a key of another spec", p384.pkcs8, { keySpec: "ECC_NIST_P256" }, "KEY_SPEC_MISMATCH"],
    [
      "16 bytes outside of China",
      new Uint8Array(16),
      { keySpec: "SYMMETRIC_DEFAULT" },
      "RAW_MATERIAL_LENGTH",
    ],
    ["text", utf8("a1".repeat(32)), { keySpec: "HMAC_512" }, "RAW_MATERIAL_LOOKS_ENCODED"],
  ] as const)("%s is refused", (_, bytes, choices, code) => {
    expect(examineMaterial(bytes, choices)).toMatchObject({ kind: "refused", error: { code } });
  });

  test("that is meant literally, or goes to China", () => {
    const text = utf8("a1".repeat(32));
    expect(examineMaterial(text, { keySpec: "HMAC_512", raw: true })).toMatchObject({ kind: "key" });
    const sm4 = { keySpec: "SYMMETRIC_DEFAULT", china: true } as const;
    expect(examineMaterial(new Uint8Array(16), sm4)).toMatchObject({ kind: "key", report: { bytes: 16 } });
  });
});
