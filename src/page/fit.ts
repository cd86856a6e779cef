/** Which wrapping algorithms fit what is known so far, and why the others do not. */

import { KmsWrapError } from "../errors.ts";
import type { KeySpec, WrappingKeySpec } from "../keys/key-specs.ts";
import type { WrappingKey } from "../keys/wrapping-key.ts";
import { assertCompatible, assertImportable } from "../kms/compatibility.ts";
import type { KeyIdentifier } from "../kms/key-id.ts";
import { isChina } from "../kms/regions.ts";
import { WRAPPING_ALGORITHMS, type WrappingAlgorithm } from "../schemes/algorithms.ts";
import { assertKeyType } from "../schemes/checks.ts";

/** A region of each kind, for rules that ask for a name and look at the kind alone. */
const ANY_REGION = { world: "us-east-1", china: "cn-north-1" } as const;

export type RegionKind = keyof typeof ANY_REGION;

/** Whether an algorithm fits. */
export interface Verdict {
  readonly algorithm: WrappingAlgorithm;
  /** Absent if it fits. */
  readonly refusal?: KmsWrapError;
}

/** What may be known; the less there is, the more fits. */
export interface Known {
  readonly wrappingKey?: Pick<WrappingKey, "type" | "spec"> | undefined;
  readonly keySpec?: KeySpec | undefined;
  readonly region: string;
}

/** A verdict about every algorithm, in the order of the API. */
export function verdicts(known: Known): Verdict[] {
  return WRAPPING_ALGORITHMS.map((algorithm) => {
    const refusal = refusalOf(algorithm, known);
    return refusal === undefined ? { algorithm } : { algorithm, refusal };
  });
}

function refusalOf(
  algorithm: WrappingAlgorithm,
  { wrappingKey, keySpec, region }: Known,
): KmsWrapError | undefined {
  try {
    if (wrappingKey !== undefined) assertKeyType(algorithm, wrappingKey);
    if (keySpec !== undefined) assertImportable(keySpec, region);
    if (wrappingKey !== undefined && keySpec !== undefined)
      assertCompatible({ algorithm, keySpec, wrappingKeySpec: wrappingKey.spec as WrappingKeySpec, region });
    return undefined;
  } catch (error) {
    if (error instanceof KmsWrapError) return error;
    throw error;
  }
}

/** The region that counts: that of the key, where an ARN tells it, else any of the kind that was chosen. */
export function regionFor(key: KeyIdentifier | undefined, chosen: RegionKind): string {
  return key?.region ?? ANY_REGION[chosen];
}

export function kindOfRegion(region: string): RegionKind {
  return isChina(region) ? "china" : "world";
}
