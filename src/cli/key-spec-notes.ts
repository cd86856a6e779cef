/** The list of key specs in the helps of commands. */

import { KEY_SPEC_FACTS, KEY_SPECS } from "../keys/key-specs.ts";

const IMPORTABLE = KEY_SPECS.filter((spec) => KEY_SPEC_FACTS[spec].kind !== "not importable");
const HALF = Math.ceil(IMPORTABLE.length / 2);

/** The key specs that take imported material, in two lines. */
export const KEY_SPEC_NOTES = `Key specs: ${IMPORTABLE.slice(0, HALF).join(", ")},
  ${IMPORTABLE.slice(HALF).join(", ")}`;
