/** Which engine is chosen, and that nothing but a lack of capability decides it. */

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Engine } from "../../src/engine/engine.ts";
import { WASM as AES } from "../../src/engine/wasm/generated/aes.ts";
import { WASM as AES_RELAXED } from "../../src/engine/wasm/generated/aes-relaxed.ts";
import { WASM as RSA } from "../../src/engine/wasm/generated/rsa.ts";
import { WASM as RSA_RELAXED } from "../../src/engine/wasm/generated/rsa-relaxed.ts";
import { WASM as SHA } from "../../src/engine/wasm/generated/sha.ts";
import { WASM as SM2 } from "../../src/engine/wasm/generated/sm2.ts";
import { fromHex } from "../support/bytes.ts";
import { errorCode } from "../support/error-code.ts";
import { MAY_COMPILE } from "../support/wasm-features.ts";

const real = globalThis.WebAssembly;
const hasWasm = typeof real === "object";

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllGlobals());

/** A fresh copy of the library's engine, as in a process that has not asked for it before. */
async function freshEngine(): Promise<Engine> {
  return (await import("../../src/engine/default.ts")).defaultEngine;
}

/** WebAssembly with some of its parts replaced. */
function stubWasm(replacement: object): void {
  const { validate, Module, Instance, Memory, Global } = real;
  vi.stubGlobal("WebAssembly", { validate, Module, Instance, Memory, Global, ...replacement });
}

function refusing(error: Error) {
  return class {
    constructor() {
      throw error;
    }
  };
}

const KEK = new Uint8Array(32).fill(1);
const SEMIBLOCKS = new Uint8Array(24).fill(2);

test.runIf(MAY_COMPILE)("WebAssembly is used where it may run", async () => {
  const { info } = await freshEngine();
  expect(info.name).toBe("wasm");
  expect(info.features.length).toBeGreaterThan(0);
  expect(info.reason).toBeUndefined();
});

test.runIf(!MAY_COMPILE)("where it may not, the portable engine runs, and says why", async () => {
  await expectPortable(await freshEngine(), hasWasm ? /refuses to compile/ : /has no WebAssembly/);
});

describe.runIf(hasWasm)("the portable engine takes its place", () => {
  const reasons: readonly (readonly [string, object, RegExp])[] = [
    ["a binary needs a feature that is missing", { validate: () => false }, /lacks a WebAssembly feature/],
    [
      "compiling is refused, as by a CSP",
      { Module: refusing(new EvalError("unsafe-eval")) },
      /refuses to compile/,
    ],
    [
      "instantiating is refused, as by WebKit's CSP",
      { Instance: refusing(new EvalError("unsafe-eval")) },
      /refuses/,
    ],
    [
      "a binary is too large for a main thread",
      { Module: refusing(new RangeError("4 KB")) },
      /refuses to compile/,
    ],
  ];

  test.each(reasons)("where %s", async (_case, replacement, reason) => {
    stubWasm(replacement);
    await expectPortable(await freshEngine(), reason);
  });

  test("where there is no WebAssembly", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    await expectPortable(await freshEngine(), /has no WebAssembly/);
  });

  test("once and for all: a part that was refused is not asked for again", async () => {
    const Module = vi.fn(refusing(new EvalError("unsafe-eval")));
    stubWasm({ Module });
    const engine = await freshEngine();
    engine.aes.wrapSemiblocks(KEK, SEMIBLOCKS);
    const asked = Module.mock.calls.length;
    engine.hashes.digest("SHA-256", KEK);
    engine.aes.wrapSemiblocks(KEK, SEMIBLOCKS);
    expect(Module.mock.calls.length).toBe(asked);
  });
});

async function expectPortable(engine: Engine, reason: RegExp): Promise<void> {
  const { portableEngine } = await import("../../src/engine/portable/engine.ts");
  expect(engine.aes).toBe(portableEngine.aes);
  expect(engine.hashes).toBe(portableEngine.hashes);
  expect(engine.rsa).toBe(portableEngine.rsa);
  expect(engine.sm2).toBe(portableEngine.sm2);
  expect(engine.info.name).toBe("portable");
  expect(engine.info.reason).toMatch(reason);
}

