/**
 * AES Key Wrap with Padding: RFC 5649, which is KWP of SP 800-38F §6.3.
 *
 * secret: the key-encryption key and the plaintext; public: lengths. That includes the plaintext's length, which the
 * wrapped length tells to within seven bytes, but only once the verdict is in.
 */

import { wipe } from "../bytes.ts";
import { isZeroMask, lessMask } from "../constant-time.ts";
import type { Engine } from "../engine/engine.ts";
import { emptyKeyMaterial, KmsWrapError, unwrapFailed } from "../errors.ts";

const SEMIBLOCK_BYTES = 8;
/** The constant half of the alternative initial value, RFC 5649 §3. */
const AIV_HIGH = 0xa65959a6;
/** The length field has 32 bits. */
const MAX_PLAINTEXT_BYTES = 2 ** 32 - 1;

/**
 * RFC 5649 §4.1.
 *
 * @param kek - 16, 24 or 32 bytes.
 * @param plaintext - 1 to 2^32 − 1 bytes.
 * @returns 8·(⌈n/8⌉ + 1) bytes.
 * @throws KmsWrapError `EMPTY_KEY_MATERIAL`, `KEY_MATERIAL_TOO_LONG`
 */
export function kwpWrap(engine: Engine, kek: Uint8Array, plaintext: Uint8Array): Uint8Array {
  assertPlaintextLength(plaintext.length);
  const S = new Uint8Array(kwpWrappedBytes(plaintext.length)); // padded with zeros
  // Not by a DataView: for its buffer V8 moves a small array out of the heap, which takes longer than a key schedule.
  for (let i = 0; i < 4; i++) {
    S[i] = AIV_HIGH >>> (24 - 8 * i);
    S[4 + i] = plaintext.length >>> (24 - 8 * i); // MLI
  }
  S.set(plaintext, SEMIBLOCK_BYTES);
  try {
    return engine.aes.wrapSemiblocks(kek, S);
  } finally {
    wipe(S);
  }
}

/**
 * RFC 5649 §4.2, with the three checks of §3 as one verdict.
 *
 * @param kek - 16, 24 or 32 bytes.
 * @throws KmsWrapError `UNWRAP_FAILED`, whatever the cause.
 */
export function kwpUnwrap(engine: Engine, kek: Uint8Array, wrapped: Uint8Array): Uint8Array {
  if (wrapped.length % SEMIBLOCK_BYTES !== 0 || wrapped.length < 2 * SEMIBLOCK_BYTES) throw unwrapFailed();
  const S = engine.aes.unwrapSemiblocks(kek, wrapped);
  try {
    if (verdict(S) === 0) throw unwrapFailed();
    return S.slice(SEMIBLOCK_BYTES, SEMIBLOCK_BYTES + (wordAt(S, 4) >>> 0)); // MLI
  } finally {
    wipe(S);
  }
}

/** How long `plaintextBytes` are when wrapped. */
export function kwpWrappedBytes(plaintextBytes: number): number {
  return SEMIBLOCK_BYTES * (Math.ceil(plaintextBytes / SEMIBLOCK_BYTES) + 1);
}

/** −1 if AIV, length and padding are all as they must be, else 0. The same reads on every input. */
function verdict(S: Uint8Array): number {
  const aiv = isZeroMask(wordAt(S, 0) ^ AIV_HIGH); // §3, check 1
  const paddingBytes = (S.length - SEMIBLOCK_BYTES - wordAt(S, 4)) | 0; // exact where it counts, near zero
  const inRange = isZeroMask(paddingBytes >> 3); // §3, check 2: 8·(n − 1) < MLI ≤ 8·n
  let padding = 0; // §3, check 3: only the last semiblock can hold padding
  for (let i = 1; i < SEMIBLOCK_BYTES; i++) padding |= S[S.length - i]! & ~lessMask(paddingBytes & 7, i);
  return aiv & inRange & isZeroMask(padding);
}

/** Four bytes as the 32-bit integer that masks work on: never a fraction, nor a number that V8 keeps in the heap. */
function wordAt(S: Uint8Array, offset: number): number {
  return (S[offset]! << 24) | (S[offset + 1]! << 16) | (S[offset + 2]! << 8) | S[offset + 3]!;
}

function assertPlaintextLength(plaintextBytes: number): void {
  if (plaintextBytes === 0) throw emptyKeyMaterial();
  if (plaintextBytes > MAX_PLAINTEXT_BYTES)
    throw new KmsWrapError(
      "KEY_MATERIAL_TOO_LONG",
      `AES key wrap takes at most ${MAX_PLAINTEXT_BYTES} bytes`,
    );
}
