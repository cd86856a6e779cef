/** The folder of vectors: nothing in it that no suite knows, and nothing that its source does not say. */

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { VECTOR_FILES } from "../suites/vectors/files.ts";

const ROOT = join(import.meta.dirname, "../..");
const PACKAGE = "python3-cryptography-vectors";

describe("vectors/", () => {
  const files = readdirSync(join(ROOT, "vectors"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".json"),
  );

  test("every file is checked by the suites", () => {
    expect(files.sort()).toEqual(Object.keys(VECTOR_FILES).sort());
  });

  test("every file is in the README, and ends in a newline", () => {
    const readme = readFileSync(join(ROOT, "vectors/README.md"), "utf8");
    for (const file of files) {
      expect(readme).toContain(file);
      expect(readFileSync(join(ROOT, "vectors", file), "utf8").endsWith("\n}\n"), file).toBe(true);
    }
  });

  test("negative/ is what its tables say", () => {
    const script = join(ROOT, "scripts/make-negative-vectors.mjs");
    expect(execFileSync(process.execPath, [script, "--check"], { encoding: "utf8" })).toBe("");
  });

  test(`the transcription agrees with Debian's package ${PACKAGE}, where that is installed`, () => {
    const folder = installedFolder();
    if (folder === undefined) {
      console.warn(`${PACKAGE} is not installed: the transcription was not checked`);
      return;
    }
    const script = join(ROOT, "scripts/transcribe-vectors.mjs");
    expect(execFileSync(process.execPath, [script, folder, "--check"], { encoding: "utf8" })).toBe("");
  });
});

/** Where the package keeps its files, by the package manager's word. */
function installedFolder(): string | undefined {
  try {
    const listing = execFileSync("dpkg", ["-L", PACKAGE], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return listing.split("\n").find((path) => path.endsWith("/cryptography_vectors"));
  } catch {
    return undefined;
  }
}
