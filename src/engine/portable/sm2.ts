/** SM2's curve on @noble/curves' Weierstrass arithmetic, with SM3 and the KDF of GB/T 32918.4 §5.4.3. */

import { wipe } from "../../bytes.ts";
import { curve, publicPoint } from "../curves.ts";
import type { Sm2Engine } from "../engine.ts";
import { sm3 } from "./sm3.ts";

const HASH_BYTES = 32;
/** The 04 that SEC 1 §2.3.3 puts before x‖y. */
const UNCOMPRESSED = 0x04;

export const portableSm2: Sm2Engine = {
  encapsulate: (publicKey, k) => ({ c1: publicPoint("SM2", k), shared: multiply(publicKey, k) }),
  decapsulate: (privateKey, c1) => multiply(c1, privateKey),
  publicKey: (privateKey) => publicPoint("SM2", privateKey),
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

/** [scalar]point as x‖y. The order of every point is n, so a scalar in [1, n − 1] never gives infinity. */
function multiply(point: Uint8Array, scalar: Uint8Array): Uint8Array {
  const { Point } = curve("SM2");
  const encoded = new Uint8Array(1 + point.length);
  encoded[0] = UNCOMPRESSED;
  encoded.set(point, 1);
  return Point.fromBytes(encoded).multiply(Point.Fn.fromBytes(scalar)).toBytes(false).slice(1);
}
