/** `kms-wrap bench`: how fast this machine and this runtime wrap, on the engine that runs here and on the portable one. */

import { defaultEngine } from "../../engine/default.ts";
import type { Engine } from "../../engine/engine.ts";
import { portableEngine } from "../../engine/portable/engine.ts";
import { generateKeyMaterial } from "../../keys/generate.ts";
import { parseUnwrappingKey } from "../../keys/unwrapping-key.ts";
import { parseWrappingKey, type WrappingKey } from "../../keys/wrapping-key.ts";
import { systemRandom } from "../../random.ts";
import type { WrappingAlgorithm } from "../../schemes/algorithms.ts";
import { wrapWith } from "../../wrap.ts";
import { compare } from "../benchmark.ts";
import { type Command, defineCommand, JSON_OPTION } from "../command.ts";

/** An AES key; PKCS#8 of P-256 and of RSA_4096. */
const MATERIAL_BYTES = [32, 138, 2374];
const RSA_BITS = [2048, 3072, 4096];

interface Wrap {
  readonly algorithm: WrappingAlgorithm;
  readonly key: WrappingKey;
  readonly keyMaterial: Uint8Array;
}

interface Timing {
  readonly algorithm: string;
  readonly wrappingKey: string;
  readonly bytes: number;
  /** Microseconds for one wrap under a key that was parsed before. */
  readonly microseconds: Readonly<Record<string, number>>;
}

export const benchCommand: Command = defineCommand({
  summary: "Times wraps on this machine and this runtime.",
  options: JSON_OPTION,
  notes: `Each time is the median over nine rounds of one wrap under a key that was parsed before.
The report: runtime, engine {name, features, reason}, timings [{algorithm, wrappingKey, bytes, microseconds}].`,

  async run() {
    const wraps = await makeWraps();
    const timings = wraps.map(time);
    const { info } = defaultEngine;
    return {
      report: { runtime: runtime(), engine: info, timings },
      shown: [
        `${runtime()}; engine: ${[info.name, ...info.features].join(", ")}${info.reason ? ` (${info.reason})` : ""}`,
        ...table(timings),
      ],
    };
  },
});

async function makeWraps(): Promise<Wrap[]> {
  const rsaKeys = await Promise.all(RSA_BITS.map(makeRsaKey));
  const sm2Key = parseUnwrappingKey(generateKeyMaterial("SM2", systemRandom).bytes).wrappingKey;
  const of = (algorithm: WrappingAlgorithm, key: WrappingKey, bytes: number): Wrap => ({
    algorithm,
    key,
    keyMaterial: systemRandom(bytes),
  });
  return [
    ...rsaKeys.map((key) => of("RSAES_OAEP_SHA_256", key, 32)),
    ...rsaKeys.flatMap((key) =>
      MATERIAL_BYTES.slice(1).map((bytes) => of("RSA_AES_KEY_WRAP_SHA_256", key, bytes)),
    ),
    ...MATERIAL_BYTES.map((bytes) => of("SM2PKE", sm2Key, bytes)),
  ];
}

async function makeRsaKey(modulusLength: number): Promise<WrappingKey> {
  const { subtle } = globalThis.crypto;
  const { publicKey } = await subtle.generateKey(
    { name: "RSA-OAEP", modulusLength, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" },
    true,
    ["encrypt", "decrypt"],
  );
  return parseWrappingKey(new Uint8Array(await subtle.exportKey("spki", publicKey)));
}

function time({ algorithm, key, keyMaterial }: Wrap): Timing {
  const on = (engine: Engine) => () => wrapWith(engine, { algorithm, publicKey: key, keyMaterial });
  const candidates = { [defaultEngine.info.name]: on(defaultEngine), portable: on(portableEngine) };
  return { algorithm, wrappingKey: key.spec, bytes: keyMaterial.length, microseconds: compare(candidates) };
}

function table(timings: readonly Timing[]): string[] {
  const engines = Object.keys(timings[0]!.microseconds);
  const rows = [
    ["algorithm", "under", "bytes", ...engines.map((name) => `${name}, µs`)],
    ...timings.map(({ algorithm, wrappingKey, bytes, microseconds }) => [
      algorithm,
      wrappingKey,
      String(bytes),
      ...engines.map((name) => microseconds[name]!.toFixed(1)),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const pad = (cell: string, column: number) =>
    column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  return rows.map((row) => `  ${row.map(pad).join("  ")}`);
}

function runtime(): string {
  const { versions } = process;
  if (versions["bun"]) return `Bun ${versions["bun"]}`;
  if (versions["deno"]) return `Deno ${versions["deno"]}`;
  return `Node ${versions.node}`;
}
