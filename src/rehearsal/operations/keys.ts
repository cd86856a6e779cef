/** CreateKey, ReplicateKey, DescribeKey, ListKeys, ScheduleKeyDeletion. */

import { randomBytes, randomUUID } from "node:crypto";
import { KEY_SPECS, type KeySpec } from "../../keys/key-specs.ts";
import { isChina, isRegionName } from "../../kms/regions.ts";
import { DAY } from "../../kms/times.ts";
import { describeKey } from "../key-metadata.ts";
import { algorithmsOf, KEY_USAGES, type KeyUsage } from "../key-usages.ts";
import { KmsKey, type Origin } from "../kms-key.ts";
import { type Call, keyOf, seconds } from "../operation.ts";
import { ServiceError } from "../service-errors.ts";

const USAGES: readonly KeyUsage[] = [
  "ENCRYPT_DECRYPT",
  "SIGN_VERIFY",
  "GENERATE_VERIFY_MAC",
  "KEY_AGREEMENT",
];
const ORIGINS: readonly Origin[] = ["AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"];

const MAX_DESCRIPTION_CHARACTERS = 8192;
const DEFAULT_PAGE = 100;
const MAX_PAGE = 1000;

/**
 * CreateKey. Keys of other origins than EXTERNAL are there to be refused by the import operations, and do no more.
 * Policies and tags are passed over.
 */
export function createKey({ world, region, input }: Call): object {
  const spec =
    input.optionalChoice("KeySpec", KEY_SPECS) ??
    input.optionalChoice("CustomerMasterKeySpec", KEY_SPECS) ?? // the member's name before 2021
    "SYMMETRIC_DEFAULT";
  assertOffered(spec, region);
  const usage = input.optionalChoice("KeyUsage", USAGES) ?? "ENCRYPT_DECRYPT";
  const origin = input.optionalChoice("Origin", ORIGINS) ?? "AWS_KMS";
  const multiRegion = input.flag("MultiRegion");
  if (origin === "EXTERNAL" && input.has("CustomKeyStoreId"))
    throw new ServiceError(
      "UnsupportedOperationException",
      "Keys in a custom key store take no imported key material",
    );
  if (algorithmsOf(spec, usage).length === 0)
    throw new ServiceError("ValidationException", `KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  const key = new KmsKey({
    region,
    id: multiRegion ? `mrk-${randomBytes(16).toString("hex")}` : randomUUID(),
    spec,
    usage,
    origin,
    description: input.optionalText("Description", { min: 0, max: MAX_DESCRIPTION_CHARACTERS }) ?? "",
    multiRegion,
    created: world.now(),
  });
  world.keys.add(key);
  return { KeyMetadata: describeKey(key) };
}

/** ReplicateKey: the replica begins without key material, which is imported into it like into the primary key. */
export function replicateKey(call: Call): object {
  const { world, input } = call;
  const primary = keyOf(call);
  const region = input.text("ReplicaRegion", { max: 32 });
  if (!world.everyRegion)
    throw new ServiceError("UnsupportedOperationException", "This rehearsal was started for one region only");
  if (!isRegionName(region)) throw new ServiceError("ValidationException", "ReplicaRegion is not a region");
  if (!primary.facts.multiRegion || primary.primary)
    throw new ServiceError(
      "UnsupportedOperationException",
      `${primary.arn} is not a multi-Region primary key.`,
    );
  primary.assertState("Enabled");
  const description = input.optionalText("Description", { min: 0, max: MAX_DESCRIPTION_CHARACTERS }) ?? "";
  const facts = { ...primary.facts, region, description, created: world.now() };
  const replica = new KmsKey(facts, primary);
  if (world.keys.has(replica.arn) || isChina(region) !== isChina(primary.facts.region))
    throw new ServiceError("ValidationException", `${primary.arn} cannot be replicated into ${region}`);
  world.keys.add(replica);
  primary.replicas.add(replica);
  return { ReplicaKeyMetadata: describeKey(replica) };
}

/** DescribeKey. */
export function describe(call: Call): object {
  return { KeyMetadata: describeKey(keyOf(call)) };
}

/** ListKeys. */
export function listKeys({ world, region, input }: Call): object {
  const limit = input.optionalInteger("Limit", 1, MAX_PAGE) ?? DEFAULT_PAGE;
  const { keys, marker } = world.keys.page(region, limit, input.optionalText("Marker", { max: 1024 }));
  return {
    Keys: keys.map(({ arn, facts }) => ({ KeyArn: arn, KeyId: facts.id })),
    Truncated: marker !== undefined,
    ...(marker !== undefined && { NextMarker: marker }),
  };
}

/** ScheduleKeyDeletion: from now on the key's state allows nothing, and after the window it is gone. */
export function scheduleKeyDeletion(call: Call): object {
  const key = keyOf(call);
  key.assertState("Enabled", "PendingImport");
  const days = call.input.optionalInteger("PendingWindowInDays", 7, 30) ?? 30;
  key.deletionDate = call.world.now() + days * DAY;
  return {
    KeyId: key.arn,
    KeyState: key.state,
    DeletionDate: seconds(key.deletionDate),
    PendingWindowInDays: days,
  };
}

function assertOffered(spec: KeySpec, region: string): void {
  if (KEY_USAGES[spec] === undefined)
    throw new ServiceError("UnsupportedOperationException", `${spec} keys take no imported key material`);
  if (spec === "SM2" && !isChina(region))
    throw new ServiceError("UnsupportedOperationException", `There are no SM2 keys in ${region}`);
}
