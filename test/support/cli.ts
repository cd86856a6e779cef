/** Runs the real command, `kms-wrap`, in a process of its own, compiled from the sources as they are now. */

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** In node_modules, so that the compiled command finds its dependencies. */
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
  /** Options for node itself. */
  readonly nodeOptions?: readonly string[];
}

let compiled: string | undefined;

/** The path of the compiled command. Compiles at most once per state of the sources, whoever asks. */
export function commandPath(): string {
  compiled ??= compile();
  return join(compiled, "dist/cli/main.js");
}

/** Runs `kms-wrap ...args`. */
export function kmsWrap(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return runProcess(process.execPath, [...(options.nodeOptions ?? []), commandPath(), ...args], options);
}

/** Runs any program to its end. */
export function runProcess(program: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = spawn(program, args, { cwd: options.cwd });
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

/** Under a name that is the digest of what is compiled, so that what is there already is as good as new. */
function compile(): string {
  const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join("src", file));
  const digest = createHash("sha256");
  for (const file of [...sources.sort(), "package.json", "tsconfig.json", "tsconfig.build.json"])
    digest
      .update(file)
      .update("\0")
      .update(readFileSync(join(ROOT, file)));
  const folder = join(CACHE, digest.digest("hex").slice(0, 16));
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(join(CACHE, "draft-"));
  const options = ["-p", "tsconfig.build.json", "--outDir", join(draft, "dist")];
  // Type errors are `npm run check`'s to report: tsc writes its output all the same.
  const { stdout } = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", ...options], {
    cwd: ROOT,
  });
  if (!existsSync(join(draft, "dist/cli/main.js"))) throw new Error(`tsc compiled nothing: ${stdout}`);
  copyFileSync(join(ROOT, "package.json"), join(draft, "package.json"));
  return publish(draft, folder);
}

/** Several workers may compile at once: the first to finish is used by all. */
function publish(draft: string, folder: string): string {
  try {
    renameSync(draft, folder);
  } catch {
    rmSync(draft, { recursive: true });
  }
  for (const name of readdirSync(CACHE))
    if (!name.startsWith("draft-") && join(CACHE, name) !== folder)
      rmSync(join(CACHE, name), { recursive: true, force: true });
  return folder;
}
