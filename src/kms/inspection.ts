/** What a key file holds, and what can be done with it. Nothing that is secret leaves. */

import { toHex, wipe } from "../bytes.ts";
import { portableHashes } from "../engine/portable/hashes.ts";
import type { PublicKeyParts } from "../formats/key-parts.ts";
import { withInput } from "../formats/open-key.ts";
import { writeSpki } from "../formats/spki.ts";
import { decodePoint, encodePoint } from "../keys/ec-numbers.ts";
import { parseKeyMaterial } from "../keys/key-material.ts";
import { EC_SPECS, KEY_SPEC_FACTS, KEY_SPECS, type KeySpec, WRAPPING_KEY_SPECS } from "../keys/key-specs.ts";
import { lookAlike } from "../keys/look-alikes.ts";
import { describeMaterial } from "../keys/material-report.ts";
import { materialWarnings, wrappingKeyWarnings } from "../keys/rsa-weaknesses.ts";
import { wrappingKeyOf } from "../keys/wrapping-key.ts";
import { compatibleAlgorithms } from "./compatibility.ts";

/** What was found: for machines as it is, for people a line for each property. */
export type Finding = { readonly kind: string; readonly warnings?: readonly string[] } & Readonly<
  Record<string, unknown>
>;

/**
 * Recognises a key file.
 *
 * @throws KmsWrapError what `parseWrappingKey` and `parseKeyMaterial` throw about a container that is broken or refused.
 */
export function inspectKeyFile(bytes: Uint8Array): Finding {
  return withInput(bytes, "the file", (input) => {
    const found = input.open();
    if (found?.holds === "public key") return inspectPublicKey(found.read());
    // No bytes at all are refused like any other material that is none.
    return found === undefined && bytes.length > 0 ? inspectRaw(bytes) : inspectMaterial(bytes);
  });
}

function inspectPublicKey(parts: PublicKeyParts): Finding {
  if (parts.type === "Ed25519" || (parts.type === "EC" && parts.curve !== "SM2"))
    return inspectForeignKey(parts);
  const key = wrappingKeyOf(parts);
  const { spec, fingerprint, algorithms } = key;
  const wraps = algorithms.map((algorithm) => [
    algorithm,
    KEY_SPECS.filter((keySpec) => compatibleAlgorithms(keySpec, spec).includes(algorithm)),
  ]);
  return {
    kind: "wrapping key",
    spec,
    fingerprint,
    wraps: Object.fromEntries(wraps),
    warnings: wrappingKeyWarnings(key),
  };
}

/** A public key that nothing can be wrapped under: what GetPublicKey returns of an imported key. */
function inspectForeignKey(parts: PublicKeyParts & { type: "EC" | "Ed25519" }): Finding {
  const keySpec = parts.type === "EC" ? EC_SPECS[parts.curve] : "ECC_NIST_EDWARDS25519";
  const canonical =
    parts.type === "EC" ? { ...parts, point: encodePoint(decodePoint(parts.curve, parts.point)) } : parts;
  const fingerprint = toHex(portableHashes.digest("SHA-256", writeSpki(canonical)));
  return { kind: "public key, not a wrapping key", keySpec, fingerprint };
}

function inspectMaterial(bytes: Uint8Array): Finding {
  const material = parseKeyMaterial(bytes);
  wipe(material.bytes);
  const { keySpec } = material;
  const wrappedBy = WRAPPING_KEY_SPECS.map((spec) => [spec, compatibleAlgorithms(keySpec, spec)] as const);
  const opens = WRAPPING_KEY_SPECS.find((spec) => spec === keySpec);
  return {
    kind: "private key",
    ...describeMaterial(material),
    wrappedBy: Object.fromEntries(wrappedBy.filter(([, algorithms]) => algorithms.length > 0)),
    ...(opens && { opens: `what was wrapped under this ${opens} key` }),
    warnings: materialWarnings(material),
  };
}

function inspectRaw(bytes: Uint8Array): Finding {
  const look = lookAlike(bytes);
  return {
    kind: "bytes without a container",
    bytes: bytes.length,
    ...(look && { looksLike: look.what }),
    keySpecs: KEY_SPECS.filter((keySpec) => takesLength(keySpec, bytes.length)),
  };
}

/** Whether raw material of this length may be for the key spec, in some region. */
export function takesLength(keySpec: KeySpec, length: number): boolean {
  const facts = KEY_SPEC_FACTS[keySpec];
  if (facts.kind !== "raw") return false;
  return length === facts.chinaBytes || (length >= facts.minBytes && length <= facts.maxBytes);
}
