/**
 * The installed command, by npx, deno run with the least permissions, bunx, and as one executable: whatever it is asked,
 * the four leave the same on stdout, on stderr, in the exit status and in the folder.
 */

import { isUtf8 } from "node:buffer";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { runProcess } from "../support/cli.ts";
import { CASES, type Case } from "./command-cases.ts";
import { LAUNCHER_ENV, LAUNCHERS } from "./launchers.ts";

const project = inject("project");

/** What a run can be told by. */
interface Trace {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What is new in the folder, or has changed: mode and length by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** A fresh folder in the project, with all that the cases read. */
function folderFor(launcher: string, index: number): string {
  const folder = join(project, "cases", `${index}-${launcher.replace(" ", "-")}`);
  mkdirSync(folder, { recursive: true });
  const inputs = ["material.bin", "p384.pem", "rsa2048-public.der", "rsa2048-private.der", "sm2-public.der"];
  for (const name of inputs) cpSync(join(project, name), join(folder, name));
  writeFileSync(join(folder, "taken.bin"), "precious", { mode: 0o644 });
  writeFileSync(join(folder, "params.json"), parameters());
  return folder;
}

/** What `aws kms get-parameters-for-import` prints. */
function parameters(): string {
  return JSON.stringify({
    KeyId: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ImportToken: Buffer.alloc(300, 7).toString("base64"),
    PublicKey: readFileSync(join(project, "rsa2048-public.der")).toString("base64"),
    ParametersValidTo: "2099-01-01T00:00:00Z",
  });
}

function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder).map((name) => {
    const { mode, size } = statSync(join(folder, name));
    return [name, `${(mode & 0o777).toString(8)} ${size} bytes`];
  });
  return Object.fromEntries(entries);
}

async function trace(
  launcher: string,
  index: number,
  { args, input = "", permissions }: Case,
): Promise<Trace> {
  const cwd = folderFor(launcher, index);
  const before = filesIn(cwd);
  const [program, ...options] = [...LAUNCHERS[launcher]!(permissions), ...args];
  const { status, stdout, stderr } = await runProcess(program!, options, { cwd, input, env: LAUNCHER_ENV });
  const changed = Object.entries(filesIn(cwd)).filter(([name, what]) => before[name] !== what);
  const shown = isUtf8(stdout) ? stdout.toString() : `${stdout.length} bytes`;
  return { status, stdout: shown, stderr, files: Object.fromEntries(changed) };
}

describe("command, alike by npx, deno run, bunx and as an executable", () => {
  test.each(CASES.map((one, index) => [one.what, index, one] as const))("%s", async (_what, index, one) => {
    const traces = await Promise.all(Object.keys(LAUNCHERS).map((name) => trace(name, index, one)));
    const [node, ...others] = traces;
    expect(node).toMatchObject(one.leaves);
    for (const [i, other] of others.entries()) expect(other, Object.keys(LAUNCHERS)[i + 1]!).toEqual(node);
  });
});
