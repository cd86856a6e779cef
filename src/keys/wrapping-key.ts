/**
 * The public keys that key material is wrapped under: RSA of 2048, 3072 or 4096 bits, or SM2. Parse once, wrap many.
 * Everything here is public.
 */

import { toHex } from "../bytes.ts";
import type { CurveName } from "../engine/curves.ts";
import type { RsaPublicNumbers } from "../engine/engine.ts";
import { portableHashes } from "../engine/portable/hashes.ts";
import { KmsWrapError } from "../errors.ts";
import type { PublicKeyParts } from "../formats/key-parts.ts";
import { withInput } from "../formats/open-key.ts";
import { writeSpki } from "../formats/spki.ts";
import { algorithmsFor, type WrappingAlgorithm } from "../schemes/algorithms.ts";
import { decodePoint, encodePoint } from "./ec-numbers.ts";
import type { WrappingKeySpec } from "./key-specs.ts";
import { lookAlike } from "./look-alikes.ts";
import { refusal, unrecognized } from "./refusals.ts";
import { assertRsaPublicNumbers, copyRsaPublicNumbers, type RsaSpec, rsaSpecOf } from "./rsa-numbers.ts";

/** What both types of wrapping key tell about themselves. */
export interface WrappingKeyFacts {
  /** By the KMS API's name. */
  readonly spec: WrappingKeySpec;
  /** The algorithms that such a key can serve, whatever a KMS allows. */
  readonly algorithms: readonly WrappingAlgorithm[];
  /** The canonical SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** SHA-256 of `spki` in lower-case hexadecimal: what `sha256sum WrappingPublicKey.bin` prints. */
  readonly fingerprint: string;
}

/** An RSA wrapping key. */
export interface RsaWrappingKey extends WrappingKeyFacts {
  /** Tells the two types of key apart. */
  readonly type: "RSA";
  /** n and e. */
  readonly numbers: RsaPublicNumbers;
}

/** An SM2 wrapping key. */
export interface Sm2WrappingKey extends WrappingKeyFacts {
  /** Tells the two types of key apart. */
  readonly type: "SM2";
  /** X‖Y, 64 bytes, a point of the curve. */
  readonly point: Uint8Array;
}

/**
 * A parsed and checked wrapping key, frozen. Only `parseWrappingKey` makes one: a copy or a look-alike is not taken.
 * JavaScript cannot freeze the byte arrays in it: leave them alone, the engine keeps what it derived from them.
 */
export type WrappingKey = RsaWrappingKey | Sm2WrappingKey;

const HINT = "get parameters for import again; the wrapping key is RSA_2048, RSA_3072, RSA_4096 or SM2";

/** What both types of key share. What a wrap does not need is made when it is asked for. */
class ParsedKey {
  readonly #parts: PublicKeyParts;
  #spki: Uint8Array | undefined;
  #fingerprint: string | undefined;

  constructor(parts: PublicKeyParts) {
    this.#parts = parts;
  }

  static made(value: object): boolean {
    return #parts in value;
  }

  get spki(): Uint8Array {
    this.#spki ??= writeSpki(this.#parts);
    return this.#spki;
  }

  get fingerprint(): string {
    this.#fingerprint ??= toHex(portableHashes.digest("SHA-256", writeSpki(this.#parts)));
    return this.#fingerprint;
  }
}

class ParsedRsaKey extends ParsedKey implements RsaWrappingKey {
  readonly type = "RSA";
  readonly spec: RsaSpec;
  readonly numbers: RsaPublicNumbers;

  constructor(numbers: RsaPublicNumbers, spec: RsaSpec) {
    super({ type: "RSA", numbers });
    this.spec = spec;
    this.numbers = numbers;
    Object.freeze(this);
  }

  get algorithms(): readonly WrappingAlgorithm[] {
    return algorithmsFor("RSA");
  }
}

