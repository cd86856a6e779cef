/** Which binaries this host can run, and whether it compiles them from bytes. */

import { fromHex } from "./bytes.ts";

/** No imports, no exports, no code. */
const EMPTY_MODULE = "0061736d01000000";

const offered = new Map<string, WebAssembly.Module>();

/** True where the embedded binary uses only features that this host has. */
export function isSupported(hex: string): boolean {
  return typeof WebAssembly === "object" && WebAssembly.validate(fromHex(hex));
}

/** False without WebAssembly, in a worker's request handler, and on a page whose content security policy says no. */
export const MAY_COMPILE: boolean = mayCompile();

function mayCompile(): boolean {
  try {
    // WebKit refuses at the second step.
    new WebAssembly.Instance(new WebAssembly.Module(fromHex(EMPTY_MODULE)));
    return true;
  } catch {
    return false;
  }
}

/** For hosts that refuse to compile: what they themselves made of an embedded binary. */
export function offerModule(hex: string, module: WebAssembly.Module): void {
  offered.set(hex, module);
}

/** A module for a fresh instance of an embedded binary. */
export function compile(hex: string): WebAssembly.Module {
  return offered.get(hex) ?? new WebAssembly.Module(fromHex(hex));
}
