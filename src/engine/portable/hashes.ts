/** Hashes and MGF1 on @noble/hashes. */

import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { wipe } from "../../bytes.ts";
import type { HashEngine, HashName } from "../engine.ts";

const DIGESTS: Readonly<Record<HashName, (message: Uint8Array) => Uint8Array>> = {
  "SHA-1": sha1,
  "SHA-256": sha256,
  "SHA-384": sha384,
  "SHA-512": sha512,
};

export const portableHashes: HashEngine = {
  digest: (hash, message) => DIGESTS[hash](message),
  mgf1: (hash, seed, maskBytes) => {
    const digest = DIGESTS[hash];
    const block = new Uint8Array(seed.length + 4); // mgfSeed || C
    block.set(seed);
    const counter = new DataView(block.buffer, seed.length);
    const mask = new Uint8Array(maskBytes);
    for (let offset = 0, i = 0; offset < maskBytes; i++) {
      counter.setUint32(0, i); // step 3.a
      const hashed = digest(block); // step 3.b
      mask.set(hashed.subarray(0, maskBytes - offset), offset);
      offset += hashed.length;
      wipe(hashed);
    }
    wipe(block);
    return mask;
  },
};
