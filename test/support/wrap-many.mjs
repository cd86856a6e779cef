/**
 * Wraps 100,000 times with all algorithms in turn and prints, as JSON, what memory was in use after the first tenth
 * and at the end. Needs `node --expose-gc`, and dist/.
 */

import { generateKeyPairSync } from "node:crypto";
import { parseWrappingKey, WRAPPING_ALGORITHMS, wrap } from "../../dist/index.js";

const WRAPS = 100_000;
const COLLECTIONS = 5;

/** @param {import("node:crypto").KeyObject} key */
const parse = (key) => parseWrappingKey(new Uint8Array(key.export({ format: "der", type: "spki" })));
const rsa = parse(generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey);
const sm2 = parse(generateKeyPairSync("ec", { namedCurve: "SM2" }).publicKey);
const keyMaterial = new Uint8Array(32).fill(7);

/** @param {number} count */
function wrapMany(count) {
  for (let i = 0; i < count; i++) {
    const algorithm = WRAPPING_ALGORITHMS[i % WRAPPING_ALGORITHMS.length] ?? "SM2PKE";
    wrap({ algorithm, publicKey: algorithm === "SM2PKE" ? sm2 : rsa, keyMaterial });
  }
}

/** The least of a few collections: what V8 keeps for its own ends comes and goes by megabytes. */
async function memoryInUse() {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < COLLECTIONS; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    least = Math.min(least, heapUsed + arrayBuffers);
  }
  return least;
}

wrapMany(WRAPS / 10);
const early = await memoryInUse();
wrapMany(WRAPS - WRAPS / 10);
console.log(JSON.stringify({ early, late: await memoryInUse() }));
