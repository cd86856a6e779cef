/**
 * The rehearsal endpoint under load: imports of symmetric keys, each with fresh parameters, over a few connections at a
 * time; how many a second, whether the keys are right, and whether the endpoint's memory stays flat.
 *
 *     node bench/rehearsal.mjs [--imports 10000]
 */

import { fork } from "node:child_process";
import { createDecipheriv, randomBytes } from "node:crypto";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const WRAPPING = /** @type {const} */ ({
  WrappingAlgorithm: "RSAES_OAEP_SHA_256",
  WrappingKeySpec: "RSA_2048",
});
const CONNECTIONS = 4;
/** Imports go round these keys; each keeps its material. */
const KEYS = 100;
/** Then one key's ciphertext is opened with the original material. */
const CHECK_EVERY = 50;
const PROBE = Buffer.from("is it the key that was wrapped?");

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/**
 * @param {string} endpoint
 * @param {string} operation
 * @param {object} members
 * @returns {Promise<any>}
 */
async function call(endpoint, operation, members) {
  const body = JSON.stringify(members);
  const headers = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": `TrentService.${operation}`,
    "Content-Length": Buffer.byteLength(body),
  };
  const sent = request(endpoint, { method: "POST", agent, headers }).end(body);
  const [response] = await once(sent, "response");
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  const answer = JSON.parse(Buffer.concat(chunks).toString());
  if (response.statusCode !== 200) throw new Error(`${operation}: ${answer.__type}: ${answer.message}`);
  return answer;
}

/** @typedef {{ id: string, material: Uint8Array }} Key */

/**
 * @param {string} endpoint
 * @returns {Promise<Key>}
 */
async function createKey(endpoint) {
  const { KeyMetadata } = await call(endpoint, "CreateKey", { Origin: "EXTERNAL" });
  return { id: KeyMetadata.Arn, material: randomBytes(32) };
}

/**
 * @param {string} endpoint
 * @param {typeof import("../src/index.ts").prepareImport} prepareImport
 * @param {Key} key
 */
async function importKey(endpoint, prepareImport, { id, material }) {
  const parameters = await call(endpoint, "GetParametersForImport", { KeyId: id, ...WRAPPING });
  const request = prepareImport({
    parameters,
    algorithm: WRAPPING.WrappingAlgorithm,
    keySpec: "SYMMETRIC_DEFAULT",
    keyMaterial: material,
  });
  await call(endpoint, "ImportKeyMaterial", request);
}

/**
 * Opens what the endpoint encrypted with the original material: see src/rehearsal/symmetric-cipher.ts.
 *
 * @param {string} endpoint
 * @param {Key} key
 */
async function checkKey(endpoint, { id, material }) {
  const { CiphertextBlob } = await call(endpoint, "Encrypt", {
    KeyId: id,
    Plaintext: PROBE.toString("base64"),
  });
  const blob = Buffer.from(CiphertextBlob, "base64");
  const end = 34 + (blob[33] ?? 0);
  const decipher = createDecipheriv("aes-256-gcm", material, blob.subarray(end, end + 12), {
    authTagLength: 16,
  });
  decipher.setAAD(Buffer.concat([blob.subarray(0, end), Buffer.from("[]")])).setAuthTag(blob.subarray(-16));
  const opened = Buffer.concat([decipher.update(blob.subarray(end + 12, -16)), decipher.final()]);
  if (!opened.equals(PROBE)) throw new Error(`${id} is not the key that was imported`);
}

/**
 * @param {object} options
 * @param {string} options.entry - the compiled module with startRehearsal, as a URL
 * @param {typeof import("../src/index.ts").prepareImport} options.prepareImport
 * @param {number} options.imports
 */
export async function measureRehearsal({ entry, prepareImport, imports }) {
  const child = fork(fileURLToPath(new URL("rehearsal-process.mjs", import.meta.url)), [entry], {
    execArgv: ["--expose-gc"],
  });
  try {
    const [{ endpoint }] = await once(child, "message");
    const memory = async () => {
      child.send("memory");
      return (await once(child, "message"))[0];
    };
    const keys = await Promise.all(Array.from({ length: KEYS }, () => createKey(endpoint)));
    let begun = 0;
    const work = async (/** @type {number} */ until) => {
      while (begun < until) {
        const turn = begun++;
        const key = /** @type {Key} */ (keys[turn % KEYS]);
        await importKey(endpoint, prepareImport, key);
        if (turn % CHECK_EVERY === 0) await checkKey(endpoint, key);
      }
    };
    const run = (/** @type {number} */ until) =>
      Promise.all(Array.from({ length: CONNECTIONS }, () => work(until)));
    await run(Math.ceil(imports / 10)); // compiled and warm
    const before = await memory();
    const [start, first] = [performance.now(), begun];
    await run(imports);
    const seconds = (performance.now() - start) / 1000;
    const after = await memory();
    for (const key of keys) await checkKey(endpoint, key);
    return { imports: begun, importsPerSecond: (begun - first) / seconds, before, after };
  } finally {
    agent.destroy();
    child.disconnect();
    await once(child, "exit");
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { imports: { type: "string", default: "10000" } } });
  const { prepareImport } = await import("../dist/index.js");
  const entry = new URL("../dist/rehearsal.js", import.meta.url).href;
  const result = await measureRehearsal({ entry, prepareImport, imports: Number(values.imports) });
  const megabytes = (/** @type {number} */ bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  console.log(`${result.imports} imports of symmetric keys, ${result.importsPerSecond.toFixed(0)} a second`);
  console.log(
    `held by the endpoint after a tenth of them: ${megabytes(result.before.held)} (RSS ${megabytes(result.before.rss)})`,
  );
  console.log(
    `and after all:                              ${megabytes(result.after.held)} (RSS ${megabytes(result.after.rss)})`,
  );
}
