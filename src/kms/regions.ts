/** What a region decides. China's regions (partition aws-cn) have algorithms and key specs of their own. */

import { KmsWrapError } from "../errors.ts";

/** "us-east-1", "cn-north-1", "us-gov-west-1", … Short enough to be shown in messages. */
const REGION = /^[a-z]{2,4}(-[a-z]{1,12}){1,3}-\d{1,2}$/;

/** How the regions of each partition but "aws" begin. */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
  ["eusc-", "aws-eusc"],
];

/** Where an import goes. */
export interface RegionOption {
  /** The region's name, for instance "eu-central-1" or "cn-north-1"; without it, all that some region allows. */
  readonly region?: string | undefined;
}

/** Whether it has the form of a region's name. */
export function isRegionName(text: string): boolean {
  return REGION.test(text);
}

/** The partition of a region, as ARNs name it. */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}

/**
 * Whether `region` is one of China's; `undefined` if none is given.
 *
 * @throws KmsWrapError `INVALID_ARGUMENT` if it does not have a region's form.
 */
export function isChina(region: string | undefined): boolean | undefined {
  assertRegion(region);
  return region === undefined ? undefined : partitionOf(region) === "aws-cn";
}

/** @throws KmsWrapError `INVALID_ARGUMENT` if one is given, and does not have a region's form. */
export function assertRegion(region: unknown): asserts region is string | undefined {
  if (region === undefined || (typeof region === "string" && isRegionName(region))) return;
  throw new KmsWrapError("INVALID_ARGUMENT", "region does not have the form of a region's name", {
    hint: 'write it as in "us-east-1" or "cn-north-1"',
  });
}
