/**
 * Runs every example of examples/ as its README says, on its own runtime, from the packed library; and opens what it
 * wrapped with node:crypto. A runtime that is not installed is said and passed over; in CI it is a failure.
 */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
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
import { runWorker, serveFiles } from "./examples-servers.mjs";
import { BINARIES, whyNotInstalled } from "./runtimes.mjs";

/** @typedef {import("./examples-project.mjs").Project & { kms: KMSClient, endpoint: string }} Stage with a rehearsal */
/** @typedef {{ code: number, stdout: string, stderr: string }} Outcome */

const run = promisify(execFile);
const KWP = "RSA_AES_KEY_WRAP_SHA_256";
const OAEP = "RSAES_OAEP_SHA_256";
const PKCS8 = /** @type {const} */ ({ format: "der", type: "pkcs8" });

const receiver = generateKeyPairSync("rsa", { modulusLength: 2048 });
const spkiPem = receiver.publicKey.export({ format: "pem", type: "spki" }).toString();
const ownKey = generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey;

/**
 * @param {Stage} stage
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<Outcome>}
 */
async function spawned({ folder, endpoint }, command, args) {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "any",
    AWS_SECRET_ACCESS_KEY: "any",
    NO_COLOR: "1",
    NPM_CONFIG_REGISTRY: "http://127.0.0.1:9/", // no runtime has anything to look up
  };
  try {
    return { code: 0, ...(await run(command, args, { cwd: folder, env, timeout: 30_000 })) };
  } catch (error) {
    return /** @type {Outcome} */ (error);
  }
}

/**
 * @param {KMSClient} kms
 * @returns {Promise<string>} the id of a key that waits for P-384 material
 */
async function createKey(kms) {
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

/** @param {Stage} stage */
async function sdkImport(stage) {
  const { kms } = stage;
  const run = (/** @type {string[]} */ ...args) =>
    spawned(stage, process.execPath, ["sdk-import.mjs", ...args]);
  const keyId = await createKey(kms);
  const done = await run(keyId, "key.pem");
  assert.equal(done.stderr, "");
  assert.match(
    done.stdout,
    /^imported ECC_NIST_P384 material by RSA.*\nKMS has the public key of SHA-256 [0-9a-f]{64}\n$/,
  );
  // The rehearsal unwrapped it by node:crypto.
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  const expected = createPublicKey(ownKey).export({ format: "der", type: "spki" });
  assert.deepEqual(Buffer.from(PublicKey ?? []), expected);

  const refused = await run(await createKey(kms), "noise.bin");
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^UNRECOGNIZED_FORMAT: .*\nhint: .*\n$/);
  const unknown = await run("no-such-key", "key.pem");
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /^NotFoundException: /);
}

/** @param {Stage} stage */
async function denoOffline(stage) {
  const { kms, file } = stage;
  const KeyId = await createKey(kms);
  const wrapping = /** @type {const} */ ({ WrappingAlgorithm: KWP, WrappingKeySpec: "RSA_2048" });
  const answer = await kms.send(new GetParametersForImportCommand({ KeyId, ...wrapping }));
  const parameters = {
    KeyId,
    PublicKey: receiver.publicKey.export({ format: "der", type: "spki" }).toString("base64"),
    ImportToken: Buffer.from(answer.ImportToken ?? []).toString("base64"),
    ParametersValidTo: answer.ParametersValidTo,
  };
  writeFileSync(file("params.json"), JSON.stringify(parameters));
  const permissions = ["--allow-read=params.json,key.pem,noise.bin", "--allow-write=import.json"];
  const options = ["run", "--check", "--no-lock", "--no-prompt", ...permissions];
  const deno = (/** @type {string} */ keySpec) => {
    const args = ["params.json", keySpec, "key.pem", "import.json"];
    return spawned(stage, BINARIES.deno, [...options, "deno-offline.ts", ...args]);
  };
  const done = await deno("ECC_NIST_P384");
  assert.equal(done.code, 0, done.stderr);
  const request = JSON.parse(readFileSync(file("import.json"), "utf8"));
  assert.equal(request.ImportToken, parameters.ImportToken);
  assertOwnKey(opened(KWP, Buffer.from(request.EncryptedKeyMaterial, "base64")));

  const refused = await deno("ECC_NIST_P256");
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^KEY_SPEC_MISMATCH: .*\nhint: .*$/m);
}

