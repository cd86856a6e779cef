/** A project as a user has it: the packed library unpacked into node_modules, the examples copied beside it. */

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packTarball } from "../support/tarball.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** @typedef {{ folder: string, file: (name: string) => string, remove: () => void }} Project */

/** @returns {Project} */
export function makeProject() {
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-examples-"));
  const modules = join(folder, "node_modules");
  const dependencies = { "@aws-sdk/client-kms": "*", "kms-wrap": "*" };
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "stranger", type: "module", dependencies }),
  );
  unpack(modules);
  // Copies, as the browser example has a server hand out the files.
  cpSync(join(ROOT, "node_modules/@noble"), join(modules, "@noble"), { recursive: true });
  symlinkSync(join(ROOT, "node_modules/@aws-sdk"), join(modules, "@aws-sdk"), "junction");
  for (const example of ["sdk-import.mjs", "deno-offline.ts", "bun-many.ts", "browser", "worker"])
    cpSync(join(ROOT, "examples", example), join(folder, example.replace(/^(browser|worker)$/, "")), {
      recursive: true,
    });
  return {
    folder,
    file: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/**
 * What `npm pack` makes of the build that is there, without a registry.
 *
 * @param {string} modules
 */
function unpack(modules) {
  const target = join(modules, "kms-wrap");
  mkdirSync(target, { recursive: true });
  const tarball = packTarball(modules);
  execFileSync("tar", ["-xzf", tarball, "-C", target, "--strip-components=1"]);
  rmSync(tarball);
}
