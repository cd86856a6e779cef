/** How the tables of this folder say what must be refused; `scripts/make-negative-vectors.mjs` writes them down. */

import type { KmsWrapErrorCode } from "../../../src/errors.ts";

/** An input, text as UTF-8; the code it is refused with; and what the message says, where that is fixed. */
export type Crafted = readonly [
  name: string,
  input: Uint8Array | string,
  code: KmsWrapErrorCode,
  message?: RegExp,
];
