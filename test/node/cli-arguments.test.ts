/** The command line itself: help, version, and what is misuse. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { kmsWrap } from "../support/cli.ts";

const WRAP = ["wrap", "--public-key", "p", "--algorithm", "SM2PKE", "--in", "i", "--out", "o"];

describe("help", () => {
  test("lists every command", async () => {
    const { status, stdout, stderr } = await kmsWrap(["--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const name of COMMANDS.keys())
      expect(stdout.toString()).toMatch(new RegExp(`^  ${name} +[A-Z]`, "m"));
  });

  test.each([...COMMANDS.keys()])("%s lists every option of it", async (name) => {
    const { status, stdout, stderr } = await kmsWrap([name, "--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const { options } = await COMMANDS.get(name)!();
    for (const [option, { positional }] of Object.entries(options))
      expect(stdout.toString()).toMatch(positional ? /^ {2}FILE /m : new RegExp(`^  --${option}[ \n]`, "m"));
    expect(
      Math.max(
        ...stdout
          .toString()
          .split("\n")
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(120);
  });

  test("is given whatever else is wrong, and by its short name", async () => {
    const { status, stdout } = await kmsWrap(["wrap", "--nonsense", "-h"]);
    expect(status).toBe(0);
    expect(stdout.toString()).toContain("kms-wrap wrap --public-key FILE");
  });
});

test.each([
  [["help"], ["--help"]],
  [
    ["help", "wrap"],
    ["wrap", "--help"],
  ],
  [["version"], ["--version"]],
])("%j is %j", async (word, option) => {
  expect(await kmsWrap(word)).toEqual(await kmsWrap(option));
});

test("the version is the package's", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const { status, stdout, stderr } = await kmsWrap(["--version"]);
  expect({ status, stdout: stdout.toString(), stderr }).toEqual({
    status: 0,
    stdout: `${version}\n`,
    stderr: "",
  });
});

describe("misuse", () => {
  test.each<[string, string[], string, string]>([
    ["no command", [], "no command given", "see kms-wrap --help"],
    ["an unknown command", ["encode"], "there is no command encode", "see kms-wrap --help"],
    ["two letters swapped", ["warp"], "there is no command warp", "did you mean kms-wrap wrap?"],
    ["a letter too many", ["inspeect"], "there is no command inspeect", "did you mean kms-wrap inspect?"],
    ["a letter too few", ["unwap"], "there is no command unwap", "did you mean kms-wrap unwrap?"],
    ["a wrong letter", ["benck"], "there is no command benck", "did you mean kms-wrap bench?"],
    ["a command cut short", ["gen"], "there is no command gen", "did you mean kms-wrap generate?"],
    ["an option before the command", ["--raw", "wrap"], "there is no command --raw", "see kms-wrap --help"],
    ["an unknown option", [...WRAP, "--material-hex", "00"], "Unknown option '--material-hex'", ""],
    ["a missing option", WRAP.slice(0, -2), "--out is missing", ""],
    ["an option without its value", WRAP.slice(0, -1), "Option '--out <value>' argument missing", ""],
    [
      "an option's name for a value",
      [...WRAP.slice(0, -1), "--raw"],
      "Option '--out' argument is ambiguous",
      "a value that begins with a dash is given as --out=-XYZ; kms-wrap wrap --help lists what it takes",
    ],
    [
      "a value that begins with a dash",
      ["wrap", "--in", "-x"],
      "Option '--in' argument is ambiguous",
      "a value that begins with a dash is given as --in=-XYZ; kms-wrap wrap --help lists what it takes",
    ],
    ["a value that is empty", [...WRAP, "--key-spec", ""], "--key-spec is empty", ""],
    ["a value where none belongs", [...WRAP, "--raw=yes"], "Option '--raw' does not take an argument", ""],
    ["an option given twice", [...WRAP, "--in", "i"], "--in is given twice", ""],
    ["a flag given twice", [...WRAP, "--raw", "--raw"], "--raw is given twice", ""],
    ["an operand where none belongs", [...WRAP, "x"], "one argument too many: x", ""],
    [
      "stdin for two inputs",
      ["wrap", "--public-key=-", "--algorithm=SM2PKE", "--in=-", "--out=o"],
      "stdin can be read once only",
      "give at most one - as an input",
    ],
    ...[["--parameters", "p"], ["--parameters=p"]].map((parameters): [string, string[], string, string] => [
      "two sources of the wrapping key",
      [...WRAP, ...parameters],
      "--parameters and --public-key exclude each other",
      "leave out one of them",
    ]),
    [
      "an unknown option of an import",
      ["wrap", "--parameters", "p", "--material-hex", "00"],
      "Unknown option '--material-hex'",
      "kms-wrap wrap --parameters --help lists what it takes",
    ],
    [
      "a missing option of an import",
      ["wrap", "--parameters=p"],
      "--algorithm is missing",
      "kms-wrap wrap --parameters --help lists what it takes",
    ],
    [
      "a region without a key spec",
      [...WRAP, "--region", "cn-north-1"],
      "--region is given without --key-spec",
      "add --key-spec: which rules hold in a region depends on it",
    ],
    ["inspecting nothing", ["inspect"], "FILE is missing", "kms-wrap inspect --help lists what it takes"],
    [
      "inspecting two files",
      ["inspect", "a", "b"],
      "one argument too many: b",
      "kms-wrap inspect --help lists what it takes",
    ],
  ])("%s", async (_, args, message, hint) => {
    const { status, stdout, stderr } = await kmsWrap(args);
    expect({ status, stdout: stdout.toString() }).toEqual({ status: 2, stdout: "" });
    const expectedHint = hint || `kms-wrap ${args[0]} --help lists what it takes`;
    expect(stderr).toBe(`kms-wrap: error: ${message}\nkms-wrap: hint: ${expectedHint}\n`);
  });

  test("is told to machines as JSON on stdout", async () => {
    const { status, stdout, stderr } = await kmsWrap([...WRAP, "--json", "--nonsense"]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    expect(JSON.parse(stdout.toString())).toEqual({
      ok: false,
      error: {
        code: "MISUSE",
        message: "Unknown option '--nonsense'",
        hint: "kms-wrap wrap --help lists what it takes",
      },
    });
  });

  test.each([["--out", "-"], ["--out=-"]])(
    "and on stderr where stdout carries data: %s %s",
    async (...out) => {
      const { status, stdout, stderr } = await kmsWrap(["generate", "--json", ...out]);
      expect({ status, stdout: stdout.toString() }).toEqual({ status: 2, stdout: "" });
      expect(JSON.parse(stderr)).toMatchObject({
        ok: false,
        error: { code: "MISUSE", message: "--key-spec is missing" },
      });
    },
  );

  test("what a terminal would obey is not repeated to it", async () => {
    const { stderr } = await kmsWrap(["\u001b[31mwarp\u009b1m"]);
    expect(stderr).toContain("there is no command ?[31mwarp?1m");
    const turned = await kmsWrap(["\u202eparw"]);
    expect(turned.stderr).toContain("there is no command ?parw");
  });
});
