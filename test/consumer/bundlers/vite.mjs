/** node vite.mjs FOLDER ENTRY…: writes each bundle to FOLDER, under its entry's name. */

import { basename, dirname } from "node:path";
import { build } from "vite";

const [outDir, ...entries] = process.argv.slice(2);
for (const input of entries)
  await build({
    configFile: false,
    root: dirname(input),
    logLevel: "warn",
    build: {
      target: "es2022",
      minify: true,
      outDir,
      emptyOutDir: false,
      modulePreload: false,
      rollupOptions: { input, output: { entryFileNames: basename(input) } },
    },
  });