/** @param {Stage} stage */
async function bunMany(stage) {
  const args = ["run", "bun-many.ts", "wrapping.pem", "key.pem", "noise.bin", "second.pem"];
  const done = await spawned(stage, BINARIES.bun, args);
  assert.equal(done.code, 1); // by noise.bin, which does not keep the others from being wrapped
  assert.match(done.stderr, /^noise\.bin: KEY_SPEC_REQUIRED: .*\n {2}hint: .*\n$/);
  assert.match(done.stdout, /^key\.pem: ECC_NIST_P384, 185 bytes of PKCS#8\nsecond\.pem: ECC_NIST_P384/m);
  for (const file of ["key.pem", "second.pem"])
    assertOwnKey(opened(KWP, readFileSync(stage.file(`${file}.wrapped`))));
  assert.equal(existsSync(stage.file("noise.bin.wrapped")), false);
}

/**
 * @param {Stage} stage
 * @param {import("./browsers.mjs").BrowserName} browser
 */
async function browserPage({ folder, file }, browser) {
  const server = await serveFiles(folder);
  const page = await openPage(browser);
  try {
    await page.goto(`${server.origin}/`);
    await page.waitFor(() => /** @type {any} */ (document.querySelector("#drop")).ondrop !== null); // the module has run
    await page.upload("#wrapping-key", file("noise.bin"));
    await page.waitFor(() =>
      document.querySelector("#status")?.textContent?.startsWith("UNRECOGNIZED_FORMAT: "),
    );
    await page.upload("#wrapping-key", file("wrapping.pem"));
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
      readFileSync(file("key.pem"), "utf8"),
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
      .filter((url) => !url.startsWith(server.origin) && !url.startsWith("blob:"));
    assert.deepEqual(elsewhere, []);
  } finally {
    await page.close();
    server.close();
  }
}

/** @param {Stage} stage */
async function worker({ folder }) {
  const running = await runWorker(folder, { WRAPPING_PUBLIC_KEY: spkiPem });
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
 * @property {(stage: Stage) => Promise<void>} run
 */

/** @type {Example[]} */
const EXAMPLES = [
  { name: "sdk-import.mjs on Node", absent: async () => undefined, run: sdkImport },
  { name: "deno-offline.ts on Deno", absent: async () => whyNotInstalled("deno"), run: denoOffline },
  { name: "bun-many.ts on Bun", absent: async () => whyNotInstalled("bun"), run: bunMany },
  ...BROWSERS.map((browser) => ({
    name: `browser/ in ${browser}`,
    absent: () => whyAbsent(browser),
    run: (/** @type {Stage} */ stage) => browserPage(stage, browser),
  })),
  { name: "worker/ in workerd", absent: async () => whyNotInstalled("workerd"), run: worker },
];

function projectWithFiles() {
  const project = makeProject();
  const pem = ownKey.export({ format: "pem", type: "pkcs8" });
  const files = { "key.pem": pem, "second.pem": pem, "wrapping.pem": spkiPem, "noise.bin": randomBytes(100) };
  for (const [name, content] of Object.entries(files)) writeFileSync(project.file(name), content);
  return project;
}

/** @returns {Promise<{ passed: number, skipped: number, failures: string[] }>} */
export async function testExamples() {
  // The SDK would tell about Node versions, here and in the example.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const counts = { passed: 0, skipped: 0, failures: /** @type {string[]} */ ([]) };
  const project = projectWithFiles();
  const { endpoint, close } = await startRehearsal();
  const credentials = { accessKeyId: "any", secretAccessKey: "any" };
  const kms = new KMSClient({ endpoint, region: "eu-central-1", credentials });
  const stage = { ...project, kms, endpoint };
  try {
    for (const { name, absent, run } of EXAMPLES) {
      const missing = await absent();
      if (missing !== undefined) console.error(`${name}: ${missing}`);
      if (missing === undefined || process.env["CI"])
        await run(stage).then(
          () => counts.passed++,
          (error) => counts.failures.push(`${name}\n${error.stack}`),
        );
      else counts.skipped++;
    }
  } finally {
    project.remove();
    kms.destroy();
    await close();
  }
  return counts;
}
