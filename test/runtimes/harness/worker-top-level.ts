/**
 * Known answers at the top level of a worker, where neither random values nor timers are to be had, and what `wrap` says
 * there.
 */

import "./no-timers.ts";
import { KmsWrapError, wrap } from "../../../src/index.ts";
import { fixture } from "../../support/keys-fixtures.ts";
import { runSuites } from "./run-suites.ts";

/** The RSA private operation blinds with random values: these tests use it. */
const WITHOUT_RANDOM = /^(?!.* (decrypt: |unwrap RSA|refused with hash))/;

function codeOfWrap(): string {
  try {
    wrap({
      algorithm: "RSAES_OAEP_SHA_256",
      publicKey: fixture("RSA_2048").spki,
      keyMaterial: new Uint8Array(32),
    });
    return "none";
  } catch (error) {
    return error instanceof KmsWrapError ? error.code : String(error);
  }
}

const report = { ...(await runSuites({ names: WITHOUT_RANDOM, timeouts: false })), codeOfWrap: codeOfWrap() };

export default { fetch: (): Response => Response.json(report) };
