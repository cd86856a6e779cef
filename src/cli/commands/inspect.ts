/** `kms-wrap inspect`: what a file holds, and what can be done with it. Shows nothing that is secret. */

import { toHex, wipe } from "../../bytes.ts";
import { portableHashes } from "../../engine/portable/hashes.ts";
import type { PublicKeyParts } from "../../formats/key-parts.ts";
import { withInput } from "../../formats/open-key.ts";
import { writeSpki } from "../../formats/spki.ts";
import { decodePoint, encodePoint } from "../../keys/ec-numbers.ts";
import { parseKeyMaterial } from "../../keys/key-material.ts";
import {
  EC_SPECS,
  KEY_SPEC_FACTS,
  KEY_SPECS,
  type KeySpec,
  WRAPPING_KEY_SPECS,
} from "../../keys/key-specs.ts";
import { lookAlike } from "../../keys/look-alikes.ts";
import { rsaWeaknesses } from "../../keys/rsa-weaknesses.ts";
import { parseWrappingKey } from "../../keys/wrapping-key.ts";
import { compatibleAlgorithms } from "../../kms/compatibility.ts";
import { type Command, defineCommand, JSON_OPTION } from "../command.ts";
import { about, nameOf } from "../errors.ts";
import { readInput } from "../input.ts";
import { describeMaterial } from "../material.ts";

/** What was found: for machines as it is, for people a line for each property. */
type Finding = { readonly kind: string; readonly warnings?: readonly string[] } & Readonly<
  Record<string, unknown>
>;

export const inspectCommand: Command = defineCommand({
  summary: "Says what a key file holds, what fits it, and its fingerprint.",
  options: {
    file: {
      type: "string",
      required: true,
      positional: true,
      placeholder: "FILE",
      help: "a wrapping key, a private key or raw key material; - is stdin",
    },
    ...JSON_OPTION,
  },
  notes: `What fits is what some region of AWS allows: see kms-wrap wrap --region. A fingerprint is SHA-256 of the
SubjectPublicKeyInfo: compare a wrapping key's with sha256sum of WrappingPublicKey.bin, that of key material with the
key that GetPublicKey returns after the import. Bytes without a container are taken for raw key material; a wrapped key
looks the same.
The report: file, kind, and of these what there is: spec or keySpec, bytes, form, conversions, fingerprint or
publicKeyFingerprint, wraps {algorithm: [key spec]}, wrappedBy {wrapping key spec: [algorithm]}, opens, looksLike,
keySpecs.`,

  async run({ file }) {
    const bytes = await readInput(file);
    try {
      const { warnings = [], ...finding } = about(file, () => inspect(bytes));
      return {
        report: { file, ...finding },
        warnings,
        shown: [`${nameOf(file)}: ${finding.kind}`, ...lines(finding)],
      };
    } finally {
      wipe(bytes);
    }
  },
});

function inspect(bytes: Uint8Array): Finding {
  return withInput(bytes, "the file", (input) => {
    const found = input.open();
    if (found === undefined) return inspectRaw(bytes);
    return found.holds === "public key" ? inspectPublicKey(found.read()) : inspectMaterial(bytes);
  });
}

function inspectPublicKey(parts: PublicKeyParts): Finding {
  if (parts.type === "Ed25519" || (parts.type === "EC" && parts.curve !== "SM2"))
    return inspectForeignKey(parts);
  const key = parseWrappingKey(writeSpki(parts));
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
    warnings: weaknesses(key.spki),
  };
}

/** Of an RSA key: what makes it easy to factor, as far as it shows. */
function weaknesses(spki: Uint8Array | undefined): string[] {
  if (spki === undefined) return [];
  const key = parseWrappingKey(spki);
  return key.type === "RSA" ? rsaWeaknesses(key.numbers) : [];
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
    warnings: keySpec.startsWith("RSA_") ? weaknesses(material.publicKeySpki) : [],
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

function takesLength(keySpec: KeySpec, length: number): boolean {
  const facts = KEY_SPEC_FACTS[keySpec];
  if (facts.kind !== "raw") return false;
  return length === facts.chinaBytes || (length >= facts.minBytes && length <= facts.maxBytes);
}

/** How people read the names of a finding. */
const LABELS: Readonly<Record<string, string>> = {
  spec: "key spec",
  keySpec: "key spec",
  fingerprint: "SHA-256",
  publicKeyFingerprint: "public key's SHA-256",
  bytes: "bytes of material",
  wrappedBy: "wrapped under",
  looksLike: "looks like",
  keySpecs: "key specs of that length",
};

/** A line for each property; in a table by name, a line for all names that have the same list. */
function lines({ kind: _, ...facts }: Finding): string[] {
  const rows = Object.entries(facts).flatMap(([name, value]): [string, string][] => {
    const label = LABELS[name] ?? name;
    if (Array.isArray(value)) return value.length ? [[label, value.join(", ")]] : [];
    if (typeof value !== "object") return [[label, String(value)]];
    return groups(value as Record<string, string[]>).map((group, i) => [i === 0 ? label : "", group]);
  });
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
}

/** `{ a: list, b: same list }` → `a, b: list` */
function groups(table: Readonly<Record<string, readonly string[]>>): string[] {
  const names = new Map<string, string[]>();
  for (const [name, list] of Object.entries(table)) {
    const text = list.join(", ");
    names.set(text, [...(names.get(text) ?? []), name]);
  }
  return [...names].map(([text, group]) => `${group.join(", ")}: ${text}`);
}
