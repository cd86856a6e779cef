/** node esbuild.mjs FOLDER ENTRY…: writes each bundle to FOLDER, under its entry's name. */

import { build } from "esbuild";

const [outdir, ...entryPoints] = process.argv.slice(2);
await build({
  entryPoints,
  outdir,
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
});
