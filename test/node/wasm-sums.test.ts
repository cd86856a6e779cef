/** The WASM binaries that were built are those whose SHA-256 is committed, in each place that holds one. */

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BINARIES } from "../../assembly/binaries.mjs";
import { binariesIn, committedSums, sha256, UPDATE_COMMAND } from "../../scripts/wasm-sums.mjs";

const DIST = join(import.meta.dirname, "../../dist");

test("the committed sums are of what is built", () => {
  const built = binariesIn(join(DIST, "wasm")).map(({ place, sum }) => [place, sum]);
  expect(Object.fromEntries(built), `a kernel changed? ${UPDATE_COMMAND}`).toEqual(
    Object.fromEntries(committedSums()),
  );
  expect(built.map(([place]) => place).sort()).toEqual(BINARIES.map(({ name }) => `${name}.wasm`).sort());
});

test.each(["engine/wasm/generated", "cli"])("%s embeds the same binaries, each once", (folder) => {
  const embedded = binariesIn(join(DIST, folder)).map(({ sum }) => sum);
  expect(embedded.sort()).toEqual([...committedSums().values()].sort());
});

test("one bit more in any place is another sum", () => {
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-sums-"));
  try {
    cpSync(join(DIST, "wasm/aes.wasm"), join(folder, "aes.wasm"));
    const module = "0061736d0100000000";
    writeFileSync(join(folder, "embedded.js"), `export const WASM = "${module}01";`);
    expect(binariesIn(folder)).toEqual([
      { place: "aes.wasm", sum: committedSums().get("aes.wasm") },
      { place: "embedded.js", sum: sha256(Buffer.from(`${module}01`, "hex")) },
    ]);
    expect(sha256(Buffer.from(`${module}01`, "hex"))).not.toBe(sha256(Buffer.from(`${module}00`, "hex")));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
