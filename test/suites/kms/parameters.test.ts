/** What GetParametersForImport answered, in every form it is kept in. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KmsWrapError } from "../../../src/errors.ts";
import { encodeBase64 } from "../../../src/formats/base64.ts";
import { readParameters } from "../../../src/kms/parameters.ts";
import { errorCode } from "../../support/error-code.ts";

const ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const KEY = { text: ARN, id: "1234abcd-12ab-34cd-56ef-1234567890ab", region: "eu-central-1" };
const publicKey = Uint8Array.from({ length: 294 }, (_, i) => i);
const importToken = Uint8Array.from({ length: 1024 }, (_, i) => 7 * i);
const validTo = Date.UTC(2026, 10, 24, 10, 11, 12);

const BLOBS = { PublicKey: encodeBase64(publicKey), ImportToken: encodeBase64(importToken) };
const JSON_FORM = { KeyId: ARN, ...BLOBS, ParametersValidTo: validTo / 1000 };
const TEXT = JSON.stringify(JSON_FORM, null, 4);
const EXPECTED = { key: KEY, publicKey, importToken, validTo };

const utf8 = (text: string) => new TextEncoder().encode(text);

/** The message that `run` throws. */
function toldBy(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

/** As PowerShell's > writes it. */
function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2));
  [...`\ufeff${text}`].forEach((character, i) => {
    view.setUint16(2 * i, character.charCodeAt(0), littleEndian);
  });
  return new Uint8Array(view.buffer);
}

describe("reads", () => {
  test.each<[string, unknown]>([
    [
      "the JavaScript SDK's answer",
      {
        $metadata: { httpStatusCode: 200, requestId: "…" },
        KeyId: ARN,
        PublicKey: publicKey,
        ImportToken: importToken,
        ParametersValidTo: new Date(validTo),
      },
    ],
    ["raw HTTP's, parsed", JSON_FORM],
    ["raw HTTP's as text", TEXT],
    ["raw HTTP's as bytes", utf8(TEXT)],
    ["AWS CLI 2's", { ...JSON_FORM, ParametersValidTo: "2026-11-24T11:11:12.000000+01:00" }],
    [
      "a boto3 dump",
      {
        ...JSON_FORM,
        ParametersValidTo: "2026-11-24 10:11:12+00:00",
        ResponseMetadata: { HTTPStatusCode: 200, RetryAttempts: 0 },
      },
    ],
    ["base64 in lines", { ...JSON_FORM, PublicKey: BLOBS.PublicKey.replaceAll(/.{76}/g, "$&\n") }],
    ["a mixture", { ...JSON_FORM, PublicKey: publicKey }],
    ["UTF-8 with a mark", utf8(`\ufeff${TEXT}`)],
    ["text with a mark", `\ufeff${TEXT}`],
    ["UTF-16, little-endian", utf16(`${TEXT}\r\n`, true)],
    ["UTF-16, big-endian", utf16(TEXT, false)],
    ["an object without prototype", Object.assign(Object.create(null), JSON_FORM)],
  ])("%s", (_, input) => {
    expect(readParameters(input)).toEqual(EXPECTED);
  });

  test("views with an offset", () => {
    const padded = new Uint8Array([1, 2, 3, ...publicKey, 4]).subarray(3, -1);
    expect(readParameters({ ...JSON_FORM, PublicKey: padded }).publicKey).toEqual(publicKey);
  });

  test("no key and no time, as the console's download has them", () => {
    expect(readParameters({ PublicKey: publicKey, ImportToken: importToken })).toEqual({
      publicKey,
      importToken,
    });
    expect(readParameters({ ...BLOBS, KeyId: null, ParametersValidTo: null })).toEqual({
      publicKey,
      importToken,
    });
  });

  test("the shortest there are", () => {
    expect(readParameters({ PublicKey: "AA==", ImportToken: new Uint8Array(1) })).toEqual({
      publicKey: new Uint8Array(1),
      importToken: new Uint8Array(1),
    });
  });

  test("65,536 bytes of text", () => {
    expect(readParameters(TEXT.padEnd(65_536)).publicKey).toEqual(publicKey);
  });

  test("the longest there are", () => {
    const longest = { PublicKey: new Uint8Array(4096), ImportToken: new Uint8Array(6144) };
    expect(readParameters(longest).importToken).toHaveLength(6144);
  });
});

