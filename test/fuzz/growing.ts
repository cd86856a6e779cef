/**
 * Families of inputs that grow, each of the kind that would take long if something were quadratic. Made without the code
 * under test, whose work is counted.
 */

import { crc32 } from "node:zlib";
import { base64, bytes, utf8, utf16 } from "../support/der-builder.ts";
import { zipOf } from "../support/zip.ts";

/** Makes an input of about `size` bytes. */
export type Family = readonly [name: string, make: (size: number) => Uint8Array];

const RSA = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

const concatBytes = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** An element with its length in three octets, so that it is long enough for every size. */
const element = (tag: number, ...content: Uint8Array[]): Uint8Array => {
  const body = concatBytes(...content);
  return concatBytes(der([tag, ...lengthOctets(body.length)]), body);
};
const der = (octets: readonly number[]) => Uint8Array.from(octets);
const lengthOctets = (length: number) =>
  length < 0x80
    ? [length]
    : length < 0x100
      ? [0x81, length]
      : length < 0x1_0000
        ? [0x82, length >> 8, length & 255]
        : [0x83, length >> 16, (length >> 8) & 255, length & 255];
const filled = (size: number, octet: number) => new Uint8Array(Math.max(size, 1)).fill(octet);
const repeated = (unit: Uint8Array, size: number) => {
  const out = new Uint8Array(unit.length * Math.max(1, Math.floor(size / unit.length)));
  for (let at = 0; at < out.length; at += unit.length) out.set(unit, at);
  return out;
};
const text = (unit: string) => (size: number) =>
  utf8(unit.repeat(Math.max(1, Math.floor(size / unit.length))));
const number = (size: number) => element(0x02, der([1]), filled(size - 1, 0xff));
const nested = (size: number) => {
  let levels = new Uint8Array(0);
  while (levels.length < size) levels = new Uint8Array(element(0x30, levels));
  return levels;
};

/** DER and what is made of it, for the readers of DER and of keys. */
export const DER_FAMILIES: readonly Family[] = [
  ["many NULLs", (size) => element(0x30, repeated(der([5, 0]), size))],
  ["many INTEGERs", (size) => element(0x30, repeated(der([2, 1, 1]), size))],
  ["many empty SEQUENCEs", (size) => element(0x30, repeated(der([0x30, 0]), size))],
  ["many OIDs", (size) => element(0x30, repeated(der([6, 3, 0x2a, 3, 4]), size))],
  ["nested SEQUENCEs", (size) => nested(Math.min(size, 20_000))],
  [
    "a long OID",
    (size) => element(0x30, element(0x30, element(0x06, filled(size, 0x81))), element(3, der([0]))),
  ],
  ["a long INTEGER", (size) => element(0x30, number(size), number(8))],
  ["a long OCTET STRING", (size) => element(0x30, element(0x04, filled(size, 7)))],
  ["huge lengths", (size) => element(0x30, repeated(der([0x04, 0x84, 0xff, 0xff, 0xff, 0xff]), size))],
  [
    "a public key of long numbers",
    (size) =>
      element(0x30, der(RSA), element(3, der([0]), element(0x30, number(size / 2), number(size / 2)))),
  ],
  [
    "a private key of long numbers",
    (size) => element(0x30, der([2, 1, 0]), ...Array.from({ length: 8 }, () => number(size / 8))),
  ],
  ["a private key with a long scalar", (size) => element(0x30, der([2, 1, 1]), element(4, filled(size, 1)))],
  [
    "a private key with many attributes",
    (size) =>
      element(
        0x30,
        der([2, 1, 0]),
        der(RSA),
        element(4, element(0x30, ...Array.from({ length: 9 }, () => der([2, 1, 1])))),
        element(0xa0, repeated(der([0x30, 2, 5, 0]), size)),
      ),
  ],
];

/** Text, for the readers of text and of keys. */
export const TEXT_FAMILIES: readonly Family[] = [
  ["blanks", text(" \n")],
  ["dashes", text("-")],
  ["BEGIN lines", text("-----BEGIN ")],
  ["BEGIN lines with labels", text("-----BEGIN A-----\n")],
  ["empty PEM blocks", text("-----BEGIN X-----\n-----END X-----\n")],
  [
    "PEM blocks of keys",
    text(`-----BEGIN PUBLIC KEY-----\n${base64(element(0x30, der(RSA)))}\n-----END PUBLIC KEY-----\n`),
  ],
  [
    "one long PEM block",
    (size) => utf8(`-----BEGIN PRIVATE KEY-----\n${"MIIB".repeat(size / 4)}\n-----END PRIVATE KEY-----`),
  ],
  [
    "a PEM block with many headers",
    (size) => utf8(`-----BEGIN PRIVATE KEY-----\n${"A: b\n".repeat(size / 5)}\n-----END PRIVATE KEY-----`),
  ],
  ["a PEM block in blanks", (size) => utf8(`${" ".repeat(size)}-----BEGIN A-----\n-----END A-----`)],
  ["PEM without an end", (size) => utf8(`-----BEGIN A-----\n${"- --- ----".repeat(size / 10)}`)],
  ["base64", text("MIIB")],
  ["base64 in blanks", text("MI\n \t")],
  ["base64 with much padding", (size) => utf8(`MIIB${"=".repeat(size)}`)],
  ["colons", text(":")],
  ["UTF-16", (size) => utf16("-----BEGIN ".repeat(size / 22), "little")],
  ["hexadecimal", text("0123456789abcdef")],
];

