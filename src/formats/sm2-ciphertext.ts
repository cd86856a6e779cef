/**
 * An SM2 ciphertext's three parts as bytes: the ASN.1 of GM/T 0009-2012 §7.2, or the parts one after the other in
 * the order of the 2012/2016 standard (C1 C3 C2) or of the 2010 draft (C1 C2 C3), with or without the 04 of an
 * uncompressed point.
 */

import { KmsWrapError } from "../errors.ts";

/** How a ciphertext is laid out. */
export type Sm2Encoding = "asn1" | "c1c3c2" | "c1c2c3" | "c1c3c2-no04" | "c1c2c3-no04";

/** Every encoding there is. */
export const SM2_ENCODINGS: readonly Sm2Encoding[] = [
  "asn1",
  "c1c3c2",
  "c1c2c3",
  "c1c3c2-no04",
  "c1c2c3-no04",
];

/** C1 as x‖y without the 04, 64 bytes; C3, 32 bytes; C2, as long as the message. */
export interface Sm2Ciphertext {
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
