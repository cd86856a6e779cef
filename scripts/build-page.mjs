/**
 * Makes dist/kms-wrap.html, the offline page, out of src/page: one file with its style, its script and the WASM binaries
 * in it, and a content security policy that lets nothing else in; and beside it kms-wrap.html.sha256.
 *
 *     node scripts/build-page.mjs
 *
 * The build is reproducible: equal sources and esbuild give equal bytes.
 */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const NAME = "kms-wrap.html";
/** The hexadecimal digits of the build id. */
const ID_DIGITS = 16;

/** @param {string} folder - where both files go */
export function buildPage(folder) {
  const style = bundled("src/page/style.css");
  const script = bundled("src/page/main.ts");
  if (/<\/(script|style)|<!--/i.test(script + style))
    throw new Error("HTML would end the script or style early");
  const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  const anonymous = fill(readFileSync(`${root}src/page/index.html`, "utf8"), {
    "%CSP%": policy(script, style),
    "/*STYLE*/": style,
    "/*SCRIPT*/": script,
    "%VERSION%": version,
  });
  const page = fill(anonymous, { "%BUILD%": sha256(anonymous, "hex").slice(0, ID_DIGITS) });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${NAME}`, page);
  writeFileSync(`${folder}/${NAME}.sha256`, `${sha256(page, "hex")}  ${NAME}\n`);
}

/** @param {string} entry */
function bundled(entry) {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    legalComments: "eof",
    logLevel: "error",
  });
  return /** @type {{ text: string }} */ (outputFiles[0]).text;
}

/**
 * Nothing may be loaded, sent, framed or submitted; this script and this style alone count.
 *
 * @param {string} script
 * @param {string} style
 */
function policy(script, style) {
  return [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script, "base64")}' 'wasm-unsafe-eval'`,
    `style-src 'sha256-${sha256(style, "base64")}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/**
 * @param {string} template
 * @param {Readonly<Record<string, string>>} values - by placeholder, each of which stands there once
 */
function fill(template, values) {
  return Object.entries(values).reduce((text, [placeholder, value]) => {
    const [before, after, ...more] = text.split(placeholder);
    if (before === undefined || after === undefined || more.length)
      throw new Error(`${placeholder} is not there once`);
    return before + value + after;
  }, template);
}

/**
 * @param {string} text
 * @param {"hex" | "base64"} encoding
 */
function sha256(text, encoding) {
  return createHash("sha256").update(text).digest(encoding);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildPage(`${root}dist`);
