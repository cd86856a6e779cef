/** The README's examples, and a folder in which a reader would run them. */

import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

export const README: string = readFileSync(join(ROOT, "README.md"), "utf8");

/** A block of code. */
export interface Example {
  readonly language: string;
  readonly line: number;
  readonly code: string;
  /** The HTML comment right before it, which says who runs it if not the test of the README. */
  readonly note: string;
}

export const EXAMPLES: readonly Example[] = [
  ...README.matchAll(/^(?<note><!--.*-->\n)?```(?<language>js|sh|py)\n(?<code>[\s\S]*?)^```$/gm),
].map(({ groups, index }) => ({
  language: groups!["language"]!,
  line: README.slice(0, index).split("\n").length,
  code: groups!["code"]!,
  note: groups!["note"] ?? "",
}));

/** The private half of WrappingPublicKey.bin, which no reader has. */
export const PRIVATE_KEY = "kms-private-key.pem";

/** A fresh folder with the files that the examples take as given, the package installed and the command at hand. */
export function readersFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-readme-"));
  const wrapping = generateKeyPairSync("rsa", { modulusLength: 4096 });
  const publicKey = wrapping.publicKey.export({ format: "der", type: "spki" });
  const files = {
    "WrappingPublicKey.bin": publicKey,
    [PRIVATE_KEY]: wrapping.privateKey.export({ format: "pem", type: "pkcs8" }),
    "p384.pem": generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey.export({
      format: "pem",
      type: "sec1",
    }),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules/kms-wrap"), "junction");
  symlinkSync(join(ROOT, "node_modules/@aws-sdk"), join(folder, "node_modules/@aws-sdk"), "junction");
  writeProgram(folder, "kms-wrap", `exec "${process.execPath}" "${join(ROOT, "dist/cli/main.cjs")}" "$@"`);
  return folder;
}

/** Puts a shell script into the folder, under the name of the program that it stands for. */
export function writeProgram(folder: string, name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}
