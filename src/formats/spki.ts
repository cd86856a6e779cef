/** SubjectPublicKeyInfo, RFC 5280 §4.1.2.7, of RSA (RFC 3279 §2.3.1), elliptic-curve (RFC 5480) and Ed25519 keys (RFC 8410). */

import { ED25519_BYTES } from "../engine/ed25519.ts";
import { algorithmIdentifier, type KeyAlgorithm, readAlgorithmIdentifier } from "./algorithm-identifier.ts";
import { DerReader } from "./der.ts";
import { bitString, sequence, writeDer } from "./der-writer.ts";
import type { PublicKeyParts } from "./key-parts.ts";
import { readRsaPublicKey, rsaPublicKey } from "./pkcs1.ts";

/** Reads a whole SubjectPublicKeyInfo; the numbers are views on `der`, not yet checked. */
export function readSpki(der: Uint8Array): PublicKeyParts {
  return DerReader.read(der, "SubjectPublicKeyInfo", (fields) =>
    readSubjectPublicKey(fields, readAlgorithmIdentifier(fields)),
  );
}

/** The canonical DER of a public key. */
export function writeSpki(key: PublicKeyParts): Uint8Array {
  const subjectPublicKey =
    key.type === "RSA" ? rsaPublicKey(key.numbers) : key.type === "EC" ? key.point : key.publicKey;
  return writeDer(sequence(algorithmIdentifier(key), bitString(subjectPublicKey)));
}

function readSubjectPublicKey(fields: DerReader, algorithm: KeyAlgorithm): PublicKeyParts {
  if (algorithm.type === "RSA") {
    const numbers = fields.bitStringHolding("subjectPublicKey", (content) =>
      content.sequence("RSAPublicKey", readRsaPublicKey),
    );
    return { ...algorithm, numbers };
  }
  if (algorithm.type === "EC") return { ...algorithm, point: fields.bitString("subjectPublicKey") };
  return { ...algorithm, publicKey: fields.bitString("subjectPublicKey", { byteLength: ED25519_BYTES }) };
}
