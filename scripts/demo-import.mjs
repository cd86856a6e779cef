/**
 * An import rehearsed end to end with the AWS SDK: create a key, get parameters, prepare the import, import, and use
 * the key; once for each wrapping algorithm. The last column is what shows that the KMS key is the one that was wrapped.
 */

import { createDecipheriv, createHmac, generateKeyPairSync, randomBytes, verify } from "node:crypto";
import {
  CreateKeyCommand,
  EncryptCommand,
  GenerateMacCommand,
  GetParametersForImportCommand,
  GetPublicKeyCommand,
  ImportKeyMaterialCommand,
  KMSClient,
  SignCommand,
} from "@aws-sdk/client-kms";
import { parseKeyMaterial, prepareImport } from "kms-wrap";
import { startRehearsal } from "kms-wrap/rehearsal";
import { generateKeyMaterial } from "../dist/keys/generate.js";
import { systemRandom } from "../dist/random.js";
import { table } from "./table.mjs";

// The SDK would tell people who run a demo about Node versions.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

const MESSAGE = Buffer.from("signed, sealed, delivered");

/**
 * @typedef {object} Import
 * @property {string} region
 * @property {import("kms-wrap").KeySpec} keySpec
 * @property {import("@aws-sdk/client-kms").KeyUsageType} keyUsage
 * @property {import("kms-wrap").WrappingAlgorithm} algorithm
 * @property {import("kms-wrap").WrappingKeySpec} wrappingKeySpec
 * @property {Uint8Array | string} keyMaterial - as its owner has it
 * @property {(kms: KMSClient, keyId: string) => Promise<string | undefined>} prove - what it shows; undefined if it fails
 */

/** @returns {Import} */
function symmetricKey() {
  const key = randomBytes(32);
  return {
    region: "eu-central-1",
    keySpec: "SYMMETRIC_DEFAULT",
    keyUsage: "ENCRYPT_DECRYPT",
    algorithm: "RSAES_OAEP_SHA_256",
    wrappingKeySpec: "RSA_2048",
    keyMaterial: key,
    async prove(kms, KeyId) {
      const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: MESSAGE }));
      const blob = Buffer.from(CiphertextBlob ?? []);
      const header = blob.subarray(0, 34 + (blob[33] ?? 0));
      const iv = blob.subarray(header.length, header.length + 12);
      const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: 16 })
        .setAAD(Buffer.concat([header, Buffer.from("[]")]))
        .setAuthTag(blob.subarray(-16));
      const opened = decipher.update(blob.subarray(header.length + 12, -16));
      return Buffer.concat([opened, decipher.final()]).equals(MESSAGE)
        ? "AES-GCM, opened with the original key"
        : undefined;
    },
  };
}

/** @returns {Import} */
function hmacKey() {
  const key = randomBytes(48);
  return {
    region: "eu-central-1",
    keySpec: "HMAC_384",
    keyUsage: "GENERATE_VERIFY_MAC",
    algorithm: "RSAES_OAEP_SHA_1",
    wrappingKeySpec: "RSA_3072",
    keyMaterial: key,
    async prove(kms, KeyId) {
      const request = { KeyId, Message: MESSAGE, MacAlgorithm: /** @type {const} */ ("HMAC_SHA_384") };
      const { Mac } = await kms.send(new GenerateMacCommand(request));
      const expected = createHmac("sha384", key).update(MESSAGE).digest();
      return expected.equals(Mac ?? Buffer.alloc(0)) ? "the MAC of the original key" : undefined;
    },
  };
}

/**
 * @param {Pick<Import, "keySpec" | "algorithm" | "wrappingKeySpec">} names
 * @param {import("node:crypto").KeyPairKeyObjectResult} pair
 * @param {"pkcs1" | "sec1"} type
 * @param {import("@aws-sdk/client-kms").SigningAlgorithmSpec} SigningAlgorithm
 * @param {string} digest
 * @returns {Import}
 */
