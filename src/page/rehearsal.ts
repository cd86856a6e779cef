/**
 * A rehearsal of a wrap: the same material and algorithm under a throw-away wrapping key whose private half is at hand,
 * unwrapped and compared. Shows that material, algorithm and this browser's engine work together; not that the
 * algorithm is the one which the KMS expects.
 */

import { equalBytes, wipe } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";
import { unwrap, wrap } from "../index.ts";
import { freshKeyMaterial } from "../keys/generate.ts";
import { parseKeyMaterial } from "../keys/key-material.ts";
import type { KeySpec, WrappingKeySpec } from "../keys/key-specs.ts";
import { assertCompatible } from "../kms/compatibility.ts";
import { isChina } from "../kms/regions.ts";
import { systemRandom } from "../random.ts";
import type { WrappingAlgorithm } from "../schemes/algorithms.ts";

/** What is rehearsed. */
export interface Rehearsal {
  /** Of the real wrapping key. */
  readonly wrappingKeySpec: WrappingKeySpec;
  readonly algorithm: WrappingAlgorithm;
  readonly keySpec: KeySpec;
  /** secret */
  readonly material: Uint8Array;
  readonly region: string;
  readonly raw?: boolean | undefined;
}

/** What was compared, in bytes. */
export interface Rehearsed {
  readonly materialBytes: number;
  readonly blobBytes: number;
}

/**
 * Rehearses; RSA_4096 takes seconds, in which the page goes on. The material is read at once.
 *
 * @throws KmsWrapError what the wrap would throw; `UNSUPPORTED_KEY_SPEC` for RSA where there is no WebCrypto
 */
export async function rehearse({
  wrappingKeySpec,
  algorithm,
  keySpec,
  material,
  region,
  raw,
}: Rehearsal): Promise<Rehearsed> {
  assertCompatible({ algorithm, keySpec, wrappingKeySpec, region });
  const { bytes } = parseKeyMaterial(material, keySpec, { raw, chinaRegion: isChina(region) });
  let privateKey: Uint8Array | undefined;
  let opened: Uint8Array | undefined;
  try {
    const pair = await freshKeyMaterial(wrappingKeySpec, systemRandom);
    privateKey = pair.bytes;
    const wrapped = wrap({ algorithm, publicKey: pair.publicKeySpki!, keyMaterial: bytes });
    opened = unwrap({ algorithm, privateKey, wrapped });
    if (equalBytes(opened, bytes)) return { materialBytes: bytes.length, blobBytes: wrapped.length };
    throw new KmsWrapError("UNWRAP_FAILED", "what was unwrapped is not what was wrapped", {
      hint: "do not trust this browser or this machine with the wrap, and report it",
    });
  } finally {
    wipe(bytes, privateKey, opened);
  }
}
