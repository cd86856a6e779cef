/** What a stranger gets: the tarball, installed into an empty project. */

import { execFileSync, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packTarball } from "../support/tarball.mjs";

const ROOT = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "kms-wrap-package-"));
const project = join(folder, "project");

function npm(cwd: string, ...args: string[]): string {
  return execFileSync("npm", args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
    stdio: "pipe",
  });
}

beforeAll(() => {
  const tarball = packTarball(folder);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "stranger", private: true }));
  npm(project, "install", "--prefer-offline", "--no-audit", "--no-fund", tarball);
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(join(project, "key.der"), publicKey.export({ format: "der", type: "spki" }));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a script in the project and returns what it printed. */
function script(file: string, code: string): string {
  writeFileSync(join(project, file), code);
  return execFileSync(process.execPath, [file], { cwd: project, encoding: "utf8", stdio: "pipe" }).trim();
}

const USE = `
const publicKey = require("node:fs").readFileSync("key.der");
const keyMaterial = new Uint8Array(32).fill(7);
console.log(api.wrap({ algorithm: "RSAES_OAEP_SHA_256", publicKey, keyMaterial }).length);`;

describe("the tarball", () => {
  test("brings three packages and no install script", () => {
    const lock = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8"));
    const installed = Object.keys(lock.packages).filter((path) => path.startsWith("node_modules/"));
    expect(installed.sort()).toEqual([
      "node_modules/@noble/ciphers",
      "node_modules/@noble/curves",
      "node_modules/@noble/hashes",
      "node_modules/kms-wrap",
    ]);
    expect(
      Object.values(lock.packages).some(
        (entry) => (entry as { hasInstallScript?: boolean }).hasInstallScript,
      ),
    ).toBe(false);
  });

  test.each(["kms-wrap", "kms-wrap/portable"])("import %s wraps", (entry) => {
    const header = `import * as api from "${entry}";\nimport { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);`;
    expect(script("use.mjs", `${header}${USE}`)).toBe("256");
  });

  test("require() works where Node allows it", () => {
    expect(script("use.cjs", `const api = require("kms-wrap");${USE}`)).toBe("256");
  });

  test("kms-wrap/schemes computes", () => {
    const code = `import { sm3 } from "kms-wrap/schemes";\nconsole.log(Buffer.from(sm3(Buffer.from("abc"))).toString("hex"));`;
    expect(script("sm3.mjs", code)).toBe("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  });

  test("a rehearsal is refused where the package was resolved for a browser", () => {
    const code = `import { SERVICE_ERROR_NAMES, startRehearsal } from "kms-wrap/rehearsal";
await startRehearsal().catch((error) => console.log(error.code, SERVICE_ERROR_NAMES.length > 10));`;
    writeFileSync(join(project, "rehearse.mjs"), code);
    for (const condition of ["browser", "workerd"]) {
      const args = [`--conditions=${condition}`, "rehearse.mjs"];
      const shown = execFileSync(process.execPath, args, { cwd: project, encoding: "utf8" });
      expect(shown).toBe("PLATFORM_UNSUPPORTED true\n");
    }
  });

  test("its types hold in a strict project", () => {
    const code = `import { type KeySpec, parseKeyMaterial, wrap, type WrappingAlgorithm } from "kms-wrap";
import { aesKwpWrap } from "kms-wrap/schemes";
const algorithm: WrappingAlgorithm = "SM2PKE";
const keySpec: KeySpec = "SM2";
export const wrapped: Uint8Array = wrap({ algorithm, publicKey: "", keyMaterial: parseKeyMaterial("", keySpec).bytes });
export const more: Uint8Array = aesKwpWrap(wrapped, wrapped);
// @ts-expect-error
wrap({ algorithm: "RSAES_PKCS1_V1_5", publicKey: "", keyMaterial: wrapped });
`;
    writeFileSync(join(project, "use.ts"), code);
    const options = [
      "--strict",
      "--noEmit",
      "--module",
      "nodenext",
      "--target",
      "es2022",
      "--skipLibCheck",
      "false",
      "--lib",
      "es2022",
    ];
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, "use.ts"], {
      cwd: project,
      encoding: "utf8",
    });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  test("npx runs the command", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(npm(project, "exec", "--no", "--", "kms-wrap", "--version")).toContain(version);
  });
});
