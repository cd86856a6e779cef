/** KeyId: ids and ARNs, never aliases. */

import { expect, test } from "vitest";
import { parseKeyId, sameKey } from "../../../src/kms/key-id.ts";
import { errorCode } from "../../support/error-code.ts";

const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const MULTI_REGION_ID = "mrk-1234abcd12ab34cd56ef1234567890ab";
const ARN = `arn:aws:kms:us-west-2:111122223333:key/${ID}`;

test.each<[text: string, id: string, region: string | undefined]>([
  [ID, ID, undefined],
  [MULTI_REGION_ID, MULTI_REGION_ID, undefined],
  [ARN, ID, "us-west-2"],
  [`arn:aws-cn:kms:cn-north-1:111122223333:key/${ID}`, ID, "cn-north-1"],
  [`arn:aws-us-gov:kms:us-gov-east-1:111122223333:key/${ID}`, ID, "us-gov-east-1"],
  ...Object.entries({
    "aws-iso": "us-iso-east-1",
    "aws-iso-b": "us-isob-east-1",
    "aws-iso-e": "eu-isoe-west-1",
    "aws-iso-f": "us-isof-south-1",
    "aws-eusc": "eusc-de-east-1",
  }).map(
    ([partition, region]) =>
      [`arn:${partition}:kms:${region}:111122223333:key/${ID}`, ID, region] as [string, string, string],
  ),
  [`arn:aws:kms:ap-southeast-2:000000000000:key/${MULTI_REGION_ID}`, MULTI_REGION_ID, "ap-southeast-2"],
])("%s", (text, id, region) => {
  expect(parseKeyId(text, "KeyId")).toEqual(region === undefined ? { text, id } : { text, id, region });
});

test.each([
  ["an alias", "alias/mine", "ALIAS_AS_KEY_ID"],
  ["an alias's ARN", "arn:aws:kms:us-west-2:111122223333:alias/mine", "ALIAS_AS_KEY_ID"],
  ["the empty string", "", "INVALID_KEY_ID"],
  ["a blank", `${ID} `, "INVALID_KEY_ID"],
  ["a line break", `${ID}\n`, "INVALID_KEY_ID"],
  ["an ARN of something else", "arn:aws:s3:::bucket", "INVALID_KEY_ID"],
  ["an ARN without a key", "arn:aws:kms:us-west-2:111122223333:key/", "INVALID_KEY_ID"],
  ["an ARN in an ARN", `arn:${ARN}`, "INVALID_KEY_ID"],
  ["an ARN with a version", `${ARN}:1`, "INVALID_KEY_ID"],
  ["an ARN with a path", `${ARN}/more`, "INVALID_KEY_ID"],
  ["a region that has another partition", ARN.replace("us-west-2", "cn-north-1"), "INVALID_KEY_ID"],
  ["a partition that has other regions", ARN.replace("aws:kms", "aws-cn:kms"), "INVALID_KEY_ID"],
  ["a partition that there is not", ARN.replace("aws:kms", "awsome:kms"), "INVALID_KEY_ID"],
  ["another partition's region", ARN.replace("aws:kms", "aws-us-gov:kms"), "INVALID_KEY_ID"],
  ["a region of GovCloud", ARN.replace("us-west-2", "us-gov-west-1"), "INVALID_KEY_ID"],
  ["what is no region", ARN.replace("us-west-2", "here"), "INVALID_KEY_ID"],
  ["2049 characters", "a".repeat(2049), "INVALID_KEY_ID"],
  ["a number", 7, "INVALID_ARGUMENT"],
])("refuses %s", (_, value, code) => {
  expect(errorCode(() => parseKeyId(value, "KeyId"))).toBe(code);
});

test("a refusal shows nothing of the ARN", () => {
  const arn = ARN.replace("aws", "aws-confidential").replace("us-west-2", "us-confidential-2");
  expect(() => parseKeyId(arn, "KeyId")).toThrow(/^(?!.*confidential)/);
  expect(() => parseKeyId(arn.replace("us-confidential", "us-west"), "KeyId")).toThrow(
    /^KeyId is an ARN of a partition that does not have its region$/,
  );
});

test("takes 2048 characters", () => {
  expect(parseKeyId("a".repeat(2048), "KeyId").id).toHaveLength(2048);
});

test("an id is that of an ARN, and ARNs are compared whole", () => {
  const [id, arn] = [parseKeyId(ID, "a"), parseKeyId(ARN, "b")];
  const elsewhere = parseKeyId(ARN.replace("us-west-2", "us-east-1"), "c");
  expect([sameKey(id, arn), sameKey(arn, id), sameKey(arn, arn), sameKey(arn, elsewhere)]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(sameKey(arn, parseKeyId(MULTI_REGION_ID, "d"))).toBe(false);
});
