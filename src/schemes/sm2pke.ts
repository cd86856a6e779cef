/**
 * SM2 public-key encryption, GB/T 32918.4-2016 (the same as GM/T 0003.4-2012), with SM3 and h = 1.
 *
 * secret: k, (x2, y2), the message and t; public: the points P and C1, all lengths.
 */

import { concatBytes, fromBigInt, withScratch, xorBytes } from "../bytes.ts";
import { allZeroMask, equalBytesMask } from "../constant-time.ts";
import { CURVE_PARAMETERS, isOnCurve } from "../engine/curves.ts";
import type { Engine } from "../engine/engine.ts";
import { emptyKeyMaterial, unwrapFailed } from "../errors.ts";
import { decodeSm2Ciphertext, encodeSm2Ciphertext, type Sm2Encoding } from "../formats/sm2-ciphertext.ts";
import { type RandomSource, randomBelow } from "../random.ts";

/** n, the order of G. */
const ORDER = /* @__PURE__ */ fromBigInt(CURVE_PARAMETERS.SM2.n, 32);

/**
 * §6.1.
 *
 * @param request.publicKey - P as x‖y, 64 bytes, on the curve.
 * @param request.message - M, at least 1 byte; secret.
 * @throws KmsWrapError `EMPTY_KEY_MATERIAL`, `RANDOM_BROKEN`
 */
export function sm2Encrypt(
  engine: Engine,
  request: {
    readonly publicKey: Uint8Array;
    readonly message: Uint8Array;
    readonly encoding: Sm2Encoding;
    readonly random: RandomSource;
  },
): Uint8Array {
  const { publicKey, message: M, encoding, random } = request;
  if (M.length === 0) throw emptyKeyMaterial();
  for (;;) {
    const parts = tryEncrypt(engine, publicKey, M, random);
    if (parts !== undefined) return encodeSm2Ciphertext(parts, encoding); // A8
  }
}

/** A1 to A7; `undefined` if t is all zeros, and all has to be done again. */
function tryEncrypt(engine: Engine, publicKey: Uint8Array, M: Uint8Array, random: RandomSource) {
  return withScratch((scratch) => {
    const k = scratch(randomScalar(random)); // A1
    const { c1: C1, shared } = engine.sm2.encapsulate(publicKey, k); // A2, A4; A3 holds for every point but infinity
    scratch(shared);
    const t = scratch(engine.sm2.kdf(shared, M.length)); // A5
    if (allZeroMask(t) !== 0) return undefined;
    const C2 = xorBytes(M, t); // A6
    const C3 = tag(engine, shared, M); // A7
    return { C1, C3, C2 };
  });
}

/**
 * §7.1.
 *
 * @param request.privateKey - d, 32 bytes in [1, n − 2].
 * @throws KmsWrapError `UNWRAP_FAILED`, whatever the cause.
 */
export function sm2Decrypt(
  engine: Engine,
  request: {
    readonly privateKey: Uint8Array;
    readonly ciphertext: Uint8Array;
    readonly encoding: Sm2Encoding;
  },
): Uint8Array {
  const parts = decodeSm2Ciphertext(request.ciphertext, request.encoding);
  // B1, and B2 for h = 1: about public values.
  if (parts === undefined || !isOnCurve("SM2", parts.C1)) throw unwrapFailed();
  const { C1, C3, C2 } = parts;
  return withScratch((scratch) => {
    const shared = scratch(engine.sm2.decapsulate(request.privateKey, C1)); // B3
    const t = scratch(engine.sm2.kdf(shared, C2.length)); // B4
    const M = scratch(xorBytes(C2, t)); // B5
    const u = scratch(tag(engine, shared, M)); // B6
    if ((equalBytesMask(u, C3) & ~allZeroMask(t)) === 0) throw unwrapFailed();
    return M.slice();
  });
}

/** Hash(x2 ‖ M ‖ y2) */
function tag(engine: Engine, shared: Uint8Array, M: Uint8Array): Uint8Array {
  return withScratch((scratch) =>
    engine.sm2.sm3(scratch(concatBytes(shared.subarray(0, 32), M, shared.subarray(32)))),
  );
}

/** k of A1, uniform in [1, n − 1]: that of GB/T 32918.2 is the same. secret: k. */
export function randomScalar(random: RandomSource): Uint8Array {
  return randomBelow(ORDER, random);
}
