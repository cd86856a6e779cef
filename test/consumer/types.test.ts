/** The declarations, in a strict project of a consumer: by two compilers, by each way to resolve a package. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { runProcess } from "../support/cli.ts";

const project = inject("project");

const COMPILERS = {
  "TypeScript 5.9": join(import.meta.dirname, "node_modules/typescript/bin/tsc"),
  "TypeScript 7": join(import.meta.dirname, "../../node_modules/typescript/bin/tsc"),
};
const RESOLUTIONS = {
  bundler: { module: "esnext", moduleResolution: "bundler" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
};

/** No DOM, no @types of anything: the package may ask for no more than the language. */
const STRICT = {
  strict: true,
  noEmit: true,
  target: "es2022",
  lib: ["es2022"],
  types: [],
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
};

describe.each(Object.entries(COMPILERS))("types, by %s", (_name, compiler) => {
  test.each(Object.entries(RESOLUTIONS))("moduleResolution %s", async (name, resolution) => {
    const config = { compilerOptions: { ...STRICT, ...resolution }, files: ["console.d.ts", "use.ts"] };
    writeFileSync(join(project, `tsconfig.${name}.json`), JSON.stringify(config));
    const args = [compiler, "-p", `tsconfig.${name}.json`];
    const { status, stdout } = await runProcess(process.execPath, args, { cwd: project });
    expect({ status, stdout: stdout.toString() }).toEqual({ status: 0, stdout: "" });
  });
});
