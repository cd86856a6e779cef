/**
 * Compiles assembly/ to WebAssembly. Writes, for each binary, src/engine/wasm/generated/<name>.ts with the bytes in
 * hexadecimal, and dist/wasm/<name>.wasm; for all of them, src/engine/wasm/generated/fingerprints.ts. Base64 makes
 * shorter files, but gzip, which sees bytes in hexadecimal and not in base64, makes of it 35.4 kB for all binaries
 * together, and 29.3 kB of hexadecimal.
 *
 *     node scripts/build-wasm.mjs [name …]      all binaries, or those named
 *
 * The build is reproducible: equal sources and compiler give equal bytes.
 */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import asc from "assemblyscript/asc";
import { BINARIES } from "../assembly/binaries.mjs";

// So that Node 20 can open rsa-relaxed.wasm for the check of its imports; later ones know relaxed SIMD as it is.
if (process.version.startsWith("v20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");

const root = fileURLToPath(new URL("..", import.meta.url));
const embedded = `${root}src/engine/wasm/generated`;
const shipped = `${root}dist/wasm`;

/** What the engine knows a precompiled module by: a custom section of this name says which binary it is, of which code. */
const IDENTITY_SECTION = "kms-wrap";
/** Of the SHA-256 of the code, in hexadecimal. It tells versions apart, not friend from foe. */
const FINGERPRINT_CHARACTERS = 16;

/**
 * @param {import("../assembly/binaries.mjs").Binary} binary
 * @returns {Promise<Uint8Array>} the module's bytes
 */
async function compile(binary) {
  for (const generator of binary.generators)
    execFileSync(process.execPath, [generator], { cwd: root, stdio: "inherit" });
  /** @type {Uint8Array | undefined} */
  let wasm;
  const { error, stderr } = await asc.main(
    [
      binary.entry,
      `--baseDir=${root}`,
      "--outFile=out.wasm",
      "-O3",
      "--converge",
      "--noAssert",
      "--runtime=stub",
      "--use=abort=",
      "--zeroFilledMemory",
      `--initialMemory=${binary.pages}`,
      `--maximumMemory=${binary.pages}`,
      ...binary.features.map((feature) => `--enable=${feature}`),
    ],
    {
      writeFile: (_name, contents) => {
        wasm = /** @type {Uint8Array} */ (contents);
      },
    },
  );
  if (error || !wasm) throw new Error(`${binary.entry}: ${error?.message}\n${stderr.toString()}`);
  const module = new WebAssembly.Module(/** @type {BufferSource} */ (wasm));
  const imports = WebAssembly.Module.imports(module);
  if (imports.length)
    throw new Error(`${binary.entry}: imports ${imports.map((i) => i.name)}; the kernels take none`);
  return withIdentity(wasm, binary.name);
}

/**
 * @param {Uint8Array} wasm
 * @param {string} name
 */
function withIdentity(wasm, name) {
  const fingerprint = createHash("sha256").update(wasm).digest("hex").slice(0, FINGERPRINT_CHARACTERS);
  const encoder = new TextEncoder();
  const title = encoder.encode(IDENTITY_SECTION);
  const payload = encoder.encode(`${name} ${fingerprint}`);
  // Lengths below 128 are their own LEB128 encoding.
  const section = [0, 1 + title.length + payload.length, title.length, ...title, ...payload];
  return Uint8Array.from([...wasm, ...section]);
}

/** What `init` compares with, beside the bytes, since those who use `init` may not need them. */
function writeFingerprints() {
  const entries = BINARIES.filter(({ name }) => existsSync(`${shipped}/${name}.wasm`)).map(({ name }) => {
    const fingerprint = readFileSync(`${shipped}/${name}.wasm`).subarray(-FINGERPRINT_CHARACTERS).toString();
    return `  ["${name}", "${fingerprint}"],\n`;
  });
  writeFileSync(
    `${embedded}/fingerprints.ts`,
    `// Made by scripts/build-wasm.mjs.\nexport const FINGERPRINTS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([\n${entries.join("")}]);\n`,
  );
}

/**
 * @param {string[]} [names] - which binaries; all of them if absent
 */
export async function buildWasm(names) {
  mkdirSync(embedded, { recursive: true });
  mkdirSync(shipped, { recursive: true });
  for (const binary of BINARIES.filter(({ name }) => names?.includes(name) ?? true)) {
    const wasm = await compile(binary);
    writeFileSync(`${shipped}/${binary.name}.wasm`, wasm);
    writeFileSync(
      `${embedded}/${binary.name}.ts`,
      `// Made by scripts/build-wasm.mjs from ${binary.entry}: ${wasm.length} bytes.\nexport const WASM: string = "${Buffer.from(wasm).toString("hex")}";\n`,
    );
    console.error(`${binary.name}.wasm: ${wasm.length} bytes`);
  }
  writeFingerprints();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  await buildWasm(names.length ? names : undefined);
}
