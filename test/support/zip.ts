/** Writes ZIP archives for tests of the reader, well-formed and not. */

import { crc32, deflateRawSync } from "node:zlib";

/** A file to be packed, and what is to be wrong about it. */
export interface ZipFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly stored?: boolean;
  /** Leave the sizes to a descriptor behind the data, as streaming writers do. */
  readonly streamed?: boolean;
  /** Extra fields: so many bytes in front of the data, and so many in the directory, where a comment follows. */
  readonly extra?: { local: number; central: number; comment: number };
  /** Instead of the right ones in the central directory. */
  readonly claim?: {
    method?: number;
    crc?: number;
    bytes?: number;
    packedBytes?: number;
    flags?: number;
    localHeader?: number;
  };
}

const STREAMED = 8;

/** An archive of these files. */
export function zipOf(files: readonly ZipFile[], comment = ""): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const entry = entryOf(file, offset);
    parts.push(entry.local);
    directory.push(entry.central);
    offset += entry.local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return new Uint8Array(Buffer.concat([...parts, central, end, Buffer.from(comment)]));
}

const NO_EXTRA = { local: 0, central: 0, comment: 0 };

function entryOf(file: ZipFile, offset: number) {
  const { name, bytes, stored = false, streamed = false, extra = NO_EXTRA, claim = {} } = file;
  const data = stored ? Buffer.from(bytes) : deflateRawSync(bytes);
  const flags = claim.flags ?? (streamed ? STREAMED : 0);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(flags, 2);
  common.writeUInt16LE(claim.method ?? (stored ? 0 : 8), 4);
  common.writeUInt32LE(claim.crc ?? crc32(bytes), 10);
  common.writeUInt32LE(claim.packedBytes ?? data.length, 14);
  common.writeUInt32LE(claim.bytes ?? bytes.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.from(common);
  local.writeUInt16LE(extra.local, 24);
  common.writeUInt16LE(extra.central, 24);
  if (streamed) local.fill(0, 10, 22);
  const descriptor = Buffer.concat([Buffer.from("PK\x07\x08", "latin1"), common.subarray(10, 22)]);
  const rest = Buffer.alloc(14); // disk and attributes are empty
  rest.writeUInt16LE(extra.comment, 0);
  rest.writeUInt32LE(claim.localHeader ?? offset, 10);
  return {
    local: Buffer.concat([
      Buffer.from("PK\x03\x04", "latin1"),
      local,
      Buffer.from(name),
      Buffer.alloc(extra.local),
      data,
      ...(streamed ? [descriptor] : []),
    ]),
    central: Buffer.concat([
      Buffer.from("PK\x01\x02", "latin1"),
      Buffer.of(20, 0),
      common,
      rest,
      Buffer.from(name),
      Buffer.alloc(extra.central + extra.comment),
    ]),
  };
}
