/** Unwrapping as it must not be done: controls that the check of constancy must catch, each in its way. */

import { xorBytes } from "../../src/bytes.ts";
import type { Engine, RsaPrivateNumbers } from "../../src/engine/engine.ts";
import { unwrapFailed } from "../../src/errors.ts";
import type { RandomSource } from "../../src/random.ts";

/** OAEP that stops where the first byte is wrong, before it hashes: Manger's oracle. */
export function oaepThatStopsEarly(
  engine: Engine,
  key: RsaPrivateNumbers,
  ciphertext: Uint8Array,
  random: RandomSource,
): void {
  const EM = engine.rsa.privateOperation(key, ciphertext, random)!;
  if (EM[0] !== 0) throw unwrapFailed();
  engine.hashes.mgf1("SHA-256", EM.subarray(33), 32);
  throw unwrapFailed();
}

/** OAEP that hashes as much of DB as it takes to find the separator. */
export function oaepThatHashesLess(
  engine: Engine,
  key: RsaPrivateNumbers,
  ciphertext: Uint8Array,
  random: RandomSource,
): void {
  const EM = engine.rsa.privateOperation(key, ciphertext, random)!;
  const seed = xorBytes(EM.subarray(1, 33), engine.hashes.mgf1("SHA-256", EM.subarray(33), 32));
  const DB = xorBytes(EM.subarray(33), engine.hashes.mgf1("SHA-256", seed, EM.length - 33));
  engine.hashes.digest("SHA-256", DB.subarray(0, DB.indexOf(1, 32) + 1));
  throw unwrapFailed();
}

/** Key wrap whose engine does the same whatever the blob, and whose verdict is a chain of early returns. */
export function kwpThatComparesEarly(engine: Engine, kek: Uint8Array, wrapped: Uint8Array): void {
  const S = engine.aes.unwrapSemiblocks(kek, wrapped);
  if (!isRight(S)) throw unwrapFailed();
}

function isRight(S: Uint8Array): boolean {
  for (const [i, byte] of [0xa6, 0x59, 0x59, 0xa6].entries()) if (S[i] !== byte) return false;
  return S.subarray(8 + S[7]!).every((byte) => byte === 0);
}
