/** What is secret in a private key, by itself. */

import { withInput } from "../../src/formats/open-key.ts";

/** Copies of the secret numbers in a private key of whatever form. */
export function secretNumbers(input: Uint8Array | string): Uint8Array[] {
  return withInput(typeof input === "string" ? input : input.slice(), "x", ({ open }) => {
    const found = open();
    if (found?.holds !== "private key") throw new Error("no private key");
    const parts = found.read();
    if (parts.type === "EC") return [parts.scalar.slice()];
    if (parts.type === "Ed25519") return [parts.seed.slice()];
    const { modulus: _n, publicExponent: _e, ...secrets } = parts.numbers;
    return Object.values(secrets).map((number) => number.slice());
  });
}
