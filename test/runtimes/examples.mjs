/**
 * Runs every example of examples/ as its README says, on its own runtime, from the packed library; and opens what it
 * wrapped with node:crypto. A line for each; with --json FILE, the counts go there as .ci/count.mjs reads them.
 *
 * A runtime that is not installed is said and passed over; in CI it is a failure.
 */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs, promisify } from "node:util";
import {
  CreateKeyCommand,
  GetParametersForImportCommand,
  GetPublicKeyCommand,
  KMSClient,
} from "@aws-sdk/client-kms";
import { startRehearsal } from "../../dist/rehearsal.js";
import { openIndependently } from "../../scripts/open-independently.mjs";
import { BROWSERS, openPage, whyAbsent } from "./browsers.mjs";
import { makeProject } from "./examples-project.mjs";
import { runWorker, serveFiles, WORKERD } from "./examples-servers.mjs";
import { installedRuntimes } from "./runtimes.mjs";

/** @typedef {import("./examples-project.mjs").Project} Project */
/** @typedef {{ code: number, stdout: string, stderr: string }} Outcome */

const run = promisify(execFile);
const KWP = "RSA_AES_KEY_WRAP_SHA_256";
const OAEP = "RSAES_OAEP_SHA_256";
const PKCS8 = /** @type {const} */ ({ format: "der", type: "pkcs8" });
const DENO = installedRuntimes().find(({ name }) => name === "Deno");
const BUN = installedRuntimes().find(({ name }) => name === "Bun");

const receiver = generateKeyPairSync("rsa", { modulusLength: 2048 });
const spkiPem = receiver.publicKey.export({ format: "pem", type: "spki" }).toString();
const ownKey = generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey;
// The SDK would tell about Node versions, here and in the example.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
const rehearsal = await startRehearsal();
const kms = new KMSClient({
  endpoint: rehearsal.endpoint,
  region: "eu-central-1",
  credentials: { accessKeyId: "any", secretAccessKey: "any" },
});

/**
 * @param {Project} project
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<Outcome>}
 */
async function spawned(project, command, args) {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: rehearsal.endpoint,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "any",
    AWS_SECRET_ACCESS_KEY: "any",
    NO_COLOR: "1",
    NPM_CONFIG_REGISTRY: "http://127.0.0.1:9/", // no runtime has anything to look up
  };
  try {
    return { code: 0, ...(await run(command, args, { cwd: project.folder, env, timeout: 30_000 })) };
  } catch (error) {
    return /** @type {Outcome} */ (error);
  }
}

/** @returns {Promise<string>} the id of a key that waits for P-384 material */
async function createKey() {
  const key = new CreateKeyCommand({ Origin: "EXTERNAL", KeySpec: "ECC_NIST_P384", KeyUsage: "SIGN_VERIFY" });
  return (await kms.send(key)).KeyMetadata?.KeyId ?? "";
}

/**
 * @param {import("../../src/index.ts").WrappingAlgorithm} algorithm
 * @param {Uint8Array} wrapped
 */
function opened(algorithm, wrapped) {
  return Buffer.from(openIndependently(algorithm, receiver.privateKey, wrapped).opened);
}

/**
 * The same key, whichever way its PKCS#8 is written.
 *
 * @param {Buffer} der
 */
function assertOwnKey(der) {
  assert.deepEqual(createPrivateKey({ ...PKCS8, key: der }).export(PKCS8), ownKey.export(PKCS8));
}

/** @param {Project} project */
async function sdkImport(project) {
  const keyId = await createKey();
  const done = await spawned(project, process.execPath, ["sdk-import.mjs", keyId, "key.pem"]);
  assert.equal(done.stderr, "");
  assert.match(
    done.stdout,
    /^imported ECC_NIST_P384 material by RSA.*\nKMS has the public key of SHA-256 [0-9a-f]{64}\n$/,
  );
  // The rehearsal unwrapped it by node:crypto.
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  const expected = createPublicKey(ownKey).export({ format: "der", type: "spki" });
  assert.deepEqual(Buffer.from(PublicKey ?? []), expected);

  const refused = await spawned(project, process.execPath, [
    "sdk-import.mjs",
    await createKey(),
    "noise.bin",
  ]);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^UNRECOGNIZED_FORMAT: .*\nhint: .*\n$/);
  const unknown = await spawned(project, process.execPath, ["sdk-import.mjs", "no-such-key", "key.pem"]);
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /^NotFoundException: /);
}

