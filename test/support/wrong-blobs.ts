/** Blobs that are wrong in one particular way each, made with the private key's public half. All of one algorithm and length. */

import { concatBytes } from "../../src/bytes.ts";
import type { Engine, HashName, RsaPublicNumbers } from "../../src/engine/engine.ts";
import { decodeSm2Ciphertext, encodeSm2Ciphertext } from "../../src/formats/sm2-ciphertext.ts";
import { pseudoRandom } from "./pseudo-random.ts";

/** By what is wrong with them; "nothing" is right. */
export type WrongBlobs = Readonly<Record<string, Uint8Array>>;

const HASH_BYTES = { "SHA-1": 20, "SHA-256": 32 } as const;
const AIV_HIGH = 0xa65959a6;

/** `wrong` is given the block as it should be, and changes it. */
type Change = (bytes: Uint8Array) => void;

const xor =
  (at: number, bits: number): Change =>
  (bytes) =>
    void (bytes[at < 0 ? bytes.length + at : at]! ^= bits);

/** RSAES-OAEP (RFC 8017 §7.1.1) of a message, with what a change makes of DB and of EM's first byte. */
export function oaepBlobs(
  engine: Engine,
  key: RsaPublicNumbers,
  hash: keyof typeof HASH_BYTES,
  message: Uint8Array,
): WrongBlobs {
  const hLen = HASH_BYTES[hash];
  const k = key.modulus.length;
  const encrypt = (change: Change, leading = 0) => {
    const DB = new Uint8Array(k - hLen - 1);
    DB.set(engine.hashes.digest(hash, new Uint8Array(0)));
    DB[DB.length - message.length - 1] = 0x01;
    DB.set(message, DB.length - message.length);
    change(DB);
    return engine.rsa.publicOperation(key, encodedMessage(engine, hash, DB, leading));
  };
  const separator = k - hLen - 2 - message.length;
  const nothing: Change = () => undefined;
  return {
    nothing: encrypt(nothing),
    "the leading byte": encrypt(nothing, 1),
    "the leading byte, by its highest bit that fits": encrypt(nothing, 0x40),
    "the first byte of lHash": encrypt(xor(0, 0x80)),
    "the last byte of lHash": encrypt(xor(hLen - 1, 1)),
    "all of lHash": encrypt((DB) => DB.fill(0x5a, 0, hLen)),
    "no separator": encrypt((DB) => DB.fill(0, hLen)),
    "another separator": encrypt(xor(separator, 0x03)),
    "a byte before the separator": encrypt(xor(separator - 1, 0x80)),
    "the first byte of the padding": encrypt(xor(hLen, 0x02)),
    everything: encrypt((DB) => DB.set(pseudoRandom(DB.length, 5)), 0x21),
  };
}

/** EM of §7.1.1, steps 2.d to 2.i. */
function encodedMessage(engine: Engine, hash: HashName, DB: Uint8Array, leading: number): Uint8Array {
  const seed = pseudoRandom(HASH_BYTES[hash as "SHA-1"], 3);
  const mask = engine.hashes.mgf1(hash, seed, DB.length);
  const maskedDB = DB.map((byte, i) => byte ^ mask[i]!);
  const seedMask = engine.hashes.mgf1(hash, maskedDB, seed.length);
  return concatBytes(
    Uint8Array.of(leading),
    seed.map((byte, i) => byte ^ seedMask[i]!),
    maskedDB,
  );
}

/** AES-KWP (RFC 5649) of 13 bytes under `kek`, with what a change makes of AIV, plaintext and padding. */
export function kwpBlobs(engine: Engine, kek: Uint8Array): WrongBlobs {
  const wrap = (change: (S: Uint8Array, view: DataView) => void) => {
    const S = new Uint8Array(24);
    const view = new DataView(S.buffer);
    view.setUint32(0, AIV_HIGH);
    view.setUint32(4, 13);
    S.set(pseudoRandom(13, 9), 8);
    change(S, view);
    return engine.aes.wrapSemiblocks(kek, S);
  };
  const length = (bytes: number) => wrap((_S, view) => view.setUint32(4, bytes));
  return {
    nothing: wrap(() => undefined),
    "the first byte of the AIV": wrap(xor(0, 0x80)),
    "the last byte of the AIV": wrap(xor(3, 1)),
    "a length of zero": length(0),
    "a length that leaves a whole block of padding": length(8),
    "a length beyond the end": length(17),
    "the longest length": length(2 ** 32 - 1),
    "a length with its highest bit": length(2 ** 31 + 13),
    "a length that is too short by one": length(12),
    "the first byte of the padding": wrap(xor(21, 1)),
    "the last byte of the padding": wrap(xor(23, 0x80)),
    "AIV, length and padding": wrap((S) => S.fill(0xff)),
    everything: pseudoRandom(24, 21),
  };
}

/** SM2 (GB/T 32918.4) ciphertexts in ASN.1, from one that is right. */
export function sm2Blobs(right: Uint8Array, anotherPoint: Uint8Array): WrongBlobs {
  const change = (part: "C1" | "C2" | "C3", by: Change | Uint8Array) => {
    const parts = decodeSm2Ciphertext(right, "asn1")!;
    if (by instanceof Uint8Array) return encodeSm2Ciphertext({ ...parts, [part]: by }, "asn1");
    by(parts[part]);
    return encodeSm2Ciphertext(parts, "asn1");
  };
  return {
    nothing: right,
    "the first byte of C3": change("C3", xor(0, 0x80)),
    "the last byte of C3": change("C3", xor(-1, 1)),
    "all of C3": change("C3", new Uint8Array(32)),
    "the first byte of C2": change("C2", xor(0, 1)),
    "the last byte of C2": change("C2", xor(-1, 0x80)),
    "C1, a point of another ciphertext": change("C1", anotherPoint),
  };
}
