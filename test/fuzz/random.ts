/** Choices that one number decides, so that an input can be made again from it. */

/** A generator of numbers, and what mutations draw from it. */
export class Choices {
  #state: number;

  /** @param seed - 32 bits. */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** A whole number in [0, limit): mulberry32. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** True once in `times`, on average. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }
}