/** @param {Project} project */
async function denoOffline(project) {
  const KeyId = await createKey();
  const wrapping = /** @type {const} */ ({ WrappingAlgorithm: KWP, WrappingKeySpec: "RSA_2048" });
  const answer = await kms.send(new GetParametersForImportCommand({ KeyId, ...wrapping }));
  const parameters = {
    KeyId,
    PublicKey: receiver.publicKey.export({ format: "der", type: "spki" }).toString("base64"),
    ImportToken: Buffer.from(answer.ImportToken ?? []).toString("base64"),
    ParametersValidTo: answer.ParametersValidTo,
  };
  writeFileSync(project.file("params.json"), JSON.stringify(parameters));
  const permissions = ["--allow-read=params.json,key.pem,noise.bin", "--allow-write=import.json"];
  const deno = (/** @type {string} */ keySpec, /** @type {string} */ file) => {
    const args = ["params.json", keySpec, file, "import.json"];
    return spawned(project, DENO?.command ?? "", [
      "run",
      "--check",
      "--no-lock",
      "--no-prompt",
      ...permissions,
      "deno-offline.ts",
      ...args,
    ]);
  };
  const done = await deno("ECC_NIST_P384", "key.pem");
  assert.equal(done.code, 0, done.stderr);
  const request = JSON.parse(readFileSync(project.file("import.json"), "utf8"));
  assert.equal(request.ImportToken, parameters.ImportToken);
  assertOwnKey(opened(KWP, Buffer.from(request.EncryptedKeyMaterial, "base64")));

  const refused = await deno("ECC_NIST_P256", "key.pem");
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^KEY_SPEC_MISMATCH: .*\nhint: .*$/m);
}