function signingKey(names, { publicKey, privateKey }, type, SigningAlgorithm, digest) {
  return {
    ...names,
    region: "eu-central-1",
    keyUsage: "SIGN_VERIFY",
    keyMaterial: privateKey.export({ format: "pem", type }).toString(),
    async prove(kms, KeyId) {
      const { Signature } = await kms.send(new SignCommand({ KeyId, Message: MESSAGE, SigningAlgorithm }));
      return verify(digest, MESSAGE, publicKey, Signature ?? Buffer.alloc(0))
        ? "a signature that the original public key verifies"
        : undefined;
    },
  };
}

/** @returns {Import} */
function sm2Key() {
  const { bytes } = generateKeyMaterial("SM2", systemRandom);
  const original = parseKeyMaterial(bytes, "SM2").publicKeySpki ?? Buffer.alloc(0);
  return {
    region: "cn-north-1",
    keySpec: "SM2",
    keyUsage: "SIGN_VERIFY",
    algorithm: "SM2PKE",
    wrappingKeySpec: "SM2",
    keyMaterial: bytes,
    async prove(kms, KeyId) {
      const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
      return Buffer.compare(original, PublicKey ?? Buffer.alloc(0)) === 0
        ? "GetPublicKey returns the original public key"
        : undefined;
    },
  };
}

function makeImports() {
  const ec = generateKeyPairSync("ec", { namedCurve: "P-384" });
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return [
    symmetricKey(),
    hmacKey(),
    signingKey(
      { keySpec: "ECC_NIST_P384", algorithm: "RSA_AES_KEY_WRAP_SHA_1", wrappingKeySpec: "RSA_2048" },
      ec,
      "sec1",
      "ECDSA_SHA_384",
      "sha384",
    ),
    signingKey(
      { keySpec: "RSA_2048", algorithm: "RSA_AES_KEY_WRAP_SHA_256", wrappingKeySpec: "RSA_3072" },
      rsa,
      "pkcs1",
      "RSASSA_PKCS1_V1_5_SHA_256",
      "sha256",
    ),
    sm2Key(),
  ];
}

/**
 * @param {string} endpoint
 * @param {Import} one
 * @returns {Promise<string | undefined>} what shows that the import is right
 */
async function rehearse(
  endpoint,
  { region, keySpec, keyUsage, algorithm, wrappingKeySpec, keyMaterial, prove },
) {
  const credentials = { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" };
  const kms = new KMSClient({ endpoint, region, credentials, maxAttempts: 1 });
  try {
    const create = new CreateKeyCommand({ Origin: "EXTERNAL", KeySpec: keySpec, KeyUsage: keyUsage });
    const KeyId = (await kms.send(create)).KeyMetadata?.KeyId ?? "";
    const wrapping = { WrappingAlgorithm: algorithm, WrappingKeySpec: wrappingKeySpec };
    const parameters = await kms.send(new GetParametersForImportCommand({ KeyId, ...wrapping }));
    const request = prepareImport({ parameters, algorithm, keySpec, keyMaterial });
    await kms.send(new ImportKeyMaterialCommand(request));
    return await prove(kms, KeyId);
  } finally {
    kms.destroy();
  }
}

/**
 * Rehearses the imports and prints a table of them.
 *
 * @returns {Promise<number>} how many failed
 */
export async function demoImport() {
  const rehearsal = await startRehearsal();
  try {
    console.log(`Rehearsing imports with @aws-sdk/client-kms against ${rehearsal.endpoint} …`);
    const rows = [];
    for (const one of makeImports()) {
      const shown = await rehearse(rehearsal.endpoint, one);
      rows.push([one.keySpec, one.region, one.algorithm, one.wrappingKeySpec, shown ?? "NOT THE SAME KEY"]);
    }
    console.log(table(["KMS key", "region", "wrapped by", "under", "then used: shown by"], rows));
    const failures = rows.filter((row) => row.at(-1) === "NOT THE SAME KEY").length;
    console.log(
      `${rows.length - failures} of ${rows.length} keys imported, used, and found to be the originals.`,
    );
    return failures;
  } finally {
    await rehearsal.close();
  }
}
