/**
 * RSAES-OAEP against RSA Laboratories, pyca and Wycheproof. Where the seed is given, encryption is compared byte for
 * byte; decryption always is.
 */

import { describe, expect, test } from "vitest";
import { systemRandom } from "../../../src/random.ts";
import { rsaesOaepDecrypt, rsaesOaepEncrypt } from "../../../src/schemes/rsaes-oaep.ts";
import rsaOaepSha1 from "../../../vectors/rsa-oaep-sha1.json" with { type: "json" };
import rsaOaepSha2 from "../../../vectors/rsa-oaep-sha2.json" with { type: "json" };
import wycheproofOaep from "../../../vectors/wycheproof-oaep.json" with { type: "json" };
import { toHex } from "../../support/bytes.ts";
import { ENGINES } from "../../support/engines.ts";
import { errorCode } from "../../support/error-code.ts";
import { fixedRandom } from "../../support/fixed-random.ts";
import { readVectors } from "../../support/vectors.ts";

const GROUPS = [rsaOaepSha1, rsaOaepSha2, wycheproofOaep].flatMap((file) => readVectors(file, "rsaes-oaep"));
const SEEDED = GROUPS.filter(([, { valid }]) => valid.some(({ seed }) => seed !== undefined));
const NO_LABEL = new Uint8Array(0);

test("the set of RSA Laboratories gives all its seeds", () => {
  const cases = SEEDED.flatMap(([, { valid }]) => valid);
  expect(cases.filter(({ seed }) => seed !== undefined)).toHaveLength(61);
  expect(cases).toHaveLength(61);
});

describe.each(ENGINES)("RSAES-OAEP on the %s engine", (_engine, engine) => {
  test.each(SEEDED)("encrypt: %s", (_title, { hash, mgf1Hash, privateKey: publicKey, valid }) => {
    for (const { name, message, label = NO_LABEL, seed = NO_LABEL, ciphertext } of valid) {
      const random = fixedRandom(seed);
      const encrypted = rsaesOaepEncrypt(engine, { publicKey, message, hash, mgf1Hash, label, random });
      expect(toHex(encrypted), name).toBe(toHex(ciphertext));
      expect(random.unused(), name).toBe(0);
    }
  });

  test.each(GROUPS)("decrypt: %s", (_title, { hash, mgf1Hash, privateKey, valid, invalid }) => {
    const decrypt = (ciphertext: Uint8Array, label: Uint8Array) =>
      rsaesOaepDecrypt(engine, { privateKey, ciphertext, hash, mgf1Hash, label, random: systemRandom });
    for (const { name, message, label = NO_LABEL, ciphertext } of valid)
      expect(toHex(decrypt(ciphertext, label)), name).toBe(toHex(message));
    for (const { name, label = NO_LABEL, ciphertext } of invalid)
      expect(
        errorCode(() => decrypt(ciphertext, label)),
        name,
      ).toBe("UNWRAP_FAILED");
  });

  test.each(GROUPS.filter(([, { hash, mgf1Hash }]) => hash !== mgf1Hash))(
    "refused with hash and mask hash exchanged: %s",
    (_title, { hash, mgf1Hash, privateKey, valid }) => {
      const { ciphertext, label = NO_LABEL } = valid[0]!;
      const exchanged = { hash: mgf1Hash, mgf1Hash: hash };
      const decrypt = () =>
        rsaesOaepDecrypt(engine, { privateKey, ciphertext, ...exchanged, label, random: systemRandom });
      expect(errorCode(decrypt)).toBe("UNWRAP_FAILED");
    },
  );
});
