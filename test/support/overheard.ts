/** Overhears the secrets of an operation where they pass: between scheme and engine, and from the random source. */

import { toHex } from "../../src/bytes.ts";
import type { Engine, RsaPrivateNumbers } from "../../src/engine/engine.ts";
import { type RandomSource, systemRandom } from "../../src/random.ts";
import { fromHex } from "./bytes.ts";

/** An engine and a random source that work as others do, and what was secret of what they were asked and answered. */
export interface Overheard {
  readonly engine: Engine;
  readonly random: RandomSource;
  /** Everything secret that has passed until now. */
  secrets(): Uint8Array[];
}

/**
 * @param engine - what computes.
 * @param source - what randomness comes from.
 */
export function overhear(
  { info, hashes, aes, rsa, sm2 }: Engine,
  source: RandomSource = systemRandom,
): Overheard {
  // As text: copies in arrays would be taken for what the operation left behind.
  const heard = new Set<string>();
  const hear = <T extends Uint8Array | undefined>(secret: T): T => {
    if (secret !== undefined) heard.add(toHex(secret));
    return secret;
  };
  const hearNumbers = ({ modulus: _n, publicExponent: _e, ...secret }: RsaPrivateNumbers): void =>
    void Object.values(secret).forEach(hear);
  return {
    secrets: () => [...heard].map(fromHex),
    random: (byteLength) => hear(source(byteLength)),
    engine: {
      info,
      hashes: {
        digest: (hash, message) => hashes.digest(hash, message), // of labels, which are public
        mgf1: (hash, seed, maskBytes) => hear(hashes.mgf1(hash, hear(seed), maskBytes)),
      },
      aes: {
        wrapSemiblocks: (kek, semiblocks) => aes.wrapSemiblocks(hear(kek), hear(semiblocks)),
        unwrapSemiblocks: (kek, semiblocks) => hear(aes.unwrapSemiblocks(hear(kek), semiblocks)),
      },
      rsa: {
        publicOperation: (key, message) => rsa.publicOperation(key, hear(message)),
        privateOperation: (key, ciphertext, random) => {
          hearNumbers(key);
          return hear(rsa.privateOperation(key, ciphertext, random));
        },
      },
      sm2: {
        encapsulate: (publicKey, k) => {
          const { c1, shared } = sm2.encapsulate(publicKey, hear(k));
          return { c1, shared: hear(shared) };
        },
        decapsulate: (privateKey, c1) => hear(sm2.decapsulate(hear(privateKey), c1)),
        publicKey: (privateKey) => sm2.publicKey(hear(privateKey)),
        sm3: (message) => sm2.sm3(hear(message)),
        kdf: (shared, byteLength) => hear(sm2.kdf(hear(shared), byteLength)),
      },
    },
  };
}
