/**
 * What was unwrapped, looked at as the service does: is it key material for a key of this spec? PKCS#8 is read twice:
 * by Node's OpenSSL, which is not the code that prepared it, and by the strict reader, since OpenSSL passes over
 * trailing bytes and explicit curve parameters. Node knows SM2 only halfway, so there the reader stands alone.
 */

import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { CurveName } from "../engine/curves.ts";
import { readPkcs8 } from "../formats/pkcs8.ts";
import { writeSpki } from "../formats/spki.ts";
import { KEY_SPEC_FACTS, type KeySpec, type RawMaterialFacts } from "../keys/key-specs.ts";
import { completePrivateKey } from "../keys/private-key.ts";
import { isChina } from "../kms/regions.ts";

/** Key material of an AES, SM4 or HMAC key. */
export interface RawKey {
  readonly kind: "raw";
  readonly bytes: Uint8Array;
}

/** A key that Node computes with. */
export interface NodeKey {
  readonly kind: "node";
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** SPKI in DER. */
  readonly spki: Uint8Array;
}

/** An SM2 key. */
export interface Sm2Key {
  readonly kind: "SM2";
  /** 32 bytes. */
  readonly scalar: Uint8Array;
  /** X‖Y, 64 bytes. */
  readonly point: Uint8Array;
  /** SPKI in DER. */
  readonly spki: Uint8Array;
}

/** Key material that fits its KMS key. */
export type ImportedKey = RawKey | NodeKey | Sm2Key;

const NODE_CURVES: Readonly<Partial<Record<CurveName, string>>> = {
  "P-256": "prime256v1",
  "P-384": "secp384r1",
  "P-521": "secp521r1",
  secp256k1: "secp256k1",
};

/**
 * Takes key material for a key of this spec.
 *
 * @param material - what was unwrapped; the caller overwrites it.
 * @returns `undefined` if it is of the wrong length or kind.
 */
export function takeMaterial(spec: KeySpec, region: string, material: Uint8Array): ImportedKey | undefined {
  const facts = KEY_SPEC_FACTS[spec];
  try {
    if (facts.kind === "raw") return takeRaw(facts, region, material);
    return spec === "SM2" ? takeSm2(material) : takeNodeKey(spec, material);
  } catch {
    return undefined;
  }
}

/** What tells one material from another: the bytes, or the public key. */
export function identityOf(key: ImportedKey): Uint8Array {
  return key.kind === "raw" ? key.bytes : key.spki;
}

/** Overwrites what can be overwritten; what Node's key objects hold goes with them. */
export function forget(key: ImportedKey): void {
  if (key.kind === "raw") key.bytes.fill(0);
  if (key.kind === "SM2") key.scalar.fill(0);
}

function takeRaw(facts: RawMaterialFacts, region: string, bytes: Uint8Array): RawKey | undefined {
  const only = isChina(region) ? facts.chinaBytes : undefined;
  const { minBytes, maxBytes } = only === undefined ? facts : { minBytes: only, maxBytes: only };
  if (bytes.length < minBytes || bytes.length > maxBytes) return undefined;
  return { kind: "raw", bytes: new Uint8Array(bytes) };
}

function takeSm2(der: Uint8Array): Sm2Key | undefined {
  const key = completePrivateKey(readPkcs8(der));
  if (key.type !== "EC" || key.curve !== "SM2") return undefined;
  return { kind: "SM2", scalar: key.scalar, point: key.point.slice(1), spki: writeSpki(key) };
}

function takeNodeKey(spec: KeySpec, der: Uint8Array): NodeKey | undefined {
  readPkcs8(der);
  const privateKey = createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });
  if (!isOfSpec(spec, privateKey) || !isConsistent(privateKey)) return undefined;
  const publicKey = createPublicKey(privateKey);
  return { kind: "node", privateKey, publicKey, spki: publicKey.export({ type: "spki", format: "der" }) };
}

function isOfSpec(
  spec: KeySpec,
  { asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject,
): boolean {
  const facts = KEY_SPEC_FACTS[spec];
  if (facts.kind === "rsa") return type === "rsa" && details?.modulusLength === facts.modulusBits;
  if (facts.kind === "ec") return type === "ec" && details?.namedCurve === NODE_CURVES[facts.curve];
  return facts.kind === "ed25519" && type === "ed25519";
}

/** Whether the private half belongs to the public one. */
function isConsistent(privateKey: KeyObject): boolean {
  const probe = Buffer.from("kms-wrap rehearsal");
  const digest = privateKey.asymmetricKeyType === "ed25519" ? null : "sha256";
  return verify(digest, probe, createPublicKey(privateKey), sign(digest, probe, privateKey));
}
