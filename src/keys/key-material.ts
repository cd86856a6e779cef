/**
 * Key material as a KMS wants it: raw bytes for symmetric and HMAC keys, canonical PKCS#8 for all others. Recognises
 * what it is given and converts it, or refuses it and says what to do.
 */

import { assertObject, toHex } from "../bytes.ts";
import { portableHashes } from "../engine/portable/hashes.ts";
import { emptyKeyMaterial, KmsWrapError } from "../errors.ts";
import type { OpenedInput, OpenedKey } from "../formats/open-key.ts";
import { withInput } from "../formats/open-key.ts";
import { writePkcs8 } from "../formats/pkcs8.ts";
import { writeSpki } from "../formats/spki.ts";
import { conversionsOf } from "./conversions.ts";
import { EC_SPECS, type KeySpec, type KeySpecFacts, keySpecFacts } from "./key-specs.ts";
import { lookAlike } from "./look-alikes.ts";
import { completePrivateKey, orWiped, type PrivateKey, wipePrivateKey } from "./private-key.ts";
import { checkRawMaterial, type KeyMaterialOptions } from "./raw-material.ts";
import { assertNotRawScalar } from "./raw-scalar.ts";
import { refusal, unrecognized } from "./refusals.ts";
import { rsaSpecOf } from "./rsa-numbers.ts";

export type { KeyMaterialOptions };

/** Key material, checked, in the form that is to be wrapped, and what there is to say about it. */
export interface KeyMaterial {
  /** The KMS key that it fits: as it was asked for, or as the container says. */
  readonly keySpec: KeySpec;
  /** What to wrap: a fresh array. secret; the holder's to overwrite. */
  readonly bytes: Uint8Array;
  /** The form it was found in, for people: "raw bytes", "PKCS#8 DER", "SEC 1 PEM", "JWK JSON", … */
  readonly form: string;
  /** What was changed, for people; empty if the bytes are what was given. */
  readonly conversions: readonly string[];
  /** What is legal and yet may be a mistake, for people. */
  readonly warnings: readonly string[];
  /** The public half of asymmetric material, SubjectPublicKeyInfo in DER: what GetPublicKey returns after the import. */
  readonly publicKeySpki?: Uint8Array;
  /** SHA-256 of `publicKeySpki` in lower-case hexadecimal. */
  readonly publicKeyFingerprint?: string;
}

/**
 * Recognises key material, checks it, and brings it into the form that a KMS takes.
 *
 * Raw material (SYMMETRIC_DEFAULT, HMAC_*) must be bytes and needs its key spec; it is taken literally. All other
 * material is a private key as PKCS#8, PKCS#1 or SEC 1 in DER, PEM or base64, or as JWK, and comes out as PKCS#8.
 *
 * @param input - at most 65,536 bytes; neither changed nor kept.
 * @param keySpec - what it is for; may be left out where the container says it.
 * @param options.raw - raw material is meant literally although it looks like text.
 * @param options.chinaRegion - the import goes to a China region, where SYMMETRIC_DEFAULT takes 16 bytes.
 * @returns the bytes to wrap, the key spec that they are for, and what was recognised, changed and noticed on the way.
 * @throws KmsWrapError `KEY_SPEC_REQUIRED`, `KEY_SPEC_MISMATCH`, `UNSUPPORTED_KEY_SPEC`, `EMPTY_KEY_MATERIAL`,
 *   `RAW_MATERIAL_AS_TEXT`, `RAW_MATERIAL_LENGTH`, `RAW_MATERIAL_LOOKS_ENCODED`, `RAW_PRIVATE_SCALAR`,
 *   `PUBLIC_KEY_AS_KEY_MATERIAL`, `CERTIFICATE_GIVEN`, and what `parseUnwrappingKey` throws about private keys.
 * @example
 * ```ts
 * const found = parseKeyMaterial(privateKeyPem); // "-----BEGIN EC PRIVATE KEY-----…"
 * found.keySpec; // "ECC_NIST_P384"
 * found.form; // "SEC 1 PEM"
 * found.bytes.length; // 185
 *
 * const hmac = parseKeyMaterial(secretBytes, "HMAC_256").bytes;
 * ```
 */
