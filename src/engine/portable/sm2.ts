/** SM2's curve on @noble/curves' Weierstrass arithmetic, with SM3 and the KDF of GB/T 32918.4 §5.4.3. */

import type { WeierstrassPoint } from "@noble/curves/abstract/weierstrass.js";
import { fromBigInt, wipe } from "../../bytes.ts";
import { curve, UNCOMPRESSED } from "../curves.ts";
import type { Sm2Engine } from "../engine.ts";
import { sm3 } from "./sm3.ts";

const HASH_BYTES = 32;
/**
 * Bits of a scalar at a time. For G, a table of that width costs as much as two multiplications without one, and makes
 * each 4 times as fast; wider ones cost four times as much (31 ms) for another fifth.
 */
const WINDOW_BITS = 4;

export const portableSm2: Sm2Engine = {
  encapsulate: (publicKey, k) => ({ c1: multiplyBase(k), shared: multiply(publicKey, k) }),
  decapsulate: (privateKey, c1) => multiply(c1, privateKey),
  publicKey: multiplyBase,
  sm3,
  kdf: (shared, byteLength) => {
    const block = new Uint8Array(shared.length + 4); // Z || ct
    block.set(shared);
    const counter = new DataView(block.buffer, shared.length);
    const key = new Uint8Array(byteLength);
    for (let offset = 0, ct = 1; offset < byteLength; offset += HASH_BYTES, ct++) {
      counter.setUint32(0, ct);
      const hashed = sm3(block);
      key.set(hashed.subarray(0, byteLength - offset), offset);
      wipe(hashed);
    }
    wipe(block);
    return key;
  },
};

let baseWithTable: WeierstrassPoint<bigint> | undefined;

/** [scalar]G as x‖y. */
function multiplyBase(scalar: Uint8Array): Uint8Array {
  const { Point } = curve("SM2");
  baseWithTable ??= Point.BASE.precompute(WINDOW_BITS);
  return coordinates(baseWithTable.multiply(Point.Fn.fromBytes(scalar)));
}

/**
 * [scalar]point as x‖y: double-and-add by fixed windows of four bits, with an addition for every window. noble's own
 * `multiply` of a point without a table takes 1.6 times as long.
 */
function multiply(point: Uint8Array, scalar: Uint8Array): Uint8Array {
  const { Point } = curve("SM2");
  const P = Point.fromBytes(Uint8Array.of(UNCOMPRESSED, ...point));
  const multiples = [Point.ZERO, P];
  while (multiples.length < 1 << WINDOW_BITS) multiples.push(multiples.at(-1)!.add(P));
  let product = Point.ZERO;
  for (const byte of scalar)
    for (const digit of [byte >> WINDOW_BITS, byte & 0xf])
      product = product.double().double().double().double().add(multiples[digit]!);
  return coordinates(product);
}

/**
 * x‖y. The order of every point is n, so that no scalar in [1, n − 1] gives infinity. noble's own encoding would leave
 * the point, which may be secret, in arrays that nobody overwrites.
 */
function coordinates(point: WeierstrassPoint<bigint>): Uint8Array {
  const { x, y } = point.toAffine();
  return fromBigInt((x << 256n) | y, 64);
}