describe("refuses", () => {
  test.each<[string, unknown, string, RegExp]>([
    ["nothing", undefined, "INVALID_PARAMETERS", /undefined, not an object/],
    ["null", null, "INVALID_PARAMETERS", /null, not an object/],
    ["a list", [JSON_FORM], "INVALID_PARAMETERS", /Array, not an object/],
    ["an empty file", utf8(""), "INVALID_PARAMETERS", /empty/],
    ["blanks", " \r\n", "INVALID_PARAMETERS", /empty/],
    ["the table of --output table", "|  GetParametersForImport  |", "INVALID_PARAMETERS", /not JSON/],
    ["a mark within the text", `\n\ufeff${TEXT}`, "INVALID_PARAMETERS", /not JSON/],
    ["JSON that ends at once", "[", "INVALID_PARAMETERS", /^the parameters are not JSON$/],
    ["JSON that is cut off", TEXT.slice(0, -9), "INVALID_PARAMETERS", /not JSON/],
    ["bytes that are no text", publicKey, "INVALID_TEXT", /not text/],
    [
      "the service's error",
      { __type: "NotFoundException", message: "…" },
      "INVALID_PARAMETERS",
      /error that the service/,
    ],
    [
      "botocore's error",
      { Error: { Code: "NotFoundException" } },
      "INVALID_PARAMETERS",
      /error that the service/,
    ],
    ["no key", { ...JSON_FORM, PublicKey: undefined }, "INVALID_PARAMETERS", /no PublicKey/],
    ["no token", { ...JSON_FORM, ImportToken: null }, "INVALID_PARAMETERS", /no ImportToken/],
    ["an empty token", { ...JSON_FORM, ImportToken: "" }, "INVALID_PARAMETERS", /0 bytes/],
    [
      "a token of 6145 bytes",
      { ...JSON_FORM, ImportToken: new Uint8Array(6145) },
      "INVALID_PARAMETERS",
      /6145 bytes/,
    ],
    [
      "a key of 4097 bytes",
      { ...JSON_FORM, PublicKey: new Uint8Array(4097) },
      "INVALID_PARAMETERS",
      /4097 bytes/,
    ],
    [
      "Python's bytes as text",
      { ...JSON_FORM, PublicKey: "b'0\\x82'" },
      "INVALID_PARAMETERS",
      /not base64: at character 1/,
    ],
    [
      "JSON.stringify of bytes",
      JSON.parse(JSON.stringify({ ...JSON_FORM, PublicKey: publicKey })),
      "INVALID_PARAMETERS",
      /base64 or bytes/,
    ],
    ["a number for a token", { ...JSON_FORM, ImportToken: 7 }, "INVALID_PARAMETERS", /base64 or bytes/],
    [
      "a time without offset",
      { ...JSON_FORM, ParametersValidTo: "2026-11-24 10:11:12" },
      "INVALID_PARAMETERS",
      /no offset/,
    ],
    [
      "a time in milliseconds",
      { ...JSON_FORM, ParametersValidTo: validTo },
      "INVALID_PARAMETERS",
      /milliseconds/,
    ],
    ["an alias", { ...JSON_FORM, KeyId: "alias/mine" }, "ALIAS_AS_KEY_ID", /alias/],
    ["a KeyId that is none", { ...JSON_FORM, KeyId: "arn:aws:kms" }, "INVALID_KEY_ID", /ARN/],
    ["65,537 bytes", " ".repeat(65_537), "INPUT_TOO_LARGE", /65537/],
    [
      "a key of 65,537 characters",
      { ...JSON_FORM, PublicKey: "A".repeat(65_537) },
      "INPUT_TOO_LARGE",
      /PublicKey of the parameters has 65537 characters/,
    ],
  ])("%s", (_, input, code, message) => {
    const run = () => readParameters(input);
    expect(errorCode(run)).toBe(code);
    expect(run).toThrow(message);
  });

  test("JSON with a mistake, and says where if the runtime tells", () => {
    const mistaken = '{"KeyId": "", PublicKey: ""}';
    const place = toldBy(() => JSON.parse(mistaken)).includes("position 14") ? ", from character 14 on" : "";
    expect(toldBy(() => readParameters(mistaken))).toBe(`the parameters are not JSON${place}`);
  });

  test("with a hint, and without a word of the input", () => {
    const error = (() => {
      try {
        return readParameters(`{"PublicKey": "SeCrEt`);
      } catch (thrown) {
        return thrown as KmsWrapError;
      }
    })() as KmsWrapError;
    expect(error.hint).toMatch(/get-parameters-for-import --output json/);
    expect(`${error.message} ${error.hint} ${error.stack} ${error.cause}`).not.toContain("SeCrEt");
  });
});

test("whatever comes in, a value or a KmsWrapError comes out", () => {
  const field = fc.oneof(
    fc.jsonValue(),
    fc.uint8Array(),
    fc.date({ noInvalidDate: false }),
    fc.constant(BLOBS.PublicKey),
  );
  const object = fc.record(
    { KeyId: field, PublicKey: field, ImportToken: field, ParametersValidTo: field },
    { requiredKeys: [] },
  );
  const damaged = fc
    .tuple(fc.nat(TEXT.length - 1), fc.string({ maxLength: 3 }))
    .map(([i, s]) => TEXT.slice(0, i) + s + TEXT.slice(i + 1));
  fc.assert(
    fc.property(fc.oneof(fc.anything(), object, damaged, damaged.map(utf8), fc.uint8Array()), (input) => {
      try {
        readParameters(input);
      } catch (error) {
        expect(error).toBeInstanceOf(KmsWrapError);
      }
    }),
    { numRuns: 500 },
  );
});
