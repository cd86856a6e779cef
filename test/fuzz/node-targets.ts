/** The fuzz targets that need Node: ZIP archives, and requests to the rehearsal endpoint, from their bytes to the answer. */

import { readZip } from "../../src/formats/zip.ts";
import { importMaterial } from "../../src/rehearsal/import-rules.ts";
import { takeMaterial } from "../../src/rehearsal/imported-key.ts";
import { Input } from "../../src/rehearsal/input.ts";
import { KeyStore } from "../../src/rehearsal/key-store.ts";
import type { World } from "../../src/rehearsal/operation.ts";
import { OPERATIONS } from "../../src/rehearsal/operations/table.ts";
import { ServiceError } from "../../src/rehearsal/service-errors.ts";
import { TokenMint } from "../../src/rehearsal/tokens.ts";
import { readBody, readHead } from "../../src/rehearsal/wire.ts";
import { WrappingKeyPool } from "../../src/rehearsal/wrapping-keys.ts";
import negativeZips from "../../vectors/negative/zip.json" with { type: "json" };
import { bytes, utf8 } from "../support/der-builder.ts";
import { fixture } from "../support/keys-fixtures.ts";
import { pseudoRandom } from "../support/pseudo-random.ts";
import { readVectors } from "../support/vectors.ts";
import { zipOf } from "../support/zip.ts";
import { check } from "./finding.ts";
import { type FuzzTarget, sameBytes } from "./target.ts";

const REGION = "cn-north-1";
const NOW = Date.UTC(2026, 10, 24);
const TERMS = { importType: undefined, keyMaterialId: undefined, description: undefined, validTo: undefined };
/** What is done at once; GetParametersForImport makes keys and takes its time. */
const OPERATION_NAMES = [...OPERATIONS.keys()].filter((name) => name !== "GetParametersForImport");
/** A key of a rehearsal; without material, it waits for it. */
interface RehearsalKey {
  readonly KeySpec: "SYMMETRIC_DEFAULT" | "HMAC_256" | "SM2";
  readonly KeyUsage: string;
  readonly material?: Uint8Array;
}

