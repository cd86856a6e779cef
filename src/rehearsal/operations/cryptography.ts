/**
 * Encrypt, Decrypt, GenerateMac, VerifyMac, Sign, Verify, GetPublicKey: enough to show that a key is the one that was
 * wrapped. Messages are at most 4096 bytes and of MessageType RAW.
 */

import { createHmac, timingSafeEqual } from "node:crypto";
import { decrypt as decryptAsymmetric, encrypt as encryptAsymmetric } from "../asymmetric-cipher.ts";
import type { ImportedKey, NodeKey, RawKey, Sm2Key } from "../imported-key.ts";
import { ALGORITHM_MEMBERS, algorithmsOf, type KeyUsage } from "../key-usages.ts";
import type { KmsKey, Material } from "../kms-key.ts";
import { base64, type Call, keyOf } from "../operation.ts";
import { ServiceError } from "../service-errors.ts";
import { signMessage, verifyMessage } from "../signatures.ts";
import { type EncryptionContext, open, readHeader, seal } from "../symmetric-cipher.ts";

const MESSAGE = { max: 4096 };
const RESULT = { max: 6144 };
const ALGORITHM = { max: 64 };

/** A key that is ready for use. */
interface ReadyKey<Kind extends ImportedKey> {
  readonly key: KmsKey;
  readonly material: Material;
  /** What `material` holds. */
  readonly imported: Kind;
  readonly algorithm: string;
}

