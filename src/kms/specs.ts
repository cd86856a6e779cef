/** Whether a name is on one of the closed lists: for callers that types do not reach. */

import { typeName } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";
import { KEY_SPECS, type KeySpec, WRAPPING_KEY_SPECS, type WrappingKeySpec } from "../keys/key-specs.ts";

/**
 * @throws KmsWrapError `INVALID_ARGUMENT` if it is no string, `UNSUPPORTED_KEY_SPEC` if it is not on the list.
 */
export function assertKeySpec(keySpec: unknown): asserts keySpec is KeySpec {
  assertListed(keySpec, "keySpec", KEY_SPECS);
}

/**
 * @throws KmsWrapError `INVALID_ARGUMENT` if it is no string, `UNSUPPORTED_KEY_SPEC` if it is not on the list.
 */
export function assertWrappingKeySpec(spec: unknown): asserts spec is WrappingKeySpec {
  assertListed(spec, "wrappingKeySpec", WRAPPING_KEY_SPECS);
}

function assertListed(value: unknown, name: string, list: readonly string[]): void {
  if (typeof value !== "string")
    throw new KmsWrapError("INVALID_ARGUMENT", `${name} must be a string, found ${typeName(value)}`);
  if (list.includes(value)) return;
  throw new KmsWrapError("UNSUPPORTED_KEY_SPEC", `${name} is not one that the KMS API names`, {
    hint: `use one of ${list.join(", ")}`,
  });
}
