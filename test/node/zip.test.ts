/** The reader of ZIP archives: what it takes, and that it refuses the rest in one way. */

import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KmsWrapError } from "../../src/errors.ts";
import { isZip, readZip } from "../../src/formats/zip.ts";
import negativeZips from "../../vectors/negative/zip.json" with { type: "json" };
import { errorCode } from "../support/error-code.ts";
import { readVectors } from "../support/vectors.ts";
import { type ZipFile, zipOf } from "../support/zip.ts";

const bytes = Uint8Array.from({ length: 500 }, (_, i) => i % 7);
const text = new TextEncoder().encode("read me");
const files = [
  { name: "WrappingPublicKey.bin", bytes },
  { name: "README.txt", bytes: text },
];

describe("reads", () => {
  test.each([
    ["deflated", zipOf(files)],
    ["stored", zipOf(files.map((file) => ({ ...file, stored: true })))],
    ["with sizes behind the data", zipOf(files.map((file) => ({ ...file, streamed: true })))],
    ["with a comment", zipOf(files, "made by hand PK\x05\x06")],
    ["with a comment that could be an end", zipOf(files, "\0".repeat(22))],
    [
      "with extra fields and comments",
      zipOf(files.map((file) => ({ ...file, extra: { local: 259, central: 300, comment: 515 } }))),
    ],
    [
      "with a folder of its own",
      zipOf([{ name: "folder/", bytes: new Uint8Array(0), stored: true }, ...files]),
    ],
    ["as a view with an offset", Buffer.concat([Buffer.of(1), zipOf(files)]).subarray(1)],
  ])("%s", (_, archive) => {
    expect(isZip(archive)).toBe(true);
    expect(readZip(archive)).toEqual(files);
  });

  test("a file in a folder", () => {
    const inFolder = files.map(({ name, bytes }) => ({ name: `folder/${name}`, bytes }));
    expect(readZip(zipOf(inFolder))).toEqual(inFolder);
  });

  test("a copy, also of what is stored", () => {
    const archive = zipOf([{ name: "a", bytes: text, stored: true }]);
    const before = archive.slice();
    readZip(archive)[0]!.bytes.fill(0);
    expect(archive).toEqual(before);
  });

  test("by its first four bytes whether it is one", () => {
    const start = Uint8Array.of(0x50, 0x4b, 3, 4);
    expect([start, start.subarray(0, 3), start.with(0, 0x51)].map(isZip)).toEqual([true, false, false]);
  });

  test("an empty file, and no file", () => {
    const empty = [{ name: "empty", bytes: new Uint8Array(0) }];
    expect(readZip(zipOf(empty))).toEqual(empty);
    expect(readZip(zipOf([]))).toEqual([]);
  });

  test("what Python writes", () => {
    const script =
      "import sys, zipfile; z = zipfile.ZipFile(sys.stdout.buffer, 'w', zipfile.ZIP_DEFLATED); [z.writestr(n, bytes.fromhex(h)) for n, h in zip(sys.argv[1::2], sys.argv[2::2])]; z.close()";
    const named = files.flatMap((file) => [file.name, Buffer.from(file.bytes).toString("hex")]);
    let archive: Uint8Array;
    try {
      archive = execFileSync("python3", ["-c", script, ...named]);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      return console.warn("python3 is not in the path: its archives are not tried");
    }
    expect(readZip(archive)).toEqual(files);
  });
});

