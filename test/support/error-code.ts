/** How a call fails, for tests that assert an error's code. */

import { KmsWrapError, type KmsWrapErrorCode } from "../../src/errors.ts";

/**
 * @returns the code of the KmsWrapError that `run` throws; `undefined` if it throws nothing.
 * @throws whatever else `run` throws.
 */
export function errorCode(run: () => unknown): KmsWrapErrorCode | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof KmsWrapError) return error.code;
    throw error;
  }
  return undefined;
}
