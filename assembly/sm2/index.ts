/**
 * SM2's points, GB/T 32918-2016 on the curve of GB/T 32918.5-2017, and SM3: what src/engine/wasm/sm2.ts calls.
 *
 * secret: SCALAR, all that is made of it, messages; public: POINT, lengths.
 */

import { storeResult, toAffine } from "./affine";
import { multiplyBase } from "./comb";
import { loadPoint } from "./convert";
import { AFFINE, FIRST, OTHER_SUM, POINT, POINT_BYTES, POINTS_END, SECOND, SUM, WORK } from "./layout";
import { recodeScalar } from "./scalar";
import { multiplyPoint } from "./window";

export { derive, startKdf } from "./kdf";
export { BUFFER, BUFFER_CAPACITY, FIRST, POINT, SCALAR, SECOND, STATE } from "./layout";
export { finishHash, hashBlocks, startHash, wipeHash } from "./sm3";

/** FIRST = [SCALAR]G and SECOND = [SCALAR]POINT, with one inversion for both. */
export function encapsulate(): void {
  const negative = recodeScalar();
  loadPoint(AFFINE, POINT);
  multiplyPoint();
  memory.copy(OTHER_SUM, SUM, POINT_BYTES);
  multiplyBase();
  toAffine(SUM, OTHER_SUM, negative);
  storeResult(FIRST, 0);
  storeResult(SECOND, 1);
}

/** FIRST = [SCALAR]POINT. */
export function decapsulate(): void {
  const negative = recodeScalar();
  loadPoint(AFFINE, POINT);
  multiplyPoint();
  toAffine(SUM, SUM, negative);
  storeResult(FIRST, 0);
}

/** FIRST = [SCALAR]G. */
export function publicKey(): void {
  const negative = recodeScalar();
  multiplyBase();
  toAffine(SUM, SUM, negative);
  storeResult(FIRST, 0);
}

/** Overwrites all of the above. */
export function wipePoints(): void {
  memory.fill(WORK, 0, POINTS_END - WORK);
}
