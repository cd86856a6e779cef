/** The import with the AWS CLI, version 2: three commands, of which the last is the one that `kms-wrap wrap` prints. */

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { folderWith, kmsWrapJson, type Run, runProcess } from "../support/cli.ts";
import { IMPORT_CASES, IMPORT_ERRORS, type ImportCase } from "../support/import-cases.ts";
import { useRehearsal } from "../support/rehearsal.ts";

const suite = useRehearsal();
const TIMEOUT = 300_000;

for (const [name, value] of Object.entries({
  AWS_ACCESS_KEY_ID: "rehearsal",
  AWS_SECRET_ACCESS_KEY: "rehearsal",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_MAX_ATTEMPTS: "1",
  AWS_PAGER: "",
}))
  vi.stubEnv(name, value);

/** Version 2 of the AWS CLI: Debian's, or the one in the path. */
const aws = ["/usr/bin/aws", "aws"].find((program) => {
  try {
    return execFileSync(program, ["--version"], { encoding: "utf8" }).startsWith("aws-cli/2.");
  } catch {
    return false;
  }
});
if (aws === undefined) console.warn("there is no AWS CLI 2 (Debian: awscli): tests with it do not run");

/** `aws kms …` */
function awsKms(region: string, args: readonly string[], cwd?: string): Promise<Run> {
  const options = cwd === undefined ? {} : { cwd };
  return runProcess(aws!, ["kms", ...args, "--region", region, "--endpoint-url", suite.endpoint], options);
}

/** The same, done and parsed. */
async function done(run: Promise<Run>): Promise<{ readonly [name: string]: never }> {
  const { status, stdout, stderr } = await run;
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout.toString() || "{}"); // ImportKeyMaterial answered nothing until 2025
}

async function importBy(
  { material, algorithm, wrappingKeySpec, region }: ImportCase,
  cwd: string,
  key: string,
) {
  const { keySpec, keyUsage } = material;
  const create = ["create-key", "--origin", "EXTERNAL", "--key-spec", keySpec, "--key-usage", keyUsage];
  const { KeyId } = (await done(awsKms(region, create)))["KeyMetadata"]!;

  const wrapping = ["--wrapping-algorithm", algorithm, "--wrapping-key-spec", wrappingKeySpec];
  const parameters = await awsKms(region, ["get-parameters-for-import", "--key-id", KeyId, ...wrapping]);
  writeFileSync(join(cwd, `${key}.params.json`), parameters.stdout);

  const options = [
    "--algorithm",
    algorithm,
    "--key-spec",
    keySpec,
    "--in",
    key,
    "--out",
    `${key}.import.json`,
  ];
  const { report } = await kmsWrapJson(["wrap", "--parameters", `${key}.params.json`, ...options], { cwd });
  expect(report).toMatchObject({ ok: true, region, keySpec });

  const [program, service, ...next] = String(report["nextCommand"]).split(" ");
  expect([program, service, ...next.slice(-2)]).toEqual(["aws", "kms", "--region", region]);
  await done(awsKms(region, next.slice(0, -2), cwd));
  await material.prove(suite.client(region), KeyId);
}

/** A few at a time: the CLI takes most of a second of computing before it says a word. */
test.runIf(aws !== undefined)(
  "AWS CLI: every key spec and every algorithm",
  async () => {
    const cwd = folderWith(
      Object.fromEntries(IMPORT_CASES.map(({ material }, i) => [`${i}.bin`, material.bytes])),
    );
    const waiting = [...IMPORT_CASES.entries()];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [i, one] = next;
        await importBy(one, cwd, `${i}.bin`).catch((cause: unknown) => {
          throw new Error(`${one.material.keySpec} by ${one.algorithm} under ${one.wrappingKeySpec}`, {
            cause,
          });
        });
      }
    };
    await Promise.all([work(), work(), work()]);
  },
  TIMEOUT,
);

test.runIf(aws !== undefined)(
  "AWS CLI: an import that expires, in one file and with a file for each blob",
  async () => {
    const { material, region } = IMPORT_CASES[0]!;
    const cwd = folderWith({ "key.bin": material.bytes });
    const { Arn } = (await done(awsKms(region, ["create-key", "--origin", "EXTERNAL"])))["KeyMetadata"]!;
    const wrapping = ["--wrapping-algorithm", "RSAES_OAEP_SHA_256", "--wrapping-key-spec", "RSA_3072"];
    const parameters = await awsKms(region, ["get-parameters-for-import", "--key-id", Arn, ...wrapping]);
    writeFileSync(join(cwd, "params.json"), parameters.stdout);
    const validTo = new Date(Math.floor(Date.now() / 1000) * 1000 + 3_600_000).toISOString();
    const options =
      "--algorithm RSAES_OAEP_SHA_256 --key-spec SYMMETRIC_DEFAULT --in key.bin --out import.json --force";
    const wrap = ["wrap", "--parameters", "params.json", ...options.split(" "), "--valid-to", validTo];
    for (const [form, blob] of [
      [[], "base64"],
      [["--fileb"], "fileb://ImportToken.bin"],
    ] as const) {
      const { report } = await kmsWrapJson([...wrap, ...form], { cwd });
      const [, , ...next] = String(report["nextCommand"]).split(" ");
      expect(next).toContain(blob);
      await done(awsKms(region, next.slice(0, -2), cwd));
    }
    const described = await done(awsKms(region, ["describe-key", "--key-id", Arn]));
    const { ExpirationModel, ValidTo } = described["KeyMetadata"]!;
    expect(ExpirationModel).toBe("KEY_MATERIAL_EXPIRES");
    expect(new Date(ValidTo).toISOString()).toBe(validTo);
  },
);

test.runIf(aws !== undefined)("AWS CLI: every error by its name", async () => {
  const runs = IMPORT_ERRORS.map((name) => {
    suite.rehearsal.failNext(name, "ListKeys");
    return awsKms("eu-central-1", ["list-keys"]);
  });
  const names = (await Promise.all(runs)).map(({ status, stderr }) => {
    expect(status).toBe(254);
    return /^An error occurred \((\w+)\) when calling the ListKeys operation/m.exec(stderr)?.[1];
  });
  expect(names.sort()).toEqual([...IMPORT_ERRORS].sort());
});
