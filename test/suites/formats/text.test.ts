/** Base64, PEM, and what is text at all. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex } from "../../../src/bytes.ts";
import { decodeBase64, decodeBase64Url, encodeBase64 } from "../../../src/formats/base64.ts";
import { readPem } from "../../../src/formats/pem.ts";
import { decodeText, includesAscii, indexOfAscii, textOf } from "../../../src/formats/text.ts";
import { base64, base64Url, bytes, pem, utf8, utf16 } from "../../support/der-builder.ts";
import { errorCode } from "../../support/error-code.ts";

describe("base64", () => {
  // RFC 4648 §10
  test.each([
    ["", ""],
    ["f", "Zg=="],
    ["fo", "Zm8="],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg=="],
    ["fooba", "Zm9vYmE="],
    ["foobar", "Zm9vYmFy"],
  ])("BASE64(%j) = %j", (plain, encoded) => {
    expect(decodeBase64(utf8(encoded))).toEqual(utf8(plain));
    expect(encodeBase64(utf8(plain))).toBe(encoded);
    expect(decodeBase64Url(utf8(encoded.replaceAll("=", "")))).toEqual(utf8(plain));
  });

  test("every symbol, and none besides", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    for (let octet = 0; octet < 256; octet++) {
      const value = `${alphabet}+/`.indexOf(String.fromCharCode(octet));
      const urlValue = `${alphabet}-_`.indexOf(String.fromCharCode(octet));
      const four = Uint8Array.of(octet, 65, 65, 65); // A is 0
      if (value >= 0) expect(decodeBase64(four)[0]).toBe(value << 2);
      else expect(errorCode(() => decodeBase64(four))).toBe("INVALID_BASE64");
      if (urlValue >= 0) expect(decodeBase64Url(four)[0]).toBe(urlValue << 2);
      else expect(errorCode(() => decodeBase64Url(four))).toBe("INVALID_BASE64");
    }
  });

  test("blanks and line breaks anywhere, even within the padding", () => {
    expect(decodeBase64(utf8(" Z\r\ng\t=\n= "))).toEqual(utf8("f"));
  });

  test.each([
    ["a symbol after the padding", "Zg==Zg==", /at character 4: a symbol after the padding/],
    ["another character", "Zm9*", /at character 3: not in the base64 alphabet/],
    ["base64url", "Zm9-", /not in the base64 alphabet/],
    ["no padding", "Zg", /2 symbols and 0 of padding/],
    ["too little padding", "Zg=", /2 symbols and 1 of padding/],
    ["too much padding", "Zm8==", /3 symbols and 2 of padding/],
    ["padding alone", "====", /0 symbols and 4 of padding/],
    ["padding of a whole group", "Zm9v====", /4 symbols and 4 of padding/],
    ["one symbol", "Z===", /1 symbols and 3 of padding/],
    ["bits that belong to no byte, of two", "Zh==", /the last symbol/],
    ["bits that belong to no byte, of three", "Zm9=", /the last symbol/],
  ])("%s is refused", (_name, text, message) => {
    expect(errorCode(() => decodeBase64(utf8(text)))).toBe("INVALID_BASE64");
    expect(() => decodeBase64(utf8(text))).toThrow(message);
  });

  test.each([
    ["padding", "Zg=="],
    ["a line break", "Zm9v\n"],
    ["base64", "Zm9+"],
    ["one symbol too many", "Zm9vZ"],
    ["one symbol too many, all zero bits", "Zm9vA"],
    ["bits that belong to no byte", "Zh"],
  ])("base64url with %s is refused", (_name, text) => {
    expect(errorCode(() => decodeBase64Url(utf8(text)))).toBe("INVALID_BASE64");
  });

  test("agrees with the platform on any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (content) => {
        expect(toHex(decodeBase64(utf8(base64(content))))).toBe(toHex(content));
        expect(toHex(decodeBase64Url(utf8(base64Url(content))))).toBe(toHex(content));
        expect(encodeBase64(content)).toBe(base64(content));
      }),
    );
  });

  test("takes nothing that it would not write", () => {
    const symbols = fc.string({ unit: fc.constantFrom(..."AZaz09+/=-_ "), maxLength: 12 });
    fc.assert(
      fc.property(symbols, (text) => {
        if (errorCode(() => decodeBase64(utf8(text))) === undefined)
          expect(encodeBase64(decodeBase64(utf8(text)))).toBe(text.replaceAll(" ", ""));
      }),
      { numRuns: 5000 },
    );
  });
});

describe("text", () => {
  test.each<[string, Uint8Array, string | undefined]>([
    ["ASCII", utf8("a b\tc\r\n"), "a b\tc\r\n"],
    ["UTF-8", utf8("ключ"), "ключ"],
    ["nothing", bytes(), ""],
    ["a UTF-8 mark", utf8("\ufeffabc"), "abc"],
    ["UTF-16, little-endian", utf16("abc\r\n", "little"), "abc\r\n"],
    ["UTF-16, big-endian", utf16("abc", "big"), "abc"],
    ["UTF-16 of nothing", utf16("", "little"), ""],
    ["UTF-16 beyond ASCII", utf16("ключ", "little"), undefined],
    ["UTF-16 beyond ASCII in one byte", utf16("é", "big"), undefined],
    ["UTF-16 at the end of ASCII", utf16("\u0080", "little"), undefined],
    ["UTF-16 with half a character", bytes(utf16("a", "little"), [0]), undefined],
    ["UTF-16 with a control character", utf16("a\u0000", "little"), undefined],
    ["a NUL", bytes([65, 0]), undefined],
    ["DEL", bytes([65, 0x7f]), undefined],
    ["a UTF-8 mark before a NUL", utf8("\ufeff\u0000"), undefined],
  ])("%s", (_name, input, expected) => {
    const text = textOf(input);
    expect(text && new TextDecoder().decode(text)).toBe(expected);
    if (expected === undefined) expect(errorCode(() => decodeText(input))).toBe("INVALID_TEXT");
    else expect(decodeText(input)).toBe(expected);
  });

  test("broken UTF-8 is no text", () => {
    expect(errorCode(() => decodeText(bytes([65, 0xc3, 65])))).toBe("INVALID_TEXT");
  });

  test("in memory that can be resized is read, also where a TextDecoder takes none", () => {
    const Resizable = ArrayBuffer as new (length: number, options: object) => ArrayBuffer;
    const resizable = new Uint8Array(new Resizable(4, { maxByteLength: 8 }));
    resizable.set(utf8("text"));
    expect(decodeText(resizable)).toBe("text");
  });

  test("looking for a string", () => {
    expect(indexOfAscii(utf8("--- -----BEGIN"), "-----")).toBe(4);
    expect(indexOfAscii(utf8("-----"), "-----", 1)).toBe(-1);
    expect(indexOfAscii(utf8("---BEGIN"), "-BEGIN")).toBe(2);
    expect(indexOfAscii(utf8("--BEGIN"), "-BEGIN")).toBe(1);
    expect(indexOfAscii(utf8("abcab"), "ab", 1)).toBe(3);
    expect(indexOfAscii(utf8("ab"), "abc")).toBe(-1);
    expect(includesAscii(utf8("abc"), "ab")).toBe(true);
    expect(includesAscii(utf8("abc"), "ba")).toBe(false);
  });
});

describe("PEM", () => {
  const content = Uint8Array.from({ length: 100 }, (_, i) => i);
  const read = (text: string) =>
    readPem(utf8(text)).map((block) => ({ ...block, base64: toHex(decodeBase64(block.base64)) }));
  const block = (label: string) => ({ label, base64: toHex(content), encrypted: false });

  test("blocks in their order, text around them passed over", () => {
    const text = `before\n${pem("PUBLIC KEY", content)}between - -- ---\r\n${pem("X Y-Z 509", content, "\r\n")}after`;
    expect(read(text)).toEqual([block("PUBLIC KEY"), block("X Y-Z 509")]);
  });

  test("lines of any length, blanks, an empty label", () => {
    expect(read(`-----BEGIN X-----${base64(content)}-----END X-----`)).toEqual([block("X")]);
    expect(read(pem("X", content).replaceAll("\n", " \t\n\n"))).toEqual([block("X")]);
    expect(read(pem("", content))).toEqual([block("")]);
    expect(read("no block")).toEqual([]);
    expect(read(pem("X".repeat(64), content))).toEqual([block("X".repeat(64))]);
  });

  test("the dashes that end a block begin no other", () => {
    expect(read(`-----BEGIN X-----${base64(content)}-----END X-----BEGIN Y-----`)).toEqual([block("X")]);
  });

  test("encrypted blocks are recognised, not decoded", () => {
    const headers = "-\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n";
    expect(read(pem("X", content).replace("-\n", headers))).toEqual([
      { label: "X", base64: "", encrypted: true },
    ]);
  });

  test.each([
    ["no END line", "-----BEGIN X-----\nAAAA\n", /begins at byte 0 has no END line/],
    ["another label at the end", "-----BEGIN X-----\nAAAA\n-----END Y-----\n", /no END line/],
    [
      "another block within",
      "..-----BEGIN X-----\n-----BEGIN X-----\n-----END X-----",
      /at byte 2 has no END line/,
    ],
    ["a label in lower case", "-----BEGIN x-----\n-----END x-----", /has no label/],
    ["a label over two lines", "-----BEGIN X\nY-----\n-----END X\nY-----", /has no label/],
    ["no dashes after the label", "-----BEGIN X", /has no label/],
    ["a label of 65 characters", `-----BEGIN ${"X".repeat(65)}-----`, /has no label/],
    ["a header without a name", "-----BEGIN X-----: y\n\nAAAA\n-----END X-----", /has headers/],
    ["headers", "-----BEGIN X-----\nComment: y\n\nAAAA\n-----END X-----", /has headers/],
    [
      "headers that say nothing of encryption",
      "-----BEGIN X-----\nProc-Type: 4,CLEAR\n\nAAAA\n-----END X-----",
      /headers/,
    ],
    [
      "other headers with the word",
      "-----BEGIN X-----\nX-Type: ENCRYPTED\n\nAAAA\n-----END X-----",
      /headers/,
    ],
  ])("%s is refused", (_name, text, message) => {
    expect(errorCode(() => read(text))).toBe("INVALID_PEM");
    expect(() => read(text)).toThrow(message);
  });

  test("an error never shows the label", () => {
    expect(() => read("-----BEGIN SECRET-----")).not.toThrow(/SECRET/);
    expect(() => read("-----BEGIN SECRET-----")).toThrow("at byte 0");
  });
});
