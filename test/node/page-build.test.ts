/** The offline page as a file: built twice alike, whole, and closed to everything else. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildPage } from "../../scripts/build-page.mjs";
import { temporaryFolder } from "../support/cli.ts";

/** What it may weigh, in bytes as it is: nothing compresses a file that is opened from disk. */
const BUDGET = 320_000;

function build(): { page: string; sum: string } {
  const folder = temporaryFolder();
  buildPage(folder);
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  return { page: read("kms-wrap.html"), sum: read("kms-wrap.html.sha256") };
}

const sha256 = (text: string, encoding: "hex" | "base64") =>
  createHash("sha256").update(text).digest(encoding);

test("is the same, byte for byte, when it is built again", () => {
  expect(build()).toEqual(build());
});

test("bears its version and a build id of its content, and its SHA-256 lies beside it", () => {
  const { page, sum } = build();
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
  const [, shown, id] = /kms-wrap (\S+), build <code id="build">([0-9a-f]{16})<\/code>/.exec(page)!;
  expect(shown).toBe(version);
  expect(sha256(page.replace(id!, "%BUILD%"), "hex").slice(0, 16)).toBe(id);
  expect(sum).toBe(`${sha256(page, "hex")}  kms-wrap.html\n`);
});

test("has a policy that allows its own script and style alone, and needs no other file", () => {
  const { page } = build();
  const [, script] = /<script>([\s\S]*)<\/script>/.exec(page)!;
  const [, style] = /<style>([\s\S]*?)<\/style>/.exec(page)!;
  expect(page).toContain(
    `content="default-src 'none'; script-src 'sha256-${sha256(script!, "base64")}' 'wasm-unsafe-eval'; ` +
      `style-src 'sha256-${sha256(style!, "base64")}'; base-uri 'none'; form-action 'none'"`,
  );
  const markup = page.replace(script!, "").replace(style!, "");
  expect(markup).not.toMatch(/\b(src|style|on\w+)="|<link|<img|<iframe|href="(?!#)/);
  expect(style).not.toMatch(/url\(|@import|@font-face/);
  expect(script).not.toMatch(/\b(fetch|XMLHttpRequest|WebSocket|localStorage|indexedDB|sendBeacon|eval)\b/);
});

test("stays within its budget", () => {
  const { page } = build();
  expect(page.length).toBeGreaterThan(100_000);
  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(BUDGET);
});