/** Stands for the id of the key of that number, in requests. */
const KEY_NUMBER = /^KEY(\d)$/;
const KEYS: Readonly<Record<string, RehearsalKey>> = {
  0: { KeySpec: "SYMMETRIC_DEFAULT", KeyUsage: "ENCRYPT_DECRYPT", material: pseudoRandom(16, 1) },
  1: { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC", material: pseudoRandom(32, 1) },
  2: { KeySpec: "SM2", KeyUsage: "SIGN_VERIFY", material: fixture("SM2").pkcs8 },
  3: { KeySpec: "SM2", KeyUsage: "ENCRYPT_DECRYPT" },
};

const small = pseudoRandom(300, 4);
const ZIP_SEEDS: readonly Uint8Array[] = [
  zipOf([]),
  zipOf([{ name: "a", bytes: small }]),
  zipOf(
    [
      { name: "a", bytes: small, stored: true },
      { name: "b/", bytes: new Uint8Array(0), stored: true },
    ],
    "comment",
  ),
  zipOf([
    { name: "a", bytes: new Uint8Array(3000), streamed: true },
    { name: "b", bytes: small },
  ]),
  ...readVectors(negativeZips, "read-zip").flatMap(([, { invalid }]) => invalid.map(({ input }) => input)),
];

const HEADS: readonly Uint8Array[] = [
  ["127.0.0.1:1", "TrentService.CreateKey", "application/x-amz-json-1.1", ""],
  [
    "localhost",
    "TrentService.Sign",
    "application/json; charset=utf-8",
    "AWS4-HMAC-SHA256 Credential=AK/20261123/eu-central-1/kms/aws4_request, Signature=0",
  ],
].map((lines) => utf8(lines.join("\n")));

const BODIES: Readonly<Record<string, object>> = {
  CreateKey: {
    KeySpec: "ECC_NIST_P256",
    KeyUsage: "SIGN_VERIFY",
    Origin: "EXTERNAL",
    MultiRegion: true,
    Description: "d",
  },
  ReplicateKey: { KeyId: "KEY0", ReplicaRegion: "cn-northwest-1" },
  DescribeKey: { KeyId: "KEY0" },
  ListKeys: { Limit: 1, Marker: "1" },
  ScheduleKeyDeletion: { KeyId: "KEY0", PendingWindowInDays: 7 },
  ImportKeyMaterial: {
    KeyId: "KEY0",
    ImportToken: "AAAA",
    EncryptedKeyMaterial: "AAAA",
    ExpirationModel: "KEY_MATERIAL_EXPIRES",
    ValidTo: 1_795_601_472,
  },
  DeleteImportedKeyMaterial: { KeyId: "KEY0", KeyMaterialId: "00".repeat(32) },
  RotateKeyOnDemand: { KeyId: "KEY0" },
  ListKeyRotations: { KeyId: "KEY0", IncludeKeyMaterial: "ALL_KEY_MATERIAL" },
  GetPublicKey: { KeyId: "KEY2" },
  Encrypt: { KeyId: "KEY0", Plaintext: "AAAA", EncryptionContext: { a: "b" } },
  Decrypt: { KeyId: "KEY0", CiphertextBlob: "AAAA" },
  GenerateMac: { KeyId: "KEY1", Message: "AAAA", MacAlgorithm: "HMAC_SHA_256" },
  VerifyMac: { KeyId: "KEY1", Message: "AAAA", Mac: "AAAA", MacAlgorithm: "HMAC_SHA_256" },
  Sign: { KeyId: "KEY2", Message: "AAAA", SigningAlgorithm: "SM2DSA", MessageType: "RAW" },
  Verify: { KeyId: "KEY2", Message: "AAAA", Signature: "AAAA", SigningAlgorithm: "SM2DSA" },
};

/** Keys have new ARNs each time, which are no new paths. */
const refusalOf = (error: unknown) =>
  error instanceof ServiceError
    ? { code: error.type, words: error.message.replace(/arn:[\w:/-]+/g, "an ARN") }
    : undefined;

export const NODE_TARGETS: readonly FuzzTarget[] = [
  { name: "zip", seeds: ZIP_SEEDS, maxBytes: 70_000, testRuns: 600, run: readAndWriteZip },
  {
    // Four lines of headers: Host, X-Amz-Target, Content-Type, Authorization.
    name: "rehearsal-head",
    seeds: HEADS,
    maxBytes: 16_384,
    testRuns: 300,
    refusalOf,
    run: (input) => {
      const [host, target, type, authorization] = new TextDecoder().decode(input).split("\n");
      const headers = { host, "x-amz-target": target, "content-type": type, authorization };
      const { region } = readHead({ method: "POST", url: "/", headers } as unknown as Parameters<
        typeof readHead
      >[0]);
      return region === undefined ? "a head" : "a head with a region";
    },
  },
  {
    // The first byte chooses the operation.
    name: "rehearsal-request",
    seeds: OPERATION_NAMES.map((name, i) => bytes([i], utf8(JSON.stringify(BODIES[name])))),
    maxBytes: 66_000,
    testRuns: 200,
    refusalOf,
    run: answerRequest,
  },
];

/** What was read, packed again, is read as the same files. */
function readAndWriteZip(input: Uint8Array): string {
  const files = readZip(input).filter(({ name }) => /^[ -~]*$/.test(name));
  const again = readZip(zipOf(files));
  check(
    again.length === files.length &&
      again.every(({ bytes: content }, i) => sameBytes(content, files[i]!.bytes)),
    "files are read as they were packed",
  );
  return `${Math.min(files.length, 4)} files`;
}

/** A request to a rehearsal that holds the key that it names. */
function answerRequest(input: Uint8Array): string {
  const name = OPERATION_NAMES[(input[0] ?? 0) % OPERATION_NAMES.length]!;
  const world: World = {
    now: () => NOW,
    everyRegion: true,
    keys: new KeyStore(() => NOW),
    tokens: new TokenMint(),
    wrappingKeys: new WrappingKeyPool(),
    secret: pseudoRandom(32, 6),
  };
  const body = readBody(input.subarray(1));
  if (typeof body === "object" && body !== null && "KeyId" in body) {
    const key = KEYS[KEY_NUMBER.exec(String(body.KeyId))?.[1] ?? ""];
    if (key !== undefined) body.KeyId = addKey(world, key);
  }
  const answer = OPERATIONS.get(name)!({ world, region: REGION, input: new Input(body) });
  check(typeof JSON.parse(JSON.stringify(answer)) === "object", "the answer can be sent");
  return name;
}

/** @returns the ARN of a new key, into which its material has been imported. */
function addKey(world: World, { KeySpec, KeyUsage, material }: RehearsalKey): string {
  const request = { KeySpec, KeyUsage, Origin: "EXTERNAL", MultiRegion: material !== undefined };
  const answer = OPERATIONS.get("CreateKey")!({ world, region: REGION, input: new Input(request) });
  const arn = (answer as { KeyMetadata: { Arn: string } }).KeyMetadata.Arn;
  const imported = material && takeMaterial(KeySpec, REGION, material.slice());
  if (imported) importMaterial(world.keys.find(arn, REGION), imported, TERMS, world.secret);
  return arn;
}
