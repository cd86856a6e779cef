/** Fresh key material of every kind; RSA by the platform's WebCrypto, to which primes are better left. */

import { fromBigInt, wipe, withScratch } from "../bytes.ts";
import { CURVE_PARAMETERS, type CurveName, FIELD_BYTES } from "../engine/curves.ts";
import { ED25519_BYTES } from "../engine/ed25519.ts";
import { KmsWrapError } from "../errors.ts";
import { type RandomSource, randomBelow } from "../random.ts";
import { type KeyMaterial, type KeyMaterialOptions, materialOf, parseKeyMaterial } from "./key-material.ts";
import { type KeySpec, keySpecFacts } from "./key-specs.ts";
import { fromScalar, fromSeed } from "./private-key.ts";

/** 65537 */
const PUBLIC_EXPONENT = /* @__PURE__ */ Uint8Array.of(1, 0, 1);

/**
 * Makes key material of any importable kind.
 *
 * @param options.chinaRegion - 16 bytes for SYMMETRIC_DEFAULT.
 * @throws KmsWrapError `UNSUPPORTED_KEY_SPEC`, `RANDOM_BROKEN`, and what `random` throws; RSA keys count as unsupported
 *   where there is no WebCrypto.
 */
export async function freshKeyMaterial(
  keySpec: KeySpec,
  random: RandomSource,
  options: Pick<KeyMaterialOptions, "chinaRegion"> = {},
): Promise<KeyMaterial> {
  const facts = keySpecFacts(keySpec);
  if (facts.kind !== "rsa") return generateKeyMaterial(keySpec, random, options);
  const pkcs8 = await generateRsa(keySpec, facts.modulusBits);
  try {
    return { ...parseKeyMaterial(pkcs8, keySpec), form: "generated", conversions: [] };
  } finally {
    wipe(pkcs8);
  }
}

async function generateRsa(keySpec: KeySpec, modulusLength: number): Promise<Uint8Array> {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined)
    throw new KmsWrapError("UNSUPPORTED_KEY_SPEC", `${keySpec} keys need WebCrypto, which is absent here`, {
      hint: "browsers offer it to pages opened from disk or over HTTPS; or: openssl genpkey -algorithm RSA",
    });
  const { privateKey } = await subtle.generateKey(
    { name: "RSA-OAEP", modulusLength, publicExponent: PUBLIC_EXPONENT, hash: "SHA-256" },
    true,
    ["decrypt"],
  );
  return new Uint8Array(await subtle.exportKey("pkcs8", privateKey));
}

/**
 * Makes key material of every kind but RSA, at once.
 *
 * @param keySpec - raw, elliptic-curve, SM2 or Ed25519.
 * @param options.chinaRegion - 16 bytes for SYMMETRIC_DEFAULT.
 * @throws KmsWrapError `UNSUPPORTED_KEY_SPEC`, `RANDOM_BROKEN`, and what `random` throws.
 */
export function generateKeyMaterial(
  keySpec: KeySpec,
  random: RandomSource,
  options: Pick<KeyMaterialOptions, "chinaRegion"> = {},
): KeyMaterial {
  const report = { form: "generated", conversions: [] };
  const facts = keySpecFacts(keySpec);
  if (facts.kind === "raw") {
    const length = (options.chinaRegion ? facts.chinaBytes : undefined) ?? facts.usualBytes;
    return { keySpec, bytes: random(length), ...report, warnings: [] };
  }
  if (facts.kind === "ec") {
    const key = withScratch((scratch) =>
      fromScalar(facts.curve, scratch(privateScalar(facts.curve, random))),
    );
    return materialOf(key, keySpec, report);
  }
  if (facts.kind === "ed25519") {
    const key = withScratch((scratch) => fromSeed(scratch(random(ED25519_BYTES))));
    return materialOf(key, keySpec, report);
  }
  throw new KmsWrapError("UNSUPPORTED_KEY_SPEC", `${keySpec} key material is not made here`, {
    hint:
      facts.kind === "rsa"
        ? "make it with WebCrypto or: openssl genpkey -algorithm RSA"
        : "let the KMS generate it",
  });
}

/** In [1, n − 2], which fits SM2, too, and is as good as n − 1 on the other curves. */
function privateScalar(curve: CurveName, random: RandomSource): Uint8Array {
  return randomBelow(fromBigInt(CURVE_PARAMETERS[curve].n - 1n, FIELD_BYTES[curve]), random);
}
