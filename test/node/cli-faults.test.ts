/**
 * The command when its surroundings fail: killed at whatever moment, a disk or folder that takes nothing, other
 * commands that write the same file, randomness that is none. No half of a file, nothing lost, nothing told.
 */

import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { portableEngine } from "../../src/engine/portable/engine.ts";
import { keyTypeFor, WRAPPING_ALGORITHMS } from "../../src/schemes/algorithms.ts";
import { wrapWith } from "../../src/wrap.ts";
import {
  commandPath,
  folderWith,
  kmsWrap,
  kmsWrapJson,
  runProcess,
  temporaryFolder,
} from "../support/cli.ts";
import { signalAtCall } from "../support/cli-kills.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

const onPosix = describe.runIf(process.platform !== "win32");
const GENERATE = ["generate", "--key-spec", "HMAC_512", "--out", "key.bin"];
const KEY_BYTES = 64;
const OLD = Buffer.from("the old key, which is the only copy");
/** What a killed command may leave: its owner's alone, under a name that tells whose it is. */
const LEFT_BEHIND = /^\.kms-wrap-[0-9a-f]{32}\.(tmp|old)$/;

const SET = ["ImportToken.bin", "EncryptedKeyMaterial.bin", "import.json"];
const PARAMETERS = JSON.stringify({
  KeyId: "1234abcd-12ab-34cd-56ef-1234567890ab",
  PublicKey: Buffer.from(WRAPPING_KEY_PAIRS.RSA_2048.spki).toString("base64"),
  ImportToken: Buffer.alloc(30, 7).toString("base64"),
});
const IMPORT = [
  ...[
    "wrap",
    "--parameters",
    "parameters.json",
    "--algorithm",
    "RSAES_OAEP_SHA_256",
    "--key-spec",
    "HMAC_256",
  ],
  ...["--in", "material.bin", "--fileb", "--out", "import.json"],
];
const INPUTS = { "parameters.json": PARAMETERS, "material.bin": new Uint8Array(32).fill(0xc3) };

/** Each file that is there of those which the command writes, as "old" or "whole"; what else it left, as a list. */
function stateOf(folder: string, isWhole: (name: string, content: Buffer) => boolean) {
  const names = readdirSync(folder).filter((name) => !Object.hasOwn(INPUTS, name));
  const states = names
    .filter((name) => !LEFT_BEHIND.test(name))
    .map((name) => {
      const content = readFileSync(join(folder, name));
      return [name, content.equals(OLD) ? "old" : isWhole(name, content) ? "whole" : "BROKEN"];
    });
  return { files: Object.fromEntries(states), left: names.filter((name) => LEFT_BEHIND.test(name)) };
}

const isWholeKey = (_name: string, content: Buffer) => content.length === KEY_BYTES;
const isWholePart = (name: string, { length }: Buffer) =>
  name === "import.json" ? length > 500 : length === (name === "ImportToken.bin" ? 30 : 256);

onPosix("killed before, or in the midst of, any call that writes", () => {
  test.each([
    ["", []],
    [", with --force", ["--force"]],
  ])("a new file is there whole or not at all%s", async (_how, force) => {
    for (let call = 0, done = false; !done; call++) {
      const cwd = temporaryFolder();
      const run = await kmsWrap([...GENERATE, ...force], { cwd, nodeOptions: signalAtCall(call, "SIGKILL") });
      done = run.status === 0;
      const { files, left } = stateOf(cwd, isWholeKey);
      expect(["{}", '{"key.bin":"whole"}']).toContain(JSON.stringify(files));
      if (done) expect({ files, left }).toEqual({ files: { "key.bin": "whole" }, left: [] });
      for (const name of left) expect(statSync(join(cwd, name)).mode & 0o777).toBe(0o600);
      expect(call).toBeLessThan(20);
    }
  });

  test("a file that is replaced is the old one or the new one", async () => {
    const seen = new Set<string>();
    for (let call = 0, done = false; !done; call++) {
      const cwd = folderWith({ "key.bin": OLD });
      const options = { cwd, nodeOptions: signalAtCall(call, "SIGKILL") };
      done = (await kmsWrap([...GENERATE, "--force"], options)).status === 0;
      const { files } = stateOf(cwd, isWholeKey);
      seen.add(JSON.stringify(files));
      expect(call).toBeLessThan(20);
    }
    expect([...seen].sort()).toEqual(['{"key.bin":"old"}', '{"key.bin":"whole"}']);
  });

  test("of files that belong together, each is the old one or the new one", async () => {
    for (let call = 0, done = false; !done; call++) {
      const cwd = folderWith({ ...INPUTS, ...Object.fromEntries(SET.map((name) => [name, OLD])) });
      const options = { cwd, nodeOptions: signalAtCall(call, "SIGKILL") };
      done = (await kmsWrap([...IMPORT, "--force"], options)).status === 0;
      const { files, left } = stateOf(cwd, isWholePart);
      expect(Object.keys(files).sort()).toEqual([...SET].sort());
      expect(Object.values(files)).not.toContain("BROKEN");
      if (done)
        expect({ files: new Set(Object.values(files)), left }).toEqual({
          files: new Set(["whole"]),
          left: [],
        });
      expect(call).toBeLessThan(40);
    }
  }, 120_000);

  test.each(["SIGINT", "SIGTERM"] as const)("%s leaves nothing but whole files behind", async (signal) => {
    for (let call = 0, made = false; call < 20; call++) {
      const cwd = folderWith({ "key.bin": OLD });
      const { status } = await kmsWrap([...GENERATE, "--force"], {
        cwd,
        nodeOptions: signalAtCall(call, signal),
      });
      const { files, left } = stateOf(cwd, isWholeKey);
      expect(left).toEqual([]);
      expect(files).toEqual({ "key.bin": status === 0 ? "whole" : "old" });
      if (made && status === 0) break;
      made = status === 0;
    }
  });
});

