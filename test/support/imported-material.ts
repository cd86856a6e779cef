/**
 * Material of each key spec, and the proof that a KMS key is that material: the service's answers are checked, and its
 * ciphertexts opened, with the original and with implementations that are not this project's.
 */

import {
  constants,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  publicEncrypt,
  verify,
} from "node:crypto";
import {
  DecryptCommand,
  EncryptCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  type KeyUsageType,
  type KMSClient,
  type MacAlgorithmSpec,
  SignCommand,
  type SigningAlgorithmSpec,
} from "@aws-sdk/client-kms";
import { expect } from "vitest";
import type { KeySpec } from "../../src/keys/key-specs.ts";
import fixtures from "./keys-fixtures.json" with { type: "json" };
import { hasOpenssl3, openssl } from "./openssl.ts";

/** The key material of a test: what was given to be wrapped, and what a key of it can be asked. */
export interface OriginalMaterial {
  readonly keySpec: KeySpec;
  readonly keyUsage: KeyUsageType;
  readonly bytes: Uint8Array;
  /** Uses the key and compares with the original. */
  prove(kms: KMSClient, keyId: string): Promise<void>;
}

const MESSAGE = Buffer.from("what the imported key is used on");
const SM2_ID = "1234567812345678";
const openssl3 = hasOpenssl3();

const FIXTURES = fixtures.keys as unknown as Readonly<Record<string, { pkcs8: string; spki: string }>>;

/** Every key spec that takes imported material. */
export const MATERIALS: readonly OriginalMaterial[] = [
  symmetric(),
  ...(["HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512"] as const).map(hmac),
  ...(["RSA_2048", "RSA_3072", "RSA_4096"] as const).map((keySpec) =>
    signing(keySpec, "RSASSA_PSS_SHA_384", "sha384", {
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    }),
  ),
  signing("ECC_NIST_P256", "ECDSA_SHA_256", "sha256"),
  signing("ECC_NIST_P384", "ECDSA_SHA_384", "sha384"),
  signing("ECC_NIST_P521", "ECDSA_SHA_512", "sha512"),
  signing("ECC_SECG_P256K1", "ECDSA_SHA_256", "sha256"),
  signing("ECC_NIST_EDWARDS25519", "ED25519_SHA_512", null),
  sm2(),
];

/** The material for that key spec. */
export function materialFor(keySpec: KeySpec): OriginalMaterial {
  return MATERIALS.find((material) => material.keySpec === keySpec)!;
}

/** A 16-byte key: SYMMETRIC_DEFAULT in China's regions. */
export function chinaSymmetric(): OriginalMaterial {
  const material = symmetric();
  const bytes = material.bytes.subarray(0, 16);
  return {
    ...material,
    bytes,
    async prove(kms, KeyId) {
      const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: MESSAGE }));
      const { iv, ciphertext } = partsOf(CiphertextBlob!);
      // Node has no SM4-GCM, but its counter mode opens the ciphertext: GCM counts from 2 on.
      const counter = Buffer.concat([iv, Buffer.of(0, 0, 0, 2)]);
      const opened = createDecipheriv("sm4-ctr", bytes, counter).update(ciphertext);
      expect(opened).toEqual(MESSAGE);
    },
  };
}

/** RSA keys can also be made for encryption. */
export function rsaForEncryption(keySpec: "RSA_2048" | "RSA_3072" | "RSA_4096"): OriginalMaterial {
  const { bytes, publicKey } = fixture(keySpec);
  return {
    keySpec,
    keyUsage: "ENCRYPT_DECRYPT",
    bytes,
    async prove(kms, KeyId) {
      const oaepHash = "sha256";
      const CiphertextBlob = publicEncrypt({ key: publicKey, oaepHash }, MESSAGE);
      const request = { KeyId, CiphertextBlob, EncryptionAlgorithm: "RSAES_OAEP_SHA_256" } as const;
      const { Plaintext } = await kms.send(new DecryptCommand(request));
      expect(Buffer.from(Plaintext!)).toEqual(MESSAGE);
    },
  };
}

