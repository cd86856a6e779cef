/**
 * An SM2 ciphertext's three parts as bytes: the ASN.1 of GM/T 0009-2012 §7.2, or the parts one after the other in
 * the order of the 2012/2016 standard (C1 C3 C2) or of the 2010 draft (C1 C2 C3), with or without the 04 of an
 * uncompressed point.
 */

import { concatBytes } from "../bytes.ts";
import { UNCOMPRESSED } from "../engine/curves.ts";
import { KmsWrapError } from "../errors.ts";
import { DerReader } from "./der.ts";
import { integer, octetString, sequence, writeDer } from "./der-writer.ts";

/**
 * How an SM2 ciphertext is laid out: "asn1", the DER of GM/T 0009-2012 §7.2, which AWS KMS and OpenSSL take; or its
 * parts one after the other, C1 (a point), C3 (a hash) and C2 (as long as the message): "c1c3c2" as in the standard of
 * 2012 and 2016, "c1c2c3" as in the draft of 2010; "-no04" without the byte 04 that the point begins with, as
 * sm-crypto writes them.
 */
export type Sm2Encoding = "asn1" | "c1c3c2" | "c1c2c3" | "c1c3c2-no04" | "c1c2c3-no04";

/** Every layout of an SM2 ciphertext that is read and written. */
export const SM2_ENCODINGS: readonly Sm2Encoding[] = [
  "asn1",
  "c1c3c2",
  "c1c2c3",
  "c1c3c2-no04",
  "c1c2c3-no04",
];

/** C1 as x‖y without the 04, 64 bytes; C3, 32 bytes; C2, as long as the message. */
interface Sm2Ciphertext {
  readonly C1: Uint8Array;
  readonly C3: Uint8Array;
  readonly C2: Uint8Array;
}

/**
 * @throws KmsWrapError `INVALID_ARGUMENT` if it is not the name of an encoding.
 */
export function assertSm2Encoding(encoding: unknown): asserts encoding is Sm2Encoding {
  if ((SM2_ENCODINGS as readonly unknown[]).includes(encoding)) return;
  throw new KmsWrapError("INVALID_ARGUMENT", "encoding is not one that SM2 ciphertexts come in", {
    hint: `use one of ${SM2_ENCODINGS.join(", ")}`,
  });
}

/** In the raw encodings: are the parts in the order C1 C3 C2 (else C1 C2 C3), and does the point begin with 04? */
const RAW_LAYOUTS: Readonly<
  Record<Exclude<Sm2Encoding, "asn1">, { readonly tagFirst: boolean; readonly prefix: boolean }>
> = {
  c1c3c2: { tagFirst: true, prefix: true },
  c1c2c3: { tagFirst: false, prefix: true },
  "c1c3c2-no04": { tagFirst: true, prefix: false },
  "c1c2c3-no04": { tagFirst: false, prefix: false },
};

const COORDINATE_BYTES = 32;
const C1_BYTES = 2 * COORDINATE_BYTES;
const C3_BYTES = 32;

/** The parts in the given layout. */
export function encodeSm2Ciphertext(parts: Sm2Ciphertext, encoding: Sm2Encoding): Uint8Array {
  const { C1, C3, C2 } = parts;
  if (encoding === "asn1") return encodeAsn1(parts);
  const { tagFirst, prefix } = RAW_LAYOUTS[encoding];
  return concatBytes(Uint8Array.from(prefix ? [UNCOMPRESSED] : []), C1, ...(tagFirst ? [C3, C2] : [C2, C3]));
}

/**
 * The parts of a ciphertext as copies, or `undefined` if it does not have the layout, or C2 is empty. Everything read
 * here is public. The point has not been checked.
 */
export function decodeSm2Ciphertext(
  ciphertext: Uint8Array,
  encoding: Sm2Encoding,
): Sm2Ciphertext | undefined {
  const parts = encoding === "asn1" ? decodeAsn1(ciphertext) : decodeRaw(ciphertext, RAW_LAYOUTS[encoding]);
  return parts === undefined || parts.C2.length === 0 ? undefined : parts;
}

/** SEQUENCE { x INTEGER, y INTEGER, C3 OCTET STRING, C2 OCTET STRING } */
function encodeAsn1({ C1, C3, C2 }: Sm2Ciphertext): Uint8Array {
  const x = integer(withoutLeadingZeros(C1.subarray(0, COORDINATE_BYTES)));
  const y = integer(withoutLeadingZeros(C1.subarray(COORDINATE_BYTES)));
  return writeDer(sequence(x, y, octetString(C3), octetString(C2)));
}

function decodeAsn1(ciphertext: Uint8Array): Sm2Ciphertext | undefined {
  try {
    return DerReader.read(ciphertext, "the SM2 ciphertext", (fields) => {
      const x = fields.integer("x1");
      const y = fields.integer("y1");
      const C3 = fields.octetString("C3");
      const C2 = fields.octetString("C2");
      if (Math.max(x.length, y.length) > COORDINATE_BYTES || C3.length !== C3_BYTES) return undefined;
      const C1 = new Uint8Array(C1_BYTES);
      C1.set(x, COORDINATE_BYTES - x.length);
      C1.set(y, C1_BYTES - y.length);
      return { C1, C3: C3.slice(), C2: C2.slice() };
    });
  } catch {
    // The reader's verdict on public bytes. Which one it was is of no use to whoever may not decrypt.
    return undefined;
  }
}

function decodeRaw(
  ciphertext: Uint8Array,
  { tagFirst, prefix }: { readonly tagFirst: boolean; readonly prefix: boolean },
): Sm2Ciphertext | undefined {
  if (prefix && ciphertext[0] !== UNCOMPRESSED) return undefined;
  const parts = Uint8Array.from(ciphertext.subarray(prefix ? 1 : 0));
  if (parts.length < C1_BYTES + C3_BYTES) return undefined;
  const C1 = parts.subarray(0, C1_BYTES);
  return tagFirst
    ? { C1, C3: parts.subarray(C1_BYTES, C1_BYTES + C3_BYTES), C2: parts.subarray(C1_BYTES + C3_BYTES) }
    : { C1, C3: parts.subarray(-C3_BYTES), C2: parts.subarray(C1_BYTES, -C3_BYTES) };
}

function withoutLeadingZeros(number: Uint8Array): Uint8Array {
  const first = number.findIndex((byte) => byte !== 0);
  return first < 0 ? number.subarray(number.length) : number.subarray(first);
}
