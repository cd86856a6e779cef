/** The console's download, its files told by their names; and the command that is printed in the end. */

import { describe, expect, test } from "vitest";
import { KmsWrapError } from "../../../src/errors.ts";
import { parametersOfFiles, readDownload } from "../../../src/kms/download.ts";
import { importCommandWords } from "../../../src/kms/import-command.ts";
import { errorCode } from "../../support/error-code.ts";

const KEY = Uint8Array.of(1, 2, 3);
const TOKEN = Uint8Array.of(4, 5);

const files = (...names: string[]) => names.map((name) => ({ name, bytes: /key/i.test(name) ? KEY : TOKEN }));

function refusalOf(...names: string[]): [string, string | undefined] {
  try {
    parametersOfFiles(files(...names));
  } catch (error) {
    if (error instanceof KmsWrapError) return [error.message, error.hint];
    throw error;
  }
  throw new Error("not refused");
}

describe("the wrapping key and the token", () => {
  test.each([
    ["today's names", ["WrappingPublicKey.bin", "ImportToken.bin"]],
    ["among others", ["README.txt", "ImportToken.bin", "WrappingPublicKey.bin", "notes"]],
    ["in a folder", ["download/WrappingPublicKey.bin", "download/ImportToken.bin"]],
    ["in a folder of old .NET", ["a\\WrappingPublicKey.bin", "a\\b\\ImportToken.bin"]],
    ["the names up to 2023", ["wrappingKey_1234abcd_06221559", "importToken_1234abcd_06221559"]],
    ["the shortest of these", ["wrappingKey_", "importToken_"]],
  ])("%s", (_, names) => {
    expect(parametersOfFiles(files(...names))).toEqual({ PublicKey: KEY, ImportToken: TOKEN });
  });

  const HINT =
    "give the console's download, in which WrappingPublicKey.bin and ImportToken.bin lie side by side";

  test.each([
    ["no key", ["ImportToken.bin"], "no file that holds the PublicKey"],
    ["no token", ["WrappingPublicKey.bin"], "no file that holds the ImportToken"],
    [
      "two keys",
      ["a/WrappingPublicKey.bin", "b/WrappingPublicKey.bin", "ImportToken.bin"],
      "more than one file that may hold the PublicKey",
    ],
    [
      "two tokens",
      ["WrappingPublicKey.bin", "ImportToken.bin", "importToken_1"],
      "more than one file that may hold the ImportToken",
    ],
    [
      "a name with more before it",
      ["MyWrappingPublicKey.bin", "ImportToken.bin"],
      "no file that holds the PublicKey",
    ],
    [
      "a name with more behind it",
      ["WrappingPublicKey.bin.bak", "ImportToken.bin"],
      "no file that holds the PublicKey",
    ],
    [
      "an old name behind another",
      ["a_wrappingKey_1", "ImportToken.bin"],
      "no file that holds the PublicKey",
    ],
    [
      "a token with more before it",
      ["WrappingPublicKey.bin", "MyImportToken.bin"],
      "no file that holds the ImportToken",
    ],
    [
      "a token with more behind it",
      ["WrappingPublicKey.bin", "ImportToken.bin.asc"],
      "no file that holds the ImportToken",
    ],
    [
      "an old token behind another",
      ["WrappingPublicKey.bin", "a_importToken_1"],
      "no file that holds the ImportToken",
    ],
    [
      "a name without its dot",
      ["WrappingPublicKeyXbin", "ImportToken.bin"],
      "no file that holds the PublicKey",
    ],
    [
      "a token without its dot",
      ["WrappingPublicKey.bin", "ImportTokenXbin"],
      "no file that holds the ImportToken",
    ],
  ])("refused: %s", (_, names, message) => {
    expect(refusalOf(...names)).toEqual([message, HINT]);
  });

  test("refused: no archive at all", () => {
    expect(errorCode(() => readDownload(KEY))).toBe("INVALID_ZIP");
  });
});

test("the command of the AWS CLI", () => {
  const words = ["aws", "kms", "import-key-material", "--cli-binary-format", "base64"];
  const input = ["--cli-input-json", "file://my import.json"];
  expect(importCommandWords("my import.json")).toEqual([...words, ...input]);
  expect(importCommandWords("my import.json", "cn-north-1")).toEqual([
    ...words,
    ...input,
    "--region",
    "cn-north-1",
  ]);
});
