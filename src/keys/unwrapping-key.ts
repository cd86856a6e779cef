/**
 * The private keys that wrapped material is opened with: RSA of 2048, 3072 or 4096 bits, or SM2. For rehearsals, tests
 * and receiving sides. secret: numbers but n and e, scalar.
 */

import { wipe } from "../bytes.ts";
import type { RsaPrivateNumbers } from "../engine/engine.ts";
import { KmsWrapError } from "../errors.ts";
import { withInput } from "../formats/open-key.ts";
import type { WrappingKeySpec } from "./key-specs.ts";
import { lookAlike } from "./look-alikes.ts";
import { completePrivateKey, orWiped, type PrivateKey, wipePrivateKey } from "./private-key.ts";
import { refusal, unrecognized } from "./refusals.ts";
import { rsaSpecOf } from "./rsa-numbers.ts";
import { type RsaWrappingKey, type Sm2WrappingKey, wrappingKeyOf } from "./wrapping-key.ts";

/** An RSA unwrapping key. */
export interface RsaUnwrappingKey {
  /** Tells the two types of key apart. */
  readonly type: "RSA";
  /** By the KMS API's name: the length of the modulus. */
  readonly spec: WrappingKeySpec;
  /** All of them, checked against each other. secret: all but n and e. */
  readonly numbers: RsaPrivateNumbers;
  /** The public half, to tell whether something was wrapped under it. */
  readonly wrappingKey: RsaWrappingKey;
}

/** An SM2 unwrapping key. */
export interface Sm2UnwrappingKey {
  /** Tells the two types of key apart. */
  readonly type: "SM2";
  /** By the KMS API's name. */
  readonly spec: "SM2";
  /** d, secret: 32 bytes in [1, n − 2]. */
  readonly scalar: Uint8Array;
  /** The public half, to tell whether something was wrapped under it. */
  readonly wrappingKey: Sm2WrappingKey;
}

/** A parsed and checked unwrapping key. Only `parseUnwrappingKey` makes one: a copy or a look-alike is not taken. */
export type UnwrappingKey = RsaUnwrappingKey | Sm2UnwrappingKey;

const HINT = "the private half of a wrapping key is RSA with 2048, 3072 or 4096 bits, or SM2";
const parsedKeys = /* @__PURE__ */ new WeakSet<object>();

/** Whether `parseUnwrappingKey` made this object. */
export function isUnwrappingKey(value: unknown): value is UnwrappingKey {
  return typeof value === "object" && value !== null && parsedKeys.has(value);
}

/**
 * Reads and checks the private half of a wrapping key.
 *
 * @param input - PKCS#8, PKCS#1 or SEC 1 in DER, PEM or base64; a JWK; not encrypted, at most 65,536 bytes. A key that
 *   was parsed before is returned as it is.
 * @returns a frozen object that holds nothing of `input`.
 * @throws KmsWrapError `PUBLIC_KEY_AS_PRIVATE_KEY`, `CERTIFICATE_GIVEN`, `ENCRYPTED_PRIVATE_KEY`,
 *   `INCONSISTENT_PRIVATE_KEY`, `INVALID_EC_SCALAR`, `INVALID_EC_POINT`, `INVALID_RSA_MODULUS`,
 *   `INVALID_RSA_EXPONENT`, `MULTI_PRIME_RSA_KEY`, `RSA_PSS_KEY`, `UNSUPPORTED_CURVE`, `EXPLICIT_CURVE_PARAMETERS`,
 *   `UNSUPPORTED_KEY_TYPE`, `UNSUPPORTED_KEY_VERSION`, `UNSUPPORTED_FORMAT`, `UNRECOGNIZED_FORMAT`, `INVALID_DER`,
 *   `INVALID_PEM`, `INVALID_BASE64`, `INVALID_JWK`, `INPUT_TOO_LARGE`, `INVALID_ARGUMENT`; `RANDOM_UNAVAILABLE`,
 *   `RANDOM_BROKEN` if the randomness that blinds an elliptic-curve scalar ceases
 * @example
 * ```ts
 * const key = parseUnwrappingKey(unwrappingKeyPem);
 * const { fingerprint } = parseWrappingKey(spkiDer);
 * if (key.wrappingKey.fingerprint !== fingerprint) throw new Error("not the key it was wrapped under");
 * ```
 */
export function parseUnwrappingKey(input: Uint8Array | string | UnwrappingKey): UnwrappingKey {
  if (isUnwrappingKey(input)) return input;
  return withInput(input, "the unwrapping key", ({ bytes, open }) => {
    const found = open();
    if (found === undefined) throw unrecognized("an unwrapping key", bytes, lookAlike(bytes));
    if (found.holds !== "private key") throw refusal("an unwrapping key", found);
    const parts = found.read();
    if (parts.type === "EC" && parts.curve !== "SM2") throw unsupportedCurve(parts.curve);
    return orWiped(completePrivateKey(parts), unwrappingKeyOf);
  });
}

/**
 * What `use` makes of the key. One that is parsed for this alone is overwritten afterwards; one that was parsed before
 * is its holder's.
 *
 * @throws KmsWrapError what `parseUnwrappingKey` and `use` throw.
 */
export function withUnwrappingKey<T>(
  input: Uint8Array | string | UnwrappingKey,
  use: (key: UnwrappingKey) => T,
): T {
  const key = parseUnwrappingKey(input);
  try {
    return use(key);
  } finally {
    if (key !== input) wipeUnwrappingKey(key);
  }
}

/** Overwrites the secret parts; the key is of no use any more. */
export function wipeUnwrappingKey(key: UnwrappingKey): void {
  if (key.type === "RSA") wipePrivateKey(key);
  else wipe(key.scalar);
}

function unwrappingKeyOf(key: PrivateKey): UnwrappingKey {
  const unwrappingKey = Object.freeze(withPublicHalf(key));
  parsedKeys.add(unwrappingKey);
  return unwrappingKey;
}

function withPublicHalf(key: PrivateKey): UnwrappingKey {
  if (key.type === "RSA") {
    const spec = rsaSpecOf(key.numbers, "unwrapping keys");
    const numbers = Object.freeze(key.numbers);
    return { type: "RSA", spec, numbers, wrappingKey: wrappingKeyOf(key) as RsaWrappingKey };
  }
  if (key.type === "EC")
    return {
      type: "SM2",
      spec: "SM2",
      scalar: key.scalar,
      wrappingKey: wrappingKeyOf(key) as Sm2WrappingKey,
    };
  throw new KmsWrapError("UNSUPPORTED_KEY_TYPE", `an ${key.type} key, which cannot decrypt`, { hint: HINT });
}

function unsupportedCurve(curve: string | undefined): KmsWrapError {
  const found = curve === undefined ? "that does not name its curve" : `on ${curve}`;
  return new KmsWrapError("UNSUPPORTED_CURVE", `an elliptic-curve key ${found}, expected SM2`, {
    hint: HINT,
  });
}
