/** The engine that runs everywhere: @noble/* and BigInt, no WebAssembly. */

import type { Engine } from "../engine.ts";
import { portableAes } from "./aes.ts";
import { portableHashes } from "./hashes.ts";
import { portableRsa } from "./rsa.ts";
import { portableSm2 } from "./sm2.ts";

export const portableEngine: Engine = {
  info: { name: "portable", features: [] },
  hashes: portableHashes,
  aes: portableAes,
  rsa: portableRsa,
  sm2: portableSm2,
};
