/** What WASM memory holds after an operation: searched for secrets, or compared with its state before any. */

import { liveMemories } from "../../src/engine/wasm/instantiate.ts";
import { fromHex } from "./bytes.ts";

/** Shorter pieces of a secret would be found by chance. */
const WINDOW_BYTES = 8;

/**
 * Looks through all live WASM memories for any 8 bytes in a row of any secret, as they are or reversed (numbers are
 * kept with either end first).
 *
 * Derived secrets (round keys, other bases, limbs) it cannot know: prefer `changedMemory`.
 *
 * @param secrets - of 8 bytes or more, random enough not to be met by chance.
 * @returns where, as "binary: offset"; empty if nowhere.
 */
export function findSecrets(secrets: readonly Uint8Array[]): string[] {
  const windows = new Map<number, Set<number>>();
  for (const secret of secrets) {
    if (secret.length < WINDOW_BYTES)
      throw new RangeError(`a secret of ${secret.length} bytes is too short to look for`);
    for (const bytes of [secret, secret.toReversed()])
      forEachWindow(bytes, (_offset, upper, lower) => {
        // Zeros are part of every memory, and no secret.
        if ((upper | lower) !== 0) windows.set(upper, (windows.get(upper) ?? new Set()).add(lower));
      });
  }
  const found: string[] = [];
  for (const [name, memory] of liveMemories())
    forEachWindow(new Uint8Array(memory.buffer), (offset, upper, lower) => {
      if (windows.get(upper)?.has(lower)) found.push(`${name}: ${offset}`);
    });
  return found;
}

/**
 * Compares the whole memory of a live binary with that of a fresh instance: empty if every byte an operation wrote
 * is wiped, whatever was derived from the secrets.
 *
 * @param name - the binary's name, as given to `instantiate`.
 * @param hex - its embedded bytes.
 * @returns the ranges that differ, as "from–to", to excluded.
 */
export function changedMemory(name: string, hex: string): string[] {
  const live = liveMemories().get(name);
  if (live === undefined) throw new Error(`${name} is not live: nothing ran on it`);
  const fresh = new WebAssembly.Instance(new WebAssembly.Module(fromHex(hex))).exports["memory"];
  const before = new Uint8Array((fresh as WebAssembly.Memory).buffer);
  const after = new Uint8Array(live.buffer);
  const ranges: string[] = [];
  for (let from = 0; from < after.length; from++) {
    if (after[from] === before[from]) continue;
    let to = from;
    while (to < after.length && after[to] !== before[to]) to++;
    ranges.push(`${from}–${to}`);
    from = to;
  }
  return ranges;
}

/** Visits every 8 bytes in a row, as two words. */
function forEachWindow(
  bytes: Uint8Array,
  visit: (offset: number, upper: number, lower: number) => void,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 0; offset + WINDOW_BYTES <= bytes.length; offset++)
    visit(offset, view.getUint32(offset), view.getUint32(offset + WINDOW_BYTES / 2));
}
