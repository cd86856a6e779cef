/** What readParameters must refuse: damaged and misleading answers of GetParametersForImport. */

import { base64, bytes, utf16 } from "../der-builder.ts";
import { fixture } from "../keys-fixtures.ts";
import { pseudoRandom } from "../pseudo-random.ts";
import type { Crafted } from "./crafted.ts";

const ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const PublicKey = base64(fixture("RSA_2048").spki);
const ImportToken = base64(pseudoRandom(300, 9));

const json = (change: Record<string, unknown>) =>
  JSON.stringify({ KeyId: ARN, PublicKey, ImportToken, ParametersValidTo: 1795601472, ...change });
const keyId = (text: string) => json({ KeyId: text });
const time = (value: unknown) => json({ ParametersValidTo: value });

export const PARAMETERS: readonly Crafted[] = [
  ["nothing", "", "INVALID_PARAMETERS", /empty/],
  ["blanks", " \r\n\t", "INVALID_PARAMETERS", /empty/],
  ["a mark and nothing", bytes([0xef, 0xbb, 0xbf]), "INVALID_PARAMETERS", /empty/],
  ["a table", "|  GetParametersForImport  |", "INVALID_PARAMETERS", /not JSON/],
  ["JSON cut short", json({}).slice(0, -1), "INVALID_PARAMETERS", /not JSON/],
  ["JSON and more", `${json({})}x`, "INVALID_PARAMETERS", /not JSON/],
  ["two answers", json({}).repeat(2), "INVALID_PARAMETERS", /not JSON/],
  ["a list", `[${json({})}]`, "INVALID_PARAMETERS", /not an object/],
  ["a number", "7", "INVALID_PARAMETERS", /not an object/],
  ["null", "null", "INVALID_PARAMETERS", /not an object/],
  ["a list nested ten thousand levels deep", `${"[".repeat(5000)}${"]".repeat(5000)}`, "INVALID_PARAMETERS"],
  ["bytes that are no text", pseudoRandom(64, 3), "INVALID_TEXT"],
  ["UTF-8 that is none", bytes([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]), "INVALID_TEXT"],
  ["UTF-16 with an odd count of bytes", utf16(json({}), "little").slice(0, -1), "INVALID_TEXT"],
  ["an error of the service", '{"__type":"NotFoundException","message":"x"}', "INVALID_PARAMETERS", /error/],
  ["no key", json({ PublicKey: undefined }), "INVALID_PARAMETERS", /no PublicKey/],
  ["an empty key", json({ PublicKey: "" }), "INVALID_PARAMETERS", /0 bytes/],
  ["a key of 4097 bytes", json({ PublicKey: base64(new Uint8Array(4097)) }), "INVALID_PARAMETERS", /4097/],
  ["a key in base64url", json({ PublicKey: "_-8=" }), "INVALID_PARAMETERS", /not base64/],
  ["a key with a padding too many", json({ PublicKey: `${PublicKey}=` }), "INVALID_PARAMETERS", /not base64/],
  [
    "a key whose last symbol has bits too many",
    json({ PublicKey: "AB==" }),
    "INVALID_PARAMETERS",
    /not base64/,
  ],
  ["a key as a list of numbers", json({ PublicKey: [48, 130] }), "INVALID_PARAMETERS", /base64 or bytes/],
  ["no token", json({ ImportToken: null }), "INVALID_PARAMETERS", /no ImportToken/],
  [
    "a token of 6145 bytes",
    json({ ImportToken: base64(new Uint8Array(6145)) }),
    "INVALID_PARAMETERS",
    /6145/,
  ],
  ["a token that is true", json({ ImportToken: true }), "INVALID_PARAMETERS", /base64 or bytes/],
  ["a KeyId that is a number", json({ KeyId: 7 }), "INVALID_ARGUMENT", /must be a string/],
  ["an alias", keyId("alias/mine"), "ALIAS_AS_KEY_ID"],
  ["an alias' ARN", keyId(ARN.replace("key/", "alias/")), "ALIAS_AS_KEY_ID"],
  ["an empty KeyId", keyId(""), "INVALID_KEY_ID", /empty/],
  ["a KeyId of 2049 characters", keyId("a".repeat(2049)), "INVALID_KEY_ID", /2049/],
  ["an ARN of another service", keyId(ARN.replace("kms", "s3")), "INVALID_KEY_ID"],
  ["an ARN of another partition", keyId(ARN.replace("aws", "aws-cn")), "INVALID_KEY_ID"],
  ["an ARN with a line break", keyId(`${ARN}\n`), "INVALID_KEY_ID"],
  ["an ARN with a path for an id", keyId(`${ARN}/../x`), "INVALID_KEY_ID"],
  ["an id with a blank", keyId("1234 abcd"), "INVALID_KEY_ID"],
  ["a time in milliseconds", time(1_795_601_472_000), "INVALID_PARAMETERS", /milliseconds/],
  ["a time before 1970", time(-1), "INVALID_PARAMETERS"],
  ["a time without an offset", time("2026-11-24 10:11:12"), "INVALID_PARAMETERS", /no offset/],
  ["31 November", time("2026-11-31T10:11:12Z"), "INVALID_PARAMETERS", /calendar/],
  ["an offset of 24 hours", time("2026-11-24T10:11:12+24:00"), "INVALID_PARAMETERS", /calendar/],
  ["a time of 400 digits", time("1".repeat(400)), "INVALID_PARAMETERS"],
  ["a time that is an object", time({ seconds: 1 }), "INVALID_PARAMETERS", /must be a time/],
];