describe("refuses", () => {
  const cases = readVectors(negativeZips, "read-zip").flatMap(([, { invalid }]) => invalid);

  test.each(cases.map((one) => [one.name, one] as const))("%s", (_, { input, code }) => {
    expect(errorCode(() => readZip(input))).toBe(code);
  });

  const claiming = (claim: NonNullable<ZipFile["claim"]>) => zipOf([{ name: "a", bytes: text, claim }]);
  const stored = { name: "a", bytes: text, stored: true };
  const whole = zipOf([stored]);
  const endOfData = 31 + text.length;

  test.each<[string, Uint8Array, string]>([
    ["no end", whole.subarray(0, -1), "its end is missing: it may be cut short"],
    ["65 entries", zipOf(Array.from({ length: 65 }, () => stored)), "65 entries, and 64 are the most"],
    [
      "an encrypted entry",
      claiming({ flags: 1 }),
      `at byte ${zipOf([{ name: "a", bytes: text }]).length - 69}: an encrypted entry`,
    ],
    ["another method", claiming({ method: 12 }), "compression method 12, expected 0 or 8"],
    ["an entry too large", claiming({ bytes: 65_537 }), "an entry of 65537 bytes, and 65536 are the most"],
    ["more bytes than all have", claiming({ packedBytes: 10_000 }), "entries that overlap"],
    ["an entry elsewhere", claiming({ localHeader: 1 }), "at byte 1: no entry where one is said to be"],
    [
      "an entry beyond the end",
      claiming({ localHeader: 10_000 }),
      "at byte 10000: no entry where one is said to be",
    ],
    [
      "data beyond the end",
      zipOf([{ ...stored, claim: { packedBytes: whole.length - 30 } }]),
      `an entry goes to byte ${whole.length + 1}, and the archive ends at ${whole.length}`,
    ],
    ["a wrong checksum", claiming({ crc: 1 }), "at byte 31: an entry that does not match its checksum"],
    ["a length too small", claiming({ bytes: 6 }), "an entry that cannot be decompressed"],
    ["a length too large", claiming({ bytes: 8 }), "at byte 31: an entry that does not match its checksum"],
    [
      "a directory with a gap behind it",
      withGap(whole),
      `at byte ${endOfData + 47}: the list of entries does not end where it should`,
    ],
  ])("%s, and says so", (_, archive, problem) => {
    expect(() => readZip(archive)).toThrow(
      expect.objectContaining({
        code: "INVALID_ZIP",
        message: `not a ZIP archive that can be read: ${problem}`,
        hint: "download it again, or unpack it and give the folder",
      }),
    );
  });

  /** One byte more between the directory and the end. */
  function withGap(archive: Uint8Array): Uint8Array {
    return Buffer.concat([archive.subarray(0, -22), Buffer.of(0), archive.subarray(-22)]);
  }

  test("an entry of more than 64 KiB", () => {
    const archive = zipOf([{ name: "a", bytes: new Uint8Array(65_537) }]);
    expect(errorCode(() => readZip(archive))).toBe("INVALID_ZIP");
  });

  test("more than 1 MiB, unread", () => {
    expect(errorCode(() => readZip(new Uint8Array(2 ** 20)))).toBe("INVALID_ZIP");
    expect(() => readZip(new Uint8Array(2 ** 20 + 1))).toThrow(
      expect.objectContaining({
        code: "INPUT_TOO_LARGE",
        message: "the ZIP archive has 1048577 bytes, expected at most 1048576",
        hint: "give the console's download as it is",
      }),
    );
  });

  test("64 KiB and 64 entries are the limits", () => {
    expect(readZip(zipOf([{ name: "a", bytes: new Uint8Array(65_536) }]))[0]!.bytes).toHaveLength(65_536);
    expect(
      readZip(zipOf(Array.from({ length: 64 }, (_, i) => ({ name: `${i}`, bytes: text })))),
    ).toHaveLength(64);
  });

  test("any damage with nothing but its own error, and never other contents", () => {
    const archive = zipOf(files);
    for (let i = 0; i < archive.length; i++) {
      const flip = 1 << (i % 8);
      expectFilesOrRefusal(archive.with(i, archive[i]! ^ flip));
      expectFilesOrRefusal(archive.with(i, 0xff));
    }
    const change = fc.record({
      at: fc.nat(archive.length),
      drop: fc.nat(20),
      insert: fc.uint8Array({ maxLength: 20 }),
    });
    fc.assert(
      fc.property(change, ({ at, drop, insert }) => {
        expectFilesOrRefusal(Buffer.concat([archive.subarray(0, at), insert, archive.subarray(at + drop)]));
      }),
      { numRuns: 300 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), expectFilesOrRefusal));
  });

  function expectFilesOrRefusal(archive: Uint8Array): void {
    try {
      const contents = files.map((file) => Buffer.from(file.bytes).toString("hex"));
      for (const entry of readZip(archive))
        expect(contents).toContain(Buffer.from(entry.bytes).toString("hex"));
    } catch (error) {
      if (!(error instanceof KmsWrapError)) throw error;
      expect(error.code).toBe("INVALID_ZIP");
    }
  }
});