export function parseKeyMaterial(
  input: Uint8Array | string,
  keySpec?: KeySpec,
  options: KeyMaterialOptions = {},
): KeyMaterial {
  assertObject(options, "options");
  const facts = keySpec === undefined ? undefined : importableFacts(keySpec);
  return withInput(input, "the key material", (opened) =>
    facts?.kind === "raw"
      ? rawMaterial(opened, keySpec!, facts, options)
      : asymmetricMaterial(opened, keySpec, facts),
  );
}

/** The material of a private key, which is overwritten. */
export function materialOf(
  key: PrivateKey,
  keySpec: KeySpec,
  report: Pick<KeyMaterial, "form" | "conversions">,
): KeyMaterial {
  const publicKeySpki = writeSpki(key);
  const bytes = writePkcs8(key);
  wipePrivateKey(key);
  const publicKeyFingerprint = toHex(portableHashes.digest("SHA-256", publicKeySpki));
  return { keySpec, bytes, ...report, warnings: [], publicKeySpki, publicKeyFingerprint };
}

function importableFacts(keySpec: KeySpec): KeySpecFacts {
  const facts = keySpecFacts(keySpec);
  if (facts.kind !== "not importable") return facts;
  throw new KmsWrapError("UNSUPPORTED_KEY_SPEC", `${keySpec} keys take no imported key material`, {
    hint: "let the KMS generate the key (Origin AWS_KMS)",
  });
}

function rawMaterial(
  { bytes, isString }: OpenedInput,
  keySpec: KeySpec,
  facts: KeySpecFacts & { kind: "raw" },
  options: KeyMaterialOptions,
): KeyMaterial {
  if (isString) throw rawMaterialAsText(keySpec);
  const warnings = checkRawMaterial(bytes, keySpec, facts, options);
  return { keySpec, bytes: bytes.slice(), form: "raw bytes", conversions: [], warnings };
}

function asymmetricMaterial(
  input: OpenedInput,
  keySpec: KeySpec | undefined,
  facts: KeySpecFacts | undefined,
): KeyMaterial {
  if (input.bytes.length === 0) throw emptyKeyMaterial();
  if (keySpec !== undefined && !input.isString) assertNotRawScalar(input.bytes, keySpec);
  const found = input.open();
  if (found === undefined) throw unexplained(input, keySpec);
  if (found.holds !== "private key") throw refusal("key material", found);
  const parts = found.read();
  return orWiped(completePrivateKey(parts, facts?.kind === "ec" ? facts.curve : undefined), (key) => {
    const foundSpec = keySpecOf(key);
    if (keySpec !== undefined && keySpec !== foundSpec) throw mismatch(found, foundSpec, keySpec);
    const form = `${found.name} ${found.encoding}`;
    return materialOf(key, foundSpec, { form, conversions: conversionsOf(found, parts, key) });
  });
}

function keySpecOf(key: PrivateKey): KeySpec {
  if (key.type === "RSA") return rsaSpecOf(key.numbers, "keys that a KMS imports");
  return key.type === "EC" ? EC_SPECS[key.curve] : "ECC_NIST_EDWARDS25519";
}

/** The error for an input that no container explains. */
function unexplained({ bytes, isString }: OpenedInput, keySpec: KeySpec | undefined): KmsWrapError {
  if (keySpec !== undefined) return unrecognized("key material", bytes, lookAlike(bytes));
  if (isString) return rawMaterialAsText("symmetric or HMAC");
  const look = lookAlike(bytes);
  return new KmsWrapError(
    "KEY_SPEC_REQUIRED",
    `${bytes.length} bytes that do not say what key they are${look === undefined ? "" : `; they look like ${look.what}`}`,
    { hint: "name the key spec, for instance SYMMETRIC_DEFAULT or HMAC_256" },
  );
}

function rawMaterialAsText(keySpec: string): KmsWrapError {
  return new KmsWrapError("RAW_MATERIAL_AS_TEXT", `a string, expected the bytes of a ${keySpec} key`, {
    hint: 'say which bytes are meant, for instance Buffer.from(text, "hex") or Buffer.from(text, "base64")',
  });
}

function mismatch(found: OpenedKey, foundSpec: KeySpec, keySpec: KeySpec): KmsWrapError {
  return new KmsWrapError(
    "KEY_SPEC_MISMATCH",
    `found a key for ${foundSpec} (${found.name}, ${found.encoding}), expected one for ${keySpec}`,
    { hint: `check that it is the right file, or make the KMS key with KeySpec ${foundSpec}` },
  );
}
