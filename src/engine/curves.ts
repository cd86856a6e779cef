/**
 * The named curves, y² = x³ + ax + b over GF(p), prime order n, as data and, built at first use, as @noble/curves'
 * point classes. P-256, P-384 and P-521: SP 800-186 §3.2.1; secp256k1: SEC 2 §2.4.1; SM2: GB/T 32918.5-2017.
 *
 * Points are X‖Y, each of `fieldBytes` bytes, big-endian; scalars are `fieldBytes` bytes too (the order of each of
 * these curves has as many bytes as its field).
 */

import { type WeierstrassPointCons, weierstrass } from "@noble/curves/abstract/weierstrass.js";
import { concatBytes, fromBigInt, toBigInt } from "../bytes.ts";
import { systemRandom } from "../random.ts";

/** The curves, named as in JWK (RFC 7518 §6.2.1.1, RFC 8812 §3.1) and in GB/T 32918. */
export type CurveName = "P-256" | "P-384" | "P-521" | "secp256k1" | "SM2";

/** Domain parameters; the cofactor is 1 on every one of these curves. */
export interface CurveParameters {
  /** The field's prime. */
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
  /** The order of the base point. */
  readonly n: bigint;
  readonly Gx: bigint;
  readonly Gy: bigint;
}

/** A curve ready to compute on. */
export interface Curve {
  readonly name: CurveName;
  readonly parameters: CurveParameters;
  /** Bytes of one coordinate, and of a scalar. */
  readonly fieldBytes: number;
  /** Complete addition formulas; `multiply` is regular in its scalar as far as BigInt allows. */
  readonly Point: WeierstrassPointCons<bigint>;
}

/** Bytes of one coordinate, and of a scalar. */
export const FIELD_BYTES: Readonly<Record<CurveName, number>> = {
  "P-256": 32,
  "P-384": 48,
  "P-521": 66,
  secp256k1: 32,
  SM2: 32,
};

/** What SEC 1 §2.3.3 puts before X‖Y. */
export const UNCOMPRESSED = 0x04;

/** The domain parameters as published; a = p − 3 but for secp256k1, where a = 0. */
export const CURVE_PARAMETERS: Readonly<Record<CurveName, CurveParameters>> = {
  "P-256": {
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    a: 0xffffffff00000001000000000000000000000000fffffffffffffffffffffffcn,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    Gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    Gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  },
  "P-384": {
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    a: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffcn,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    Gx: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
    Gy: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
  },
  "P-521": {
    p: 0x01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffn,
    a: 0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffcn,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    n: 0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    Gx: 0x00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
    Gy: 0x011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
  },
  secp256k1: {
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn,
    a: 0n,
    b: 7n,
    n: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
    Gx: 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n,
    Gy: 0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n,
  },
  SM2: {
    p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
    a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
    b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
    n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
    Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
    Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
  },
};

const built = new Map<CurveName, Curve>();

/**
 * The curve of that name; its point class is made at the first call.
 *
 * noble blinds secret scalars if there is randomness by then. Ours, because it fails with a code if it fails later.
 */
export function curve(name: CurveName): Curve {
  const known = built.get(name);
  if (known !== undefined) return known;
  const parameters = CURVE_PARAMETERS[name];
  const made: Curve = {
    name,
    parameters,
    fieldBytes: FIELD_BYTES[name],
    Point: weierstrass({ ...parameters, h: 1n }, { randomBytes }),
  };
  built.set(name, made);
  return made;
}

/** The type that a compiler older than TypeScript 5.7 cannot read stays out of random.ts, whose own is public. */
function randomBytes(byteLength?: number): Uint8Array<ArrayBuffer> {
  return systemRandom(byteLength!) as Uint8Array<ArrayBuffer>;
}

/**
 * Whether X‖Y is a point of the curve other than infinity: both coordinates below p and on the equation. The
 * cofactor is 1, so such a point has order n. Needs no point class: this is on the path of a cold wrap. public: point.
 */
export function isOnCurve(name: CurveName, point: Uint8Array): boolean {
  const fieldBytes = FIELD_BYTES[name];
  const { p, a, b } = CURVE_PARAMETERS[name];
  const x = toBigInt(point.subarray(0, fieldBytes));
  const y = toBigInt(point.subarray(fieldBytes));
  return point.length === 2 * fieldBytes && x < p && y < p && (y * y - ((x * x + a) * x + b)) % p === 0n;
}

/**
 * The public point [d]G of a private scalar. secret: scalar.
 *
 * Multiplies a fresh copy of G: noble's `BASE` first builds a table that pays off after some ten multiplications
 * (44 ms against 6 ms for one on P-256), and a key is looked at once.
 *
 * @param scalar - `fieldBytes` bytes in [1, n − 1].
 * @returns X‖Y.
 */
export function publicPoint(name: CurveName, scalar: Uint8Array): Uint8Array {
  const { Point, parameters, fieldBytes } = curve(name);
  const { x, y } = Point.fromAffine({ x: parameters.Gx, y: parameters.Gy })
    .multiply(toBigInt(scalar))
    .toAffine();
  return concatBytes(fromBigInt(x, fieldBytes), fromBigInt(y, fieldBytes));
}
