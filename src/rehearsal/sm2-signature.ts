/**
 * SM2 signatures, GB/T 32918.2-2016, with SM3 and the distinguishing id that the KMS uses: 1234567812345678.
 *
 * Not on node:crypto, which has no way to set an id (it signs as if there were none). Points by @noble/curves.
 */

import { randomBytes } from "node:crypto";
import { concatBytes, fromBigInt, toBigInt, wipe } from "../bytes.ts";
import { curve } from "../engine/curves.ts";
import { defaultEngine } from "../engine/default.ts";
import { DerReader } from "../formats/der.ts";
import { integer, sequence, writeDer } from "../formats/der-writer.ts";
import { randomScalar } from "../schemes/sm2pke.ts";

/** GM/T 0009-2012 §10: the id where none was agreed upon. */
const DISTINGUISHING_ID = /* @__PURE__ */ new TextEncoder().encode("1234567812345678");
const FIELD_BYTES = 32;

/**
 * §6.1.
 *
 * @param key.scalar - d; secret.
 * @returns SEQUENCE { r INTEGER, s INTEGER }
 */
export function sm2Sign(
  { scalar, point }: { readonly scalar: Uint8Array; readonly point: Uint8Array },
  message: Uint8Array,
): Uint8Array {
  const { Point, parameters } = curve("SM2");
  const { n } = parameters;
  const { Fn } = Point;
  const d = toBigInt(scalar);
  const e = messageNumber(point, message); // A1, A2
  for (;;) {
    const kBytes = randomScalar(randomBytes); // A3
    const k = toBigInt(kBytes);
    wipe(kBytes);
    const { x: x1 } = Point.BASE.multiply(k).toAffine(); // A4
    const r = (e + x1) % n; // A5
    const s = Fn.mul(Fn.inv(1n + d), Fn.create(k - r * d)); // A6
    if (r === 0n || r + k === n || s === 0n) continue;
    return writeDer(sequence(integer(minimalBytes(r)), integer(minimalBytes(s)))); // A7
  }
}

/** §7.1. @returns whether it holds; malformed signatures do not. */
export function sm2Verify(point: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const { Point, parameters } = curve("SM2");
  const { n } = parameters;
  const numbers = readSignature(signature);
  if (numbers === undefined) return false;
  const [r, s] = numbers;
  if (r < 1n || r >= n || s < 1n || s >= n) return false; // B1, B2
  const e = messageNumber(point, message); // B3, B4
  const t = (r + s) % n; // B5
  if (t === 0n) return false;
  const publicKey = Point.fromAffine({
    x: toBigInt(point.subarray(0, FIELD_BYTES)),
    y: toBigInt(point.subarray(FIELD_BYTES)),
  });
  const sum = Point.BASE.multiplyUnsafe(s).add(publicKey.multiplyUnsafe(t)); // B6
  return !sum.is0() && (e + sum.toAffine().x) % n === r; // B7
}

/** e = SM3(Z_A ‖ M) with Z_A of §5.5 = SM3(ENTL ‖ ID ‖ a ‖ b ‖ x_G ‖ y_G ‖ x_A ‖ y_A) */
function messageNumber(point: Uint8Array, message: Uint8Array): bigint {
  const { a, b, Gx, Gy } = curve("SM2").parameters;
  const idBits = fromBigInt(8n * BigInt(DISTINGUISHING_ID.length), 2); // ENTL
  const numbers = [a, b, Gx, Gy].map((number) => fromBigInt(number, FIELD_BYTES));
  const Z = defaultEngine.sm2.sm3(concatBytes(idBits, DISTINGUISHING_ID, ...numbers, point));
  return toBigInt(defaultEngine.sm2.sm3(concatBytes(Z, message)));
}

function readSignature(der: Uint8Array): readonly [r: bigint, s: bigint] | undefined {
  try {
    return DerReader.read(der, "the signature", (fields) => [
      toBigInt(fields.integer("r")),
      toBigInt(fields.integer("s")),
    ]);
  } catch {
    return undefined;
  }
}

function minimalBytes(number: bigint): Uint8Array {
  return fromBigInt(number, Math.ceil(number.toString(16).length / 2));
}
