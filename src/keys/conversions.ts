/** What was changed on the way to canonical PKCS#8, in words for people. */

import { FIELD_BYTES } from "../engine/curves.ts";
import type { PrivateKeyParts } from "../formats/key-parts.ts";
import type { OpenedKey } from "../formats/open-key.ts";
import type { PrivateKey } from "./private-key.ts";

/**
 * The changes in the order in which they are made.
 *
 * @param found - the container, with the `parts` that it stated.
 * @param key - what became of them.
 */
export function conversionsOf(found: OpenedKey, parts: PrivateKeyParts, key: PrivateKey): string[] {
  const changes: readonly (readonly [happened: boolean, change: string])[] = [
    [found.encoding !== "DER", `decoded from ${found.encoding}`],
    [found.name !== "PKCS#8", `converted from ${found.name} to PKCS#8`],
    ...parts.dropped.map((what) => [true, `dropped the ${what}`] as const),
    ...ecChanges(parts, key),
  ];
  return changes.filter(([happened]) => happened).map(([, change]) => change);
}

function ecChanges(parts: PrivateKeyParts, key: PrivateKey): (readonly [boolean, string])[] {
  if (parts.type !== "EC" || key.type !== "EC") return [];
  const fieldBytes = FIELD_BYTES[key.curve];
  const stated = parts.statedPublicKeys;
  return [
    [parts.curve === undefined, "took the curve from the key spec"],
    [parts.scalar.length !== fieldBytes, `brought the private number to its ${fieldBytes} bytes`],
    [stated.length === 0, "computed the public key"],
    [stated.some((point) => point.length === 1 + fieldBytes), "wrote the public key uncompressed"],
  ];
}
