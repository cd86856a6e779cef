/**
 * Before all tests: packs the tarball and installs it into an empty project, which the tests share. Installs the runtimes
 * and bundlers that they take, too.
 */

import { execFileSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { installPackages } from "../../scripts/install.mjs";
import { packTarball } from "../support/tarball.mjs";
import { BUN } from "./runtimes.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder that the consumer's project and the tarball are in. */
    readonly folder: string;
    /** The tarball's path. */
    readonly tarball: string;
    /** The project in which it is installed. */
    readonly project: string;
  }
}

/** What npm says about its own configuration is no matter of the package's. */
export const QUIET_NPM: NodeJS.ProcessEnv = { ...process.env, npm_config_loglevel: "error" };

export default function install({ provide }: TestProject): () => void {
  for (const needed of ["test/runtimes", "test/consumer"]) installPackages(needed);
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-consumer-"));
  const project = join(folder, "project");
  const tarball = packTarball(folder);
  mkdirSync(project);
  cpSync(join(import.meta.dirname, "project"), project, { recursive: true });
  const options = ["--prefer-offline", "--no-audit", "--no-fund", "--save-exact"];
  execFileSync("npm", ["install", ...options, tarball], { cwd: project, stdio: "ignore", env: QUIET_NPM });
  for (const [name, content] of Object.entries(keyFiles())) writeFileSync(join(project, name), content);
  const command = "node_modules/kms-wrap/dist/cli/main.cjs";
  const outfile = join(folder, "kms-wrap-standalone");
  execFileSync(BUN, ["build", "--compile", "--outfile", outfile, command], { cwd: project, stdio: "ignore" });
  provide("folder", folder);
  provide("tarball", tarball);
  provide("project", project);
  return () => rmSync(folder, { recursive: true });
}

/** What the consumer has: wrapping keys of a KMS, here with their private halves, and key material. */
function keyFiles(): Readonly<Record<string, Uint8Array | string>> {
  const rsa2048 = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const rsa4096 = generateKeyPairSync("rsa", { modulusLength: 4096 });
  const sm2 = generateKeyPairSync("ec", { namedCurve: "SM2" });
  const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" });
  const files: Record<string, Uint8Array | string> = {
    "material.bin": randomBytes(32),
    "p384.pem": p384.privateKey.export({ format: "pem", type: "sec1" }),
    "p384.der": p384.privateKey.export({ format: "der", type: "pkcs8" }),
  };
  for (const [name, { publicKey, privateKey }] of Object.entries({ rsa2048, rsa4096, sm2 })) {
    files[`${name}-public.der`] = publicKey.export({ format: "der", type: "spki" });
    files[`${name}-private.der`] = privateKey.export({ format: "der", type: "pkcs8" });
  }
  return files;
}
