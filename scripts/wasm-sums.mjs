/** The WASM binaries by their SHA-256: the committed list, those of a fresh build, and every one that a package holds. */

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The committed list, as `sha256sum` writes and checks it. */
export const SUMS_FILE = join(root, "assembly/SHA256SUMS");

/** What rewrites the committed list after a kernel changed. */
export const UPDATE_COMMAND = "npm run verify:wasm -- --update";

/** A module in hexadecimal begins with its magic number and version 1. */
const EMBEDDED = /0061736d01000000(?:[0-9a-f]{2})*/g;

/** @param {Uint8Array} bytes */
export function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** @returns {Map<string, string>} the committed SHA-256 by file name, "aes.wasm" and so on */
export function committedSums() {
  const lines = readFileSync(SUMS_FILE, "utf8").trim().split("\n");
  return new Map(
    lines.map((line) => {
      const [sum = "", file = ""] = line.split("  ");
      return [file, sum];
    }),
  );
}

/**
 * Builds all binaries from assembly/ in a temporary folder, so that nothing of dist/ or of an earlier build takes part
 * but the compiler in node_modules/.
 *
 * @returns {Promise<Map<string, string>>} the SHA-256 by file name
 */
export async function rebuiltSums() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "kms-wrap-wasm-")));
  try {
    cpSync(join(root, "assembly"), join(folder, "assembly"), {
      recursive: true,
      filter: (path) => !path.endsWith("generated"),
    });
    cpSync(join(root, "scripts/build-wasm.mjs"), join(folder, "scripts/build-wasm.mjs"));
    cpSync(join(root, "package.json"), join(folder, "package.json"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
    await promisify(execFile)(process.execPath, ["scripts/build-wasm.mjs"], { cwd: folder });
    return new Map(
      binariesIn(join(folder, "dist")).map(({ place, sum }) => [place.replace("wasm/", ""), sum]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Every WebAssembly module in a folder: .wasm files, and those that scripts and pages carry in hexadecimal.
 *
 * @param {string} folder
 * @returns {{ place: string, sum: string }[]} sorted by place, a path below the folder
 */
export function binariesIn(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.(wasm|html|[cm]?js)$/.test(path) && !/(^|\/)node_modules\//.test(path));
  return files.sort().flatMap((place) => {
    const content = readFileSync(join(folder, place));
    if (place.endsWith(".wasm")) return [{ place, sum: sha256(content) }];
    const embedded = content.toString("latin1").match(EMBEDDED) ?? [];
    return embedded.map((hex) => ({ place, sum: sha256(Buffer.from(hex, "hex")) }));
  });
}
