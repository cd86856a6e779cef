/** The readers of formats. What they take, they write again; and what is strict has one way to be written. */

import { concatBytes, toHex } from "../../src/bytes.ts";
import { decodeBase64, decodeBase64Url, encodeBase64, isBlank } from "../../src/formats/base64.ts";
import { DerReader, TAG } from "../../src/formats/der.ts";
import { type DerNode, integer, writeDer } from "../../src/formats/der-writer.ts";
import { readJwk } from "../../src/formats/jwk.ts";
import { dottedOid, encodeOid } from "../../src/formats/oids.ts";
import { withInput } from "../../src/formats/open-key.ts";
import { hasPem, readPem } from "../../src/formats/pem.ts";
import { decodeSm2Ciphertext, encodeSm2Ciphertext, SM2_ENCODINGS } from "../../src/formats/sm2-ciphertext.ts";
import { decodeText, textOf } from "../../src/formats/text.ts";
import { utf8 } from "../support/der-builder.ts";
import { check } from "./finding.ts";
import {
  BASE64_SEEDS,
  DER_SEEDS,
  JWK_SEEDS,
  KEY_SEEDS,
  OID_SEEDS,
  PEM_SEEDS,
  SM2_BLOB_SEEDS,
  TEXT_SEEDS,
} from "./seeds.ts";
import { type FuzzTarget, sameBytes } from "./target.ts";

const KEY_BYTES = 66_000;
/** How deep the tree is read whose like is written. */
const TREE_DEPTH = 12;

export const FORMAT_TARGETS: readonly FuzzTarget[] = [
  { name: "der", seeds: DER_SEEDS, maxBytes: KEY_BYTES, testRuns: 1500, run: readAndWriteDer },
  {
    name: "oid",
    seeds: OID_SEEDS,
    maxBytes: 64,
    testRuns: 1000,
    run: (input) => {
      const dotted = dottedOid(input);
      if (dotted === undefined) return "none";
      check(sameBytes(encodeOid(dotted), input), "an OID is written as it was read");
      return `of ${dotted.split(".").length} arcs`;
    },
  },
  {
    name: "base64",
    seeds: BASE64_SEEDS,
    maxBytes: KEY_BYTES,
    testRuns: 800,
    run: (input) => {
      const symbols = input.filter((octet) => !isBlank(octet));
      check(sameBytes(utf8(encodeBase64(decodeBase64(input))), symbols), "base64 is written as it was read");
      return "bytes";
    },
  },
  {
    name: "base64url",
    seeds: BASE64_SEEDS,
    maxBytes: KEY_BYTES,
    testRuns: 800,
    run: (input) => {
      const text = encodeBase64(decodeBase64Url(input))
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replaceAll("=", "");
      check(sameBytes(utf8(text), input), "base64url is written as it was read");
      return "bytes";
    },
  },
  { name: "text", seeds: TEXT_SEEDS, maxBytes: KEY_BYTES, testRuns: 800, run: readText },
  { name: "pem", seeds: PEM_SEEDS, maxBytes: KEY_BYTES, testRuns: 1000, run: readAndWritePem },
  {
    name: "jwk",
    seeds: JWK_SEEDS,
    maxBytes: KEY_BYTES,
    testRuns: 1000,
    run: (input) => {
      // It is asked only about what begins with a brace.
      if (input[0] !== 0x7b) return "no object";
      const scratch: Uint8Array[] = [];
      const { holds, read } = readJwk(input, scratch);
      return `${holds}, ${read().type}`;
    },
  },
  {
    name: "containers",
    seeds: KEY_SEEDS,
    maxBytes: KEY_BYTES,
    testRuns: 1000,
    run: (input) =>
      withInput(input, "the input", ({ open }) => {
        const found = open();
        if (found === undefined) return "nothing";
        const type = "read" in found ? found.read().type : "not read";
        return `${found.name}, ${found.encoding}, ${type}`;
      }),
  },
  { name: "sm2-ciphertext", seeds: SM2_BLOB_SEEDS, maxBytes: 8192, testRuns: 1000, run: readSm2Ciphertexts },
];

/** Whatever DER is taken, the writer makes the same bytes of what was read. */
function readAndWriteDer(input: Uint8Array): string {
  const fields = DerReader.read(input, "the input", readFields);
  DerReader.fieldTags(input, 9);
  check(sameBytes(writeDer({ tag: TAG.SEQUENCE, content: fields }), input), "DER is written as it was read");
  return fields.length < 10 ? `${fields.length} fields` : "many fields";
}

function readFields(reader: DerReader, depth = 0): DerNode[] {
  const nodes: DerNode[] = [];
  while (!reader.isAtEnd) nodes.push(readNode(reader, depth));
  return nodes;
}

function readNode(reader: DerReader, depth: number): DerNode {
  const tag = reader.peekTag()!;
  if (tag === TAG.INTEGER) return integer(reader.integer("a number"));
  if (tag === TAG.OCTET_STRING) return { tag, content: [reader.octetString("a string")] };
  if (tag === TAG.BIT_STRING) return { tag, content: [Uint8Array.of(0), reader.bitString("bits")] };
  if (tag === TAG.OBJECT_IDENTIFIER) return { tag, content: [reader.objectIdentifier("a name")] };
  if (tag === TAG.SEQUENCE && depth < TREE_DEPTH)
    return { tag, content: reader.sequence("fields", (inner) => readFields(inner, depth + 1)) };
  reader.null("nothing");
  return { tag, content: [] };
}

function readText(input: Uint8Array): string {
  const text = textOf(input);
  check(text === undefined || text.length <= input.length, "text is not longer than its encoding");
  const decoded = decodeText(input);
  check(text !== undefined && sameBytes(utf8(decoded), text), "text is encoded as it was read");
  return text === input ? "text" : "text behind a mark";
}

/** Blocks, written one after the other without anything between them, are the same blocks. */
function readAndWritePem(input: Uint8Array): string {
  const blocks = readPem(input);
  check(hasPem(input) === blocks.length > 0, "there are blocks if one begins");
  const plain = blocks.filter(({ encrypted }) => !encrypted);
  const written = plain.flatMap(({ label, base64 }) => [
    utf8(`-----BEGIN ${label}-----`),
    base64,
    utf8(`-----END ${label}-----`),
  ]);
  const again = readPem(concatBytes(...written));
  check(again.length === plain.length, "as many blocks as were written are read");
  check(
    again.every(
      ({ label, base64 }, i) => label === plain[i]!.label && toHex(base64) === toHex(plain[i]!.base64),
    ),
    "a block is read as it was written",
  );
  return `${Math.min(blocks.length, 4)} blocks`;
}

function readSm2Ciphertexts(input: Uint8Array): string {
  const taken = SM2_ENCODINGS.filter((encoding) => {
    const parts = decodeSm2Ciphertext(input, encoding);
    if (parts !== undefined)
      check(sameBytes(encodeSm2Ciphertext(parts, encoding), input), `${encoding} is written as it was read`);
    return parts !== undefined;
  });
  return taken.join(", ") || "none";
}
