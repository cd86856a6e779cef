/** The greatest lengths that wrap and unwrap take: what is wrapped can be unwrapped, and more is refused unread. */

import { describe, expect, test } from "vitest";
import type { WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { unwrapWith } from "../../src/unwrap.ts";
import { wrapWith } from "../../src/wrap.ts";
import { ENGINES } from "../support/engines.ts";
import { errorCode } from "../support/error-code.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

const MAX_MATERIAL_BYTES = 2 ** 24;
const MAX_OVERHEAD_BYTES = 1024;
const RSA = WRAPPING_KEY_PAIRS.RSA_4096;

describe.each(ENGINES)("on the %s engine", (_name, engine) => {
  test.each<WrappingAlgorithm>(["RSAES_OAEP_SHA_256", "RSA_AES_KEY_WRAP_SHA_256", "SM2PKE"])(
    "%s wraps no more than 16 MiB, and unwraps no more than comes of that",
    (algorithm) => {
      const { spki, pkcs8 } = algorithm === "SM2PKE" ? WRAPPING_KEY_PAIRS.SM2 : RSA;
      const keyMaterial = new Uint8Array(MAX_MATERIAL_BYTES + 1);
      expect(errorCode(() => wrapWith(engine, { algorithm, publicKey: spki, keyMaterial }))).toBe(
        "KEY_MATERIAL_TOO_LONG",
      );
      const unwrap = (byteLength: number) => () =>
        unwrapWith(engine, { algorithm, privateKey: pkcs8, wrapped: new Uint8Array(byteLength) });
      expect(errorCode(unwrap(MAX_MATERIAL_BYTES + MAX_OVERHEAD_BYTES + 1))).toBe("INPUT_TOO_LARGE");
      expect(errorCode(unwrap(MAX_OVERHEAD_BYTES))).toBe("UNWRAP_FAILED");
    },
  );
});

test("what is added to the longest material is within the overhead", () => {
  const material = new Uint8Array(1);
  const rsaAes = wrapWith(ENGINES[0]![1], {
    algorithm: "RSA_AES_KEY_WRAP_SHA_256",
    publicKey: RSA.spki,
    keyMaterial: material,
  });
  expect(rsaAes.length).toBe(512 + 16);
});
