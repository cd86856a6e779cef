/** Fresh key material of every kind but RSA, whose primes only the platform makes well. */

import { toBigInt, wipe } from "../bytes.ts";
import { CURVE_PARAMETERS, type CurveName, FIELD_BYTES } from "../engine/curves.ts";
import { KmsWrapError } from "../errors.ts";
import type { RandomSource } from "../random.ts";
import { type KeyMaterial, type KeyMaterialOptions, materialOf } from "./key-material.ts";
import { type KeySpec, keySpecFacts } from "./key-specs.ts";
import { fromScalar, fromSeed } from "./private-key.ts";

const ED25519_BYTES = 32;
/** A draw lies outside of the range once in 2^32 (P-256, SM2) or more seldom: twice in a row, the generator is broken. */
const MAX_DRAWS = 4;

/**
 * Makes key material.
 *
 * @param keySpec - raw, elliptic-curve, SM2 or Ed25519; RSA keys come from WebCrypto through `parseKeyMaterial`.
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
    const scalar = randomScalar(facts.curve, random);
    const key = fromScalar(facts.curve, scalar);
    wipe(scalar);
    return materialOf(key, keySpec, report);
  }
  if (facts.kind === "ed25519") {
    const seed = random(ED25519_BYTES);
    const key = fromSeed(seed);
    wipe(seed);
    return materialOf(key, keySpec, report);
  }
  throw new KmsWrapError("UNSUPPORTED_KEY_SPEC", `${keySpec} key material is not made here`, {
    hint:
      facts.kind === "rsa"
        ? "make it with WebCrypto or: openssl genpkey -algorithm RSA"
        : "let the KMS generate it",
  });
}

/** A scalar in [1, n − 2], uniform, by rejection: FIPS 186-5 §A.2.2, whose range fits SM2, too. */
function randomScalar(curve: CurveName, random: RandomSource): Uint8Array {
  const { n } = CURVE_PARAMETERS[curve];
  const topMask = 0xff >> (8 * FIELD_BYTES[curve] - n.toString(2).length);
  for (let draws = 0; draws < MAX_DRAWS; draws++) {
    const scalar = random(FIELD_BYTES[curve]);
    scalar[0]! &= topMask;
    const value = toBigInt(scalar);
    if (value >= 1n && value <= n - 2n) return scalar;
    wipe(scalar);
  }
  throw new KmsWrapError("RANDOM_BROKEN", `${MAX_DRAWS} draws in a row were no private numbers of ${curve}`, {
    hint: "do not make key material on this system until its random generator is mended",
  });
}
