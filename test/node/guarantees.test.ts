/** SECURITY.md says of each guarantee which tests show it; `npm run test:guarantees` breaks it, and they fail. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TOPICS } from "../guarantees/all.mjs";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

const SHOWN = TOPICS.flatMap(({ guarantees }) => guarantees.flatMap(({ shownBy }) => shownBy));
const BREAKS = SHOWN.flatMap(({ breaks }) => breaks);

test.each(TOPICS)("$topic: SECURITY.md lists the same guarantees and tests", ({ topic, guarantees }) => {
  const rows = guarantees.map(({ guarantee, shownBy }) => {
    const tests = shownBy.map(({ file, name }) =>
      name === undefined ? `\`${file}\`` : `\`${file}\`: ${name}`,
    );
    return `| ${guarantee} | ${tests.join("<br>")} |\n`;
  });
  expect(read("SECURITY.md")).toContain(
    `### ${topic}\n\n| guarantee | shown by |\n|---|---|\n${rows.join("")}\n`,
  );
});

test("SECURITY.md has no other guarantees", () => {
  expect(read("SECURITY.md").match(/^\| guarantee \|/gm)).toHaveLength(TOPICS.length);
});

describe("what is written about each guarantee holds", () => {
  test("it is shown, and can be broken", () => {
    for (const { guarantee, shownBy } of TOPICS.flatMap(({ guarantees }) => guarantees)) {
      expect(shownBy.length, guarantee).toBeGreaterThan(0);
      for (const { file, breaks } of shownBy)
        expect(breaks.length, `${guarantee}: ${file}`).toBeGreaterThan(0);
    }
  });

  test.each(SHOWN)("$file has it: $name", ({ file, name }) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    if (name !== undefined) expect(read(file)).toContain(`"${name}"`);
  });

  test.each(BREAKS)("$in can be broken: $how", ({ in: file, replace, by }) => {
    expect(read(file).split(replace)).toHaveLength(2);
    expect(by).not.toBe(replace);
  });
});
