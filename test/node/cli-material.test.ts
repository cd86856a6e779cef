/** Key material that the command is to recognise, and what it says when the bytes may be a key as they are. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readMaterial } from "../../src/cli/material.ts";
import { folderWith } from "../support/cli.ts";

const unnamed = { keySpec: undefined, region: undefined };

/** A SEQUENCE with an INTEGER that claims more bytes than there are. */
const LIKE_DER = Uint8Array.of(0x30, 0x50, 0x02, ...new Uint8Array(29).fill(0xc3));
const LIKE_JWK = Uint8Array.of(0x7b, ...new Uint8Array(15).fill(0xc3));
const LIKE_BASE64 = Uint8Array.of(0x4d, 0x43, ...new Uint8Array(30).fill(0xc3));

function read(content: Uint8Array | string, raw: boolean) {
  return readMaterial(join(folderWith({ "key.bin": content }), "key.bin"), { ...unnamed, raw });
}

describe("a raw key without its key spec", () => {
  test.each([
    ["{", LIKE_JWK],
    ["MC", LIKE_BASE64],
  ])("that begins with %s is taken as it is", async (_beginning, content) => {
    const { form, bytes } = await read(content, false);
    expect({ form, bytes: Uint8Array.from(bytes) }).toEqual({ form: "raw bytes", bytes: content });
  });

  test.each([
    [
      "DER, which has a hint",
      LIKE_DER,
      "INVALID_DER",
      "the file may be cut short, or text mode may have changed it; if these bytes are the key, say so: --raw",
    ],
    [
      "DER, which has none",
      Uint8Array.of(0x30, 0x1e, 0x02, 0x01, 0x07, 0x1f, ...new Uint8Array(26).fill(0xc3)),
      "INVALID_DER",
      "if these bytes are the key, say so: --raw",
    ],
  ])("that looks like broken %s is refused with the way out", async (_look, content, code, hint) => {
    await expect(read(content, false)).rejects.toMatchObject({ code, hint });
    const { bytes } = await read(content, true);
    expect(Uint8Array.from(bytes)).toEqual(content);
  });
});
