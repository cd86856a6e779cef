/**
 * JSON Web Keys: RFC 7518 §6.2 (EC), §6.3 (RSA), RFC 8037 §2 (OKP), RFC 8812 §3.1 (secp256k1). SM2 keys are taken with
 * "crv": "SM2", as tools that write them at all do. Members that say nothing about the numbers are passed over.
 *
 * The text of a private key passes through a JavaScript string, which nothing can overwrite; its decoded numbers go to
 * `scratch`.
 */

import { concatBytes, typeName } from "../bytes.ts";
import { FIELD_BYTES, UNCOMPRESSED } from "../engine/curves.ts";
import { ED25519_BYTES } from "../engine/ed25519.ts";
import type { RsaPublicNumbers } from "../engine/engine.ts";
import { KmsWrapError } from "../errors.ts";
import { NO_KEY_SPEC_ON_CURVE } from "./algorithm-identifier.ts";
import { decodeBase64Url } from "./base64.ts";
import type { PrivateKeyParts, PrivateNumbers, PublicKeyParts } from "./key-parts.ts";
import { decodeText } from "./text.ts";

/** What a JWK holds; its numbers are not yet checked against each other. */
type Jwk =
  | { readonly holds: "public key"; readonly read: () => PublicKeyParts }
  | { readonly holds: "private key"; readonly read: () => PrivateKeyParts };

/** Key type → reader; each decides by "d" which half it is. */
const READERS = { RSA: readRsa, EC: readEc, OKP: readOkp } as const;

/**
 * Reads a JWK.
 *
 * @param text - UTF-8 or ASCII that begins with a brace: whatever JSON it is, it is an object.
 * @param scratch - receives every array that may hold secrets, for the caller to overwrite.
 * @throws KmsWrapError `INVALID_JWK`, `INVALID_TEXT`, `UNSUPPORTED_FORMAT`, `UNSUPPORTED_KEY_TYPE`,
 *   `UNSUPPORTED_CURVE`, `MULTI_PRIME_RSA_KEY`
 */
export function readJwk(text: Uint8Array, scratch: Uint8Array[]): Jwk {
  const members = new Members(parseObject(text), scratch);
  if (members.has("keys"))
    throw new KmsWrapError("INVALID_JWK", "a JWK Set, expected one JWK", {
      hint: "take the one key out of its keys array",
    });
  if (members.has("EncryptedKeyMaterial"))
    throw new KmsWrapError("UNSUPPORTED_FORMAT", "a finished import request, expected a JWK", {
      hint: "send it: aws kms import-key-material --cli-binary-format base64 --cli-input-json file://FILE",
    });
  if (members.has("ImportToken"))
    throw new KmsWrapError("UNSUPPORTED_FORMAT", "JSON with an ImportToken, expected a JWK", {
      hint: "parameters for import are given where the wrapping key is asked for, as --parameters FILE or to prepareImport",
    });
  if (!members.has("kty"))
    throw new KmsWrapError("INVALID_JWK", 'JSON without "kty", expected a JWK', {
      hint: "if a key is in it, write that to a file of its own, for instance: jq -r .NAME FILE > key.pem",
    });
  const type = members.choice(READERS, "kty");
  if (type !== undefined) return READERS[type](members);
  throw new KmsWrapError("UNSUPPORTED_KEY_TYPE", 'a JWK whose "kty" is not RSA, EC or OKP', {
    hint: "the bytes of a symmetric key (oct) must be passed as they are: decode its k member from base64url",
  });
}

/** The members of one JWK, decoded on demand. */
class Members {
  readonly #jwk: Readonly<Record<string, unknown>>;
  readonly #scratch: Uint8Array[];

  constructor(jwk: Readonly<Record<string, unknown>>, scratch: Uint8Array[]) {
    this.#jwk = jwk;
    this.#scratch = scratch;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#jwk, name);
  }

  /** The text of member `name`, if it is one of the keys of `table`. */
  choice<K extends string>(table: Readonly<Record<K, unknown>>, name: string): K | undefined {
    const text = this.#string(name);
    return Object.hasOwn(table, text) ? (text as K) : undefined;
  }

