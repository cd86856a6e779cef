/**
 * Compiles assembly/ to WebAssembly. Writes, for each binary, src/engine/wasm/generated/<name>.ts with the bytes
 * as base64, and wasm/<name>.wasm below the given folder.
 *
 * The build is reproducible: equal sources and compiler give equal bytes.
 */

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { BINARIES } from "../assembly/binaries.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What the engine finds a precompiled module by: a custom section of this name holds the binary's name. */
const NAME_SECTION = "kms-wrap";

/**
 * @param {import("../assembly/binaries.mjs").Binary} binary
 * @returns {Promise<Uint8Array>} the module's bytes
 */
async function compile(binary) {
  for (const generator of binary.generators) execFileSync(process.execPath, [generator], { cwd: root, stdio: "inherit" });
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
  if (imports.length) throw new Error(`${binary.entry}: imports ${imports.map((i) => i.name)}; the kernels take none`);
  return withNameSection(wasm, binary.name);
}

/**
 * @param {Uint8Array} wasm
 * @param {string} name
 */
function withNameSection(wasm, name) {
  const encoder = new TextEncoder();
  const title = encoder.encode(NAME_SECTION);
  const payload = encoder.encode(name);
  // Lengths below 128 are their own LEB128 encoding.
  const section = [0, 1 + title.length + payload.length, title.length, ...title, ...payload];
  return Uint8Array.from([...wasm, ...section]);
}

/** @param {string} wasmFolder - where the .wasm files go, relative to the project */
export async function buildWasm(wasmFolder) {
  const generated = `${root}src/engine/wasm/generated`;
  mkdirSync(generated, { recursive: true });
  mkdirSync(`${root}${wasmFolder}`, { recursive: true });
  for (const binary of BINARIES) {
    const wasm = await compile(binary);
    writeFileSync(`${root}${wasmFolder}/${binary.name}.wasm`, wasm);
    writeFileSync(
      `${generated}/${binary.name}.ts`,
      `// Made by scripts/build-wasm.mjs from ${binary.entry}: ${wasm.length} bytes.\nexport const WASM: string = "${Buffer.from(wasm).toString("base64")}";\n`,
    );
  }
}