onPosix("what takes no file", () => {
  const refused = (reason: string) => ({
    status: 1,
    stderr: `kms-wrap: error: cannot write key.bin: ${reason}\n`,
  });

  test("a disk that is full, where the old file stays", async () => {
    const cwd = folderWith({ "key.bin": OLD });
    // A limit of no blocks: what a full disk says to write, this does, to any file.
    const script = `ulimit -f 0; trap "" XFSZ; exec "$0" "$@"`;
    const command = [process.execPath, commandPath(), ...GENERATE, "--force"];
    const { status, stderr } = await runProcess("bash", ["-c", script, ...command], { cwd });
    expect({ status, stderr }).toEqual(refused("file too large"));
    expect(stateOf(cwd, isWholeKey)).toEqual({ files: { "key.bin": "old" }, left: [] });
  });

  const isRoot = process.getuid?.() === 0;
  test("a folder that may not be written to", async () => {
    // Root may write to any folder but to those which the kernel makes.
    const cwd = isRoot ? "/sys/kernel" : temporaryFolder();
    if (!isRoot) chmodSync(cwd, 0o555);
    const { status, stderr } = await kmsWrap(GENERATE, { cwd });
    expect({ status, stderr }).toEqual(refused("permission denied"));
    expect(existsSync(join(cwd, "key.bin"))).toBe(false);
  });

  test("a file that may not be written to is left alone, and replaced on request", async () => {
    const cwd = folderWith({ "key.bin": OLD });
    chmodSync(join(cwd, "key.bin"), 0o400);
    expect((await kmsWrap(GENERATE, { cwd })).status).toBe(1);
    expect(stateOf(cwd, isWholeKey).files).toEqual({ "key.bin": "old" });
    expect((await kmsWrap([...GENERATE, "--force"], { cwd })).status).toBe(0);
    expect(stateOf(cwd, isWholeKey)).toEqual({ files: { "key.bin": "whole" }, left: [] });
  });
});

test("of several commands that replace one file, each does, whole", async () => {
  const cwd = folderWith({ "key.bin": OLD });
  const runs = await Promise.all(
    Array.from({ length: 6 }, () => kmsWrapJson([...GENERATE, "--force"], { cwd })),
  );
  expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 0));
  expect(stateOf(cwd, isWholeKey)).toEqual({ files: { "key.bin": "whole" }, left: [] });
});

describe("randomness that is none: nothing is written", () => {
  /** What stands in the place of crypto.getRandomValues; Node's own cannot be replaced but before all else. */
  const BROKEN = [
    ["absent", "undefined", "RANDOM_UNAVAILABLE"],
    ["throwing", "() => { throw new Error(); }", "RANDOM_UNAVAILABLE"],
    ["all zeros", "(bytes) => bytes.fill(0)", "RANDOM_BROKEN"],
    ["the same again", "(bytes) => bytes.fill(7)", "RANDOM_BROKEN"],
    [
      "too little",
      "(bytes) => { bytes.subarray(0, bytes.length / 2).fill(++calls); return bytes; }",
      "RANDOM_BROKEN",
    ],
  ] as const;

  const withRandom = (getRandomValues: string): string[] => {
    const preload = `let calls = 0; Object.defineProperty(globalThis.crypto, "getRandomValues", { value: ${getRandomValues} });`;
    return ["--import", `data:text/javascript,${encodeURIComponent(preload)}`];
  };

  test.each(BROKEN)("%s", async (_how, getRandomValues, code) => {
    const nodeOptions = withRandom(getRandomValues);
    const material = new Uint8Array(32).fill(0xc5);
    const runs = WRAPPING_ALGORITHMS.map(async (algorithm) => {
      const { spki, pkcs8 } = WRAPPING_KEY_PAIRS[keyTypeFor(algorithm) === "RSA" ? "RSA_2048" : "SM2"];
      const wrapped = wrapWith(portableEngine, { algorithm, publicKey: spki, keyMaterial: material });
      const inputs = { spki, pkcs8, material, wrapped };
      const cwd = folderWith(inputs);
      const args = ["--algorithm", algorithm, "--out", "out.bin"];
      const all = [
        await kmsWrapJson(["wrap", "--public-key", "spki", "--in", "material", ...args], {
          cwd,
          nodeOptions,
        }),
        await kmsWrapJson(["unwrap", "--private-key", "pkcs8", "--in", "wrapped", ...args], {
          cwd,
          nodeOptions,
        }),
      ];
      expect(readdirSync(cwd).sort()).toEqual(Object.keys(inputs).sort());
      for (const { status, report } of all)
        expect({ status, report }).toMatchObject({ status: 1, report: { error: { code } } });
    });
    await Promise.all(runs);
    const cwd = temporaryFolder();
    const { status, report } = await kmsWrapJson(GENERATE, { cwd, nodeOptions });
    expect({ status, report, files: readdirSync(cwd) }).toMatchObject({
      status: 1,
      report: { error: { code } },
      files: [],
    });
  });
});
