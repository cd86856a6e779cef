/** The hash functions and MGF1 against NIST CAVP, GB/T 32905 and RSA Laboratories' worked example. */

import { describe, expect, test } from "vitest";
import rsaOaepSha1 from "../../../vectors/rsa-oaep-sha1.json" with { type: "json" };
import sha from "../../../vectors/sha.json" with { type: "json" };
import sm3 from "../../../vectors/sm3.json" with { type: "json" };
import { toHex } from "../../support/bytes.ts";
import { ENGINES } from "../../support/engines.ts";
import { readVectors } from "../../support/vectors.ts";

const HASHES = [sha, sm3].flatMap((file) => readVectors(file, "hash"));
const MGF1 = readVectors(rsaOaepSha1, "mgf1");

describe.each(ENGINES)("Hashes on the %s engine", (_engine, engine) => {
  test.each(HASHES)("%s", (_title, { hash, valid }) => {
    const digestOf = (message: Uint8Array) =>
      hash === "SM3" ? engine.sm2.sm3(message) : engine.hashes.digest(hash, message);
    for (const { name, message, digest } of valid) expect(toHex(digestOf(message)), name).toBe(toHex(digest));
  });

  test.each(MGF1)("MGF1: %s", (_title, { hash, valid }) => {
    for (const { name, seed, mask } of valid)
      expect(toHex(engine.hashes.mgf1(hash, seed, mask.length)), name).toBe(toHex(mask));
  });
});
