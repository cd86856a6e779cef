/** Wrapping, the mechanism: which algorithm, which key, any bytes. What a cloud allows is decided in kms/. */

import { assertBytes, assertObject } from "./bytes.ts";
import type { Engine } from "./engine/engine.ts";
import { parseWrappingKey, type WrappingKey } from "./keys/wrapping-key.ts";
import { type RandomSource, systemRandom } from "./random.ts";
import type { WrappingAlgorithm } from "./schemes/algorithms.ts";
import { assertAlgorithm, assertKeyType, assertMaterialSize } from "./schemes/checks.ts";
import { SCHEMES } from "./schemes/registry.ts";

/** What `wrap` takes. */
export interface WrapRequest {
  /** By the KMS API's name; it must fit the type of the key. */
  readonly algorithm: WrappingAlgorithm;
  /** SPKI or PKCS#1 as DER, PEM or base64, a JWK, or what `parseWrappingKey` made of one. */
  readonly publicKey: Uint8Array | string | WrappingKey;
  /** The bytes to wrap, literally, one to 2^24; neither changed nor kept. For a private key: the DER of its PKCS#8. */
  readonly keyMaterial: Uint8Array;
}

/** `wrap` on a given engine and source of randomness. */
export function wrapWith(
  engine: Engine,
  request: WrapRequest,
  random: RandomSource = systemRandom,
): Uint8Array {
  assertObject(request, "the request");
  const { algorithm, keyMaterial } = request;
  assertAlgorithm(algorithm);
  assertBytes(keyMaterial, "keyMaterial");
  assertMaterialSize(keyMaterial);
  const key = parseWrappingKey(request.publicKey);
  assertKeyType(algorithm, key);
  return SCHEMES[algorithm].wrap({ engine, random }, key, keyMaterial);
}
