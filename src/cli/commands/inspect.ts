/** `kms-wrap inspect`: what a file holds, and what can be done with it. Shows nothing that is secret. */

import { wipe } from "../../bytes.ts";
import { type Finding, inspectKeyFile } from "../../kms/inspection.ts";
import { type Command, defineCommand, JSON_OPTION } from "../command.ts";
import { about, nameOf } from "../errors.ts";
import { readInput } from "../input.ts";

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
      const { warnings = [], ...finding } = about(file, () => inspectKeyFile(bytes));
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
