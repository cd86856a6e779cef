/** Ed25519, RFC 8032 §5.1, as far as key material needs it: from the seed to the public key. */

import { type EdwardsPointCons, edwards } from "@noble/curves/abstract/edwards.js";
import { toBigInt, wipe } from "../bytes.ts";
import { portableHashes } from "./portable/hashes.ts";

/** RFC 8032 §5.1, table 1: −x² + y² = 1 + dx²y² over GF(2^255 − 19), a subgroup of prime order n. */
const PARAMETERS = {
  p: 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedn,
  n: 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn,
  h: 8n,
  a: 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffecn,
  d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
  Gx: 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
  Gy: 0x6666666666666666666666666666666666666666666666666666666666666658n,
} as const;

let built: EdwardsPointCons | undefined;

/**
 * The public key of a seed, RFC 8032 §5.1.5. secret: seed.
 *
 * @param seed - 32 bytes, any.
 * @returns 32 bytes.
 */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  const h = portableHashes.digest("SHA-512", seed); // 1
  const s = h.slice(0, 32).reverse(); // 3, as a big-endian number
  s[31]! &= 0xf8; // 2
  s[0] = (s[0]! & 0x7f) | 0x40;
  const scalar = toBigInt(s) % PARAMETERS.n; // the order of B is n, and noble takes only what is below it
  wipe(h, s);
  built ??= edwards(PARAMETERS);
  return built.fromAffine({ x: PARAMETERS.Gx, y: PARAMETERS.Gy }).multiply(scalar).toBytes(); // 3, 4
}
