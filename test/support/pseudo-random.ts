/** Bytes that look random and are the same in every run. */

/** A linear congruential generator's upper bytes. */
export function pseudoRandom(byteLength: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: byteLength }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}