/** JSON, for the readers of JWK, of parameters and of requests. */
export const JSON_FAMILIES: readonly Family[] = [
  ["many members", (size) => utf8(`{${Array.from({ length: size / 10 }, (_, i) => `"k${i}":1`).join()}}`)],
  ["one member many times", (size) => utf8(`{${'"kty":"RSA",'.repeat(size / 12)}"n":1}`)],
  ["nested lists", (size) => utf8(`{"kty":${"[".repeat(size / 2)}${"]".repeat(size / 2)}}`)],
  ["open lists", (size) => utf8(`{"kty":${"[".repeat(size)}`)],
  ["a long string", (size) => utf8(`{"kty":"${"\\n".repeat(size / 2)}"}`)],
  ["a long number", (size) => utf8(`{"kty":${"1".repeat(size)}}`)],
  ["an RSA key with a long n", (size) => utf8(`{"kty":"RSA","n":"${"gAAB".repeat(size / 4)}","e":"AQAB"}`)],
  [
    "parameters with a long key",
    (size) => utf8(`{"PublicKey":"${"MIIB".repeat(size / 4)}","ImportToken":"AAAA"}`),
  ],
  [
    "parameters with a long KeyId",
    (size) => utf8(`{"KeyId":"arn:aws:kms:${"a-".repeat(size / 2)}","PublicKey":"AAAA"}`),
  ],
  [
    "parameters with a long time",
    (size) =>
      utf8(
        `{"PublicKey":"AAAA","ImportToken":"AAAA","ParametersValidTo":"2026-11-24T10:11:12.${"1".repeat(size)}Z"}`,
      ),
  ],
];

/** Ciphertexts: of any length where the scheme has no other limit. */
export const BLOB_FAMILIES: readonly Family[] = [
  ["zeros", (size) => new Uint8Array(8 * Math.floor(size / 8))],
  ["bytes that choose SM2's second encoding", (size) => filled(8 * Math.floor(size / 8), 1)],
  [
    "an SM2 ciphertext of long numbers",
    (size) =>
      bytes(
        [0],
        element(
          0x30,
          number(size / 2),
          number(size / 2),
          element(4, filled(32, 1)),
          element(4, filled(1, 1)),
        ),
      ),
  ],
  [
    "an SM2 ciphertext with a long C2",
    (size) =>
      bytes(
        [0],
        element(0x30, number(32), number(32), element(4, filled(32, 1)), element(4, filled(size, 1))),
      ),
  ],
];

export const ZIP_FAMILIES: readonly Family[] = [
  ["ends of archives", (size) => repeated(bytes([0x50, 0x4b, 5, 6], new Uint8Array(18)), size)],
  ["signatures", text("PK\x05\x06")],
  ["a long comment", (size) => zipOf([{ name: "a", bytes: der([1]) }], "x".repeat(Math.min(size, 65_000)))],
  [
    "many entries",
    (size) =>
      zipOf(
        Array.from({ length: Math.min(64, size / 1000) }, (_, i) => ({
          name: `${i}`,
          bytes: filled(800, i),
          stored: true,
        })),
      ),
  ],
  ["a long entry", (size) => zipOf([{ name: "a", bytes: filled(size, 1), stored: true }])],
  ["a long name", (size) => zipOf([{ name: "a".repeat(size / 2), bytes: der([1]) }])],
  ["many entries on one place", (size) => overlapping(Math.min(64, size / 1000), size)],
];

/** Entries that all lie where the first one lies: a small archive that would unpack into much. */
function overlapping(entries: number, size: number): Uint8Array {
  const content = filled(size - 60 * entries, 1);
  const claim = { localHeader: 0, crc: crc32(content), bytes: content.length, packedBytes: content.length };
  const others = Array.from({ length: entries - 1 }, (_, i) => ({
    name: `${i + 1}`,
    bytes: new Uint8Array(0),
    stored: true,
    claim,
  }));
  return zipOf([{ name: "0", bytes: content, stored: true }, ...others]);
}
