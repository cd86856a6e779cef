/** `kms-wrap wrap --parameters`: every form of parameters, what it says, and what it refuses. */

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shellWord } from "../../src/cli/shell.ts";
import { encodeBase64 } from "../../src/formats/base64.ts";
import { unwrap } from "../../src/index.ts";
import { folderWith, kmsWrap, kmsWrapJson, temporaryFolder } from "../support/cli.ts";
import { materialFor } from "../support/imported-material.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";
import { zipOf } from "../support/zip.ts";

const HOUR = 3600;
const ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const { spki, pkcs8 } = WRAPPING_KEY_PAIRS.RSA_2048;
const token = Uint8Array.from({ length: 300 }, (_, i) => 5 * i);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const p256 = materialFor("ECC_NIST_P256");
const aesKey = materialFor("SYMMETRIC_DEFAULT").bytes;

const now = () => Math.floor(Date.now() / 1000);

/** What the AWS CLI prints. */
function answer(changes: object = {}): string {
  const fields = {
    KeyId: ARN,
    ImportToken: encodeBase64(token),
    PublicKey: encodeBase64(spki),
    ParametersValidTo: new Date(1000 * (now() + 23 * HOUR)).toISOString().replace("Z", "000+00:00"),
    ...changes,
  };
  return `${JSON.stringify(fields, null, 4)}\n`;
}

const FILES = { "key.bin": aesKey, "params.json": answer() };
const ALGORITHM = ["--algorithm", "RSAES_OAEP_SHA_256"];
const REST = [...ALGORITHM, "--key-spec", "SYMMETRIC_DEFAULT", "--in", "key.bin", "--out", "import.json"];
const COMMAND = ["wrap", "--parameters", "params.json", ...REST];

function opened(request: { EncryptedKeyMaterial: string }): Uint8Array {
  const wrapped = Buffer.from(request.EncryptedKeyMaterial, "base64");
  return unwrap({ algorithm: "RSAES_OAEP_SHA_256", privateKey: pkcs8, wrapped });
}

