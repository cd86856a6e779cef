/**
 * Randomness: the platform's generator, with the checks that turn a broken one into an error.
 *
 * A `RandomSource` is passed down inside the library so that tests can reproduce published vectors byte for
 * byte; it is never part of the public API.
 */

import { wipe } from "./bytes.ts";
import { allZeroMask, equalBytesMask, lessBytesMask } from "./constant-time.ts";
import { KmsWrapError } from "./errors.ts";

/** Returns `byteLength` fresh random bytes. */
export type RandomSource = (byteLength: number) => Uint8Array;

/** What `crypto.getRandomValues` hands out in one call (Web Cryptography API §10.1.1). */
const MAX_BYTES_PER_CALL = 65_536;
/** Of `randomBelow`, each of which succeeds with a probability above 1/2. */
const MAX_ATTEMPTS = 128;
/** Long enough that two draws agree by chance once in 2^128. */
const PROBE_BYTES = 16;
/** As many zeros at the end of a draw, which occur by chance once in 2^64, are the rest of a buffer that was not filled. */
const UNFILLED_BYTES = 8;

/**
 * Random bytes from the platform's `crypto.getRandomValues`.
 *
 * A probe drawn just before, and thrown away, catches the generator that leaves its buffer untouched, fills it in part
 * or repeats itself, without keeping secret bytes from one call to the next. It cannot judge quality.
 *
 * @param byteLength - how many bytes, at least 1.
 * @returns a fresh array.
 * @throws KmsWrapError `RANDOM_UNAVAILABLE` where there is no generator or it throws, `RANDOM_BROKEN` if it
 *   yields zeros only, zeros at the end, or the same bytes twice in a row.
 */
export function systemRandom(byteLength: number): Uint8Array {
  const probe = draw(PROBE_BYTES);
  const bytes = draw(byteLength);
  const isShort = byteLength < PROBE_BYTES; // and could look broken by chance
  const fault = faultIn(probe) ?? (isShort ? undefined : (faultIn(bytes) ?? repetition(probe, bytes)));
  if (fault === undefined) return bytes;
  throw new KmsWrapError("RANDOM_BROKEN", `crypto.getRandomValues returned ${fault}`, {
    hint: "do not wrap key material on this system until its random generator is mended",
  });
}

/** What shows that a buffer was not filled, or not to its end. */
function faultIn(drawn: Uint8Array): string | undefined {
  if (allZeroMask(drawn) !== 0) return "zeros only";
  return allZeroMask(drawn.subarray(-UNFILLED_BYTES)) !== 0 ? "zeros at the end" : undefined;
}

function repetition(probe: Uint8Array, bytes: Uint8Array): string | undefined {
  const isSame = equalBytesMask(probe, bytes.subarray(0, PROBE_BYTES)) !== 0;
  return isSame ? "the same bytes twice in a row" : undefined;
}

/**
 * A number, uniform in [1, limit − 1], by rejection: how often says nothing about the number that is kept.
 *
 * @param limit - big-endian, above 1, without leading zero bytes. public: limit.
 * @returns as many bytes as `limit` has.
 * @throws KmsWrapError `RANDOM_BROKEN` if the source, over and over, yields what cannot be used.
 */
export function randomBelow(limit: Uint8Array, random: RandomSource): Uint8Array {
  const topMask = (1 << (32 - Math.clz32(limit[0]!))) - 1;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const candidate = random(limit.length);
    candidate[0]! &= topMask;
    if ((lessBytesMask(candidate, limit) & ~allZeroMask(candidate)) !== 0) return candidate;
    wipe(candidate);
  }
  throw new KmsWrapError(
    "RANDOM_BROKEN",
    `the random source gave ${MAX_ATTEMPTS} unusable numbers in a row`,
    {
      hint: "do not use key material on this system until its random generator is mended",
    },
  );
}

function draw(byteLength: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(byteLength);
  try {
    for (let offset = 0; offset < byteLength; offset += MAX_BYTES_PER_CALL)
      globalThis.crypto.getRandomValues(bytes.subarray(offset, offset + MAX_BYTES_PER_CALL));
  } catch (cause) {
    throw new KmsWrapError("RANDOM_UNAVAILABLE", "crypto.getRandomValues is missing or failed", {
      cause,
      hint: "wrapping needs the platform's random generator; run in Node, Deno, Bun, a browser or a request handler",
    });
  }
  return bytes;
}
