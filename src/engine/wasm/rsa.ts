/**
 * Which RSA binary runs here, and RSA on it.
 *
 * The choice rests on what the host can do, never on a clock. BigInt is not a choice: on every engine measured the binary
 * chosen is faster at the public operation than that engine's BigInt, conversions not counted (times as fast, at 2048,
 * 3072 and 4096 bits: Node 20 2.7, 2.9, 2.8; Node 24 4.8, 5.1, 5.2; Deno 2.9 1.9, 3.4, 3.2; Bun 1.4 1.1, 2.0, 1.8).
 */

import { toHex } from "../../bytes.ts";
import type { RsaEngine } from "../engine.ts";
import { WASM as PLAIN } from "./generated/rsa.ts";
import { WASM as RELAXED } from "./generated/rsa-relaxed.ts";
import { instantiate, WasmUnavailable } from "./instantiate.ts";
import { type RsaExports, RsaKernel } from "./rsa-kernel.ts";

/** An engine for RSA, and the feature of the host that it is built on. */
export interface ChosenRsa {
  readonly engine: RsaEngine;
  readonly feature: "simd" | "relaxed-simd";
}

let chosen: ChosenRsa | undefined;

/**
 * The fastest binary that is right on this host: relaxed SIMD where its multiply-add is fused, else plain SIMD.
 *
 * @throws WasmUnavailable if neither can be used.
 */
export function wasmRsa(): ChosenRsa {
  return (chosen ??= choose());
}

function choose(): ChosenRsa {
  const relaxed = relaxedKernel();
  if (relaxed !== undefined) return { engine: relaxed, feature: "relaxed-simd" };
  return { engine: new RsaKernel(instantiate<RsaExports>("rsa", PLAIN)), feature: "simd" };
}

/** The relaxed kernel, unless it is unavailable here or wrong. */
function relaxedKernel(): RsaEngine | undefined {
  try {
    const exports = instantiate<RsaExports>("rsa-relaxed", RELAXED);
    if (!isFused(exports)) return undefined;
    const kernel = new RsaKernel(exports);
    return knowsTheAnswer(kernel) ? kernel : undefined;
  } catch (error) {
    if (error instanceof WasmUnavailable) return undefined;
    throw error;
  }
}

/**
 * (1 + 2^-30)² is 1 + 2^-29 + 2^-60; with a rounding in between, the last term is lost. Bun on x64 rounds. A host makes
 * this choice once: the WebAssembly specification fixes it for the life of its environment.
 */
export function isFused({ multiplyAdd }: Pick<RsaExports, "multiplyAdd">): boolean {
  const a = 1 + 2 ** -30;
  return multiplyAdd(a, a, -(1 + 2 ** -29)) === 2 ** -60;
}

/** One exponentiation whose result is known: a wrong digit anywhere on the way changes all of its bytes. */
export function knowsTheAnswer(engine: RsaEngine): boolean {
  const modulus = Uint8Array.from({ length: 128 }, (_, i) => (255 - i) | Number(i === 127)); // fffefd…8281
  const message = Uint8Array.from({ length: 128 }, (_, i) => i); // 000102…7f
  const result = engine.publicOperation({ modulus, publicExponent: Uint8Array.of(1, 0, 1) }, message);
  return toHex(result.subarray(112)) === "aa2865e5abc4a1aa6c37bb2d18f2450a";
}
