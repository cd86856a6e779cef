/** A small DER builder for tests: written apart from src/formats, and able to make what is not DER. */

type Part = Uint8Array | readonly number[];

/** The parts one after the other. */
export function bytes(...parts: readonly Part[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** An element with the shortest definite length. */
export function element(tag: number, ...content: readonly Part[]): Uint8Array {
  const body = bytes(...content);
  const { length } = body;
  if (length < 128) return bytes([tag, length], body);
  const octets = length < 256 ? [length] : [length >> 8, length & 255];
  return bytes([tag, 0x80 + octets.length, ...octets], body);
}

export const sequence = (...fields: readonly Part[]): Uint8Array => element(0x30, ...fields);
export const octets = (...content: readonly Part[]): Uint8Array => element(0x04, ...content);
export const bits = (...content: readonly Part[]): Uint8Array => element(0x03, [0], ...content);
export const nothing = (): Uint8Array => element(0x05);

/** A SEQUENCE in a SEQUENCE in a … */
export function nested(levels: number): Uint8Array {
  return levels === 0 ? nothing() : sequence(nested(levels - 1));
}

/** A non-negative INTEGER. */
export function integer(value: bigint | number): Uint8Array {
  let hex = value.toString(16);
  if (hex.length % 2) hex = `0${hex}`;
  if (Number.parseInt(hex.slice(0, 2), 16) >= 128) hex = `00${hex}`;
  return element(
    0x02,
    hex.match(/../g)!.map((pair) => Number.parseInt(pair, 16)),
  );
}

/** An OBJECT IDENTIFIER in dotted form. */
export function oid(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split(".").map(Number);
  const groups = [40 * first! + second!, ...rest].map((arc) => {
    const group = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      group.unshift((left % 128) + 128);
    return group;
  });
  return element(0x06, groups.flat());
}

export const RSA = "1.2.840.113549.1.1.1";
export const EC = "1.2.840.10045.2.1";
export const P256 = "1.2.840.10045.3.1.7";
export const SM2 = "1.2.156.10197.1.301";
export const ED25519 = "1.3.101.112";

export const spki = (algorithm: Uint8Array, key: Uint8Array): Uint8Array => sequence(algorithm, bits(key));
export const pkcs8 = (algorithm: Uint8Array, key: Uint8Array, ...more: readonly Part[]): Uint8Array =>
  sequence(integer(more.length ? 1 : 0), algorithm, octets(key), ...more);
export const rsaAlgorithm = (): Uint8Array => sequence(oid(RSA), nothing());
export const ecAlgorithm = (curve: string): Uint8Array => sequence(oid(EC), oid(curve));

/** PEM with lines of 64 characters. */
export function pem(label: string, der: Uint8Array, lineBreak = "\n"): string {
  const lines = base64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join(lineBreak);
}

export function base64(der: Uint8Array): string {
  return btoa(String.fromCharCode(...der));
}

export function base64Url(content: Uint8Array): string {
  return base64(content).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** UTF-16 with a byte order mark, as PowerShell's redirects write it (little-endian) and few others do (big-endian). */
export function utf16(text: string, order: "little" | "big"): Uint8Array {
  const pairs = [...`\ufeff${text}`].map((character) => character.charCodeAt(0));
  return Uint8Array.from(
    pairs.flatMap((unit) => (order === "little" ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])),
  );
}
