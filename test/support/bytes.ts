/** Hexadecimal in and out, for vectors, embedded binaries and readable failures. */

export { toHex } from "../../src/bytes.ts";

export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  if (!/^([0-9a-f]{2})*$/i.test(hex)) throw new Error("not hexadecimal");
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
