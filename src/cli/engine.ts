/**
 * The engine for a process that does one job: of the parts of an engine only those that the algorithm's scheme
 * computes with, since loading takes longer than the job.
 */

import type { Engine } from "../engine/engine.ts";
import type { WrappingAlgorithm } from "../schemes/algorithms.ts";

type Part = Exclude<keyof Engine, "info">;

const PARTS: Readonly<Record<WrappingAlgorithm, readonly Part[]>> = {
  RSAES_OAEP_SHA_1: ["hashes", "rsa"],
  RSAES_OAEP_SHA_256: ["hashes", "rsa"],
  RSA_AES_KEY_WRAP_SHA_1: ["hashes", "rsa", "aes"],
  RSA_AES_KEY_WRAP_SHA_256: ["hashes", "rsa", "aes"],
  SM2PKE: ["sm2"],
};

const LOADERS: { readonly [P in Part]: () => Promise<Engine[P]> } = {
  hashes: async () => (await import("../engine/portable/hashes.ts")).portableHashes,
  aes: async () => (await import("../engine/portable/aes.ts")).portableAes,
  rsa: async () => (await import("../engine/portable/rsa.ts")).portableRsa,
  sm2: async () => (await import("../engine/portable/sm2.ts")).portableSm2,
};

/** An engine that can do what `algorithm` needs, and nothing else. */
export async function loadEngineFor(algorithm: WrappingAlgorithm): Promise<Engine> {
  const parts = await Promise.all(PARTS[algorithm].map(async (part) => [part, await LOADERS[part]()]));
  return { info: { name: "portable", features: [] }, ...Object.fromEntries(parts) };
}
