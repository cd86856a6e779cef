/**
 * Kernels that leak on purpose, each through one kind of instruction, and one that does not: what the trace check
 * must catch, and what it must let pass.
 */

import asc from "assemblyscript/asc";
import type { KernelExports } from "../../src/engine/wasm/instantiate.ts";

/** The secret, 16 bytes, lies at offset 0; public tables and results from 1024 on. */
export interface ControlExports extends KernelExports {
  run(): void;
}

/** AssemblyScript bodies of `run`, by what they leak through. */
export const LEAKS: Readonly<Record<string, string>> = {
  "a table lookup": `
    let sum: i32 = 0;
    for (let i: usize = 0; i < 16; i++) sum += load<i32>(1024 + (<usize>load<u8>(i) << 2));
    store<i32>(4096, sum);`,
  "the address of a store": "store<u8>(1024 + load<u8>(0), 1);",
  "the address of a lane load": "v128.store(4096, v128.load64_splat(1024 + load<u8>(0)));",
  "a branch": "if (load<u8>(0) & 1) store<u8>(4096, 1);",
  "a branch that yields a value":
    "store<i32>(4096, load<u8>(0) & 1 ? load<i32>(1024) : load<i32>(1028) * 3);",
  "a select": "store<i32>(4096, select(load<i32>(1024), load<i32>(1028), load<u8>(0) & 1));",
  "the length of a loop": "for (let i: u32 = load<u8>(0); i > 0; i--) store<u32>(4096, i);",
  "a division": "store<i32>(4096, load<i32>(0) / 3000);",
  "a 64-bit remainder": "store<i64>(4096, load<i64>(0) % 1000003);",
  "the length of a copy": "memory.copy(4096, 1024, load<u8>(0));",
  "the length of a fill": "memory.fill(4096, 1, load<u8>(0));",
};

/** The same kinds of instruction, led by nothing but public numbers; masks where the secret decides. */
export const NO_LEAK = `
    let sum: i32 = 0;
    for (let i: usize = 0; i < 16; i++) {
      const mask = -(<i32>load<u8>(i) & 1);
      sum += (load<i32>(1024) & mask) | (load<i32>(1028) & ~mask);
    }
    store<i32>(4096, sum);
    memory.copy(5000, 0, 16);
    v128.store(6000, v128.load64_splat(8));`;

/** Compiles a control with the options of the shipped binaries. */
export async function compileControl(body: string): Promise<Uint8Array> {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      "control.ts",
      "--outFile=control.wasm",
      ...["-O3", "--converge", "--noAssert", "--runtime=stub", "--use=abort="],
      ...["--enable=simd", "--initialMemory=1", "--zeroFilledMemory"],
    ],
    {
      readFile: (name) => (name === "control.ts" ? `export function run(): void {${body}}` : null),
      writeFile: (_name, contents) => {
        wasm = contents as Uint8Array;
      },
    },
  );
  if (error || !wasm) throw new Error(`${error?.message}\n${stderr.toString()}`);
  return wasm;
}
