/** The other implementations: how each is built and started, what of it is compared, and which cases it cannot do. */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { portableEngine } from "../../dist/engine/portable/engine.js";
import { LineProcess } from "./line-process.mjs";

const run = promisify(execFile);
const sources = fileURLToPath(new URL("peers/", import.meta.url));

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {(folder: string) => Promise<LineProcess>} start - builds in the folder; rejects where something is missing
 * @property {(algorithm: string) => boolean} has
 * @property {(message: Uint8Array, algorithm: string) => Uint8Array} [unwrapsTo] - what it makes of a wrapped message, if
 *   not the message
 * @property {(given: import("./comparisons.mjs").Case, wrapped?: Uint8Array) => boolean} [setsAside] - whether a known
 *   fault of it makes a case no evidence, the ciphertext being given where there is one; the README names the fault
 */

/**
 * @param {string} compiler
 * @param {string} source
 * @param {readonly string[]} options
 * @param {string} folder
 */
export async function compile(compiler, source, options, folder) {
  const program = join(folder, source.replace(".", "-"));
  await run(compiler, [join(sources, source), "-O1", "-o", program, ...options]);
  return program;
}

/**
 * libgcrypt 1.10 tells no length: KWP's plaintext comes back with its padding.
 *
 * @param {Uint8Array} message
 * @param {string} algorithm
 */
function withPadding(message, algorithm) {
  if (!/KWP|KEY_WRAP/.test(algorithm)) return message;
  const padded = new Uint8Array(8 * Math.ceil(message.length / 8));
  padded.set(message);
  return padded;
}

/**
 * libgcrypt 1.10 computes with x2 and y2 as numbers: where one of them begins with a zero byte, that byte is lost, and
 * what it encrypts or decrypts is wrong. A zero byte in front of the message it does not encrypt.
 *
 * @param {import("./comparisons.mjs").Case} given
 * @param {Uint8Array} [wrapped] - C1 C3 C2, with 04
 */
function losesZeros({ message, scalar }, wrapped) {
  if (!scalar) return false;
  if (message[0] === 0) return true;
  if (!wrapped) return false;
  const shared = portableEngine.sm2.decapsulate(scalar, wrapped.subarray(1, 65));
  return shared[0] === 0 || shared[32] === 0;
}

/** @type {readonly Peer[]} */
export const PEERS = [
  {
    name: "BouncyCastle",
    start: async () =>
      new LineProcess("java", ["-cp", "/usr/share/java/bcprov.jar", `${sources}BouncyCastle.java`]),
    has: () => true,
  },
  {
    name: "libgcrypt",
    start: async (folder) => new LineProcess(await compile("cc", "libgcrypt.c", ["-lgcrypt"], folder), []),
    has: (algorithm) => !algorithm.startsWith("SM2") || algorithm === "SM2 c1c3c2",
    unwrapsTo: withPadding,
    setsAside: losesZeros,
  },
  {
    name: "Botan",
    start: async (folder) => {
      const options = ["-I/usr/include/botan-2", "-lbotan-2"];
      return new LineProcess(await compile("c++", "botan.cpp", options, folder), []);
    },
    has: (algorithm) => !algorithm.startsWith("SM2 "),
  },
];
