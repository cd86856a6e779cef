/** The RSA suites on the relaxed kernel, too, where Node has relaxed SIMD only behind a flag: Node 20. */

import { setFlagsFromString } from "node:v8";
import { expect, test } from "vitest";

if (process.version.startsWith("v20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");

// Imported after the flag: they look for what the host can do when they are loaded.
const { binariesHere } = await import("../support/rsa-binary.ts");
await import("../suites/wasm-rsa-kernels.test.ts");
await import("../suites/wasm-rsa.test.ts");

test("the relaxed kernel takes part", () => {
  expect(binariesHere().map(([name]) => name)).toEqual(["rsa", "rsa-relaxed"]);
});
