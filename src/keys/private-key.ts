/**
 * A private key of any kind, complete and checked: every part present, in range, and in agreement with the others.
 * What a KMS takes is decided by those who ask for the key.
 */

import { equalBytes, wipe } from "../bytes.ts";
import { type CurveName, publicPoint } from "../engine/curves.ts";
import { ed25519PublicKey } from "../engine/ed25519.ts";
import type { RsaPrivateNumbers } from "../engine/engine.ts";
import { KmsWrapError } from "../errors.ts";
import { writeDer } from "../formats/der-writer.ts";
import type { PrivateKeyParts } from "../formats/key-parts.ts";
import { rsaPublicKey } from "../formats/pkcs1.ts";
import { encodePoint, isEncodingOf, normalizeScalar } from "./ec-numbers.ts";
import { assertRsaPrivateNumbers, copyRsaPrivateNumbers } from "./rsa-numbers.ts";

/**
 * Fresh arrays, the holder's to overwrite. What is public in it is a `PublicKeyParts`. secret: all numbers but n and e,
 * scalar, seed.
 */
export type PrivateKey =
  | { readonly type: "RSA"; readonly numbers: RsaPrivateNumbers }
  /** `scalar` of the field's length; `point` as SEC 1 §2.3.3 encodes it, uncompressed. */
  | {
      readonly type: "EC";
      readonly curve: CurveName;
      readonly scalar: Uint8Array;
      readonly point: Uint8Array;
    }
  | { readonly type: "Ed25519"; readonly seed: Uint8Array; readonly publicKey: Uint8Array };

/**
 * Completes and checks what a container stated.
 *
 * @param curve - of an EC key whose container does not name one.
 * @throws KmsWrapError `INCONSISTENT_PRIVATE_KEY`, `INVALID_EC_SCALAR`, `INVALID_EC_POINT`, `INVALID_RSA_MODULUS`,
 *   `INVALID_RSA_EXPONENT`, `KEY_SPEC_REQUIRED` if the curve is not known
 */
export function completePrivateKey(parts: PrivateKeyParts, curve?: CurveName): PrivateKey {
  return orWiped(complete(parts, curve), (key) => {
    if (parts.statedPublicKeys.every((stated) => isPublicKeyOf(key, stated))) return key;
    throw new KmsWrapError(
      "INCONSISTENT_PRIVATE_KEY",
      "the public key that goes with the private key is not the one that follows from it",
      {
        hint: "the key is damaged or was put together from parts of different keys; export it again from its source",
      },
    );
  });
}

function complete(parts: PrivateKeyParts, otherwise: CurveName | undefined): PrivateKey {
  if (parts.type === "RSA") {
    assertRsaPrivateNumbers(parts.numbers);
    return { type: "RSA", numbers: copyRsaPrivateNumbers(parts.numbers) };
  }
  if (parts.type === "Ed25519") return fromSeed(parts.seed);
  const curve = parts.curve ?? otherwise;
  if (curve === undefined)
    throw new KmsWrapError("KEY_SPEC_REQUIRED", "an EC private key that does not name its curve", {
      hint: "say which key spec it is for",
    });
  return fromScalar(curve, parts.scalar);
}

/**
 * @param scalar - of any length.
 * @throws KmsWrapError `INVALID_EC_SCALAR`
 */
export function fromScalar(curve: CurveName, scalar: Uint8Array): PrivateKey {
  const normalized = normalizeScalar(curve, scalar);
  try {
    return { type: "EC", curve, scalar: normalized, point: encodePoint(publicPoint(curve, normalized)) };
  } catch (error) {
    wipe(normalized); // nothing to blind it with
    throw error;
  }
}

/** @param seed - 32 bytes. */
export function fromSeed(seed: Uint8Array): PrivateKey {
  return { type: "Ed25519", seed: seed.slice(), publicKey: ed25519PublicKey(seed) };
}

/** What `use` makes of the key, which is overwritten if it throws. */
export function orWiped<T>(key: PrivateKey, use: (key: PrivateKey) => T): T {
  try {
    return use(key);
  } catch (error) {
    wipePrivateKey(key);
    throw error;
  }
}

/** Overwrites the secret parts. */
export function wipePrivateKey(key: PrivateKey): void {
  if (key.type === "EC") wipe(key.scalar);
  else if (key.type === "Ed25519") wipe(key.seed);
  else {
    const { modulus: _n, publicExponent: _e, ...secrets } = key.numbers;
    wipe(...Object.values(secrets));
  }
}

function isPublicKeyOf(key: PrivateKey, stated: Uint8Array): boolean {
  if (key.type === "EC") return isEncodingOf(key.curve, stated, key.point.subarray(1));
  const expected = key.type === "RSA" ? writeDer(rsaPublicKey(key.numbers)) : key.publicKey;
  return equalBytes(stated, expected);
}
