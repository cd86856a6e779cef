/** Runs the README's imports as they stand there, with the AWS CLI, the SDK and boto3, against the rehearsal. */

import { execFileSync, spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { EXAMPLES, readersFolder, writeProgram } from "../support/readme.ts";

const folder = readersFolder();
afterAll(() => rmSync(folder, { recursive: true }));

const CREDENTIALS = `{ accessKeyId: "any", secretAccessKey: "any" }`;
const SDK = `import { CreateKeyCommand, DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";`;

/** The examples that this test runs. */
function example(language: string, containing: string): string {
  const found = EXAMPLES.filter((e) => e.language === language && e.code.includes(containing));
  expect(found.map(({ note }) => note)).toEqual([expect.stringContaining("readme-import.test.ts")]);
  return found[0]!.code;
}

function programWith(check: string[], programs: readonly string[]): string | undefined {
  return programs.find((program) => spawnSync(program, check, { stdio: "ignore" }).status === 0);
}

function run(program: string, args: readonly string[]): string {
  const env = {
    ...process.env,
    PATH: `${folder}${delimiter}${process.env["PATH"]}`,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  return execFileSync(program, args, { cwd: folder, encoding: "utf8", env, timeout: 60_000 });
}

const aws = programWith(["--version"], ["/usr/bin/aws"]);
if (aws === undefined) console.warn("there is no /usr/bin/aws (Debian: awscli): its example does not run");

test.runIf(aws !== undefined)("with the AWS CLI, the rehearsal first", () => {
  // Debian's CLI is older than AWS_ENDPOINT_URL.
  writeProgram(folder, "aws", `exec ${aws} --endpoint-url "$AWS_ENDPOINT_URL" --region "$AWS_REGION" "$@"`);
  const steps = [
    "trap 'kill $!' EXIT",
    example("sh", "kms-wrap rehearse").replace(/(4566 &).*/, "$1\nsleep 2"),
    example("sh", "aws kms create-key"),
    example("sh", "aws kms get-parameters-for-import"),
    'aws kms describe-key --key-id "$KEY_ID" --query KeyMetadata.KeyState --output text',
  ];
  writeFileSync(join(folder, "import.sh"), steps.join("\n"));
  expect(run("sh", ["-eu", "import.sh"]).trim()).toMatch(/Enabled$/);
});

test("with the SDK, against a rehearsal of the program's own", () => {
  const rehearsal = example("js", "startRehearsal");
  const [start, , ...rest] = rehearsal.split(/(?=rehearsal\.failNext|await rehearsal\.close)/);
  const script = [
    SDK,
    `import { readFileSync } from "node:fs";`,
    `const credentials = ${CREDENTIALS};`,
    start,
    `const key = { Origin: "EXTERNAL", KeySpec: "ECC_NIST_P384", KeyUsage: "SIGN_VERIFY" };`,
    `const { KeyId } = (await kms.send(new CreateKeyCommand(key))).KeyMetadata;`,
    `const keyMaterial = readFileSync("p384.pem");`,
    example("js", "GetParametersForImportCommand"),
    `console.log((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata.KeyState);`,
    ...rest,
  ];
  writeFileSync(join(folder, "import.mjs"), script.join("\n"));
  expect(run(process.execPath, ["import.mjs"]).trim()).toBe("Enabled");
});

const python = programWith(["-c", "import boto3"], ["/usr/bin/python3", "python3"]);
if (python === undefined) console.warn("there is no boto3 (Debian: python3-boto3): its example does not run");

test.runIf(python !== undefined)("with boto3", () => {
  const script = [
    "import boto3",
    "from pathlib import Path",
    "import subprocess",
    "rehearsal = subprocess.Popen(['kms-wrap', 'rehearse', '--port', '0'], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)",
    "import re",
    "endpoint = re.search(r'http://[0-9.:]+', rehearsal.stderr.readline() + rehearsal.stderr.readline())[0]",
    "kms = boto3.client('kms', endpoint_url=endpoint, region_name='eu-central-1', aws_access_key_id='any', aws_secret_access_key='any')",
    "key_id = kms.create_key(Origin='EXTERNAL', KeySpec='ECC_NIST_P384', KeyUsage='SIGN_VERIFY')['KeyMetadata']['KeyId']",
    "Path('params.json').unlink(missing_ok=True); Path('import.json').unlink(missing_ok=True)",
    example("py", "get_parameters_for_import"),
    "print(kms.describe_key(KeyId=key_id)['KeyMetadata']['KeyState'])",
    "rehearsal.kill()",
  ];
  writeFileSync(join(folder, "import.py"), script.join("\n"));
  expect(run(python!, ["import.py"]).trim()).toBe("Enabled");
});
