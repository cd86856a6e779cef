/**
 * Wraps 100,000 times with all algorithms in turn and prints, as JSON, what memory was in use after the first tenth
 * and at the end. Needs `node --expose-gc`, and dist/.
 */

import { generateKeyPairSync } from "node:crypto";
import { parseWrappingKey, WRAPPING_ALGORITHMS, wrap } from "../../dist/index.js";

const WRAPS = 100_000;

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

function memoryInUse() {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

wrapMany(WRAPS / 10);
const early = memoryInUse();
wrapMany(WRAPS - WRAPS / 10);
console.log(JSON.stringify({ early, late: memoryInUse() }));
