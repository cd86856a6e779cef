/**
 * The engine for a process that does one job: of the parts of an engine only those that the algorithm's scheme
 * computes with, since loading takes longer than the job. The portable engine is not even loaded where WebAssembly may
 * run.
 */

import type { Engine } from "../engine/engine.ts";
import { WasmUnavailable } from "../engine/wasm/instantiate.ts";
import type { WrappingAlgorithm } from "../schemes/algorithms.ts";

type Part = Exclude<keyof Engine, "info">;
type Loaders = { readonly [P in Part]: () => Promise<Engine[P]> };

const PARTS: Readonly<Record<WrappingAlgorithm, readonly Part[]>> = {
  RSAES_OAEP_SHA_1: ["hashes", "rsa"],
  RSAES_OAEP_SHA_256: ["hashes", "rsa"],
  RSA_AES_KEY_WRAP_SHA_1: ["hashes", "rsa", "aes"],
  RSA_AES_KEY_WRAP_SHA_256: ["hashes", "rsa", "aes"],
  SM2PKE: ["sm2"],
};

const WASM: Loaders = {
  hashes: async () => (await import("../engine/wasm/hashes.ts")).wasmHashes(),
  aes: async () => (await import("../engine/wasm/aes.ts")).wasmAes().engine,
  rsa: async () => (await import("../engine/wasm/rsa.ts")).wasmRsa().engine,
  sm2: async () => (await import("../engine/wasm/sm2.ts")).wasmSm2(),
};

const PORTABLE: Loaders = {
  hashes: async () => (await import("../engine/portable/hashes.ts")).portableHashes,
  aes: async () => (await import("../engine/portable/aes.ts")).portableAes,
  rsa: async () => (await import("../engine/portable/rsa.ts")).portableRsa,
  sm2: async () => (await import("../engine/portable/sm2.ts")).portableSm2,
};

/** An engine that can do what `algorithm` needs, and nothing else. */
export async function loadEngineFor(algorithm: WrappingAlgorithm): Promise<Engine> {
  try {
    return { info: { name: "wasm", features: [] }, ...(await load(algorithm, WASM)) };
  } catch (error) {
    if (!(error instanceof WasmUnavailable)) throw error;
    return {
      info: { name: "portable", features: [], reason: error.message },
      ...(await load(algorithm, PORTABLE)),
    };
  }
}

/** What the user should know about the engine: nothing where it is the one that is meant to be used. */
export function engineWarnings({ info }: Engine): string[] {
  if (info.name === "wasm") return [];
  return [`${info.reason}: JavaScript computed instead, and how long that takes depends on the secrets`];
}

async function load(algorithm: WrappingAlgorithm, loaders: Loaders): Promise<Omit<Engine, "info">> {
  const parts = PARTS[algorithm].map(async (part) => [part, await loaders[part]()] as const);
  return Object.fromEntries(await Promise.all(parts)) as unknown as Omit<Engine, "info">;
}
