/** Unwrapping: the other half, for rehearsals, tests and receiving sides. Fails in one way only. */

import { assertBytes, assertObject } from "./bytes.ts";
import type { Engine } from "./engine/engine.ts";
import { assertSm2Encoding, type Sm2Encoding } from "./formats/sm2-ciphertext.ts";
import { type UnwrappingKey, withUnwrappingKey } from "./keys/unwrapping-key.ts";
import { type RandomSource, systemRandom } from "./random.ts";
import type { WrappingAlgorithm } from "./schemes/algorithms.ts";
import { assertAlgorithm, assertKeyType, assertWrappedSize } from "./schemes/checks.ts";
import { SCHEMES } from "./schemes/registry.ts";

/** What `unwrap` takes. */
export interface UnwrapRequest {
  /** By the KMS API's name: the one it was wrapped with. */
  readonly algorithm: WrappingAlgorithm;
  /** The private key as PKCS#8, PKCS#1, SEC 1 or JWK, in DER, PEM or base64, or what `parseUnwrappingKey` made of it. */
  readonly privateKey: Uint8Array | string | UnwrappingKey;
  /** What `wrap`, or another implementation, returned; at most 16 MiB and 1024 bytes. */
  readonly wrapped: Uint8Array;
  /** How an SM2 ciphertext is laid out; "asn1" by default. RSA ciphertexts have one form only. */
  readonly encoding?: Sm2Encoding | undefined;
}

/** `unwrap` on a given engine and source of randomness. */
export function unwrapWith(
  engine: Engine,
  request: UnwrapRequest,
  random: RandomSource = systemRandom,
): Uint8Array {
  assertObject(request, "the request");
  const { algorithm, wrapped, encoding = "asn1" } = request;
  assertAlgorithm(algorithm);
  assertBytes(wrapped, "wrapped");
  assertWrappedSize(wrapped);
  assertSm2Encoding(encoding);
  return withUnwrappingKey(request.privateKey, (key) => {
    assertKeyType(algorithm, key);
    return SCHEMES[algorithm].unwrap({ engine, random }, key, wrapped, encoding);
  });
}
