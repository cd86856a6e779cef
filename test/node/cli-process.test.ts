/** The command among other processes: terminals, pipes, signals, and a second command that wants the same file. */

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import type fs from "node:fs";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exitCodeFor, toCommandError } from "../../src/cli/errors.ts";
import { encodeBase64 } from "../../src/formats/base64.ts";
import { parseKeyMaterial } from "../../src/keys/key-material.ts";
import {
  commandPath,
  folderWith,
  kmsWrap,
  kmsWrapJson,
  type Run,
  runProcess,
  temporaryFolder,
} from "../support/cli.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

const onPosix = test.runIf(process.platform !== "win32");

const GENERATE = ["generate", "--key-spec", "ECC_NIST_P256", "--out"];
/** `script` of util-linux gives a process a terminal. */
const hasScript = (() => {
  try {
    return execFileSync("script", ["--version"], { encoding: "utf8" }).includes("util-linux");
  } catch {
    return false;
  }
})();

/** `kms-wrap ...args`, and what a shell is to do with it. */
function shellCommand(args: readonly string[], shell: string): string {
  const words = [process.execPath, commandPath(), ...args].map((part) => `'${part}'`);
  return [...words, shell].join(" ");
}

/** Runs `kms-wrap` with a terminal for stdin, stdout and stderr, where `shell` does not send them elsewhere. */
function inTerminal(args: readonly string[], cwd: string, shell = ""): Promise<Run> {
  const command = shellCommand(args, shell);
  return runProcess("script", ["--quiet", "--return", "--command", command, "/dev/null"], { cwd });
}

