/** What the reader of ZIP archives must refuse: archives whose parts contradict each other, and those that explode. */

import { crc32 } from "node:zlib";
import { zipOf } from "../zip.ts";

const content = Uint8Array.from({ length: 300 }, (_, i) => i % 7);
const file = { name: "WrappingPublicKey.bin", bytes: content };
const good = zipOf([file, { name: "ImportToken.bin", bytes: content.subarray(7) }]);
const claimed = (claim: object, stored = false) => zipOf([{ ...file, stored, claim }]);
/** `good` with bytes of its end record, 22 at the end, replaced. */
const endWith = (at: number, ...octets: number[]) => patched(good, good.length - 22 + at, octets);

/** Archives by what is wrong with them; all are `INVALID_ZIP`. */
export const ZIPS: readonly (readonly [name: string, archive: Uint8Array])[] = [
  ["nothing", new Uint8Array(0)],
  ["a signature and no more", good.slice(0, 4)],
  ["an end record cut short", good.slice(-21)],
  ["one byte short", good.slice(0, -1)],
  ["one byte short in front", good.slice(1)],
  ["one byte long", concatenated(good, Uint8Array.of(0))],
  ["one byte long in front", concatenated(Uint8Array.of(0), good)],
  ["a wrong checksum", claimed({ crc: 1 })],
  ["a wrong checksum of stored data", claimed({ crc: 1 }, true)],
  ["a size that is too small", claimed({ bytes: 299 })],
  ["a size that is too large", claimed({ bytes: 301 })],
  ["a size of four gigabytes", claimed({ bytes: 0xffff_ffff })],
  ["a size of 65,537 bytes", claimed({ bytes: 65_537 })],
  [
    "a bomb that claims to be small",
    zipOf([{ name: "a", bytes: new Uint8Array(5_000_000), claim: { bytes: 1000 } }]),
  ],
  [
    "a bomb that claims 64 KiB",
    zipOf([{ name: "a", bytes: new Uint8Array(5_000_000), claim: { bytes: 65_536 } }]),
  ],
  ["two entries on one place", overlapping()],
  ["an encrypted entry", claimed({ flags: 1 })],
  ["another compression", claimed({ method: 12 })],
  ["deflate that is none", claimed({ method: 8 }, true)],
  ["a local header elsewhere", claimed({ localHeader: 7 })],
  ["a local header behind the end", claimed({ localHeader: 0xffff_fff0 })],
  ["the directory for a local header", claimed({ localHeader: good.length - 30 })],
  ["65 entries", zipOf(Array.from({ length: 65 }, (_, i) => ({ name: `${i}`, bytes: new Uint8Array(1) })))],
  ["65,535 entries, in name", endWith(10, 255, 255)],
  ["an entry more than there are", endWith(10, 3, 0)],
  ["an entry less than there are", endWith(10, 1, 0)],
  ["a directory behind the end", endWith(16, 255, 255, 255, 255)],
  ["a directory at the beginning", endWith(16, 0, 0, 0, 0)],
  ["a comment that is not there", endWith(20, 9, 0)],
];

/** The second entry says that it lies where the first one lies. */
function overlapping(): Uint8Array {
  const first = { name: "a", bytes: content, stored: true };
  const claim = { localHeader: 0, crc: crc32(content), bytes: content.length, packedBytes: content.length };
  return zipOf([first, { name: "b", bytes: new Uint8Array(0), stored: true, claim }]);
}

function patched(archive: Uint8Array, offset: number, octets: readonly number[]): Uint8Array {
  const copy = archive.slice();
  copy.set(octets, offset);
  return copy;
}

function concatenated(a: Uint8Array, b: Uint8Array): Uint8Array {
  return Uint8Array.from([...a, ...b]);
}
