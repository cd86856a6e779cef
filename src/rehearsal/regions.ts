/** Regions and ARNs as the rehearsal's keys bear them. */

/** The account of AWS's own examples. */
export const ACCOUNT_ID = "111122223333";

/** Where a request goes that names no region. */
export const DEFAULT_REGION = "us-east-1";

const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eusc-", "aws-eusc"],
];

/** The ARN of the key `id` in `region`. */
export function keyArn(region: string, id: string): string {
  const partition = PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
  return `arn:${partition}:kms:${region}:${ACCOUNT_ID}:key/${id}`;
}
