/** Builds everything that is not source: the WASM binaries and their embedded copies, the command, the library, the page. */

import { execFileSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installPackages } from "./install.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

// What follows imports packages, which a fresh clone has not: `npm pack` and `npm run build` work there, too.
installPackages(".");
const { buildCommand } = await import("./build-command.mjs");
const { buildPage } = await import("./build-page.mjs");
const { buildWasm } = await import("./build-wasm.mjs");

rmSync(`${root}dist`, { recursive: true, force: true });
await buildWasm();
buildCommand(`${root}dist/cli/main.cjs`);
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
// tsc leaves declarations that it did not make where they are.
copyFileSync(`${root}src/engine/wasm/module.d.ts`, `${root}dist/wasm/module.d.ts`);
buildPage(`${root}dist`);
