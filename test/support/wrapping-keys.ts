/** A fixed key pair of each wrapping key spec, from vectors/kms-known-answers.json: generating RSA keys takes seconds. */

import { WRAPPING_KEY_SPECS, type WrappingKeySpec } from "../../src/keys/key-specs.ts";
import knownAnswers from "../../vectors/kms-known-answers.json" with { type: "json" };
import { fromHex } from "./bytes.ts";

/** Both halves, DER. */
export interface WrappingKeyPair {
  readonly spki: Uint8Array;
  readonly pkcs8: Uint8Array;
}

export const WRAPPING_KEY_PAIRS: Readonly<Record<WrappingKeySpec, WrappingKeyPair>> = Object.fromEntries(
  WRAPPING_KEY_SPECS.map((spec) => {
    const { spki, pkcs8 } = knownAnswers.groups.find(({ wrappingKeySpec }) => wrappingKeySpec === spec)!;
    return [spec, { spki: fromHex(spki), pkcs8: fromHex(pkcs8) }];
  }),
) as unknown as Record<WrappingKeySpec, WrappingKeyPair>;
