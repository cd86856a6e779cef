/** The layers: imports point downwards, there are no cycles, and nothing reaches for what it may not use. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

const SRC = join(import.meta.dirname, "../../src");

/**
 * From the top down. A file may import from its own layer or one below it; the first pattern that fits decides.
 * `keys/` and `schemes/` are one layer: a scheme takes parsed keys, a key knows which algorithms it serves.
 */
const LAYERS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["cli, page", /^(cli|page)\//],
  [
    "entry points, rehearsal",
    /^(index|portable|schemes|api|rehearsal|rehearsal-unavailable)\.ts$|^rehearsal\//,
  ],
  ["kms", /^kms\//],
  ["wrap, unwrap", /^(wrap|unwrap)\.ts$/],
  ["keys, schemes", /^(keys|schemes)\//],
  ["formats", /^formats\//],
  ["engine", /^engine\//],
  ["ground", /^(errors|bytes|random|constant-time)\.ts$/],
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts"));
const sources = new Map(files.map((file) => [file, readFileSync(join(SRC, file), "utf8")]));

const SPECIFIER =
  /^(?:import|export)(?<type> type)?[^;"]*?from "(?<to>[^"]+)"|import\("(?<dynamic>[^"]+)"\)/gm;

function importsOf(file: string): Import[] {
  return [...sources.get(file)!.matchAll(SPECIFIER)].map(({ groups }) => ({
    from: file,
    to: groups!["to"] ?? groups!["dynamic"]!,
    typeOnly: groups!["type"] !== undefined,
  }));
}

function resolve({ from, to }: Import): string {
  return relative(SRC, join(SRC, dirname(from), to)).replaceAll("\\", "/");
}

function layerOf(file: string): number {
  return LAYERS.findIndex(([, pattern]) => pattern.test(file));
}

const local = files.flatMap(importsOf).filter(({ to }) => to.startsWith(".") && to.endsWith(".ts"));

/** The files on a cycle through `start`, or nothing. Types are erased: only they may point both ways. */
function cycleThrough(start: string): string[] | undefined {
  const seen = new Set<string>();
  const walk = (file: string, path: string[]): string[] | undefined => {
    for (const next of local.filter((i) => i.from === file && !i.typeOnly).map(resolve)) {
      if (next === start) return [...path, file];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...path, file]);
      if (found) return found;
    }
    return undefined;
  };
  return walk(start, []);
}

describe("architecture", () => {
  test("the reader of imports sees them", () => {
    expect(local).toContainEqual({ from: "index.ts", to: "./wrap.ts", typeOnly: false });
    expect(local.map(resolve).filter((file) => !sources.has(file) && !file.includes("/generated/"))).toEqual(
      [],
    );
  });

  test.each(files)("%s has a place in a layer and imports downwards", (file) => {
    expect(layerOf(file)).toBeGreaterThanOrEqual(0);
    const upwards = local
      .filter(({ from }) => from === file)
      .map(resolve)
      .filter((to) => layerOf(to) < layerOf(file));
    expect(upwards).toEqual([]);
  });

  test.each(files)("%s is on no cycle", (file) => {
    expect(cycleThrough(file)).toBeUndefined();
  });

  test("the run-time core stands on @noble/* alone", () => {
    const foreign = files
      .filter((file) => !/^(cli|rehearsal)\//.test(file))
      .flatMap(importsOf)
      .filter(({ to }) => !to.startsWith(".") && !/^@noble\/(ciphers|curves|hashes)\//.test(to));
    expect(foreign).toEqual([]);
  });

  test("the command and the page do without each other, and the page without the rehearsal", () => {
    const across = local.filter(
      (i) =>
        (i.from.startsWith("cli/") && resolve(i).startsWith("page/")) ||
        (i.from.startsWith("page/") && /^(cli|rehearsal)\b/.test(resolve(i))),
    );
    expect(across).toEqual([]);
  });

  test("the command and the rehearsal add Node's own modules and nothing else", () => {
    const foreign = files.flatMap(importsOf).filter(({ to }) => !/^(\.|node:|@noble\/)/.test(to));
    expect(foreign).toEqual([]);
  });

  test("from wrap to the engine in four hops", () => {
    const hops = ["index.ts", "wrap.ts", "schemes/registry.ts", "schemes/rsaes-oaep.ts", "engine/engine.ts"];
    const missing = hops
      .slice(1)
      .filter((to, i) => !local.some((j) => j.from === hops[i] && resolve(j) === to));
    expect(missing).toEqual([]);
  });
});
