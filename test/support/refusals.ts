/** What a refusal says, word for word. */

import { expect } from "vitest";
import { KmsWrapError, type KmsWrapErrorCode } from "../../src/errors.ts";

/** A call that must fail, and what it says. */
export type Refusal = readonly [call: () => unknown, code: KmsWrapErrorCode, message: string, hint?: string];

/** Code, message and hint of the KmsWrapError that `call` throws. */
export function refusalOf(call: () => unknown): readonly string[] {
  try {
    call();
  } catch (error) {
    if (!(error instanceof KmsWrapError)) throw error;
    const { code, message, hint } = error;
    return hint === undefined ? [code, message] : [code, message, hint];
  }
  return expect.fail("nothing was refused");
}
