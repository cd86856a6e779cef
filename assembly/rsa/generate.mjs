/**
 * Writes generated/columns-plain.ts and generated/columns-relaxed.ts: the unrolled column kernels.
 *
 *     node assembly/rsa/generate.mjs
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { plain } from "./generator/plain.mjs";
import { relaxed } from "./generator/relaxed.mjs";
import { columnKernels } from "./generator/tile.mjs";

const folder = new URL("generated/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("columns-plain.ts", folder), columnKernels(plain));
writeFileSync(new URL("columns-relaxed.ts", folder), columnKernels(relaxed));