test.runIf(MAY_COMPILE)("a verdict about a ciphertext does not change the engine", async () => {
  const engine = await freshEngine();
  const { kwpUnwrap } = await import("../../src/schemes/aes-kwp.ts");
  const { aes } = engine;
  await expect(async () => kwpUnwrap(engine, KEK, SEMIBLOCKS)).rejects.toThrow("could not be decrypted");
  expect(engine.aes).toBe(aes);
  expect(engine.info.name).toBe("wasm");
});

test.runIf(hasWasm)("nothing is compiled at import time", async () => {
  const Module = vi.fn(refusing(new Error("asked to compile")));
  stubWasm({ Module });
  await import("../../src/index.ts");
  await import("../../src/schemes.ts");
  expect(Module).not.toHaveBeenCalled();
});

test("the portable entry point never touches WebAssembly", async () => {
  const touched = vi.fn();
  vi.stubGlobal("WebAssembly", new Proxy({}, { get: touched, has: touched }));
  const { engineInfo } = await import("../../src/portable.ts");
  const { portableEngine } = await import("../../src/engine/portable/engine.ts");
  portableEngine.aes.wrapSemiblocks(KEK, SEMIBLOCKS);
  portableEngine.sm2.sm3(KEK);
  expect(engineInfo().name).toBe("portable");
  expect(touched).not.toHaveBeenCalled();
});

describe.runIf(hasWasm)("init", () => {
  test.runIf(MAY_COMPILE)(
    "takes modules compiled elsewhere where compiling from bytes is refused",
    async () => {
      const modules = compiledBinaries();
      stubWasm({ Module: moduleThatOnlyRecognizes() });
      const { engineInfo, init } = await import("../../src/index.ts");
      expect(engineInfo().name).toBe("portable");
      init(...modules);
      expect(engineInfo().name).toBe("wasm");
    },
  );

  test("is refused where there is no WebAssembly", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    const { init } = await import("../../src/index.ts");
    expect(await codeOf(() => init({} as WebAssembly.Module))).toBe("INVALID_ARGUMENT");
  });

  test.runIf(MAY_COMPILE)("refuses other modules and other values", async () => {
    const { init } = await import("../../src/index.ts");
    const empty = new real.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    for (const value of [empty, {}, undefined, new Uint8Array(8)])
      expect(await codeOf(() => init(value as WebAssembly.Module))).toBe("INVALID_ARGUMENT");
  });

  test.runIf(MAY_COMPILE).each([
    [
      "a binary of other code",
      (identity: string) => identity.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
    ],
    ["a binary that this version does not have", (identity: string) => identity.replace("rsa ", "rs4 ")],
  ])("refuses %s, and with it the modules beside it", async (_case, change) => {
    const modules = compiledBinaries();
    stubWasm({ Module: moduleThatOnlyRecognizes() });
    const { engineInfo, init } = await import("../../src/index.ts");
    const other = new real.Module(withIdentity(fromHex(RSA), change));
    expect(messageOf(() => init(...modules, other))).toMatch(/^init was given .+ of another version/);
    expect(engineInfo().name).toBe("portable");
  });
});

/** The binary with its last characters, its name and fingerprint, changed: as many as before. */
function withIdentity(wasm: Uint8Array, change: (identity: string) => string): Uint8Array<ArrayBuffer> {
  const start = wasm.length - "rsa 0123456789abcdef".length;
  const identity = new TextDecoder().decode(wasm.subarray(start));
  expect(identity).toMatch(/^rsa [0-9a-f]{16}$/);
  const changed = Uint8Array.from(wasm);
  changed.set(new TextEncoder().encode(change(identity)), start);
  return changed;
}

function messageOf(run: () => void): string {
  try {
    run();
    return "nothing thrown";
  } catch (error) {
    return (error as Error).message;
  }
}

/** The error class is a fresh copy as well: its code is read, not its class. */
async function codeOf(run: () => void): Promise<unknown> {
  try {
    return errorCode(run);
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

function compiledBinaries(): WebAssembly.Module[] {
  return [AES, AES_RELAXED, RSA, RSA_RELAXED, SHA, SM2].flatMap((hex) => {
    const bytes = fromHex(hex);
    return real.validate(bytes) ? [new real.Module(bytes)] : [];
  });
}

/** Passes for `WebAssembly.Module` but does not compile. */
function moduleThatOnlyRecognizes() {
  return class {
    static readonly customSections = real.Module.customSections;
    static [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof real.Module;
    }
    constructor() {
      throw new EvalError("refused to compile");
    }
  };
}
