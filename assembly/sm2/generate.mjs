/**
 * Writes generated/: the field arithmetic, the point formulas, the constants and tables of the curve, SM3's rounds.
 *
 *     node assembly/sm2/generate.mjs
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { curveSource } from "./generator/curve.mjs";
import { fieldSource } from "./generator/field.mjs";
import { pointsSource } from "./generator/points.mjs";
import { sm3Source } from "./generator/sm3.mjs";

const SOURCES = {
  "curve.ts": curveSource(),
  "field.ts": fieldSource(),
  "points.ts": pointsSource(),
  "sm3-rounds.ts": sm3Source(),
};

const folder = new URL("generated/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, source] of Object.entries(SOURCES))
  writeFileSync(new URL(name, folder), `// Made by assembly/sm2/generate.mjs.\n\n${source}`);
