/** The installed command at work, by each launcher: whole jobs, whose outcome something else judges. */

import { type ChildProcess, spawn } from "node:child_process";
import { constants, privateDecrypt } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { type Run, runProcess } from "../support/cli.ts";
import { opensslUnwrap } from "../support/openssl-wrapping.ts";
import { LAUNCHER_ENV, LAUNCHERS, READ, READ_AND_WRITE } from "./launchers.ts";

const project = inject("project");

function folder(): string {
  const made = mkdtempSync(join(project, "job-"));
  for (const name of readdirSync(project).filter((file) => /\.(bin|der|pem)$/.test(file)))
    cpSync(join(project, name), join(made, name));
  return made;
}

function bytesOf(cwd: string, name: string): Buffer {
  return readFileSync(join(cwd, name));
}

/** What the service answers to one call of its API. */
async function call(endpoint: string, operation: string, body: object): Promise<Record<string, unknown>> {
  const headers = {
    "x-amz-target": `TrentService.${operation}`,
    "content-type": "application/x-amz-json-1.1",
  };
  const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return text ? JSON.parse(text) : {};
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout!) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  return text.split("\n")[0]!;
}

/** As Ctrl-C in a terminal does: the whole group, for some launchers stand between. @returns the exit status */
async function interrupt(child: ChildProcess): Promise<unknown> {
  const ended = once(child, "close");
  process.kill(-child.pid!, "SIGINT");
  return (await ended)[0];
}

describe.each(Object.entries(LAUNCHERS))("command at work, by %s", (name, commandLine) => {
  function run(cwd: string, permissions: readonly string[], ...args: readonly string[]): Promise<Run> {
    const [program, ...options] = [...commandLine(permissions), ...args];
    return runProcess(program!, options, { cwd, env: LAUNCHER_ENV });
  }

  async function done(
    cwd: string,
    permissions: readonly string[],
    ...args: readonly string[]
  ): Promise<string> {
    const { status, stdout, stderr } = await run(cwd, permissions, ...args);
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.not.stringContaining("error") });
    return stdout.toString();
  }

  test("wraps what node:crypto and OpenSSL open, and unwraps it", async () => {
    const cwd = folder();
    const oaep = ["--algorithm", "RSAES_OAEP_SHA_256"];
    const outputs = ["--in", "material.bin", "--out"];
    await done(
      cwd,
      READ_AND_WRITE,
      "wrap",
      "--public-key",
      "rsa2048-public.der",
      ...oaep,
      ...outputs,
      "oaep.bin",
    );
    await done(
      cwd,
      READ_AND_WRITE,
      "wrap",
      "--public-key",
      "sm2-public.der",
      "--algorithm",
      "SM2PKE",
      ...outputs,
      "sm2.bin",
    );
    const unwrap = ["unwrap", "--private-key", "rsa2048-private.der", ...oaep];
    await done(cwd, READ_AND_WRITE, ...unwrap, "--in", "oaep.bin", "--out", "key.bin");

    const material = bytesOf(cwd, "material.bin");
    const key = { key: bytesOf(cwd, "rsa2048-private.der"), format: "der", type: "pkcs8" } as const;
    const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };
    expect(privateDecrypt({ ...key, ...padding }, bytesOf(cwd, "oaep.bin"))).toEqual(material);
    const opened = await opensslUnwrap("SM2PKE", bytesOf(cwd, "sm2-private.der"), bytesOf(cwd, "sm2.bin"), 0);
    expect(Buffer.from(opened)).toEqual(material);
    expect(bytesOf(cwd, "key.bin")).toEqual(material);
    expect(statSync(join(cwd, "key.bin")).mode & 0o777).toBe(0o600);
  });

  test("rehearses an import until it is interrupted", async () => {
    const cwd = folder();
    const [program, ...options] = [...commandLine(["--allow-net=127.0.0.1"]), "rehearse"];
    const child = spawn(program!, options, { cwd, env: LAUNCHER_ENV, detached: true });
    const endpoint = await firstLine(child);
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);

    const wrapping = { WrappingAlgorithm: "RSA_AES_KEY_WRAP_SHA_256", WrappingKeySpec: "RSA_2048" };
    const spec = { KeySpec: "ECC_NIST_P384", KeyUsage: "SIGN_VERIFY", Origin: "EXTERNAL" };
    const { KeyMetadata } = await call(endpoint, "CreateKey", spec);
    const { KeyId } = KeyMetadata as { KeyId: string };
    const parameters = await call(endpoint, "GetParametersForImport", { KeyId, ...wrapping });
    writeFileSync(join(cwd, "params.json"), JSON.stringify(parameters));
    const rules = ["--algorithm", wrapping.WrappingAlgorithm, "--key-spec", spec.KeySpec];
    const files = ["--parameters", "params.json", "--in", "p384.pem", "--out", "import.json"];
    await done(cwd, READ_AND_WRITE, "wrap", ...rules, ...files);
    await call(endpoint, "ImportKeyMaterial", JSON.parse(bytesOf(cwd, "import.json").toString()));
    const described = await call(endpoint, "DescribeKey", { KeyId });
    expect(described).toMatchObject({ KeyMetadata: { KeyState: "Enabled" } });

    // npm dies of the signal itself, Bun at times; that the command behind it ended as well, the endpoint shows.
    const statuses = { npx: [null], bunx: [null, 0] }[name] ?? [0];
    expect(statuses).toContain(await interrupt(child));
    await expect(fetch(endpoint)).rejects.toThrow();
  });

  // The executable is bunx's Bun.
  test.runIf(name !== "executable")("times wraps on its own engine", async () => {
    const report = JSON.parse(await done(folder(), [], "bench", "--json"));
    const runtime = { npx: "Node", "deno run": "Deno" }[name] ?? "Bun";
    expect(report).toMatchObject({
      ok: true,
      engine: { name: "wasm" },
      runtime: expect.stringContaining(runtime),
    });
    expect(report.timings.length).toBe(12);
    for (const { microseconds } of report.timings)
      expect(microseconds).toEqual({ wasm: expect.any(Number), portable: expect.any(Number) });
  });
});

describe("command under Deno without a permission", () => {
  test.each([
    ["to read", [], ["inspect", "material.bin"], "cannot read material.bin"],
    ["to write", READ, ["generate", "--key-spec", "HMAC_256", "--out", "key.bin"], "cannot write key.bin"],
    [
      "to read back",
      ["--allow-write=."],
      ["generate", "--key-spec", "HMAC_256", "--out", "key.bin"],
      "cannot write key.bin",
    ],
    [
      "to rename",
      ["--allow-write=.", "--allow-read=key.bin"],
      ["generate", "--key-spec", "HMAC_256", "--out", "key.bin"],
      "cannot write key.bin",
    ],
    ["to listen", READ, ["rehearse"], "cannot listen to 127.0.0.1:0"],
  ])("%s: says so and leaves nothing", async (_what, permissions, args, message) => {
    const cwd = folder();
    const before = readdirSync(cwd);
    const [program, ...options] = [...LAUNCHERS["deno run"]!(permissions), ...args];
    const { status, stdout, stderr } = await runProcess(program!, options, { cwd, env: LAUNCHER_ENV });
    expect({ status, stdout: stdout.toString(), first: stderr.split("\n")[0] }).toEqual({
      status: 1,
      stdout: "",
      first: `kms-wrap: error: ${message}: this runtime was not given the permission`,
    });
    expect(readdirSync(cwd)).toEqual(before);
  });
});