/** Options for node that make `before` run in the process just before each call of a function of node:fs. */
function preloading(name: keyof typeof fs, before: string): string[] {
  const preload = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const { ${name} } = fs;
    fs.${name} = (...args) => { ${before}; return ${name}(...args); };
    syncBuiltinESMExports();`;
  return ["--import", `data:text/javascript,${encodeURIComponent(preload)}`];
}

/** Options for node that make `before` run in the process just before it writes a file. */
function beforeWriting(before: string): string[] {
  return preloading("writeFileSync", before);
}

describe.runIf(hasScript)("a terminal", () => {
  test("gets no binary", async () => {
    const { status, stdout } = await inTerminal([...GENERATE, "-"], temporaryFolder());
    expect({ status, stdout: stdout.toString().replaceAll("\r", "") }).toEqual({
      status: 1,
      stdout: `kms-wrap: error: the result is binary and is not written to a terminal
kms-wrap: hint: name a file with --out FILE, or send stdout to a file or a pipe
`,
    });
  });

  test("gets none by its name either", async () => {
    const { status, stdout } = await inTerminal([...GENERATE, "/dev/tty", "--json"], temporaryFolder());
    expect(status).toBe(1);
    expect(JSON.parse(stdout.toString())).toMatchObject({ ok: false, error: { code: "BINARY_TO_TERMINAL" } });
  });

  test.each([["-"], ["-", "--json"], ["/dev/tty"], ["/dev/stdout", "--json"]])(
    "gets text: %s %s",
    async (...out) => {
      const PublicKey = encodeBase64(WRAPPING_KEY_PAIRS.RSA_2048.spki);
      const parameters = JSON.stringify({ KeyId: "mrk-00", PublicKey, ImportToken: "AAAA" });
      const cwd = folderWith({ "key.bin": new Uint8Array(32), "params.json": parameters });
      const args = [
        ...["wrap", "--parameters", "params.json", "--algorithm", "RSAES_OAEP_SHA_256"],
        ...["--key-spec", "SYMMETRIC_DEFAULT", "--in", "key.bin", "--out", ...out],
      ];
      const { status, stdout } = await inTerminal(args, cwd, "2> report");
      expect({ status, shown: JSON.parse(stdout.toString()) }).toMatchObject({
        status: 0,
        shown: { KeyId: "mrk-00", ImportToken: "AAAA" },
      });
    },
  );

  test("gets reports", async () => {
    const { status, stdout } = await inTerminal(
      ["inspect", "key.bin"],
      folderWith({ "key.bin": new Uint8Array(32) }),
    );
    expect({ status, firstLine: stdout.toString().split("\r\n")[0] }).toEqual({
      status: 0,
      firstLine: "key.bin: bytes without a container",
    });
  });
});

describe("a pipe", () => {
  onPosix.each([[[...GENERATE, "-"]], [["inspect", "key.bin", "--json"]]])(
    "that nobody reads any more is an error, not a stack trace: %j",
    async (args) => {
      const cwd = folderWith({ "key.bin": new Uint8Array(32).fill(0xc3) });
      const child = spawn(process.execPath, [commandPath(), ...args], { cwd });
      child.stdout.destroy();
      const said: Buffer[] = [];
      child.stderr.on("data", (chunk) => said.push(chunk));
      const [status] = await once(child, "close");
      expect({ status, stderr: Buffer.concat(said).toString() }).toEqual({
        status: 1,
        stderr: "kms-wrap: error: cannot write to stdout: broken pipe\n",
      });
    },
  );

  onPosix("for stderr that is full, and that nobody reads any more, changes no outcome", async () => {
    const cwd = temporaryFolder();
    const refuse = 'if (args[0] === 2) throw Object.assign(new Error(), { code: "EAGAIN" })';
    const nodeOptions = preloading("writeSync", refuse);
    const child = spawn(process.execPath, [...nodeOptions, commandPath(), ...GENERATE, "key.der"], { cwd });
    child.stderr.destroy();
    const [status] = await once(child, "close");
    expect({ status, files: readdirSync(cwd) }).toEqual({ status: 0, files: ["key.der"] });
  });

  onPosix.each([
    ["/dev/stdout", "| cat", { ok: true }],
    ["/dev/stdout", "--force > key; cat key", { ok: true }],
    ["key", "--force > key; cat key", { ok: true }],
    ["key", "> key; cat key", { ok: false, error: { code: "FILE_EXISTS" } }],
  ])("or a file for stdout has the data alone, also if --out %s names it: %s", async (out, shell, said) => {
    const args = [...GENERATE.with(2, "SYMMETRIC_DEFAULT"), out, "--json"];
    const cwd = temporaryFolder();
    const { stdout, stderr } = await runProcess("sh", ["-c", shellCommand(args, shell)], { cwd });
    expect(stdout).toHaveLength(said.ok ? 32 : 0);
    expect(JSON.parse(stderr)).toMatchObject(said);
  });

  test("for stdin may deliver in pieces", async () => {
    const child = spawn(process.execPath, [commandPath(), "inspect", "-", "--json"]);
    const shown: Buffer[] = [];
    child.stdout.on("data", (chunk) => shown.push(chunk));
    child.stdin.write(new Uint8Array(20));
    setTimeout(() => child.stdin.end(new Uint8Array(12)), 200);
    const [status] = await once(child, "close");
    expect({ status, report: JSON.parse(Buffer.concat(shown).toString()) }).toMatchObject({
      status: 0,
      report: { bytes: 32 },
    });
  });

  test("for stdin that never ends is not read for ever", async () => {
    const { status, report } = await kmsWrapJson(["inspect", "-"], { input: new Uint8Array(2 ** 22) });
    expect({ status, report }).toMatchObject({ status: 1, report: { error: { code: "INPUT_TOO_LARGE" } } });
  });

  test.runIf(existsSync("/dev/zero"))("nor is a device", async () => {
    const { status, report } = await kmsWrapJson(["inspect", "/dev/zero"]);
    expect({ status, report }).toMatchObject({ status: 1, report: { error: { code: "INPUT_TOO_LARGE" } } });
  });
});

describe("signals", () => {
  onPosix.each(["SIGINT", "SIGTERM", "SIGHUP"])(
    "%s while the file is being written waits until it is whole",
    async (signal) => {
      const cwd = temporaryFolder();
      const nodeOptions = beforeWriting(`process.kill(process.pid, "${signal}")`);
      const { status } = await kmsWrap([...GENERATE, "key.der"], { cwd, nodeOptions });
      expect({ status, files: readdirSync(cwd) }).toEqual({ status: 0, files: ["key.der"] });
      expect(parseKeyMaterial(Uint8Array.from(readFileSync(join(cwd, "key.der")))).keySpec).toBe(
        "ECC_NIST_P256",
      );
    },
  );

  onPosix("a killed process leaves no file under the name that was asked for", async () => {
    const cwd = temporaryFolder();
    const partial = `writeFileSync(args[0], args[1].subarray(0, 10), args[2]); process.kill(process.pid, "SIGKILL")`;
    const { status } = await kmsWrap([...GENERATE, "key.der"], { cwd, nodeOptions: beforeWriting(partial) });
    expect({ status, written: existsSync(join(cwd, "key.der")) }).toEqual({ status: null, written: false });
  });

  onPosix("while it waits for its input, it can be interrupted", async () => {
    const cwd = temporaryFolder();
    const child = spawn(process.execPath, [commandPath(), "inspect", "-"], { cwd });
    setTimeout(() => child.kill("SIGINT"), 500);
    const [status, signal] = await once(child, "close");
    expect({ status, signal, files: readdirSync(cwd) }).toEqual({
      status: null,
      signal: "SIGINT",
      files: [],
    });
  });

  onPosix("a failure while writing leaves nothing and is told", async () => {
    const cwd = temporaryFolder();
    const full = `writeFileSync(args[0], "part", args[2]); throw Object.assign(new Error(), { errno: -28 })`;
    const run = await kmsWrap([...GENERATE, "key.der"], { cwd, nodeOptions: beforeWriting(full) });
    expect({ status: run.status, stderr: run.stderr, files: readdirSync(cwd) }).toEqual({
      status: 1,
      stderr: "kms-wrap: error: cannot write key.der: no space left on device\n",
      files: [],
    });
  });
});

test("of several commands that write one file, one wins", async () => {
  const cwd = temporaryFolder();
  const runs = await Promise.all(
    Array.from({ length: 6 }, () => kmsWrapJson([...GENERATE, "key.der"], { cwd })),
  );
  const winners = runs.filter(({ status }) => status === 0);
  expect(winners.length).toBe(1);
  for (const { status, report } of runs)
    if (status !== 0)
      expect({ status, report }).toMatchObject({ status: 1, report: { error: { code: "FILE_EXISTS" } } });
  const { publicKeyFingerprint } = parseKeyMaterial(Uint8Array.from(readFileSync(join(cwd, "key.der"))));
  expect(winners[0]!.report["keyMaterial"]).toMatchObject({ publicKeyFingerprint });
  expect(readdirSync(cwd)).toEqual(["key.der"]);
});

test("a bug is told by its place, without what its message may hold", () => {
  const error = toCommandError(new TypeError("cannot read 00ff of undefined"));
  expect(error.code).toBe("INTERNAL_ERROR");
  expect(error.message).toMatch(/^TypeError at .*cli-process\.test\.ts/);
  expect(error.hint).toContain("please report");
  expect(`${error.message}${error.hint}`).not.toContain("00ff");
  expect(exitCodeFor(error)).toBe(1);
});

test("whatever was thrown", () => {
  expect(toCommandError("text").message).toBe("string at an unknown place");
});
