/** SM3 (GB/T 32905-2016) on the Merkle–Damgård base class of @noble/hashes. */

import { HashMD } from "@noble/hashes/_md.js";
import { rotl } from "@noble/hashes/utils.js";

/** §4.1 */
const IV = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
] as const;

/** §4.4 */
const p0 = (x: number): number => x ^ rotl(x, 9) ^ rotl(x, 17);
const p1 = (x: number): number => x ^ rotl(x, 15) ^ rotl(x, 23);

/** §5.3.2: W_0 … W_67; W'_j = W_j ⊕ W_{j+4} is formed where it is used. */
const W = new Uint32Array(68);

class Sm3 extends HashMD<Sm3> {
  readonly #state = Uint32Array.from(IV);

  constructor() {
    super(64, 32, 8, false);
  }

  protected override get(): number[] {
    return [...this.#state];
  }

  protected override set(...state: number[]): void {
    this.#state.set(state);
  }

  protected override process(view: DataView, offset: number): void {
    expand(view, offset);
    compress(this.#state);
  }

  protected override roundClean(): void {
    W.fill(0);
  }

  override _cloneInto(to: Sm3 = new Sm3()): Sm3 {
    const { buffer, length, finished, destroyed, pos } = this;
    to.set(...this.get());
    to.finished = finished;
    to.destroyed = destroyed;
    to.length = length;
    to.pos = pos;
    to.buffer.set(buffer);
    return to;
  }

  override destroy(): void {
    this.destroyed = true;
    this.#state.fill(0);
    this.buffer.fill(0);
  }
}

/** §5.3.2 */
function expand(view: DataView, offset: number): void {
  for (let j = 0; j < 16; j++) W[j] = view.getUint32(offset + 4 * j);
  for (let j = 16; j < 68; j++)
    W[j] = p1(W[j - 16]! ^ W[j - 9]! ^ rotl(W[j - 3]!, 15)) ^ rotl(W[j - 13]!, 7) ^ W[j - 6]!;
}

/** §5.3.3: V ← CF(V, B) */
function compress(state: Uint32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let j = 0; j < 64; j++) {
    const early = j < 16;
    const a12 = rotl(a, 12);
    const ss1 = rotl(a12 + e + rotl(early ? 0x79cc4519 : 0x7a879d8a, j % 32), 7);
    const ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = early ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ a12) + (W[j]! ^ W[j + 4]!)) | 0;
    const tt2 = (gg + h + ss1 + W[j]!) | 0;
    d = c;
    c = rotl(b, 9);
    b = a;
    a = tt1;
    h = g;
    g = rotl(f, 19);
    f = e;
    e = p0(tt2);
  }
  const next = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i]! ^= next[i]!;
}

/** The digest of `message`, 32 bytes. */
export function sm3(message: Uint8Array): Uint8Array {
  return new Sm3().update(message).digest();
}
