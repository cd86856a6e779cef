/** The `openssl` command as an implementation that is not this project's. Tests that need it need version 3. */

import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The version of the `openssl` in the path, for instance "3.0.19"; `undefined` if there is none. */
export function opensslVersion(): string | undefined {
  try {
    return /^OpenSSL (\S+)/.exec(execFileSync("openssl", ["version"], { encoding: "utf8" }))?.[1];
  } catch {
    return undefined;
  }
}

/** Whether the tests that need OpenSSL 3 can run; says so where they cannot. */
export function hasOpenssl3(): boolean {
  const version = opensslVersion();
  if (version?.startsWith("3.")) return true;
  console.warn(`openssl 3 is not in the path (found ${version ?? "none"}): tests against it do not run`);
  return false;
}

/**
 * Runs `openssl ...args` in a folder with the given files.
 *
 * @param files - contents by name, as the arguments name them.
 * @returns what it writes to stdout.
 */
export async function openssl(
  args: readonly string[],
  files: Readonly<Record<string, Uint8Array | string>> = {},
): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-openssl-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const { stdout } = await run("openssl", args, { cwd: folder, encoding: "buffer" });
    return Uint8Array.from(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