class ParsedSm2Key extends ParsedKey implements Sm2WrappingKey {
  readonly type = "SM2";
  readonly spec = "SM2";
  readonly point: Uint8Array;

  constructor(point: Uint8Array) {
    super({ type: "EC", curve: "SM2", point: encodePoint(point) });
    this.point = point;
    Object.freeze(this);
  }

  get algorithms(): readonly WrappingAlgorithm[] {
    return algorithmsFor("SM2");
  }
}

/** Whether `parseWrappingKey` made this object. */
export function isWrappingKey(value: unknown): value is WrappingKey {
  return typeof value === "object" && value !== null && ParsedKey.made(value);
}

/**
 * Reads and checks a wrapping key.
 *
 * @param input - SubjectPublicKeyInfo or PKCS#1 RSAPublicKey in DER, PEM or base64; a JWK; at most 65,536 bytes. A
 *   key that was parsed before is returned as it is.
 * @returns an immutable object that holds nothing of `input`.
 * @throws KmsWrapError `PRIVATE_KEY_AS_WRAPPING_KEY`, `CERTIFICATE_GIVEN`, `INVALID_RSA_MODULUS`,
 *   `INVALID_RSA_EXPONENT`, `RSA_PSS_KEY`, `UNSUPPORTED_CURVE`, `EXPLICIT_CURVE_PARAMETERS`, `INVALID_EC_POINT`,
 *   `UNSUPPORTED_KEY_TYPE`, `UNSUPPORTED_FORMAT`, `UNRECOGNIZED_FORMAT`, `INVALID_DER`, `INVALID_PEM`,
 *   `INVALID_BASE64`, `INVALID_JWK`, `INPUT_TOO_LARGE`, `INVALID_ARGUMENT`
 * @example
 * ```ts
 * const publicKey = parseWrappingKey(spkiDer); // once
 * publicKey.spec; // "RSA_4096"
 * publicKey.fingerprint.length; // 64
 * for (const keyMaterial of secrets) wrap({ algorithm: "RSAES_OAEP_SHA_256", publicKey, keyMaterial });
 * ```
 */
export function parseWrappingKey(input: Uint8Array | string | WrappingKey): WrappingKey {
  if (isWrappingKey(input)) return input;
  return withInput(input, "the wrapping key", ({ bytes, open }) => {
    const found = open();
    if (found === undefined) throw unrecognized("a wrapping key", bytes, lookAlike(bytes));
    if (found.holds !== "public key") throw refusal("a wrapping key", found);
    return wrappingKeyOf(found.read());
  });
}

/**
 * A wrapping key from its parts, which are copied.
 *
 * @throws KmsWrapError `INVALID_RSA_MODULUS`, `INVALID_RSA_EXPONENT`, `INVALID_EC_POINT`, `UNSUPPORTED_CURVE`,
 *   `UNSUPPORTED_KEY_TYPE`
 */
export function wrappingKeyOf(parts: PublicKeyParts): WrappingKey {
  if (parts.type === "RSA") return rsaWrappingKey(parts.numbers);
  if (parts.type === "EC") return sm2WrappingKey(parts.curve, parts.point);
  throw new KmsWrapError("UNSUPPORTED_KEY_TYPE", `an ${parts.type} key, which cannot encrypt`, {
    hint: HINT,
  });
}

function rsaWrappingKey(numbers: RsaPublicNumbers): WrappingKey {
  const spec = rsaSpecOf(numbers, "wrapping keys");
  assertRsaPublicNumbers(numbers);
  return new ParsedRsaKey(Object.freeze(copyRsaPublicNumbers(numbers)), spec);
}

function sm2WrappingKey(curve: CurveName, encoded: Uint8Array): WrappingKey {
  if (curve === "SM2") return new ParsedSm2Key(decodePoint(curve, encoded));
  throw new KmsWrapError("UNSUPPORTED_CURVE", `an elliptic-curve key on ${curve}, expected SM2`, {
    hint: HINT,
  });
}
