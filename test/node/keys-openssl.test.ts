/** Keys against the openssl command: what `openssl pkcs8 -topk8 -nocrypt -outform DER` writes is what comes out here. */

import { describe, expect, test } from "vitest";
import { toHex } from "../../src/bytes.ts";
import { generateKeyMaterial } from "../../src/keys/generate.ts";
import { parseKeyMaterial } from "../../src/keys/key-material.ts";
import { parseUnwrappingKey } from "../../src/keys/unwrapping-key.ts";
import { parseWrappingKey } from "../../src/keys/wrapping-key.ts";
import { systemRandom } from "../../src/random.ts";
import { ASYMMETRIC_SPECS, type AsymmetricSpec } from "../support/keys-fixtures.ts";
import { hasOpenssl3, openssl } from "../support/openssl.ts";

const GENPKEY: Readonly<Record<AsymmetricSpec, readonly string[]>> = {
  RSA_2048: ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
  RSA_3072: ["RSA", "-pkeyopt", "rsa_keygen_bits:3072"],
  RSA_4096: ["RSA", "-pkeyopt", "rsa_keygen_bits:4096"],
  ECC_NIST_P256: ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
  ECC_NIST_P384: ["EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
  ECC_NIST_P521: ["EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
  ECC_SECG_P256K1: ["EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"],
  SM2: ["SM2"],
  ECC_NIST_EDWARDS25519: ["ED25519"],
};

describe.runIf(hasOpenssl3()).each(ASYMMETRIC_SPECS)("%s", (spec) => {
  test("every form that openssl writes gives its PKCS#8", async () => {
    const key = await openssl(["genpkey", "-algorithm", ...GENPKEY[spec]]);
    const files = { key };
    const pkcs8 = await openssl(["pkcs8", "-topk8", "-nocrypt", "-in", "key", "-outform", "DER"], files);
    const spki = await openssl(["pkey", "-in", "key", "-pubout", "-outform", "DER"], files);
    const forms = [key, pkcs8, await openssl(["pkey", "-in", "key", "-outform", "DER"], files)];
    if (spec.startsWith("RSA")) forms.push(await openssl(["rsa", "-in", "key", "-traditional"], files));
    else if (spec !== "ECC_NIST_EDWARDS25519") forms.push(await openssl(["ec", "-in", "key"], files));
    for (const form of forms) {
      const material = parseKeyMaterial(form);
      expect(material.keySpec).toBe(spec);
      expect(toHex(material.bytes)).toBe(toHex(pkcs8));
      expect(toHex(material.publicKeySpki!)).toBe(toHex(spki));
    }
  });
});

describe.runIf(hasOpenssl3())("what is generated", () => {
  test.each(ASYMMETRIC_SPECS.slice(3))("%s is a key to openssl, which writes it alike", async (spec) => {
    const { bytes, publicKeySpki } = generateKeyMaterial(spec, systemRandom);
    const files = { key: bytes };
    const rewritten = ["pkcs8", "-topk8", "-nocrypt", "-inform", "DER", "-in", "key", "-outform", "DER"];
    expect(toHex(await openssl(rewritten, files))).toBe(toHex(bytes));
    const pubout = ["pkey", "-inform", "DER", "-in", "key", "-pubout", "-outform", "DER"];
    expect(toHex(await openssl(pubout, files))).toBe(toHex(publicKeySpki!));
    await openssl(["pkey", "-inform", "DER", "-in", "key", "-check", "-noout"], files);
  });
});

describe.runIf(hasOpenssl3())("wrapping keys", () => {
  test.each(["RSA_2048", "SM2"] as const)(
    "the fingerprint of %s is openssl's SHA-256 of the SPKI",
    async (spec) => {
      const key = await openssl(["genpkey", "-algorithm", ...GENPKEY[spec]]);
      const spki = await openssl(["pkey", "-in", "key", "-pubout", "-outform", "DER"], { key });
      const digest = await openssl(["dgst", "-sha256", "-binary", "spki"], { spki });
      expect(parseWrappingKey(spki).fingerprint).toBe(toHex(digest));
      expect(parseUnwrappingKey(key).wrappingKey.fingerprint).toBe(toHex(digest));
    },
  );
});
