/** Compiles modules of its own, which some hosts forbid: which ones `init` takes, and what a host's refusal to compile becomes. */

import { afterEach, describe, expect, test, vi } from "vitest";
import { WASM } from "../../src/engine/wasm/generated/sha.ts";
import { fromHex } from "../../src/engine/wasm/hexadecimal.ts";
import { instantiate, usePrecompiled, WasmUnavailable } from "../../src/engine/wasm/instantiate.ts";
import { isFused } from "../../src/engine/wasm/rsa.ts";
import { KmsWrapError } from "../../src/errors.ts";

const EMPTY = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** A module of nothing but a custom section, WebAssembly core specification §5.5.3. */
function moduleSaying(identity: string): WebAssembly.Module {
  const name = [...new TextEncoder().encode("kms-wrap")];
  const content = [...new TextEncoder().encode(identity)];
  const section = [name.length, ...name, ...content];
  return new WebAssembly.Module(Uint8Array.from([...EMPTY, 0, section.length, ...section]));
}

function refusalOf(module: object) {
  try {
    usePrecompiled([module]);
  } catch (error) {
    if (error instanceof KmsWrapError) return { code: error.code, message: error.message, hint: error.hint };
    throw error;
  }
  return undefined;
}

describe("init", () => {
  test("takes a module of this package", () => {
    expect(refusalOf(new WebAssembly.Module(fromHex(WASM)))).toBeUndefined();
  });

  test.each([
    ["an object that is no module", () => ({})],
    ["a module of somebody else", () => new WebAssembly.Module(Uint8Array.from(EMPTY))],
  ])("refuses %s", (_, make) => {
    expect(refusalOf(make())).toEqual({
      code: "INVALID_ARGUMENT",
      message: "init takes the WebAssembly modules of this package",
      hint: "compile them from kms-wrap/aes.wasm, kms-wrap/rsa.wasm, kms-wrap/sha.wasm and kms-wrap/sm2.wasm",
    });
  });

  test.each([
    ["of a name that is not known", "des 0123456789abcdef", "a module"],
    ["of a name alone that is not known", "des", "a module"],
    ["of another code", "sha 0123456789abcdef", "sha.wasm"],
    ["of a name alone", "sha", "sha.wasm"],
    ["of nothing", " ", "a module"],
  ])("refuses a module %s", (_, identity, which) => {
    expect(refusalOf(moduleSaying(identity))).toEqual({
      code: "INVALID_ARGUMENT",
      message: `init was given ${which} of another version of this package`,
      hint: "take the .wasm files and the JavaScript from one installation, and clear caches of compiled modules",
    });
  });
});

describe("a host", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  /** What `instantiate` throws where making an instance throws `thrown`. */
  function outcomeOf(thrown: Error): unknown {
    class Instance {
      constructor() {
        throw thrown;
      }
    }
    vi.stubGlobal("WebAssembly", { validate: () => true, Module: class {}, Instance });
    try {
      return instantiate("never", "");
    } catch (error) {
      return error;
    }
  }

  test.each(["CompileError", "RangeError", "EvalError"])("that refuses by a %s cannot be used", (name) => {
    const thrown = Object.assign(new Error("no"), { name });
    const outcome = outcomeOf(thrown) as Error;
    expect(outcome).toBeInstanceOf(WasmUnavailable);
    expect(outcome.name).toBe("WasmUnavailable");
    expect(outcome.message).toBe("this host refuses to compile never.wasm");
    expect(outcome.cause).toBe(thrown);
  });

  test.each(["LinkError", "TypeError", "RuntimeError"])("in which there is a %s has met a bug", (name) => {
    const thrown = Object.assign(new Error("a bug"), { name });
    expect(outcomeOf(thrown)).toBe(thrown);
  });

  test("that does not know an instruction lacks a feature", () => {
    vi.stubGlobal("WebAssembly", { validate: () => false });
    expect(() => instantiate("never", "")).toThrow(
      new WasmUnavailable("this host lacks a WebAssembly feature that never.wasm needs"),
    );
  });

  test("without WebAssembly says so", () => {
    vi.stubGlobal("WebAssembly", undefined);
    expect(() => instantiate("never", "")).toThrow(new WasmUnavailable("this host has no WebAssembly"));
  });
});

describe("a multiply-add", () => {
  /** Exact for multiples of 2^-30 and, to be added, of 2^-60. */
  function fused(a: number, b: number, c: number): number {
    const exact = BigInt(a * 2 ** 30) * BigInt(b * 2 ** 30) + BigInt(c * 2 ** 60);
    return Number(exact) / 2 ** 60;
  }

  test("that rounds once is fused, one that rounds twice is not", () => {
    expect(isFused({ multiplyAdd: fused })).toBe(true);
    expect(isFused({ multiplyAdd: (a, b, c) => a * b + c })).toBe(false);
  });
});
