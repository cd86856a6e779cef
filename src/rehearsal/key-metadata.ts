/** KeyMetadata, as CreateKey, ReplicateKey and DescribeKey answer it. */

import { ALGORITHM_MEMBERS, algorithmsOf } from "./key-usages.ts";
import type { KmsKey } from "./kms-key.ts";
import { seconds } from "./operation.ts";
import { ACCOUNT_ID } from "./regions.ts";

/** What there is to know about a key. */
export function describeKey(key: KmsKey): object {
  const { id, spec, usage, origin, description, multiRegion, created } = key.facts;
  return {
    AWSAccountId: ACCOUNT_ID,
    Arn: key.arn,
    CreationDate: seconds(created),
    CustomerMasterKeySpec: spec,
    Description: description,
    Enabled: key.state === "Enabled",
    KeyId: id,
    KeyManager: "CUSTOMER",
    KeySpec: spec,
    KeyState: key.state,
    KeyUsage: usage,
    MultiRegion: multiRegion,
    Origin: origin,
    [ALGORITHM_MEMBERS[usage]]: algorithmsOf(spec, usage),
    ...(multiRegion && { MultiRegionConfiguration: describeFamily(key) }),
    ...(key.deletionDate !== undefined && { DeletionDate: seconds(key.deletionDate) }),
    ...describeMaterial(key),
  };
}

/** What there is to know about the material that is in it now. */
function describeMaterial({ facts, current }: KmsKey): object {
  if (current?.key === undefined) return {};
  return {
    ...describeExpiration(current.validTo),
    ...(facts.spec === "SYMMETRIC_DEFAULT" && { CurrentKeyMaterialId: current.id }),
  };
}

/** `ExpirationModel` and, where there is one, `ValidTo`. */
export function describeExpiration(validTo: number | undefined): object {
  if (validTo === undefined) return { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" };
  return { ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo: seconds(validTo) };
}

function describeFamily(key: KmsKey): object {
  const [primary, ...replicas] = key.family;
  const named = ({ arn, facts }: KmsKey) => ({ Arn: arn, Region: facts.region });
  return {
    MultiRegionKeyType: key.primary ? "REPLICA" : "PRIMARY",
    PrimaryKey: named(primary),
    ReplicaKeys: replicas.map(named),
  };
}
