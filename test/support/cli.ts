/** Runs the real command, `kms-wrap`, in a process of its own, bundled from the sources as they are now. */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { buildCommand } from "../../scripts/build-command.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CACHE = join(ROOT, "node_modules/.cache/kms-wrap-command");

/** What a process left behind. */
export interface Run {
  /** The exit code; null if a signal ended it. */
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The same where stdout holds one JSON object. */
export interface JsonRun {
  readonly status: number | null;
  readonly report: Record<string, unknown>;
  readonly stderr: string;
}

/** How to run it. */
export interface RunOptions {
  readonly cwd?: string;
  /** What it reads from stdin; nothing if absent. */
  readonly input?: Uint8Array | string;
  /** In place of this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Options for node itself. */
  readonly nodeOptions?: readonly string[];
}

let command: string | undefined;

/** The path of the command, bundled from the sources as they are now, once for each worker. */
export function commandPath(): string {
  if (command === undefined) {
    command = join(CACHE, `${process.pid}.cjs`);
    buildCommand(command);
    process.once("exit", () => rmSync(command!, { force: true }));
  }
  return command;
}

/** Runs `kms-wrap ...args`. */
export function kmsWrap(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return runProcess(process.execPath, [...(options.nodeOptions ?? []), commandPath(), ...args], options);
}

/** Runs any program to its end. */
export function runProcess(program: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = spawn(program, args, { cwd: options.cwd, env: options.env });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk) => stdout.push(chunk));
  child.stderr.on("data", (chunk) => stderr.push(chunk));
  child.stdin.on("error", () => undefined); // a process may end without reading
  child.stdin.end(options.input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) =>
      resolve({ status, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

/** A fresh folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A fresh folder with the given files, contents by name. Goes when the test ends. */
export function folderWith(files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** What a run says to machines. */
export async function kmsWrapJson(args: readonly string[], options: RunOptions = {}): Promise<JsonRun> {
  const { status, stdout, stderr } = await kmsWrap([...args, "--json"], options);
  return { status, stderr, report: JSON.parse(stdout.toString()) };
}
