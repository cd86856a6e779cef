/**
 * Ed25519, RFC 8032 §5.1, as far as key material needs it: from the seed to the public key.
 *
 * Computed on Wei25519, the short Weierstrass form of curve25519 (draft-ietf-lwig-curve-representations-23 §E.3), so
 * that the point arithmetic of the other curves serves this one, too: half the size of a bundle with both.
 */

import { type WeierstrassPointCons, weierstrass } from "@noble/curves/abstract/weierstrass.js";
import { fromBigInt, toBigInt, wipe } from "../bytes.ts";
import { portableHashes } from "./portable/hashes.ts";

/** Bytes of a seed, and of a public key: RFC 8032 §5.1.5. */
export const ED25519_BYTES = 32;

const WEI25519 = {
  p: 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedn,
  n: 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn,
  h: 8n,
  a: 0x2aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa984914a144n,
  b: 0x7b425ed097b425ed097b425ed097b425ed097b425ed097b4260b5e9c7710c864n,
  Gx: 0x2aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad245an,
  Gy: 0x20ae19a1b8a086b4e01edd2c7748d14c923d4d7e6d7c61b229e9c5a27eced3d9n,
} as const;
/** From Wei25519 to curve25519: u = X − 486662/3, v = Y. */
const SHIFT = 0x2aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad2451n;
/** From curve25519 to edwards25519 (RFC 7748 §4.1): x = √−486664 · u/v, y = (u − 1)/(u + 1). */
const SQRT_MINUS_486664 = 0x70d9120b9f5ff9442d84f723fc03b0813a5e2c2eb482e57d3391fb5500ba81e7n;

let built: WeierstrassPointCons<bigint> | undefined;

/**
 * The public key of a seed, RFC 8032 §5.1.5. secret: seed.
 *
 * @param seed - 32 bytes, any.
 * @returns 32 bytes.
 */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  const h = portableHashes.digest("SHA-512", seed); // 1
  const s = h.slice(0, 32).reverse(); // big-endian from here on
  s[31]! &= 0xf8; // 2
  s[0] = (s[0]! & 0x7f) | 0x40;
  const scalar = toBigInt(s) % WEI25519.n; // 3; the order of B is n, and noble takes only what is below it
  wipe(h, s);
  built ??= weierstrass<bigint>(WEI25519);
  const { Fp } = built;
  const A = built.fromAffine({ x: WEI25519.Gx, y: WEI25519.Gy }).multiply(scalar).toAffine();
  const u = Fp.sub(A.x, SHIFT);
  const x = Fp.div(Fp.mul(SQRT_MINUS_486664, u), A.y);
  const y = Fp.div(Fp.sub(u, 1n), Fp.add(u, 1n));
  const encoded = fromBigInt(y, 32).reverse(); // 4, §5.1.2
  encoded[31]! |= Number(x & 1n) << 7;
  return encoded;
}
