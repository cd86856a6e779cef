/**
 * The pool of wrapping key pairs. Generation is the slow part (seconds for RSA_4096), so a few pairs of each spec serve
 * all requests, in turn: two answers in a row bear different keys, and one's key never opens under another's token.
 */

import { generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { WrappingKeySpec } from "../keys/key-specs.ts";

/** At least two, so that keys and tokens of different answers can be mixed up. */
const PAIRS_PER_SPEC = 2;

/** One wrapping key pair. */
export interface WrappingKeyPair {
  /** How a token names it. */
  readonly id: string;
  /** SPKI in DER. */
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** Makes the pairs of a spec when it is first asked for, off the main thread. */
export class WrappingKeyPool {
  readonly #pairs = new Map<string, Promise<WrappingKeyPair>>();
  readonly #issued = new Map<string, WrappingKeyPair>();
  readonly #turns = new Map<WrappingKeySpec, number>();

  /** The next pair in turn. */
  async next(spec: WrappingKeySpec): Promise<WrappingKeyPair> {
    const turn = this.#turns.get(spec) ?? 0;
    this.#turns.set(spec, (turn + 1) % PAIRS_PER_SPEC);
    const pairs = Array.from({ length: PAIRS_PER_SPEC }, (_, i) => this.#pair(spec, `${spec}/${i}`));
    const pair = await pairs[turn]!;
    this.#issued.set(pair.id, pair);
    return pair;
  }

  /** A pair that `next` returned before. */
  issued(id: string): WrappingKeyPair {
    return this.#issued.get(id)!;
  }

  #pair(spec: WrappingKeySpec, id: string): Promise<WrappingKeyPair> {
    const pair = this.#pairs.get(id) ?? makePair(spec, id);
    pair.catch(() => undefined); // told to whoever gets it
    this.#pairs.set(id, pair);
    return pair;
  }
}

async function makePair(spec: WrappingKeySpec, id: string): Promise<WrappingKeyPair> {
  const { publicKey, privateKey } =
    spec === "SM2"
      ? await generate("ec", { namedCurve: "SM2" })
      : await generate("rsa", { modulusLength: Number(spec.slice("RSA_".length)) });
  return { id, publicKey: publicKey.export({ type: "spki", format: "der" }), privateKey };
}
