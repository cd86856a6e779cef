/**
 * `kms-wrap/rehearsal` for browsers and workers, where nothing can listen: package.json's conditions lead here. A
 * program that has both halves can be bundled, and is told clearly when it starts a rehearsal all the same.
 */

import { KmsWrapError } from "./errors.ts";

export { SERVICE_ERROR_NAMES } from "./rehearsal/service-errors.ts";

/**
 * @throws KmsWrapError `PLATFORM_UNSUPPORTED`, always.
 */
export async function startRehearsal(): Promise<never> {
  throw new KmsWrapError(
    "PLATFORM_UNSUPPORTED",
    "a rehearsal is a server, and this was built for a browser or a worker",
    { hint: "start it in Node, Deno or Bun (kms-wrap rehearse), without the conditions browser and workerd" },
  );
}
