/**
 * Faults inside of the kernels, in the midst of a computation: a trap leaves no secret and a usable engine; bits that
 * flip in memory never make RSA release a wrong result. By the probes of the check of constancy: test/support/trace.ts.
 */

import { setFlagsFromString } from "node:v8";
import { describe, expect, test } from "vitest";
import { fromBigInt, toHex } from "../../src/bytes.ts";
import { type AesExports, AesKernel } from "../../src/engine/wasm/aes.ts";
import { WASM as SHA } from "../../src/engine/wasm/generated/sha.ts";
import { WASM as SM2 } from "../../src/engine/wasm/generated/sm2.ts";
import { type ShaExports, ShaKernel } from "../../src/engine/wasm/hashes.ts";
import type { KernelExports } from "../../src/engine/wasm/instantiate.ts";
import { type RsaExports, RsaKernel } from "../../src/engine/wasm/rsa-kernel.ts";
import { type Sm2Exports, Sm2Kernel } from "../../src/engine/wasm/sm2.ts";
import { fromHex } from "../support/bytes.ts";
import { pseudoRandom } from "../support/pseudo-random.ts";
import { keyOf, power, prime } from "../support/rsa-keys.ts";
import { countSteps, interruptAt, traceBinary, trapAfter, unwatched } from "../support/trace.ts";

if (process.version.startsWith("v20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");
const { AES_BINARIES } = await import("../support/aes-binaries.ts");
const { binariesHere } = await import("../support/rsa-binary.ts");

const [p, q] = [prime("p512"), prime("q512")];
const KEY = keyOf(p, q);
// Larger than a prime: a small message does not depend on the coefficient.
const MESSAGE = fromBigInt((p * q) >> 1n, 128);
const CIPHERTEXT = fromBigInt(power((p * q) >> 1n, 65537n, p * q), 128);
/** Below the modulus, so that no draw is repeated. */
const random = (byteLength: number) => pseudoRandom(byteLength, 19).fill(0x21, 0, 1);

/** A kernel on a binary of its own, and all of its operations on fixed secrets. The wiping itself does not trap. */
interface Subject {
  readonly memory: WebAssembly.Memory;
  readonly operations: Readonly<Record<string, () => unknown>>;
  /** Where nothing may be left but what belongs to a public key. */
  readonly publicFrom?: number;
  readonly publicTo?: number;
}

const SECRET = pseudoRandom(32, 5).fill(1, 0, 1);

function aesSubject(hex: string): Subject {
  const exports = traceBinary<AesExports>(fromHex(hex));
  const aes = new AesKernel({ ...exports, wipe: unwatched(exports.wipe) });
  const semiblocks = pseudoRandom(40, 7);
  return {
    memory: exports.memory,
    operations: {
      wrapSemiblocks: () => aes.wrapSemiblocks(SECRET, semiblocks),
      unwrapSemiblocks: () => aes.unwrapSemiblocks(SECRET, semiblocks),
    },
  };
}

function shaSubject(): Subject {
  const exports = traceBinary<ShaExports>(fromHex(SHA));
  const sha = new ShaKernel({ ...exports, wipe: unwatched(exports.wipe) });
  return {
    memory: exports.memory,
    operations: {
      digest: () => sha.digest("SHA-256", pseudoRandom(100, 3)),
      "digest of SHA-1": () => sha.digest("SHA-1", pseudoRandom(100, 3)),
      mgf1: () => sha.mgf1("SHA-1", SECRET, 235),
    },
  };
}

function sm2Subject(): Subject {
  const exports = traceBinary<Sm2Exports>(fromHex(SM2));
  const wipes = { wipePoints: unwatched(exports.wipePoints), wipeHash: unwatched(exports.wipeHash) };
  const sm2 = new Sm2Kernel({ ...exports, ...wipes });
  const point = sm2.publicKey(SECRET);
  return {
    memory: exports.memory,
    operations: {
      encapsulate: () => Object.values(sm2.encapsulate(point, SECRET)),
      decapsulate: () => sm2.decapsulate(SECRET, point),
      publicKey: () => sm2.publicKey(SECRET),
      kdf: () => sm2.kdf(point, 300),
      sm3: () => sm2.sm3(pseudoRandom(100, 3)),
    },
  };
}

function rsaSubject(hex: string): Subject {
  const exports = traceBinary<RsaExports>(fromHex(hex));
  const rsa = new RsaKernel(exports);
  return {
    memory: exports.memory,
    operations: {
      privateOperation: () => rsa.privateOperation(KEY, CIPHERTEXT, random),
      publicOperation: () => rsa.publicOperation(KEY, MESSAGE),
    },
    publicFrom: exports.CONTEXT.value,
    publicTo: exports.WORK.value,
  };
}

/** All of a memory but where a public key's context lies. */
function secretPart({ memory, publicFrom = 0, publicTo = 0 }: Subject): string {
  return toHex(new Uint8Array(memory.buffer.slice(0)).fill(0, publicFrom, publicTo));
}

/** Early, late, and spread between. */
function moments(steps: number, count: number): number[] {
  const spread = Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * steps) / count));
  return [0, 1, ...spread, Math.floor(steps * 0.97)];
}

