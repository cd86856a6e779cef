/** Runs the README's examples of installing and compiling, in a reader's folder with the tarball in it. */

import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { runProcess } from "../support/cli.ts";
import { EXAMPLES, writeProgram } from "../support/readme.ts";
import { LAUNCHER_ENV } from "./launchers.ts";
import { BUN, DENO } from "./runtimes.ts";

const examples = EXAMPLES.filter(({ note }) => note.includes("test/consumer/readme.test.ts"));

/** A folder in which nothing is installed, with the programs that the examples name. */
function readersFolder(): string {
  const folder = join(inject("folder"), "reader");
  mkdirSync(folder);
  cpSync(inject("tarball"), join(folder, basename(inject("tarball"))));
  cpSync(join(inject("project"), "rsa2048-public.der"), join(folder, "WrappingPublicKey.bin"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "reader", private: true }));
  writeFileSync(join(folder, "hmac.bin"), randomBytes(32));
  const programs = join(folder, "programs");
  mkdirSync(programs);
  writeProgram(programs, "bun", `exec "${BUN}" "$@"`);
  writeProgram(programs, "bunx", `exec "${BUN}" x "$@"`);
  writeProgram(programs, "deno", `exec "${DENO}" "$@"`);
  return folder;
}

describe("README, on installing", () => {
  test("has examples", () => expect(examples.length).toBe(3));

  test("each runs, in their order", async () => {
    const cwd = readersFolder();
    const env = { ...LAUNCHER_ENV, PATH: `${join(cwd, "programs")}${delimiter}${process.env["PATH"]}` };
    for (const { code, line } of examples) {
      const { status, stderr } = await runProcess("sh", ["-euc", code], { cwd, env });
      expect({ line, status, stderr }).toMatchObject({ line, status: 0 });
    }
    expect(readFileSync(join(cwd, "EncryptedKeyMaterial.bin")).length).toBe(256);
  });
});
