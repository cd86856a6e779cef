/** What WASM memory holds after an operation: searched for secrets, or compared with its state before any. */

import { WASM as AES } from "../../src/engine/wasm/generated/aes.ts";
import { WASM as AES_RELAXED } from "../../src/engine/wasm/generated/aes-relaxed.ts";
import { WASM as RSA } from "../../src/engine/wasm/generated/rsa.ts";
import { WASM as RSA_RELAXED } from "../../src/engine/wasm/generated/rsa-relaxed.ts";
import { WASM as SHA } from "../../src/engine/wasm/generated/sha.ts";
import { WASM as SM2 } from "../../src/engine/wasm/generated/sm2.ts";
import { instantiate, liveMemories } from "../../src/engine/wasm/instantiate.ts";
import type { RsaExports } from "../../src/engine/wasm/rsa-kernel.ts";
import { compile } from "./wasm-features.ts";

/** Shorter pieces of a secret would be found by chance. */
const WINDOW_BYTES = 8;

/** Every 8 bytes in a row of some secrets, to look for in what is left of an operation. */
export class SecretWindows {
  readonly #windows = new Map<number, Set<number>>();

  /**
   * @param secrets - random enough not to be met by chance. Zeros are part of every memory, and no secret; nor is
   *   what is shorter than a window, which would be found by chance.
   * @param isPublic - bytes that are known to everyone, though they be part of a secret.
   */
  constructor(secrets: readonly Uint8Array[], isPublic: readonly Uint8Array[] = []) {
    const known = isPublic.length === 0 ? undefined : new SecretWindows(isPublic);
    for (const secret of secrets)
      for (const bytes of [secret, secret.toReversed()])
        forEachWindow(bytes, (_offset, upper, lower) => {
          if ((upper | lower) === 0 || known?.has(upper, lower)) return;
          this.#windows.set(upper, (this.#windows.get(upper) ?? new Set()).add(lower));
        });
  }

  has(upper: number, lower: number): boolean {
    return this.#windows.get(upper)?.has(lower) ?? false;
  }

  /** Where in `bytes` one of them is. */
  offsetsIn(bytes: Uint8Array): number[] {
    const found: number[] = [];
    forEachWindow(bytes, (offset, upper, lower) => {
      if (this.has(upper, lower)) found.push(offset);
    });
    return found;
  }
}

/**
 * Looks through all live WASM memories for any 8 bytes in a row of any secret, as they are or reversed (numbers are
 * kept with either end first).
 *
 * Derived secrets (round keys, other bases, limbs) it cannot know: prefer `changedMemory`.
 *
 * @returns where, as "binary: offset"; empty if nowhere.
 */
export function findSecrets(secrets: readonly Uint8Array[]): string[] {
  const tooShort = secrets.find(({ length }) => length < WINDOW_BYTES);
  if (tooShort) throw new RangeError(`a secret of ${tooShort.length} bytes is too short to look for`);
  const windows = new SecretWindows(secrets);
  return [...liveMemories()].flatMap(([name, memory]) =>
    windows.offsetsIn(new Uint8Array(memory.buffer)).map((offset) => `${name}: ${offset}`),
  );
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
  const fresh = new WebAssembly.Instance(compile(hex)).exports["memory"];
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

/** The binaries that the default engine may be built on, as they are embedded. */
const EMBEDDED: Readonly<Record<string, string>> = {
  aes: AES,
  "aes-relaxed": AES_RELAXED,
  rsa: RSA,
  "rsa-relaxed": RSA_RELAXED,
  sha: SHA,
  sm2: SM2,
};

/**
 * What the live binaries hold that they did not hold before their first operation, but for the context of a public
 * RSA key, which no secret may be in.
 *
 * @returns where, as "binary: from–to"; empty if nowhere, also where there is no WebAssembly.
 */
export function wasmLeftovers(secrets: readonly Uint8Array[]): string[] {
  const windows = new SecretWindows(secrets);
  return [...liveMemories()].flatMap(([name, memory]) => {
    const changed = changedMemory(name, EMBEDDED[name]!).filter((range) => !isInContext(name, range));
    const found = windows.offsetsIn(new Uint8Array(memory.buffer));
    return [...changed, ...found].map((where) => `${name}: ${where}`);
  });
}

/** Whether a range lies where an RSA binary keeps −n⁻¹ and R² of the last public key. */
function isInContext(name: string, range: string): boolean {
  if (!name.startsWith("rsa")) return false;
  const { CONTEXT, WORK } = instantiate<RsaExports>(name, EMBEDDED[name]!);
  const [from, to] = range.split("–").map(Number);
  return from! >= CONTEXT.value && to! <= WORK.value;
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
