/**
 * From embedded bytes to live exports: the one place that touches the WebAssembly API.
 *
 * Only a lack of capability is reported as `WasmUnavailable`; it is the single signal on which the default engine
 * falls back to the portable one. Anything else that goes wrong here is a bug and stays an error.
 */

import { KmsWrapError } from "../../errors.ts";
import { FINGERPRINTS } from "./generated/fingerprints.ts";
import { fromHex } from "./hexadecimal.ts";

/** What every binary exports beside its operations. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
}

/** WebAssembly, or a feature the binary needs, cannot be used here. */
export class WasmUnavailable extends Error {
  override readonly name: string = "WasmUnavailable";
}

/** Where a binary says its name and the fingerprint of its code: written by scripts/build-wasm.mjs. */
const IDENTITY_SECTION = "kms-wrap";

/** What a refusal to compile is never called; memory, size and policy have other names in every host. */
const BUGS = ["LinkError", "TypeError", "RuntimeError"];

const precompiled = new Map<string, WebAssembly.Module>();
const live = new Map<string, KernelExports>();

/**
 * Takes modules compiled elsewhere, for hosts that refuse to compile from bytes: all of them, or none.
 *
 * The glue relies on where a binary keeps what, so a module must be of the very code that belongs to this version. That
 * keeps apart what a stale cache or a second copy of the package mixes up; it does not make a hostile module harmless.
 *
 * @throws KmsWrapError `INVALID_ARGUMENT` if one is not among this package's binaries, or of another version of it.
 */
export function usePrecompiled(modules: readonly object[]): void {
  for (const [name, module] of modules.map(identify)) precompiled.set(name, module);
}

function identify(module: object): readonly [name: string, WebAssembly.Module] {
  const section =
    typeof WebAssembly === "object" &&
    module instanceof WebAssembly.Module &&
    WebAssembly.Module.customSections(module, IDENTITY_SECTION)[0];
  if (!section)
    throw new KmsWrapError("INVALID_ARGUMENT", "init takes the WebAssembly modules of this package", {
      hint: "compile them from kms-wrap/aes.wasm, kms-wrap/rsa.wasm, kms-wrap/sha.wasm and kms-wrap/sm2.wasm",
    });
  const [name = "", fingerprint] = new TextDecoder().decode(section).split(" ");
  const expected = FINGERPRINTS.get(name);
  if (expected !== undefined && fingerprint === expected) return [name, module];
  const which = expected === undefined ? "a module" : `${name}.wasm`;
  throw new KmsWrapError("INVALID_ARGUMENT", `init was given ${which} of another version of this package`, {
    hint: "take the .wasm files and the JavaScript from one installation, and clear caches of compiled modules",
  });
}

/**
 * The exports of a binary; compiled and instantiated at the first call.
 *
 * @throws WasmUnavailable where the host has no WebAssembly, lacks a feature, or forbids compiling.
 */
export function instantiate<Exports extends KernelExports>(name: string, hex: string): Exports {
  const known = live.get(name);
  if (known !== undefined) return known as Exports;
  const exports = start(name, hex) as Exports;
  live.set(name, exports);
  return exports;
}

function start(name: string, hex: string): KernelExports {
  if (typeof WebAssembly !== "object") throw new WasmUnavailable("this host has no WebAssembly");
  const module = precompiled.get(name);
  const bytes = module === undefined ? fromHex(hex) : undefined;
  if (bytes !== undefined && !WebAssembly.validate(bytes))
    throw new WasmUnavailable(`this host lacks a WebAssembly feature that ${name}.wasm needs`);
  try {
    // One try around both steps: Chromium and Firefox refuse under a CSP at the first, WebKit at the second.
    const instance = new WebAssembly.Instance(module ?? new WebAssembly.Module(bytes!));
    return instance.exports as unknown as KernelExports;
  } catch (cause) {
    if (BUGS.includes((cause as Error).name)) throw cause;
    throw new WasmUnavailable(`this host refuses to compile ${name}.wasm`, { cause });
  }
}

/** The memories of the binaries that are live, by name: for the tests that scan them for secrets. */
export function liveMemories(): ReadonlyMap<string, WebAssembly.Memory> {
  return new Map([...live].map(([name, exports]) => [name, exports.memory]));
}