/** Encrypt. */
export function encrypt(call: Call): object {
  const plaintext = call.input.blob("Plaintext", MESSAGE);
  const context = call.input.textMap("EncryptionContext");
  const ready = readyKey(call, keyOf(call), "ENCRYPT_DECRYPT", "EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
  const { key, material, imported, algorithm } = ready;
  const blob =
    imported.kind === "raw"
      ? seal(imported.bytes, { keyArn: key.arn, materialId: material.id }, plaintext, context)
      : encryptAsymmetric(imported, algorithm, plaintext);
  if (blob === undefined)
    throw new ServiceError(
      "ValidationException",
      `The plaintext is too long for ${algorithm} under this key`,
    );
  return { CiphertextBlob: base64(blob), KeyId: key.arn, EncryptionAlgorithm: algorithm };
}

/** Decrypt. A symmetric ciphertext names its key itself; older material still opens what was sealed with it. */
export function decrypt(call: Call): object {
  const blob = call.input.blob("CiphertextBlob", RESULT);
  const context = call.input.textMap("EncryptionContext");
  const header = readHeader(blob);
  const key = call.input.has("KeyId") ? keyOf(call) : keyNamedBy(call, header?.keyArn);
  const ready = readyKey(call, key, "ENCRYPT_DECRYPT", "EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
  const { algorithm, imported } = ready;
  if (imported.kind === "raw" && header && header.keyArn !== key.arn)
    throw new ServiceError("IncorrectKeyException", `The ciphertext was not encrypted under ${key.arn}`);
  const material =
    imported.kind === "raw" ? key.materials.find(({ id }) => id === header?.materialId) : ready.material;
  const plaintext = material?.key && openWith(material.key, algorithm, blob, context);
  if (plaintext === undefined) throw new ServiceError("InvalidCiphertextException");
  return {
    KeyId: key.arn,
    Plaintext: base64(plaintext),
    EncryptionAlgorithm: algorithm,
    ...(imported.kind === "raw" && { KeyMaterialId: material!.id }),
  };
}

/** GenerateMac. */
export function generateMac(call: Call): object {
  const message = call.input.blob("Message", MESSAGE);
  const { key, imported, algorithm } = readyKey(call, keyOf(call), "GENERATE_VERIFY_MAC", "MacAlgorithm");
  return {
    Mac: base64(macOf(imported as RawKey, algorithm, message)),
    MacAlgorithm: algorithm,
    KeyId: key.arn,
  };
}

/** VerifyMac. */
export function verifyMac(call: Call): object {
  const message = call.input.blob("Message", MESSAGE);
  const given = call.input.blob("Mac", RESULT);
  const { key, imported, algorithm } = readyKey(call, keyOf(call), "GENERATE_VERIFY_MAC", "MacAlgorithm");
  const mac = macOf(imported as RawKey, algorithm, message);
  if (given.length !== mac.length || !timingSafeEqual(given, mac))
    throw new ServiceError("KMSInvalidMacException");
  return { KeyId: key.arn, MacValid: true, MacAlgorithm: algorithm };
}

/** Sign. */
export function sign(call: Call): object {
  const message = messageToSign(call);
  const { key, imported, algorithm } = readyKey(call, keyOf(call), "SIGN_VERIFY", "SigningAlgorithm");
  const signature = signMessage(imported as NodeKey | Sm2Key, algorithm, message);
  return { KeyId: key.arn, Signature: base64(signature), SigningAlgorithm: algorithm };
}

/** Verify. */
export function verify(call: Call): object {
  const message = messageToSign(call);
  const signature = call.input.blob("Signature", RESULT);
  const { key, imported, algorithm } = readyKey(call, keyOf(call), "SIGN_VERIFY", "SigningAlgorithm");
  if (!verifyMessage(imported as NodeKey | Sm2Key, algorithm, message, signature))
    throw new ServiceError("KMSInvalidSignatureException");
  return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: algorithm };
}

/** GetPublicKey. */
export function getPublicKey(call: Call): object {
  const key = keyOf(call);
  const { spec, usage } = key.facts;
  if (usage === "GENERATE_VERIFY_MAC" || spec === "SYMMETRIC_DEFAULT")
    throw new ServiceError("UnsupportedOperationException", `${key.arn} has no public key.`);
  const { imported } = materialOf(key);
  return {
    KeyId: key.arn,
    PublicKey: base64((imported as NodeKey | Sm2Key).spki),
    CustomerMasterKeySpec: spec,
    KeySpec: spec,
    KeyUsage: usage,
    [ALGORITHM_MEMBERS[usage]]: algorithmsOf(spec, usage),
  };
}

function readyKey(
  { input }: Call,
  key: KmsKey,
  usage: KeyUsage,
  algorithmMember: string,
  defaultAlgorithm?: string,
): ReadyKey<ImportedKey> {
  const algorithm = input.optionalText(algorithmMember, ALGORITHM) ?? defaultAlgorithm ?? "";
  const ready = materialOf(key);
  const allowed = algorithmsOf(key.facts.spec, usage);
  if (key.facts.usage === usage && allowed.includes(algorithm)) return { ...ready, algorithm };
  throw new ServiceError(
    "InvalidKeyUsageException",
    `${key.arn} is a ${key.facts.spec} key for ${key.facts.usage}; for ${usage} it has: ${allowed.join(", ") || "nothing"}`,
  );
}

/** The material that is there now. */
function materialOf(key: KmsKey): Omit<ReadyKey<ImportedKey>, "algorithm"> {
  key.assertImportable(); // keys of other origins are only there to be refused
  key.assertState("Enabled");
  const material = key.current!;
  return { key, material, imported: material.key! };
}

function keyNamedBy({ world, region }: Call, arn: string | undefined): KmsKey {
  if (arn === undefined) throw new ServiceError("InvalidCiphertextException");
  return world.keys.find(arn, region);
}

function openWith(
  imported: ImportedKey,
  algorithm: string,
  blob: Uint8Array,
  context: EncryptionContext,
): Uint8Array | undefined {
  return imported.kind === "raw"
    ? open(imported.bytes, blob, context)
    : decryptAsymmetric(imported, algorithm, blob);
}

/** HMAC_SHA_256 → sha256 */
function macOf({ bytes }: RawKey, algorithm: string, message: Uint8Array): Uint8Array {
  return createHmac(algorithm.replace("HMAC_SHA_", "sha"), bytes).update(message).digest();
}

function messageToSign({ input }: Call): Uint8Array {
  const type = input.optionalChoice("MessageType", ["RAW", "DIGEST", "EXTERNAL_MU"]) ?? "RAW";
  if (type !== "RAW")
    throw new ServiceError(
      "UnsupportedOperationException",
      "This rehearsal signs messages of MessageType RAW only",
    );
  return input.blob("Message", MESSAGE);
}