const SUBJECTS: [string, () => Subject, string][] = [
  ...AES_BINARIES.map(([name, hex]): [string, () => Subject, string] => [name, () => aesSubject(hex), hex]),
  ...binariesHere().map(([name, hex]): [string, () => Subject, string] => [name, () => rsaSubject(hex), hex]),
  ["sha", shaSubject, SHA],
  ["sm2", sm2Subject, SM2],
];

describe.each(SUBJECTS)("a trap in %s.wasm", (_name, open, hex) => {
  const subject = open();
  const fresh = new WebAssembly.Instance(new WebAssembly.Module(fromHex(hex))).exports;
  const clean = secretPart({ ...subject, memory: (fresh as unknown as KernelExports).memory });

  test.each(Object.keys(subject.operations))("in %s leaves no secret and a usable engine", (name) => {
    const run = subject.operations[name]!;
    const expected = run();
    for (const step of moments(
      countSteps(() => void run()),
      12,
    )) {
      expect(() => trapAfter(step, () => void run())).toThrow(WebAssembly.RuntimeError);
      expect(secretPart(subject) === clean, `memory after a trap at step ${step}`).toBe(true);
      expect(run()).toEqual(expected);
    }
  });
});

describe.each(binariesHere())("a bit that flips in %s.wasm", (_name, hex) => {
  const exports = traceBinary<RsaExports>(fromHex(hex));
  const kernel = new RsaKernel(exports);
  const memory = new Uint8Array(exports.memory.buffer);

  test("makes no wrong result: it is withheld, or right", () => {
    const steps = countSteps(() => kernel.privateOperation(KEY, CIPHERTEXT, random));
    const [from, to] = [exports.WORK.value, exports.END.value];
    const outcomes = { right: 0, withheld: 0, wrong: 0, trapped: 0 };
    for (const [i, step] of moments(steps, 100).entries()) {
      // Where something lies at that moment: a flip in unused memory proves nothing.
      const act = () => {
        const used = Array.from({ length: to - from }, (_, at) => from + at).filter((at) => memory[at] !== 0);
        const at = used[Math.floor(used.length * ((i * 0.618_034) % 1))];
        if (at !== undefined) memory[at]! ^= 1 << (i % 8);
      };
      outcomes[outcomeOf(() => interruptAt(step, act, decrypt))]++;
    }
    expect(outcomes.wrong).toBe(0);
    expect(outcomes.withheld).toBeGreaterThan(25);
    decrypt();
    expect(result).toEqual(MESSAGE);
  }, 120_000);

  let result: Uint8Array | undefined;
  const decrypt = () => {
    result = kernel.privateOperation(KEY, CIPHERTEXT, random);
  };

  function outcomeOf(run: () => void): "right" | "withheld" | "wrong" | "trapped" {
    try {
      run();
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) return "trapped";
      throw error;
    }
    if (result === undefined) return "withheld";
    return toHex(result) === toHex(MESSAGE) ? "right" : "wrong";
  }
});
