/**
 * The main job on real input: fresh wrapping keys of each spec, fresh key material of each kind, every algorithm that
 * may wrap it; each blob is opened by an implementation that is not this project's, and compared.
 */

import { generateKeyPair } from "node:crypto";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import {
  compatibleAlgorithms,
  engineInfo,
  KEY_SPECS,
  parseKeyMaterial,
  parseWrappingKey,
  wrap,
} from "kms-wrap";
import { generateKeyMaterial } from "../dist/keys/generate.js";
import { systemRandom } from "../dist/random.js";
import { demoImport } from "./demo-import.mjs";
import { openIndependently } from "./open-independently.mjs";
import { table } from "./table.mjs";

const makeKeyPair = promisify(generateKeyPair);
const WRAPPING_BITS = [2048, 3072, 4096];

/** @typedef {{ key: import("kms-wrap").WrappingKey, privateKey: import("node:crypto").KeyObject }} WrappingPair */

/** @returns {Promise<WrappingPair[]>} */
async function makeWrappingPairs() {
  const rsa = WRAPPING_BITS.map((modulusLength) => makeKeyPair("rsa", { modulusLength }));
  const pairs = await Promise.all([...rsa, makeKeyPair("ec", { namedCurve: "SM2" })]);
  return pairs.map(({ publicKey, privateKey }) => ({
    key: parseWrappingKey(publicKey.export({ format: "der", type: "spki" })),
    privateKey,
  }));
}

/** @param {import("kms-wrap").KeySpec} keySpec */
async function makeKeyMaterial(keySpec) {
  if (!keySpec.startsWith("RSA_")) return generateKeyMaterial(keySpec, systemRandom);
  const modulusLength = Number(keySpec.slice("RSA_".length));
  const { privateKey } = await makeKeyPair("rsa", { modulusLength });
  return parseKeyMaterial(privateKey.export({ format: "der", type: "pkcs8" }), keySpec);
}

const started = performance.now();
const importable = KEY_SPECS.filter((spec) => !spec.startsWith("ML_"));
console.log("Making wrapping keys and key material …");
const [pairs, materials] = await Promise.all([
  makeWrappingPairs(),
  Promise.all(importable.map(makeKeyMaterial)),
]);

const rows = [];
let failures = 0;
for (const { keySpec, bytes } of materials) {
  for (const { key, privateKey } of pairs) {
    for (const algorithm of compatibleAlgorithms(keySpec, key.spec)) {
      const wrapped = wrap({ algorithm, publicKey: key, keyMaterial: bytes });
      const { opened, by } = openIndependently(algorithm, privateKey, wrapped);
      const same = Buffer.compare(opened, bytes) === 0;
      if (!same) failures++;
      rows.push([
        keySpec,
        bytes.length,
        key.spec,
        algorithm,
        wrapped.length,
        same ? `same bytes, by ${by}` : "DIFFERENT",
      ]);
    }
  }
}

console.log(table(["key material", "bytes", "wrapped under", "by", "blob", "opened"], rows));
const { name, features } = engineInfo();
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  `${rows.length - failures} of ${rows.length} blobs opened to the same bytes in ${seconds} s; engine: ${[name, ...features].join(", ")}.`,
);

console.log("\nRehearsing the import, with the AWS SDK as the client:");
failures += await demoImport();
process.exitCode = failures ? 1 : 0;