/** @param {Project} project */
async function bunMany(project) {
  const args = ["run", "bun-many.ts", "wrapping.pem", "key.pem", "noise.bin", "second.pem"];
  const done = await spawned(project, BUN?.command ?? "", args);
  assert.equal(done.code, 1); // by noise.bin, which does not keep the others from being wrapped
  assert.match(done.stderr, /^noise\.bin: KEY_SPEC_REQUIRED: .*\n {2}hint: .*\n$/);
  assert.match(done.stdout, /^key\.pem: ECC_NIST_P384, 185 bytes of PKCS#8\nsecond\.pem: ECC_NIST_P384/m);
  for (const file of ["key.pem", "second.pem"])
    assertOwnKey(opened(KWP, readFileSync(project.file(`${file}.wrapped`))));
  assert.equal(existsSync(project.file("noise.bin.wrapped")), false);
}

/**
 * @param {Project} project
 * @param {import("./browsers.mjs").BrowserName} browser
 */
async function browserPage(project, browser) {
  const server = await serveFiles(project.folder);
  const page = await openPage(browser);
  try {
    await page.goto(server.url);
    await page.waitFor(() => /** @type {any} */ (document.querySelector("#drop")).ondrop !== null); // the module has run
    await page.upload("#wrapping-key", project.file("noise.bin"));
    await page.waitFor(() =>
      document.querySelector("#status")?.textContent?.startsWith("UNRECOGNIZED_FORMAT: "),
    );
    await page.upload("#wrapping-key", project.file("wrapping.pem"));
    await page.waitFor(() => document.querySelector("#algorithm option"));
    await page.evaluate((name) => {
      /** @type {any} */ (document.querySelector("#algorithm")).value = name;
    }, KWP);
    await page.evaluate(
      (pem) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([pem], "key.pem"));
        document
          .querySelector("#drop")
          ?.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
      },
      readFileSync(project.file("key.pem"), "utf8"),
    );
    await page.waitFor(() => document.querySelector("#result a"));
    assert.match(await page.text("#status"), /^Wrapped ECC_NIST_P384 material \(PKCS#8 PEM\)\.$/);
    // Read from the link, not saved: Playwright does not hear of Firefox saving a blob.
    const bytes = await page.evaluate(async () => {
      const link = /** @type {HTMLAnchorElement} */ (document.querySelector("#result a[download]"));
      return Array.from(new Uint8Array(await (await fetch(link.href)).arrayBuffer()));
    });
    assertOwnKey(opened(KWP, Uint8Array.from(bytes)));
    const elsewhere = page
      .requests()
      .filter((url) => !url.startsWith(server.url) && !url.startsWith("blob:"));
    assert.deepEqual(elsewhere, []);
  } finally {
    await page.close();
    await server.close();
  }
}

/** @param {Project} project */
async function worker(project) {
  const running = await runWorker(project.folder, { WRAPPING_PUBLIC_KEY: spkiPem });
  try {
    const engine = await (await fetch(running.url)).json();
    assert.deepEqual({ name: engine.name, reason: engine.reason }, { name: "wasm", reason: undefined });

    const secret = randomBytes(32);
    const done = await fetch(running.url, { method: "POST", body: secret });
    assert.equal(done.status, 200);
    assert.deepEqual(opened(OAEP, new Uint8Array(await done.arrayBuffer())), secret);

    const refused = await fetch(running.url, { method: "POST", body: randomBytes(31) });
    assert.equal(refused.status, 400);
    const { code, hint } = await refused.json();
    assert.equal(code, "RAW_MATERIAL_LENGTH");
    assert.equal(typeof hint, "string");
    assert.equal((await fetch(running.url, { method: "PUT", body: secret })).status, 405);
  } finally {
    await running.close();
  }
}

/**
 * @typedef {object} Example
 * @property {string} name
 * @property {() => Promise<string | undefined>} absent - what is missing for it
 * @property {(project: Project) => Promise<void>} run
 */

const INSTALL = "npm ci --prefix test/runtimes";
/** @type {Example[]} */
const EXAMPLES = [
  { name: "sdk-import.mjs on Node", absent: async () => undefined, run: sdkImport },
  { name: "deno-offline.ts on Deno", absent: async () => (DENO ? undefined : INSTALL), run: denoOffline },
  { name: "bun-many.ts on Bun", absent: async () => (BUN ? undefined : INSTALL), run: bunMany },
  ...BROWSERS.map((browser) => ({
    name: `browser/ in ${browser}`,
    absent: () => whyAbsent(browser),
    run: (/** @type {Project} */ project) => browserPage(project, browser),
  })),
  {
    name: "worker/ in workerd",
    absent: async () => (existsSync(WORKERD) ? undefined : INSTALL),
    run: worker,
  },
];

/** @returns {Project} */
function projectWithFiles() {
  const project = makeProject();
  const pem = ownKey.export({ format: "pem", type: "pkcs8" });
  const files = { "key.pem": pem, "second.pem": pem, "wrapping.pem": spkiPem, "noise.bin": randomBytes(100) };
  for (const [name, content] of Object.entries(files)) writeFileSync(project.file(name), content);
  return project;
}

/**
 * @param {Example} example
 * @param {Project} project
 * @returns {Promise<"passed" | "failed" | "skipped">}
 */
async function result({ name, absent, run }, project) {
  const start = performance.now();
  const missing = await absent();
  if (missing !== undefined) {
    console.log(`${process.env["CI"] ? "FAILED " : "skipped"} ${name}: not installed (${missing})`);
    return process.env["CI"] ? "failed" : "skipped";
  }
  try {
    await run(project);
    console.log(`passed  ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    return "passed";
  } catch (error) {
    console.log(`FAILED  ${name}\n${/** @type {Error} */ (error).stack}`);
    return "failed";
  }
}

const project = projectWithFiles();
const counts = { passed: 0, failed: 0, skipped: 0 };
try {
  for (const example of EXAMPLES) counts[await result(example, project)]++;
} finally {
  project.remove();
  kms.destroy();
  await rehearsal.close();
}
const report = { success: counts.failed === 0, numPassedTests: counts.passed, numFailedTests: counts.failed };
const { json } = parseArgs({ options: { json: { type: "string" } } }).values;
if (json !== undefined) writeFileSync(json, JSON.stringify(report));
process.exitCode = report.success ? 0 : 1;
