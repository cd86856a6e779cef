/**
 * KeyId of the KMS API: a key's id or its ARN, never an alias. The ARN is where an import request knows its region
 * from: `arn:PARTITION:kms:REGION:ACCOUNT:key/ID`.
 */

import { typeName } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";
import { isRegionName, partitionOf } from "./regions.ts";

/** As the API limits it. */
const MAX_KEY_ID_CHARACTERS = 2048;
/** A UUID, or `mrk-` and 32 hexadecimal digits; other services that speak the API have ids of their own. */
const ID = /^[A-Za-z0-9_-]+$/;
const ARN =
  /^arn:(?<partition>[a-z-]+):kms:(?<region>[a-z0-9-]+):(?<account>\d{12}):(?<type>key|alias)\/(?<id>[\w/-]+)$/;

/** A KMS key as a request names it. */
export interface KeyIdentifier {
  /** As given. */
  readonly text: string;
  /** What stands behind `key/` in the ARN, or all of it. */
  readonly id: string;
  /** Only an ARN tells. */
  readonly region?: string;
}

/**
 * Reads a KeyId.
 *
 * @param name - how the message calls it.
 * @throws KmsWrapError `INVALID_ARGUMENT` if it is no string, `INVALID_KEY_ID`, `ALIAS_AS_KEY_ID`
 */
export function parseKeyId(value: unknown, name: string): KeyIdentifier {
  if (typeof value !== "string")
    throw new KmsWrapError("INVALID_ARGUMENT", `${name} must be a string, found ${typeName(value)}`);
  if (value.length > MAX_KEY_ID_CHARACTERS)
    throw invalidKeyId(`${name} has ${value.length} characters, and ${MAX_KEY_ID_CHARACTERS} are the most`);
  if (value.startsWith("alias/")) throw aliasGiven(name);
  return value.startsWith("arn:") ? parseArn(value, name) : parseBareId(value, name);
}

/** Whether the two can be the same key: equal, or one of them is the bare id of the other. */
export function sameKey(a: KeyIdentifier, b: KeyIdentifier): boolean {
  if (a.region !== undefined && b.region !== undefined) return a.text === b.text;
  return a.id === b.id;
}

function parseArn(text: string, name: string): KeyIdentifier {
  const { partition, region, type, id } = ARN.exec(text)?.groups ?? {};
  if (type === "alias") throw aliasGiven(name);
  if (region === undefined || !isRegionName(region) || id === undefined || !ID.test(id))
    throw invalidKeyId(`${name} begins like an ARN but is not that of a KMS key`);
  if (partition !== partitionOf(region))
    throw invalidKeyId(`${name} is an ARN of a partition that does not have its region`);
  return { text, id, region };
}

function parseBareId(text: string, name: string): KeyIdentifier {
  if (ID.test(text)) return { text, id: text };
  throw invalidKeyId(text === "" ? `${name} is empty` : `${name} is neither a key id nor an ARN`);
}

function aliasGiven(name: string): KmsWrapError {
  return new KmsWrapError("ALIAS_AS_KEY_ID", `${name} is an alias, and imports take none`, {
    hint: "use the key's id or ARN: aws kms describe-key --key-id alias/… --query KeyMetadata.Arn",
  });
}

function invalidKeyId(message: string): KmsWrapError {
  return new KmsWrapError("INVALID_KEY_ID", message, {
    hint: "a key id is 1234abcd-12ab-34cd-56ef-1234567890ab or mrk-…, an ARN arn:aws:kms:REGION:ACCOUNT:key/ID",
  });
}