describe("the request", () => {
  test("is what the AWS CLI takes, and says so", async () => {
    const cwd = folderWith(FILES);
    const { status, stdout, stderr } = await kmsWrap(COMMAND, { cwd });
    expect({ status, stdout: stdout.toString() }).toEqual({ status: 0, stdout: "" });
    const request = JSON.parse(readFileSync(join(cwd, "import.json"), "utf8"));
    expect(request).toEqual({
      KeyId: ARN,
      ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
      ImportToken: encodeBase64(token),
      EncryptedKeyMaterial: expect.any(String),
    });
    expect(opened(request)).toEqual(aesKey);
    expect(stderr.split("\n")).toEqual([
      `kms-wrap: SYMMETRIC_DEFAULT key material, 256 bytes when wrapped, for ${ARN}`,
      "kms-wrap: assumed that the parameters were asked for with RSAES_OAEP_SHA_256 and RSA_2048",
      `kms-wrap: SHA-256 of the wrapping key: ${sha256(spki)}`,
      "kms-wrap: the material does not expire",
      expect.stringMatching(/^kms-wrap: import it before 20\d\d-/),
      "kms-wrap: next: aws kms import-key-material --cli-binary-format base64 --cli-input-json file://import.json --region eu-central-1",
      expect.stringMatching(/^kms-wrap: \d+ bytes written to import.json$/),
      "",
    ]);
  });

  test("tells the public key of asymmetric material", async () => {
    const cwd = folderWith({ "params.json": answer(), "key.bin": p256.bytes });
    const command = [...COMMAND, "--json"].map((part) => part.replace("SYMMETRIC_DEFAULT", "ECC_NIST_P256"));
    const { status, stdout } = await kmsWrap(command, { cwd });
    expect(status).toBe(0);
    const { keyMaterial, ...report } = JSON.parse(stdout.toString());
    const publicKey = Buffer.from(keyMaterial.publicKey, "base64");
    expect(keyMaterial.publicKeyFingerprint).toBe(sha256(publicKey));
    expect(p256.bytes.subarray(-64)).toEqual(publicKey.subarray(-64));
    expect(report).toMatchObject({
      ok: true,
      command: "wrap",
      algorithm: "RSAES_OAEP_SHA_256",
      keySpec: "ECC_NIST_P256",
      keyId: ARN,
      region: "eu-central-1",
      wrappingKey: { spec: "RSA_2048", fingerprint: sha256(spki) },
      expirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
      nextCommand: expect.stringMatching(/^aws kms import-key-material /),
      output: { file: "import.json" },
    });
    const { stderr } = await kmsWrap([...command.slice(0, -1), "--force"], { cwd });
    expect(stderr).toContain(`SHA-256 of the material's public key: ${sha256(publicKey)}`);
    expect(stderr).toContain(keyMaterial.publicKey);
  });

  test("carries every option", async () => {
    const cwd = folderWith(FILES);
    const validTo = now() + 30 * 24 * HOUR;
    const keyMaterialId = "ab".repeat(32);
    const { status } = await kmsWrap(
      [
        ...COMMAND,
        ...[
          "--valid-to",
          new Date(validTo * 1000).toISOString(),
          "--expiration-model",
          "KEY_MATERIAL_EXPIRES",
        ],
        ...["--import-type", "EXISTING_KEY_MATERIAL", "--key-material-id", keyMaterialId],
        ...["--key-material-description", "from the vault", "--key-id", ARN, "--region", "eu-central-1"],
      ],
      { cwd },
    );
    expect(status).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, "import.json"), "utf8"))).toMatchObject({
      ExpirationModel: "KEY_MATERIAL_EXPIRES",
      ValidTo: validTo,
      ImportType: "EXISTING_KEY_MATERIAL",
      KeyMaterialId: keyMaterialId,
      KeyMaterialDescription: "from the vault",
    });
  });

  test("says what is wrong with an option by the option's own name", async () => {
    const cwd = folderWith(FILES);
    const { status, stderr } = await kmsWrap([...COMMAND, "--valid-to", "1999-01-01T00:00:00Z"], { cwd });
    expect(status).toBe(2);
    expect(stderr).toMatch(/error: --valid-to is 1999-01-01T00:00:00/);
    expect(stderr).toMatch(/hint: give --valid-to as a time in the future/);
  });

  test("goes to stdout, and the command says where to put it", async () => {
    const { status, stdout, stderr } = await kmsWrap([...COMMAND.slice(0, -1), "-"], {
      cwd: folderWith(FILES),
    });
    expect(status).toBe(0);
    expect(opened(JSON.parse(stdout.toString()))).toEqual(aesKey);
    expect(stderr).toContain("file://import.json");
  });

  test("quotes a path that a shell would take apart", async () => {
    const command = [...COMMAND.slice(0, -1), "my import.json"];
    const { report } = await kmsWrapJson(command, { cwd: folderWith(FILES) });
    expect(report["nextCommand"]).toContain(` ${shellWord("file://my import.json")} `);
  });

  test("comes in files of its own for version 1 of the AWS CLI", async () => {
    const cwd = folderWith(FILES);
    mkdirSync(join(cwd, "import"));
    const command = [
      ...COMMAND.slice(0, -1),
      "import/import.json",
      "--fileb",
      "--key-material-description",
      "a b",
    ];
    const { status, report } = await kmsWrapJson(command, { cwd });
    expect(status).toBe(0);
    expect(report["nextCommand"]).toBe(
      `aws kms import-key-material --key-id ${ARN} --import-token fileb://import/ImportToken.bin --encrypted-key-material fileb://import/EncryptedKeyMaterial.bin --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE --key-material-description ${shellWord("a b")} --region eu-central-1`,
    );
    const read = (name: string) => readFileSync(join(cwd, "import", name));
    const request = JSON.parse(read("import.json").toString());
    expect(read("ImportToken.bin").toString("base64")).toBe(request.ImportToken);
    expect(read("EncryptedKeyMaterial.bin").toString("base64")).toBe(request.EncryptedKeyMaterial);
    expect((await kmsWrap(command, { cwd })).stderr).toMatch(/ImportToken.bin exists/);
  });

  test.each(["ImportToken.bin", "./EncryptedKeyMaterial.bin", "IMPORTTOKEN.BIN"])(
    "is not written to %s, which is such a file",
    async (out) => {
      const cwd = folderWith(FILES);
      const command = [...COMMAND.slice(0, -1), out, "--fileb", "--force"];
      const { status, report } = await kmsWrapJson(command, { cwd });
      expect({ status, report }).toMatchObject({ status: 2, report: { error: { code: "MISUSE" } } });
      expect(readdirSync(cwd).sort()).toEqual(["key.bin", "params.json"]);
    },
  );

  test.each([
    ["import.json", "choose another name"],
    ["ImportToken.bin", "write to another folder"],
  ])("leaves no file of several if %s is taken", async (taken, mend) => {
    const cwd = folderWith({ ...FILES, [taken]: "mine" });
    const { status, stderr } = await kmsWrap([...COMMAND, "--fileb"], { cwd });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `kms-wrap: error: ${taken} exists\nkms-wrap: hint: ${mend}, or add --force to replace it\n`,
    });
    expect(readdirSync(cwd).sort()).toEqual([taken, "key.bin", "params.json"].sort());
  });

  test.each<[string, string[]]>([
    ["key.bin", ["--out", "./key.bin"]],
    ["params.json", ["--out", "params.json"]],
    ["key.bin", ["--out", "link"]],
    ["EncryptedKeyMaterial.bin", ["--in=EncryptedKeyMaterial.bin", "--out", "import.json", "--fileb"]],
  ])("never takes the place of %s, which is read: %j", async (input, options) => {
    const files: Record<string, string | Uint8Array> = { ...FILES, "EncryptedKeyMaterial.bin": aesKey };
    const cwd = folderWith(files);
    symlinkSync("key.bin", join(cwd, "link"));
    const material = options.some((option) => option.startsWith("--in=")) ? [] : ["--in", "key.bin"];
    const command = [...COMMAND.slice(0, -4), ...material, ...options, "--force"];
    const { status, report } = await kmsWrapJson(command, { cwd });
    expect({ status, report }).toMatchObject({ status: 2, report: { error: { code: "MISUSE" } } });
    expect(readFileSync(join(cwd, input))).toEqual(Buffer.from(files[input] as string));
  });

  test("comes with warnings", async () => {
    const files = {
      "key.bin": aesKey.subarray(0, 32),
      "params.json": answer({ ParametersValidTo: now() + 300 }),
    };
    const { stderr } = await kmsWrap(COMMAND, { cwd: folderWith(files) });
    expect(stderr).toMatch(/^kms-wrap: warning: the parameters expire within 5 min/m);
  });
});

