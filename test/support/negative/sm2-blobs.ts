/** What unwrapping with an SM2 key must refuse, GB/T 32918.4-2016 §7.1 and GM/T 0009-2012 §7.2, in every encoding. */

import { concatBytes, fromBigInt, toBigInt, xorBytes } from "../../../src/bytes.ts";
import { CURVE_PARAMETERS } from "../../../src/engine/curves.ts";
import { portableEngine } from "../../../src/engine/portable/engine.ts";
import { encodeSm2Ciphertext, type Sm2Encoding } from "../../../src/formats/sm2-ciphertext.ts";
import { bytes, element, integer, octets, sequence } from "../der-builder.ts";
import { pseudoRandom } from "../pseudo-random.ts";
import { type Blob, cutAndGrown, flipped, SOUND } from "./rsa-blobs.ts";

const { sm2 } = portableEngine;
const { p, n, Gx, Gy } = CURVE_PARAMETERS.SM2;
const { Gx: otherX, Gy: otherY } = CURVE_PARAMETERS["P-256"];
const M = pseudoRandom(32, 12);
const NONCE = fromBigInt(n / 3n, 32);

interface Parts {
  readonly C1: Uint8Array;
  readonly C3: Uint8Array;
  readonly C2: Uint8Array;
}

/** Ciphertexts of SM2 encryption under the key of that scalar. */
export function sm2Blobs(scalar: Uint8Array, encoding: Sm2Encoding): Blob[] {
  const publicKey = sm2.publicKey(scalar);
  const good = encrypted(publicKey, NONCE);
  const encode = (change: Partial<Parts>) => encodeSm2Ciphertext({ ...good, ...change }, encoding);
  const otherOrder = (
    {
      asn1: "c1c3c2",
      c1c3c2: "c1c2c3",
      c1c2c3: "c1c3c2",
      "c1c3c2-no04": "c1c2c3-no04",
      "c1c2c3-no04": "c1c3c2-no04",
    } as const
  )[encoding];
  return [
    [SOUND, encode({}), M],
    ...cutAndGrown(encode({})),
    ["in another encoding", encodeSm2Ciphertext(good, otherOrder)],
    ["C3 with its first bit flipped", encode({ C3: flipped(good.C3, 0) })],
    ["C3 with its last bit flipped", encode({ C3: flipped(good.C3, 31) })],
    ["C3 of zeros", encode({ C3: new Uint8Array(32) })],
    ["C3 of another message", encode({ C3: tagOf(scalar, good.C1, flipped(M, 3)) })],
    ["C2 with its first bit flipped", encode({ C2: flipped(good.C2, 0) })],
    ["C2 with its last bit flipped", encode({ C2: flipped(good.C2, 31) })],
    ["C2 a byte short", encode({ C2: good.C2.slice(0, -1) })],
    ["C2 empty", encode({ C2: new Uint8Array(0) })],
    [
      "C2 empty, C3 right for it",
      encode({ C2: new Uint8Array(0), C3: tagOf(scalar, good.C1, new Uint8Array(0)) }),
    ],
    ["an all-zero KDF output, C3 right for it", allZeroKdf(scalar, encoding)],
    ["−C1", encode({ C1: point(x(good), p - y(good)) })],
    ["C1 off the curve", encode({ C1: point(x(good), y(good) ^ 1n) })],
    ["C1 with x and y exchanged", encode({ C1: point(y(good), x(good)) })],
    ["C1 = (0, 0)", encode({ C1: point(0n, 0n) })],
    ["C1 with x = p", encode({ C1: point(p, y(good)) })],
    ["C1 with y = p", encode({ C1: point(x(good), p) })],
    ["C1 of all ones", encode({ C1: new Uint8Array(64).fill(0xff) })],
    ["C1 a point of P-256", encode({ C1: point(otherX, otherY) })],
    ["C1 another point of the curve", encode({ C1: point(Gx, Gy) })],
    ...(encoding === "asn1" ? asn1Blobs(good) : rawBlobs(good, encoding)),
  ];
}