function symmetric(): OriginalMaterial {
  const bytes = Uint8Array.from({ length: 32 }, (_, i) => 3 + 7 * i);
  return {
    keySpec: "SYMMETRIC_DEFAULT",
    keyUsage: "ENCRYPT_DECRYPT",
    bytes,
    async prove(kms, KeyId) {
      const EncryptionContext = { purpose: "test", about: "ü" };
      const { CiphertextBlob } = await kms.send(
        new EncryptCommand({ KeyId, Plaintext: MESSAGE, EncryptionContext }),
      );
      const { header, iv, ciphertext, tag } = partsOf(CiphertextBlob!);
      const pairs = JSON.stringify([
        ["about", "ü"],
        ["purpose", "test"],
      ]);
      const decipher = createDecipheriv("aes-256-gcm", bytes, iv)
        .setAAD(Buffer.concat([header, Buffer.from(pairs)]))
        .setAuthTag(tag);
      expect(Buffer.concat([decipher.update(ciphertext), decipher.final()])).toEqual(MESSAGE);
      const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
      expect(Buffer.from(Plaintext!)).toEqual(MESSAGE);
    },
  };
}

/** See src/rehearsal/symmetric-cipher.ts. */
function partsOf(blob: Uint8Array) {
  const headerBytes = 34 + blob[33]!;
  return {
    header: blob.subarray(0, headerBytes),
    iv: blob.subarray(headerBytes, headerBytes + 12),
    ciphertext: blob.subarray(headerBytes + 12, -16),
    tag: blob.subarray(-16),
  };
}

function hmac(keySpec: KeySpec): OriginalMaterial {
  const bits = keySpec.slice(-3);
  const bytes = Uint8Array.from({ length: Number(bits) / 8 }, (_, i) => 5 + 11 * i);
  return {
    keySpec,
    keyUsage: "GENERATE_VERIFY_MAC",
    bytes,
    async prove(kms, KeyId) {
      const MacAlgorithm = `HMAC_SHA_${bits}` as MacAlgorithmSpec;
      const { Mac } = await kms.send(new GenerateMacCommand({ KeyId, Message: MESSAGE, MacAlgorithm }));
      expect(Buffer.from(Mac!)).toEqual(createHmac(`sha${bits}`, bytes).update(MESSAGE).digest());
    },
  };
}

function signing(
  keySpec: KeySpec,
  SigningAlgorithm: SigningAlgorithmSpec,
  digest: string | null,
  options: { padding?: number; saltLength?: number } = {},
): OriginalMaterial {
  const { bytes, publicKey, spki } = fixture(keySpec);
  return {
    keySpec,
    keyUsage: "SIGN_VERIFY",
    bytes,
    async prove(kms, KeyId) {
      const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
      expect(Buffer.from(PublicKey!)).toEqual(spki);
      const { Signature } = await kms.send(new SignCommand({ KeyId, Message: MESSAGE, SigningAlgorithm }));
      expect(verify(digest, MESSAGE, { key: publicKey, ...options }, Signature!)).toBe(true);
    },
  };
}

function sm2(): OriginalMaterial {
  const { bytes, spki } = fixture("SM2");
  return {
    keySpec: "SM2",
    keyUsage: "SIGN_VERIFY",
    bytes,
    async prove(kms, KeyId) {
      const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
      expect(Buffer.from(PublicKey!)).toEqual(spki);
      const request = { KeyId, Message: MESSAGE, SigningAlgorithm: "SM2DSA" } as const;
      const { Signature } = await kms.send(new SignCommand(request));
      if (openssl3) expect(await verifySm2(spki, MESSAGE, Signature!)).toBe(true);
    },
  };
}

/** By the `openssl` command, with the distinguishing id spelt out. */
export async function verifySm2(
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const files = { "key.der": spki, message, signature };
  const input =
    "-verify -rawin -digest sm3 -pubin -keyform DER -inkey key.der -in message -sigfile signature";
  try {
    await openssl(["pkeyutl", ...input.split(" "), "-pkeyopt", `distid:${SM2_ID}`], files);
    return true;
  } catch {
    return false;
  }
}

function fixture(name: string): { bytes: Uint8Array; spki: Buffer; publicKey: KeyObject } {
  const bytes = Buffer.from(FIXTURES[name]!.pkcs8, "base64");
  const spki = Buffer.from(FIXTURES[name]!.spki, "base64");
  const publicKey =
    name === "SM2"
      ? createPublicKey({ key: spki, format: "der", type: "spki" })
      : createPublicKey(createPrivateKey({ key: bytes, format: "der", type: "pkcs8" }));
  return { bytes, spki, publicKey };
}
