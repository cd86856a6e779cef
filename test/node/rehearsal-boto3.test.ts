/** The import with boto3: parameters dumped by a snippet, wrapped by the command, imported by another snippet. */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { commandPath, folderWith, runProcess } from "../support/cli.ts";
import { IMPORT_CASES, IMPORT_ERRORS } from "../support/import-cases.ts";
import { useRehearsal } from "../support/rehearsal.ts";

const suite = useRehearsal();
const script = fileURLToPath(new URL("../support/boto3_import.py", import.meta.url));

/** A Python that has boto3: Debian's, or the one in the path. */
const python = ["/usr/bin/python3", "python3"].find((program) => {
  try {
    execFileSync(program, ["-c", "import boto3"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});
if (python === undefined) console.warn("there is no boto3 (Debian: python3-boto3): tests with it do not run");

test.runIf(python !== undefined)(
  "every key spec and every algorithm, and every error by its name",
  async () => {
    const materials = IMPORT_CASES.map(({ material }, i) => [`material-${i}`, material.bytes] as const);
    for (const name of IMPORT_ERRORS) suite.rehearsal.failNext(name, "ListKeys");
    const job = {
      endpoint: suite.endpoint,
      kmsWrap: [process.execPath, commandPath()],
      cases: IMPORT_CASES.map(({ material, algorithm, wrappingKeySpec, region }, i) => ({
        region,
        keySpec: material.keySpec,
        keyUsage: material.keyUsage,
        algorithm,
        wrappingKeySpec,
        material: materials[i]![0],
      })),
      failures: IMPORT_ERRORS,
    };
    const { status, stdout, stderr } = await runProcess(python!, [script], {
      cwd: folderWith(Object.fromEntries(materials)),
      input: JSON.stringify(job),
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const { imported, failures } = JSON.parse(stdout.toString());
    expect(imported).toHaveLength(IMPORT_CASES.length);
    for (const [i, { material, region }] of IMPORT_CASES.entries())
      await material.prove(suite.client(region), imported[i]);
    // What botocore's service model does not name is a plain ClientError with the same code.
    const unnamed = ["ValidationException"];
    expect(failures).toEqual(
      IMPORT_ERRORS.map((name) => [name, unnamed.includes(name) ? "ClientError" : name]),
    );
  },
);
