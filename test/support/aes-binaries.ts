/** The AES binaries that this host can run, each with its glue. */

import { type AesExports, AesKernel } from "../../src/engine/wasm/aes.ts";
import { WASM as PLAIN } from "../../src/engine/wasm/generated/aes.ts";
import { WASM as RELAXED } from "../../src/engine/wasm/generated/aes-relaxed.ts";
import { instantiate } from "../../src/engine/wasm/instantiate.ts";
import { isSupported } from "./wasm-features.ts";

/** By name and embedded bytes; plain SIMD is always among them. */
export const AES_BINARIES: readonly (readonly [name: string, hex: string])[] = [
  ["aes", PLAIN],
  ...(isSupported(RELAXED) ? ([["aes-relaxed", RELAXED]] as const) : []),
];

/** The operations on a binary, whichever the host would choose. */
export function openAes(name: string, hex: string): AesKernel {
  return new AesKernel(instantiate<AesExports>(name, hex));
}

/** Semiblocks that fit into memory at once; longer messages are taken in pieces. */
export const AES_CAPACITY: number = instantiate<AesExports>("aes", PLAIN).SEMIBLOCK_CAPACITY.value;
