/** The steps of an import with the SDK, one by one, for tests that take a wrong one. */

import {
  CreateKeyCommand,
  type CreateKeyCommandInput,
  GetParametersForImportCommand,
  type GetParametersForImportCommandOutput,
  ImportKeyMaterialCommand,
  type ImportKeyMaterialCommandInput,
  type ImportKeyMaterialCommandOutput,
  type KMSClient,
} from "@aws-sdk/client-kms";
import { wrap } from "../../src/index.ts";
import type { WrappingKeySpec } from "../../src/keys/key-specs.ts";
import type { WrappingAlgorithm } from "../../src/schemes/algorithms.ts";

/** A fresh key that waits for its material. @returns its ARN. */
export async function createKey(kms: KMSClient, input: Partial<CreateKeyCommandInput> = {}): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Origin: "EXTERNAL", ...input }));
  return KeyMetadata!.Arn!;
}

/** Parameters for import. */
export function getParameters(
  kms: KMSClient,
  KeyId: string,
  WrappingAlgorithm: WrappingAlgorithm = "RSAES_OAEP_SHA_256",
  WrappingKeySpec: WrappingKeySpec = "RSA_2048",
): Promise<GetParametersForImportCommandOutput> {
  return kms.send(new GetParametersForImportCommand({ KeyId, WrappingAlgorithm, WrappingKeySpec }));
}

/** Wraps whatever it is, by no rules but the mechanism's, and imports it. */
export async function importBytes(
  kms: KMSClient,
  KeyId: string,
  keyMaterial: Uint8Array,
  changes: Partial<ImportKeyMaterialCommandInput> = {},
  algorithm: WrappingAlgorithm = "RSAES_OAEP_SHA_256",
  spec: WrappingKeySpec = "RSA_2048",
): Promise<ImportKeyMaterialCommandOutput> {
  const parameters = await getParameters(kms, KeyId, algorithm, spec);
  const request = {
    KeyId,
    ImportToken: parameters.ImportToken,
    EncryptedKeyMaterial: wrap({ algorithm, publicKey: parameters.PublicKey!, keyMaterial }),
    ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
    ...changes,
  } satisfies ImportKeyMaterialCommandInput;
  return kms.send(new ImportKeyMaterialCommand(request));
}

/** The name of the error that a call fails with, as the SDK's classes bear it; `undefined` if it does not fail. */
export async function serviceError(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    return (error as Error).name;
  }
}
