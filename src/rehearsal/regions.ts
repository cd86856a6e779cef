/** Regions and ARNs as the rehearsal's keys bear them. */

import { partitionOf } from "../kms/regions.ts";

/** The account of AWS's own examples. */
export const ACCOUNT_ID = "111122223333";

/** Where a request goes that names no region. */
export const DEFAULT_REGION = "us-east-1";

/** The ARN of the key `id` in `region`. */
export function keyArn(region: string, id: string): string {
  return `arn:${partitionOf(region)}:kms:${region}:${ACCOUNT_ID}:key/${id}`;
}