describe("parameters", () => {
  const download = { "WrappingPublicKey.bin": spki, "ImportToken.bin": token, "README.txt": "read me" };
  const zipped = Object.entries(download).map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) }));
  const KEY_ID = ["--key-id", ARN];

  test.each<[string, string | Uint8Array, string[]]>([
    ["the AWS CLI's JSON", answer(), []],
    ["UTF-16, as PowerShell redirects it", Buffer.from(`\ufeff${answer()}`, "utf16le"), []],
    ["UTF-8 with a mark", `\ufeff${answer()}`, []],
    ["boto3's", answer({ ParametersValidTo: "2099-01-01 00:00:00+00:00", ResponseMetadata: {} }), []],
    ["the console's archive", zipOf(zipped), KEY_ID],
    [
      "an archive that a browser or a person packed anew",
      zipOf(zipped.map((f) => ({ ...f, name: `ImportParameters/${f.name}` }))),
      KEY_ID,
    ],
    [
      "an archive with backslashes, as old versions of .NET write it",
      zipOf([
        { name: "ImportParameters\\", bytes: new Uint8Array(0), stored: true },
        ...zipped.map((f) => ({ ...f, name: `ImportParameters\\${f.name}` })),
      ]),
      KEY_ID,
    ],
    [
      "an archive of before 2023",
      zipOf([
        { name: "wrappingKey_1234abcd_20200101", bytes: spki },
        { name: "importToken_1234abcd_20200101", bytes: token },
        { name: "README_1234abcd_20200101.txt", bytes: new Uint8Array(3) },
      ]),
      KEY_ID,
    ],
  ])("%s", async (_, content, more) => {
    const cwd = folderWith({ "key.bin": aesKey, "params.json": content });
    const { status, stderr } = await kmsWrap([...COMMAND, ...more], { cwd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining("next: aws kms") });
    const request = JSON.parse(readFileSync(join(cwd, "import.json"), "utf8"));
    expect(request.KeyId).toBe(ARN);
    expect(request.ImportToken).toBe(encodeBase64(token));
    expect(opened(request)).toEqual(aesKey);
  });

  test("the console's folder, which does not say until when it is good", async () => {
    const cwd = folderWith({ ...download, "key.bin": aesKey });
    const { status, stderr } = await kmsWrap(["wrap", "--parameters", ".", ...REST, ...KEY_ID], { cwd });
    expect(status).toBe(0);
    expect(stderr).toMatch(/warning: the parameters do not say until when/);
  });

  test.each([
    ["ImportToken.bin", "import/ImportToken.bin", []],
    ["WrappingPublicKey.bin", "import/WrappingPublicKey.bin", []],
    ["WrappingPublicKey.bin", "link", []],
    ["ImportToken.bin", "import/import.json", ["--fileb"]],
  ])("a folder of which no file is ever replaced: %s by --out %s %j", async (name, out, more) => {
    const cwd = folderWith({ "key.bin": aesKey });
    const folder = join(cwd, "import");
    mkdirSync(folder);
    for (const [file, content] of Object.entries(download)) writeFileSync(join(folder, file), content);
    symlinkSync("import/WrappingPublicKey.bin", join(cwd, "link"));
    const command = [
      "wrap",
      "--parameters",
      "import",
      ...REST.slice(0, -1),
      out,
      ...KEY_ID,
      "--force",
      ...more,
    ];
    const { status, stderr } = await kmsWrap(command, { cwd });
    const read = join("import", name);
    const written = more.length ? read : out;
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `kms-wrap: error: writing ${written} would replace what is read from ${read}
kms-wrap: hint: choose another name or folder for the result
`,
    });
    const left = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))]);
    expect(Object.fromEntries(left)).toEqual({
      "WrappingPublicKey.bin": Buffer.from(spki),
      "ImportToken.bin": Buffer.from(token),
      "README.txt": Buffer.from("read me"),
    });
  });

  test("stdin", async () => {
    const cwd = folderWith({ "key.bin": aesKey });
    const { status } = await kmsWrap(["wrap", "--parameters=-", ...REST], { cwd, input: answer() });
    expect(status).toBe(0);
  });

  test.each<[string, Record<string, string | Uint8Array>, string[], string, number]>([
    ["a missing file", {}, [], "CANNOT_READ", 1],
    ["an empty file, as after a failed call", { "params.json": "" }, [], "INVALID_PARAMETERS", 1],
    ["the text of --output table", { "params.json": "|  ImportToken  |" }, [], "INVALID_PARAMETERS", 1],
    ["a broken archive", { "params.json": zipOf(zipped).subarray(0, -5) }, [], "INVALID_ZIP", 1],
    [
      "an archive without a token",
      { "params.json": zipOf(zipped.slice(0, 1)) },
      KEY_ID,
      "INVALID_PARAMETERS",
      1,
    ],
    [
      "two downloads in one archive",
      { "params.json": zipOf([...zipped, { name: "b/ImportToken.bin", bytes: token }]) },
      KEY_ID,
      "INVALID_PARAMETERS",
      1,
    ],
    ["an archive, and no key", { "params.json": zipOf(zipped) }, [], "INVALID_PARAMETERS", 1],
    [
      "parameters of yesterday",
      { "params.json": answer({ ParametersValidTo: now() - HOUR }) },
      [],
      "PARAMETERS_EXPIRED",
      1,
    ],
    ["an alias", { "params.json": zipOf(zipped) }, ["--key-id", "alias/mine"], "ALIAS_AS_KEY_ID", 1],
    ["another key", { "params.json": answer() }, ["--key-id", "mrk-00"], "KEY_ID_MISMATCH", 1],
    ["another region", { "params.json": answer() }, ["--region", "eu-west-1"], "REGION_MISMATCH", 1],
    ["no region", { "params.json": answer() }, ["--region", "Paris"], "INVALID_ARGUMENT", 2],
    [
      "a time in the past",
      { "params.json": answer() },
      ["--valid-to", "2001-01-01T00:00:00Z"],
      "INVALID_EXPIRATION",
      2,
    ],
    [
      "a model without a time",
      { "params.json": answer() },
      ["--expiration-model", "KEY_MATERIAL_EXPIRES"],
      "INVALID_EXPIRATION",
      2,
    ],
    [
      "an import type that is none",
      { "params.json": answer() },
      ["--import-type", "NEW"],
      "INVALID_IMPORT_OPTION",
      2,
    ],
    [
      "material of another length",
      { "params.json": answer(), "key.bin": aesKey.subarray(1) },
      [],
      "RAW_MATERIAL_LENGTH",
      1,
    ],
    [
      "a wrapping key that is a private one",
      { "params.json": answer({ PublicKey: encodeBase64(pkcs8) }) },
      [],
      "PRIVATE_KEY_AS_WRAPPING_KEY",
      1,
    ],
  ])("refused: %s", async (_, files, more, code, exitCode) => {
    const cwd = folderWith({ "key.bin": aesKey, ...files });
    const { status, report } = await kmsWrapJson([...COMMAND, ...more], { cwd });
    expect({ status, report }).toMatchObject({ status: exitCode, report: { ok: false, error: { code } } });
    expect(() => readFileSync(join(cwd, "import.json"))).toThrow(/ENOENT/);
  });

  test.each([
    ["a file taken for a folder", "key.bin/params.json", /not a directory/],
    ["a name that is too long", "p".repeat(5000), /name too long/],
    ["a link to itself", "loop", /symbolic links/],
  ])("cannot be read from %s", async (_, path, reason) => {
    const cwd = folderWith(FILES);
    symlinkSync("loop", join(cwd, "loop"));
    const { status, report } = await kmsWrapJson(["wrap", "--parameters", path, ...REST], { cwd });
    expect({ status, report }).toMatchObject({
      status: 1,
      report: { error: { code: "CANNOT_READ", message: expect.stringMatching(reason) } },
    });
  });

  test("key material is refused with the name of its file", async () => {
    const cwd = folderWith({ ...FILES, "key.bin": aesKey.subarray(1) });
    expect((await kmsWrap(COMMAND, { cwd })).stderr).toMatch(/^kms-wrap: error: key.bin: /);
  });

  test("refused with the name of the file", async () => {
    const { stderr } = await kmsWrap(COMMAND, { cwd: folderWith({ "key.bin": aesKey, "params.json": "?" }) });
    expect(stderr).toMatch(/^kms-wrap: error: params.json: the parameters are not JSON/);
    expect(stderr).toMatch(/^kms-wrap: hint: give the whole JSON that aws kms get-parameters-for-import/m);
  });

  test.each([
    ["params.json", { "params.json": answer({ PublicKey: encodeBase64(spki.subarray(0, -5)) }) }],
    [".", { "WrappingPublicKey.bin": spki.subarray(0, -5), "ImportToken.bin": token }],
  ])("with a broken wrapping key are refused with its place: %s", async (path, files) => {
    const cwd = folderWith({ "key.bin": aesKey, ...files });
    const { status, report } = await kmsWrapJson(["wrap", "--parameters", path, ...REST], { cwd });
    expect({ status, report }).toEqual({
      status: 1,
      report: {
        ok: false,
        error: {
          code: "INVALID_DER",
          message: `${path}: PublicKey of the parameters: at byte 0: the length of SEQUENCE is 290, but 285 bytes are left`,
          hint: "the file may be cut short, or text mode may have changed it",
        },
      },
    });
  });

  test("a folder that holds no download", async () => {
    const cwd = temporaryFolder();
    const { status, stderr } = await kmsWrap(["wrap", "--parameters", ".", ...REST], { cwd });
    expect(status).toBe(1);
    expect(stderr).toMatch(/no file that holds the PublicKey/);
  });
});

test.each<[string, string[], number, string]>([
  ["no key spec", COMMAND.filter((part) => !/key-spec|SYMMETRIC/.test(part)), 2, "--key-spec is missing"],
  [
    "stdin twice",
    COMMAND.map((part) => part.replace(/params.json|key.bin/, "-")),
    2,
    "stdin can be read once",
  ],
  [
    "a retired algorithm",
    COMMAND.map((part) => part.replace(/RSAES_.*/, "RSAES_PKCS1_V1_5")),
    1,
    "no longer takes",
  ],
])("refused: %s", async (_, command, exitCode, message) => {
  const { status, stderr } = await kmsWrap(command, { cwd: folderWith(FILES) });
  expect(stderr).toContain(message);
  expect(status).toBe(exitCode);
});

test("its help is its own", async () => {
  const { stdout } = await kmsWrap(["wrap", "--parameters", "--help"]);
  expect(stdout.toString()).toMatch(
    /^kms-wrap wrap --parameters FILE --algorithm ALG --key-spec SPEC --in FILE --out FILE/,
  );
  expect(
    Math.max(
      ...stdout
        .toString()
        .split("\n")
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(120);
});
