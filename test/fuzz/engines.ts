/** One computation on every engine: the same bytes or the same refusal, or it is a finding. */

import { toHex } from "../../src/bytes.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { KmsWrapError } from "../../src/errors.ts";
import { ENGINES } from "../support/engines.ts";
import { check } from "./finding.ts";

/**
 * @returns the bytes that every engine computed.
 * @throws KmsWrapError that every engine threw.
 */
export function onEveryEngine(compute: (engine: Engine) => Uint8Array): Uint8Array {
  const [first, ...others] = ENGINES.map(([, engine]) => settle(() => compute(engine)));
  for (const other of others) check(other.says === first!.says, "the engines agree");
  if ("error" in first!) throw first.error;
  return first!.value;
}

type Settled = { readonly says: string } & (
  | { readonly value: Uint8Array }
  | { readonly error: KmsWrapError }
);

function settle(compute: () => Uint8Array): Settled {
  try {
    const value = compute();
    return { says: toHex(value), value };
  } catch (error) {
    if (!(error instanceof KmsWrapError)) throw error;
    return { says: `${error.code}: ${error.message}`, error };
  }
}
