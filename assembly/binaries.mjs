/**
 * The WASM binaries and how each is built: `npm run build` makes all that are stale.
 *
 * `generators` are scripts that write assembly/<folder>/generated/*.ts (unrolled kernels, tables derived from
 * their definition). `pages` of 64 KiB is initial and maximum memory: all binaries that can be live at once stay
 * within 1 MiB together.
 */

/**
 * @typedef {object} Binary
 * @property {string} name - of the .wasm file and of the generated module
 * @property {string} entry - the AssemblyScript entry file
 * @property {string[]} generators - scripts to run first
 * @property {string[]} features - beyond the WebAssembly MVP: "simd", "relaxed-simd"
 * @property {number} pages
 */

/** @type {Binary[]} */
export const BINARIES = [
  {
    name: "aes",
    entry: "assembly/aes/index.ts",
    generators: ["assembly/aes/generate.mjs"],
    features: ["simd"],
    pages: 3,
  },
  {
    name: "aes-relaxed",
    entry: "assembly/aes/index.ts",
    generators: ["assembly/aes/generate.mjs"],
    features: ["simd", "relaxed-simd"],
    pages: 3,
  },
  {
    name: "rsa",
    entry: "assembly/rsa/index.ts",
    generators: ["assembly/rsa/generate.mjs"],
    features: ["simd"],
    pages: 2,
  },
  {
    name: "rsa-relaxed",
    entry: "assembly/rsa/index.ts",
    generators: ["assembly/rsa/generate.mjs"],
    features: ["simd", "relaxed-simd"],
    pages: 1,
  },
  {
    name: "sha",
    entry: "assembly/sha/index.ts",
    generators: ["assembly/sha/generate.mjs"],
    features: ["simd"],
    pages: 2,
  },
  {
    name: "sm2",
    entry: "assembly/sm2/index.ts",
    generators: ["assembly/sm2/generate.mjs"],
    features: ["simd"],
    pages: 1,
  },
];
