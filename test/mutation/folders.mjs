/**
 * What is mutated together, and the suites that should notice: those of test/suites whose paths begin so, in this order,
 * the quick ones first. All others are left out (other programs, traces of kernels, bounds, whole tampering): what they
 * alone would notice counts as survived.
 */

/**
 * @typedef {object} Folder
 * @property {string[]} mutate - sources
 * @property {string[]} suites
 */

const PUBLISHED = ["vectors/hashes", "vectors/aes", "vectors/kms", "vectors/sm2", "vectors/rsa"];
const KEYS = ["keys/p", "keys/w", "keys/r", "keys/g", "keys/k"];

/** @type {Readonly<Record<string, Folder>>} */
export const FOLDERS = {
  formats: {
    mutate: ["src/formats/*.ts"],
    suites: [
      ...["formats/", "refusals/", "sm2pke", "keys/p", "keys/w", "vectors/sm2", "vectors/negative"],
      ...["../node/zip", "../node/inflate", "page/"],
    ],
  },
  schemes: {
    mutate: ["src/schemes/*.ts"],
    suites: ["arguments", "refusals/calls", "sm2pke", ...PUBLISHED, "vectors/negative", "schemes"],
  },
  kms: {
    mutate: ["src/kms/*.ts"],
    suites: ["kms/", "arguments", "compatibility", "refusals/calls", "refusals/imports", "page/"],
  },
  engine: {
    mutate: ["src/engine/*.ts", "src/engine/portable/*.ts"],
    suites: [
      ...["big", "curves", "portable-engine", "default-engine", ...PUBLISHED],
      ...["keys/private-key.", "keys/wrapping-key.", "keys/g", "keys/k", "schemes"],
    ],
  },
  "engine/wasm": {
    mutate: ["src/engine/wasm/*.ts"],
    suites: [
      "../node/wasm-choice",
      "wasm-",
      "../node/wasm-init",
      "portable-engine",
      "default-engine",
      ...PUBLISHED,
      "schemes",
    ],
  },
  keys: {
    mutate: ["src/keys/*.ts"],
    suites: ["refusals/", ...KEYS, "arguments", "vectors/negative"],
  },
  ground: {
    mutate: ["src/*.ts"],
    suites: [
      ...["arguments", "big", "constant", "default", "portable", "random", "refusals/", "kms/", "sm2pke"],
      ...[...PUBLISHED, "schemes"],
    ],
  },
  // How much do the published vectors alone hold in place?
  "vectors/schemes": { mutate: ["src/schemes/*.ts"], suites: PUBLISHED },
  "vectors/portable": { mutate: ["src/engine/portable/*.ts"], suites: PUBLISHED },
};

/** The folder that Stryker and its runner are about, by name; run.mjs sets it. */
export const CURRENT = "KMS_WRAP_MUTATION";

/** @returns {Folder} */
export function currentFolder() {
  const folder = FOLDERS[process.env[CURRENT] ?? ""];
  if (folder === undefined) throw new Error(`${CURRENT} must name one of ${Object.keys(FOLDERS).join(", ")}`);
  return folder;
}

/**
 * Where a folder's report goes.
 *
 * @param {string} name
 */
export function reportPath(name) {
  return `test/mutation/reports/${name.replace("/", "-")}.json`;
}