/** Ways to be other than the one DER of the SEQUENCE. */
function asn1Blobs(good: Parts): Blob[] {
  const numbers = [integer(x(good)), integer(y(good))] as const;
  const strings = [octets(good.C3), octets(good.C2)] as const;
  const der = sequence(...numbers, ...strings);
  const compressed = octets(bytes([2 + Number(y(good) & 1n)], good.C1.subarray(0, 32)));
  return [
    ["a byte behind the last field", sequence(...numbers, ...strings, [0])],
    ["a fifth field", sequence(...numbers, ...strings, integer(1))],
    ["a SET", bytes([0x31], der.subarray(1))],
    ["a length in the long form", bytes([0x30, 0x82, 0, der.length - 3], der.subarray(3))],
    ["an indefinite length", bytes([0x30, 0x80], der.subarray(3), [0, 0])],
    ["a length of four gigabytes", bytes([0x30, 0x84, 255, 255, 255, 255], der.subarray(3))],
    ["C2 in BER, constructed", sequence(...numbers, octets(good.C3), element(0x24, strings[1]))],
    [
      "C2 of two gigabytes, in name",
      sequence(...numbers, octets(good.C3), [0x04, 0x84, 127, 255, 255, 255], good.C2),
    ],
    [
      "x with a zero byte too many",
      sequence(element(2, [0, 0], good.C1.subarray(0, 32)), numbers[1], ...strings),
    ],
    ["x negative", sequence(element(2, [0x80], good.C1.subarray(1, 32)), numbers[1], ...strings)],
    ["x of 33 bytes: x + 2^256", sequence(integer(x(good) + 2n ** 256n), numbers[1], ...strings)],
    ["x + p", sequence(integer(x(good) + p), numbers[1], ...strings)],
    ["C2 before C3", sequence(...numbers, strings[1], octets(bytes(good.C3, [0])))],
    ["C3 of 31 bytes", sequence(...numbers, octets(good.C3.subarray(1)), strings[1])],
    ["C3 of 33 bytes", sequence(...numbers, octets(good.C3, [0]), strings[1])],
    ["C1 as a point in an OCTET STRING", sequence(octets([4], good.C1), ...strings)],
    ["C1 compressed", sequence(compressed, ...strings)],
    ["nested a hundred levels deep", nestedAround(der, 100)],
  ];
}

/** Other forms of C1, SEC 1 §2.3.3, and parts that are missing. */
function rawBlobs(good: Parts, encoding: Exclude<Sm2Encoding, "asn1">): Blob[] {
  const rest = encoding.startsWith("c1c3c2") ? bytes(good.C3, good.C2) : bytes(good.C2, good.C3);
  const parity = Number(y(good) & 1n);
  const blobs: Blob[] = [
    ["C1 compressed", bytes([2 + parity], good.C1.subarray(0, 32), rest)],
    ["C1 at infinity", bytes([0], rest)],
    ["C1 and C3 alone", bytes(encoding.endsWith("no04") ? [] : [4], good.C1, good.C3)],
    ["C1 alone", good.C1],
  ];
  if (encoding.endsWith("no04")) return [...blobs, ["with the 04", bytes([4], good.C1, rest)]];
  return [
    ...blobs,
    ["C1 hybrid", bytes([6 + parity], good.C1, rest)],
    ["without the 04", bytes(good.C1, rest)],
    ["05 for 04", bytes([5], good.C1, rest)],
  ];
}

/** §6.1 with a nonce that is known. */
function encrypted(publicKey: Uint8Array, k: Uint8Array, message: Uint8Array = M): Parts {
  const { c1: C1, shared } = sm2.encapsulate(publicKey, k);
  const C2 = xorBytes(message, sm2.kdf(shared, message.length));
  return { C1, C3: tag(shared, message), C2 };
}

/** C3 of `message` under C1. */
function tagOf(scalar: Uint8Array, C1: Uint8Array, message: Uint8Array): Uint8Array {
  return tag(sm2.decapsulate(scalar, C1), message);
}

function tag(shared: Uint8Array, message: Uint8Array): Uint8Array {
  return sm2.sm3(concatBytes(shared.subarray(0, 32), message, shared.subarray(32)));
}

/** One byte whose mask is zero: the first nonce that yields one. */
function allZeroKdf(scalar: Uint8Array, encoding: Sm2Encoding): Uint8Array {
  const publicKey = sm2.publicKey(scalar);
  for (let k = 1n; ; k++) {
    const nonce = fromBigInt(k, 32);
    const { shared } = sm2.encapsulate(publicKey, nonce);
    if (sm2.kdf(shared, 1)[0] === 0)
      return encodeSm2Ciphertext(encrypted(publicKey, nonce, M.slice(0, 1)), encoding);
  }
}

function nestedAround(content: Uint8Array, levels: number): Uint8Array {
  return levels === 0 ? content : sequence(nestedAround(content, levels - 1));
}

function point(xValue: bigint, yValue: bigint): Uint8Array {
  return concatBytes(fromBigInt(xValue, 32), fromBigInt(yValue, 32));
}

function x({ C1 }: Parts): bigint {
  return toBigInt(C1.subarray(0, 32));
}

function y({ C1 }: Parts): bigint {
  return toBigInt(C1.subarray(32));
}
