/** AES key wrap against the RFCs, NIST CAVP and Wycheproof: W and its inverse as KW uses them, and KWP. */

import { describe, expect, test } from "vitest";
import { concatBytes } from "../../../src/bytes.ts";
import { kwpUnwrap, kwpWrap } from "../../../src/schemes/aes-kwp.ts";
import nistCavpKw from "../../../vectors/nist-cavp-kw.json" with { type: "json" };
import nistCavpKwpAd from "../../../vectors/nist-cavp-kwp-ad.json" with { type: "json" };
import nistCavpKwpAe from "../../../vectors/nist-cavp-kwp-ae.json" with { type: "json" };
import rfc3394 from "../../../vectors/rfc3394.json" with { type: "json" };
import rfc5649 from "../../../vectors/rfc5649.json" with { type: "json" };
import wycheproofKwp from "../../../vectors/wycheproof-kwp.json" with { type: "json" };
import { toHex } from "../../support/bytes.ts";
import { ENGINES } from "../../support/engines.ts";
import { errorCode } from "../../support/error-code.ts";
import { readVectors } from "../../support/vectors.ts";

/** RFC 3394 §2.2.3.1 */
const KW_INITIAL_VALUE = new Uint8Array(8).fill(0xa6);

const KW = [rfc3394, nistCavpKw].flatMap((file) => readVectors(file, "aes-kw"));
const KWP = [rfc5649, nistCavpKwpAe, nistCavpKwpAd, wycheproofKwp].flatMap((file) =>
  readVectors(file, "aes-kwp"),
);

describe.each(ENGINES)("AES key wrap on the %s engine", (_engine, engine) => {
  test.each(KW)("W: %s", (_title, { valid, invalid }) => {
    for (const { name, kek, plaintext, wrapped } of valid) {
      const S = concatBytes(KW_INITIAL_VALUE, plaintext);
      expect(toHex(engine.aes.wrapSemiblocks(kek, S)), name).toBe(toHex(wrapped));
      expect(toHex(engine.aes.unwrapSemiblocks(kek, wrapped)), name).toBe(toHex(S));
    }
    for (const { name, kek, wrapped } of invalid) {
      const A = engine.aes.unwrapSemiblocks(kek, wrapped).subarray(0, KW_INITIAL_VALUE.length);
      expect(toHex(A), name).not.toBe(toHex(KW_INITIAL_VALUE));
    }
  });

  test.each(KWP)("KWP: %s", (_title, { valid, invalid }) => {
    for (const { name, kek, plaintext, wrapped } of valid) {
      expect(toHex(kwpWrap(engine, kek, plaintext)), name).toBe(toHex(wrapped));
      expect(toHex(kwpUnwrap(engine, kek, wrapped)), name).toBe(toHex(plaintext));
    }
    for (const { name, kek, wrapped } of invalid)
      expect(
        errorCode(() => kwpUnwrap(engine, kek, wrapped)),
        name,
      ).toBe("UNWRAP_FAILED");
  });

  test.each(KW)("KWP refuses what KW wrapped: %s", (_title, { valid }) => {
    for (const { name, kek, wrapped } of valid)
      expect(
        errorCode(() => kwpUnwrap(engine, kek, wrapped)),
        name,
      ).toBe("UNWRAP_FAILED");
  });
});
