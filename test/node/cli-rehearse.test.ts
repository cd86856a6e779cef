/** `kms-wrap rehearse` as a process: what it says, serves and refuses, and how it ends. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { CreateKeyCommand, ListKeysCommand } from "@aws-sdk/client-kms";
import { describe, expect, onTestFinished, test } from "vitest";
import { commandPath, kmsWrap } from "../support/cli.ts";
import { createKey, getParameters, importBytes, serviceError } from "../support/import-steps.ts";
import { materialFor } from "../support/imported-material.ts";
import { makeClient } from "../support/rehearsal.ts";

interface Started {
  readonly process: ChildProcess;
  /** All of stdout up to the line with the endpoint. */
  readonly stdout: string;
  stderr(): string;
}

/** Starts the command and waits until it has told its endpoint. */
async function start(...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, [commandPath(), "rehearse", ...args]);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let [stdout, stderr] = ["", ""];
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  for await (const chunk of child.stdout) {
    stdout += chunk;
    if (/http:\/\/[^\s"]+\s/.test(stdout.replaceAll('"', " "))) break;
  }
  return { process: child, stdout, stderr: () => stderr };
}

async function end({ process: child }: Started, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, "exit");
  child.kill(signal);
  return (await exited)[0];
}

test("tells its endpoint on stdout and the rest on stderr, serves, and ends by a signal", async () => {
  const started = await start();
  expect(started.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
  expect(started.stderr()).toMatch(/kms-wrap: this is a rehearsal and no KMS/);
  const kms = makeClient(started.stdout.trim());
  const KeyId = await createKey(kms);
  await importBytes(kms, KeyId, materialFor("SYMMETRIC_DEFAULT").bytes);
  await materialFor("SYMMETRIC_DEFAULT").prove(kms, KeyId);
  expect(await end(started, "SIGTERM")).toBe(0);
  await expect(kms.send(new ListKeysCommand({}))).rejects.toThrow(/ECONNREFUSED/);
});

test("tells machines in JSON, and SIGINT ends it too", async () => {
  const started = await start("--json");
  const report = JSON.parse(started.stdout);
  expect(report).toMatchObject({ ok: true, command: "rehearse", endpoint: expect.stringMatching(/^http:/) });
  expect(started.stderr()).toBe("");
  expect(await end(started, "SIGINT")).toBe(0);
});

test("a region, errors to come, a clock", async () => {
  const started = await start(
    ...["--region", "cn-north-1", "--clock", "2030-01-31T12:00:00Z"],
    ...["--fail-next", "ThrottlingException:CreateKey,KMSInternalException"],
  );
  const kms = makeClient(started.stdout.trim());
  expect(await serviceError(kms.send(new ListKeysCommand({})))).toBe("KMSInternalException");
  expect(await serviceError(kms.send(new ListKeysCommand({})))).toBeUndefined();
  expect(await serviceError(kms.send(new CreateKeyCommand({})))).toBe("ThrottlingException");
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Origin: "EXTERNAL" }));
  expect(KeyMetadata!.Arn).toMatch(/^arn:aws-cn:kms:cn-north-1:/);
  expect(KeyMetadata!.CreationDate!.toISOString()).toMatch(/^2030-01-31T12:0/);
});

test("a clock that runs: tokens expire while one waits", async () => {
  const started = await start("--clock-speed", "864000");
  const kms = makeClient(started.stdout.trim());
  const KeyId = await createKey(kms);
  const { ImportToken } = await getParameters(kms, KeyId);
  await new Promise((resolve) => setTimeout(resolve, 150));
  const EncryptedKeyMaterial = new Uint8Array(256);
  expect(
    await serviceError(
      importBytes(kms, KeyId, materialFor("SYMMETRIC_DEFAULT").bytes, { ImportToken, EncryptedKeyMaterial }),
    ),
  ).toBe("ExpiredImportTokenException");
});

describe("refuses", () => {
  const PORTS =
    "--port takes a whole number up to 65535\nkms-wrap: hint: kms-wrap rehearse --help says what it takes\n";

  test.each([
    ["a port that is none", ["--port", "http"], 2, PORTS],
    ["a port beyond", ["--port", "65536"], 2, PORTS],
    ["a region that is none", ["--region", "Beijing"], 2, "region"],
    ["an error that is none", ["--fail-next", "Oops"], 2, "--fail-next takes an error's name"],
    ["an operation that is none", ["--fail-next", "NotFoundException:Nothing"], 2, "an operation's name"],
    ["too many colons", ["--fail-next", "NotFoundException:CreateKey:2"], 2, "ERROR or ERROR:OPERATION"],
    ["a time that is none", ["--clock", "noon"], 2, "--clock is neither"],
    [
      "a speed that is none",
      ["--clock-speed", "fast"],
      2,
      "--clock-speed takes a whole number up to 999999999",
    ],
    ["a host", ["--host", "0.0.0.0"], 2, "Unknown option '--host'"],
  ])("%s", async (_, args, exitCode, message) => {
    const { status, stdout, stderr } = await kmsWrap(["rehearse", ...args]);
    expect({ status, stdout: stdout.toString() }).toEqual({ status: exitCode, stdout: "" });
    expect(stderr).toContain(message);
  });

  test("a port that is taken", async () => {
    const { stdout } = await start();
    const { status, stderr } = await kmsWrap(["rehearse", "--port", new URL(stdout.trim()).port]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/error: cannot listen to port \d+: address already in use/);
  });
});
