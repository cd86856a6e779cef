/**
 * Reads a small ZIP archive, PKWARE's APPNOTE 6.3 §4: stored and deflated entries on one disk, nothing encrypted, no
 * ZIP64, each checked by its CRC-32. What two places of an archive say about one entry must agree.
 */

import { KmsWrapError } from "../errors.ts";
import { inflate } from "./inflate.ts";
import { isAsciiAt } from "./text.ts";

/** One file of an archive. */
export interface ZipEntry {
  /** As stored: with "/" between folders, but for writers that break the rule (§4.4.17) and put "\\". */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LOCAL_HEADER = { signature: 0x04034b50, bytes: 30 } as const;
const CENTRAL_HEADER = { signature: 0x02014b50, bytes: 46 } as const;
const END_RECORD = { signature: 0x06054b50, bytes: 22 } as const;
const MAX_COMMENT_BYTES = 65_535;

const STORED = 0;
const DEFLATED = 8;
/** Bit 0 of the general purpose flags. */
const ENCRYPTED = 1;

/** What is in the console's download has a few thousand bytes at most. */
const MAX_ARCHIVE_BYTES = 2 ** 20;
const MAX_ENTRIES = 64;
const MAX_ENTRY_BYTES = 65_536;

/** Whether it begins like a ZIP archive, with a local header's signature. */
export function isZip(bytes: Uint8Array): boolean {
  return isAsciiAt(bytes, "PK\u0003\u0004", 0);
}

/**
 * All files of an archive; folders are passed over.
 *
 * @param archive - at most 1,048,576 bytes.
 * @throws KmsWrapError `INVALID_ZIP`, `INPUT_TOO_LARGE`
 */
export function readZip(archive: Uint8Array): ZipEntry[] {
  if (archive.length > MAX_ARCHIVE_BYTES)
    throw new KmsWrapError(
      "INPUT_TOO_LARGE",
      `the ZIP archive has ${archive.length} bytes, expected at most ${MAX_ARCHIVE_BYTES}`,
      { hint: "give the console's download as it is" },
    );
  const view = viewOf(archive);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  if (count > MAX_ENTRIES) throw invalid(`${count} entries, and ${MAX_ENTRIES} are the most`);
  const entries: ZipEntry[] = [];
  let offset = view.getUint32(end + 16, true);
  let packedBytes = 0;
  for (let i = 0; i < count; i++) {
    const header = readCentralHeader(archive, view, offset);
    offset = header.end;
    // Else one place, named by many entries, would be unpacked many times.
    packedBytes += header.compressedBytes;
    if (packedBytes > archive.length) throw invalid("entries that overlap");
    if (!/[\\/]$/.test(header.name))
      entries.push({ name: header.name, bytes: readEntry(archive, view, header) });
  }
  if (offset !== end) throw invalid(`at byte ${offset}: the list of entries does not end where it should`);
  return entries;
}

/** What the central directory says about an entry, §4.3.12. */
interface CentralHeader {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly compressedBytes: number;
  readonly bytes: number;
  readonly localHeader: number;
  /** Where the next one begins. */
  readonly end: number;
}

/** §4.3.16: the last record, before a comment of unknown length. */
function findEnd(view: DataView): number {
  const last = view.byteLength - END_RECORD.bytes;
  for (let offset = last; offset >= Math.max(0, last - MAX_COMMENT_BYTES); offset--) {
    if (view.getUint32(offset, true) !== END_RECORD.signature) continue;
    if (offset + END_RECORD.bytes + view.getUint16(offset + 20, true) === view.byteLength) return offset;
  }
  throw invalid("its end is missing: it may be cut short");
}

function readCentralHeader(archive: Uint8Array, view: DataView, offset: number): CentralHeader {
  assertHeader(view, offset, CENTRAL_HEADER);
  const nameEnd = offset + CENTRAL_HEADER.bytes + view.getUint16(offset + 28, true);
  const end = nameEnd + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  assertWithin(archive, end);
  if (view.getUint16(offset + 8, true) & ENCRYPTED) throw invalid(`at byte ${offset}: an encrypted entry`);
  return {
    name: new TextDecoder().decode(archive.subarray(offset + CENTRAL_HEADER.bytes, nameEnd)),
    method: view.getUint16(offset + 10, true),
    crc: view.getUint32(offset + 16, true),
    compressedBytes: view.getUint32(offset + 20, true),
    bytes: view.getUint32(offset + 24, true),
    localHeader: view.getUint32(offset + 42, true),
    end,
  };
}

/** §4.3.7: the sizes there may be missing, those of the central directory count. */
function readEntry(archive: Uint8Array, view: DataView, header: CentralHeader): Uint8Array {
  const { localHeader, compressedBytes, bytes } = header;
  const size = Math.max(bytes, compressedBytes);
  if (size > MAX_ENTRY_BYTES) throw invalid(`an entry of ${size} bytes, and ${MAX_ENTRY_BYTES} are the most`);
  assertHeader(view, localHeader, LOCAL_HEADER);
  const start =
    localHeader +
    LOCAL_HEADER.bytes +
    view.getUint16(localHeader + 26, true) +
    view.getUint16(localHeader + 28, true);
  assertWithin(archive, start + compressedBytes);
  const content = unpack(header, archive.subarray(start, start + compressedBytes));
  if (content.length !== bytes || crc32(content) !== header.crc)
    throw invalid(`at byte ${start}: an entry that does not match its checksum`);
  return content;
}

function unpack({ method, bytes }: CentralHeader, packed: Uint8Array): Uint8Array {
  if (method === STORED) return packed.slice();
  if (method !== DEFLATED) throw invalid(`compression method ${method}, expected ${STORED} or ${DEFLATED}`);
  try {
    return inflate(packed, bytes);
  } catch {
    throw invalid("an entry that cannot be decompressed");
  }
}

/** CRC-32 of §4.4.7, bit by bit: there are a few thousand bytes. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

function assertHeader(view: DataView, offset: number, header: { signature: number; bytes: number }): void {
  const fits = offset + header.bytes <= view.byteLength;
  if (!fits || view.getUint32(offset, true) !== header.signature)
    throw invalid(`at byte ${offset}: no entry where one is said to be`);
}

function assertWithin(archive: Uint8Array, end: number): void {
  if (end > archive.length)
    throw invalid(`an entry goes to byte ${end}, and the archive ends at ${archive.length}`);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function invalid(problem: string): KmsWrapError {
  return new KmsWrapError("INVALID_ZIP", `not a ZIP archive that can be read: ${problem}`, {
    hint: "download it again, or unpack it and give the folder",
  });
}
