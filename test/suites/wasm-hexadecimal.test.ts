/** The embedded binaries are decoded by whatever the host has for it, always to the same bytes. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fromHex } from "../../src/engine/wasm/hexadecimal.ts";

const BYTES = Uint8Array.from({ length: 256 }, (_, i) => i);
const TEXT = Array.from(BYTES, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A global that is hidden while a test runs. */
function hide(owner: object, name: string): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (descriptor === undefined) return () => {};
  Object.defineProperty(owner, name, { value: undefined, configurable: true, writable: true });
  return () => Object.defineProperty(owner, name, descriptor);
}

describe.each([
  ["as the host decodes", []],
  ["without Uint8Array.fromHex", [[Uint8Array, "fromHex"]]],
  [
    "with neither that nor Buffer",
    [
      [Uint8Array, "fromHex"],
      [globalThis, "Buffer"],
    ],
  ],
] as [string, [object, string][]][])("%s", (_, hidden) => {
  let restore: (() => void)[] = [];
  beforeEach(() => {
    restore = hidden.map(([owner, name]) => hide(owner, name));
  });
  afterEach(() => {
    for (const one of restore) one();
  });

  it("gives every byte", () => {
    const decoded = fromHex(TEXT);
    expect([...decoded]).toEqual([...BYTES]);
  });

  it("gives nothing for nothing", () => {
    expect(fromHex("")).toHaveLength(0);
  });
});