  /** A Base64urlUInt, RFC 7518 §2: in as few octets as it needs. */
  number(name: string): Uint8Array {
    const bytes = this.#bytes(name);
    if (bytes.length === 0 || bytes[0] === 0) throw invalidMember(`"${name}" is empty or has leading zeros`);
    return bytes;
  }

  /** Octets of a fixed length, leading zeros included. */
  octets(name: string, byteLength: number): Uint8Array {
    const bytes = this.#bytes(name);
    if (bytes.length !== byteLength)
      throw invalidMember(`"${name}" has ${bytes.length} bytes, expected ${byteLength}`);
    return bytes;
  }

  #bytes(name: string): Uint8Array {
    const base64 = new TextEncoder().encode(this.#string(name));
    try {
      const bytes = decodeBase64Url(base64);
      this.#scratch.push(bytes);
      return bytes;
    } catch (cause) {
      throw invalidMember(`"${name}" is not base64url`, { cause });
    } finally {
      this.#scratch.push(base64);
    }
  }

  #string(name: string): string {
    const value = this.has(name) ? this.#jwk[name] : undefined;
    if (typeof value === "string") return value;
    const found = value === undefined ? "nothing" : typeName(value);
    throw invalidMember(`"${name}" must be a string, found ${found}`);
  }
}

function readRsa(members: Members): Jwk {
  const numbers: RsaPublicNumbers = { modulus: members.number("n"), publicExponent: members.number("e") };
  if (!members.has("d")) return publicKey({ type: "RSA", numbers });
  if (members.has("oth"))
    throw new KmsWrapError("MULTI_PRIME_RSA_KEY", 'a JWK with "oth", a key of more than two primes', {
      hint: "a KMS takes RSA keys of two primes only; make a new key",
    });
  const privateNumbers = {
    ...numbers,
    privateExponent: members.number("d"),
    prime1: members.number("p"),
    prime2: members.number("q"),
    exponent1: members.number("dp"),
    exponent2: members.number("dq"),
    coefficient: members.number("qi"),
  };
  return privateKey({ type: "RSA", numbers: privateNumbers }, []);
}

function readEc(members: Members): Jwk {
  const curve = members.choice(FIELD_BYTES, "crv");
  if (curve === undefined)
    throw new KmsWrapError(
      "UNSUPPORTED_CURVE",
      `a JWK whose "crv" is not one of ${Object.keys(FIELD_BYTES).join(", ")}`,
      { hint: NO_KEY_SPEC_ON_CURVE },
    );
  const fieldBytes = FIELD_BYTES[curve];
  const x = members.octets("x", fieldBytes);
  const y = members.octets("y", fieldBytes);
  const point = concatBytes(Uint8Array.of(UNCOMPRESSED), x, y);
  if (!members.has("d")) return publicKey({ type: "EC", curve, point });
  return privateKey({ type: "EC", curve, scalar: members.octets("d", fieldBytes) }, [point]);
}

function readOkp(members: Members): Jwk {
  if (members.choice({ Ed25519: ED25519_BYTES }, "crv") === undefined)
    throw new KmsWrapError("UNSUPPORTED_CURVE", 'a JWK of type OKP whose "crv" is not Ed25519', {
      hint: NO_KEY_SPEC_ON_CURVE,
    });
  const x = members.octets("x", ED25519_BYTES);
  if (!members.has("d")) return publicKey({ type: "Ed25519", publicKey: x });
  return privateKey({ type: "Ed25519", seed: members.octets("d", ED25519_BYTES) }, [x]);
}

function publicKey(parts: PublicKeyParts): Jwk {
  return { holds: "public key", read: () => parts };
}

function privateKey(numbers: PrivateNumbers, statedPublicKeys: readonly Uint8Array[]): Jwk {
  const parts = { ...numbers, statedPublicKeys, dropped: [] };
  return { holds: "private key", read: () => parts };
}

function invalidMember(message: string, options?: { readonly cause: unknown }): KmsWrapError {
  return new KmsWrapError("INVALID_JWK", `the member ${message}`, {
    hint: "export the key again with all of its members, each in full, or as PEM",
    ...options,
  });
}

function parseObject(text: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(decodeText(text));
  } catch {
    // A SyntaxError quotes the text: it must not be handed on as a cause.
    throw new KmsWrapError("INVALID_JWK", "the text begins like a JWK, but is not JSON", {
      hint: "check that it was copied whole",
    });
  }
}
