/** Which binaries this host can run. */

import { fromHex } from "./bytes.ts";

/** True where the embedded binary uses only features that this host has. */
export function isSupported(hex: string): boolean {
  return typeof WebAssembly === "object" && WebAssembly.validate(fromHex(hex));
}
