/** The quotes of the commands that are printed, by the shell that would take them apart. */

import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellWord } from "../../src/cli/shell.ts";

const WORDS = [
  "plain/word.json",
  "my import.json",
  "$(touch x)`id`",
  "it's",
  "a\\b",
  "x\\",
  '"',
  "*?~#&;|<>",
  "é\n-",
];

test.runIf(process.platform !== "win32")("sh reads each word as it was", () => {
  const read = (words: readonly string[]) =>
    execFileSync("sh", ["-c", `printf '%s\\0' ${words.map((word) => shellWord(word, "linux")).join(" ")}`])
      .toString()
      .split("\0")
      .slice(0, -1);
  expect(read(WORDS)).toEqual(WORDS);
  const words = fc.array(
    fc.string({ minLength: 1 }).map((word) => word.replaceAll("\0", "")),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(words, (some) => {
      expect(read(some)).toEqual(some);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ["plain/word.json", "plain/word.json", "plain/word.json"],
  ["C:\\keys\\import.json", "'C:\\keys\\import.json'", "C:\\keys\\import.json"],
  ["my import.json", "'my import.json'", '"my import.json"'],
  ["it's", "'it'\\''s'", '"it\'s"'],
])("%s", (word, posix, windows) => {
  expect([shellWord(word, "linux"), shellWord(word, "win32")]).toEqual([posix, windows]);
});
