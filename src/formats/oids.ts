/** Object identifiers: the dotted form that people read, the octets that DER carries (X.690 §8.19), and names. */

import type { CurveName } from "../engine/curves.ts";

export const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
export const RSASSA_PSS = "1.2.840.113549.1.1.10";
export const EC_PUBLIC_KEY = "1.2.840.10045.2.1";
export const ED25519 = "1.3.101.112";

/** The curves that a key may name. */
export const CURVE_OIDS: Readonly<Record<CurveName, string>> = {
  "P-256": "1.2.840.10045.3.1.7",
  "P-384": "1.3.132.0.34",
  "P-521": "1.3.132.0.35",
  secp256k1: "1.3.132.0.10",
  SM2: "1.2.156.10197.1.301",
};

/** Names for messages, of algorithms and curves that turn up in keys without being supported. */
const NAMES: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.7": "RSAES-OAEP",
  "1.2.840.113549.1.1.10": "RSASSA-PSS",
  "1.2.840.10040.4.1": "DSA",
  "1.2.840.113549.1.3.1": "Diffie-Hellman",
  "1.2.840.10046.2.1": "Diffie-Hellman",
  "1.3.101.110": "X25519",
  "1.3.101.111": "X448",
  "1.3.101.113": "Ed448",
  "2.16.840.1.101.3.4.3.17": "ML-DSA-44",
  "2.16.840.1.101.3.4.3.18": "ML-DSA-65",
  "2.16.840.1.101.3.4.3.19": "ML-DSA-87",
  "2.16.840.1.101.3.4.4.1": "ML-KEM-512",
  "2.16.840.1.101.3.4.4.2": "ML-KEM-768",
  "2.16.840.1.101.3.4.4.3": "ML-KEM-1024",
  "1.3.132.0.33": "P-224",
  "1.3.36.3.3.2.8.1.1.7": "brainpoolP256r1",
  "1.3.36.3.3.2.8.1.1.11": "brainpoolP384r1",
  "1.3.36.3.3.2.8.1.1.13": "brainpoolP512r1",
  "1.2.840.113549.1.5.13": "PBES2",
};

/** The dotted form with the name in front, where there is one: "P-224 (1.3.132.0.33)". */
export function describeOid(dotted: string): string {
  const name = NAMES[dotted];
  return name === undefined ? dotted : `${name} (${dotted})`;
}

/** The curve of that identifier, if it is one of ours. */
export function curveOfOid(dotted: string): CurveName | undefined {
  return (Object.keys(CURVE_OIDS) as CurveName[]).find((name) => CURVE_OIDS[name] === dotted);
}

/** Content octets of an OBJECT IDENTIFIER from its dotted form. */
export function encodeOid(dotted: string): Uint8Array {
  const [first, second, ...arcs] = dotted.split(".").map(Number) as [number, number, ...number[]];
  return Uint8Array.from([40 * first + second, ...arcs].flatMap(base128));
}

/**
 * The dotted form, for identifiers of keys: at most 32 octets and arcs below 2^28.
 *
 * @param content - the content octets.
 * @returns `undefined` if they are no such identifier.
 */
export function dottedOid(content: Uint8Array): string | undefined {
  if (content.length === 0 || content.length > 32 || content[content.length - 1]! >= 0x80) return undefined;
  const arcs: number[] = [];
  let arc = 0;
  let arcOctets = 0;
  for (const octet of content) {
    if ((arcOctets === 0 && octet === 0x80) || ++arcOctets > 4) return undefined;
    arc = (arc << 7) | (octet & 0x7f);
    if (octet >= 0x80) continue;
    arcs.push(arc);
    arc = arcOctets = 0;
  }
  const [head, ...tail] = arcs as [number, ...number[]];
  const first = Math.min(Math.floor(head / 40), 2);
  return [first, head - 40 * first, ...tail].join(".");
}

/** An arc in groups of seven bits, the high bit set on all but the last. */
function base128(arc: number): number[] {
  const octets = [arc & 0x7f];
  for (let rest = arc >>> 7; rest > 0; rest >>>= 7) octets.unshift((rest & 0x7f) | 0x80);
  return octets;
}
