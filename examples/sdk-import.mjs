/**
 * Imports your own key material into a KMS key, with the AWS SDK for JavaScript v3.
 *
 *     node sdk-import.mjs KEY_ID FILE
 *
 * KEY_ID is the id or ARN of a key that was made with Origin EXTERNAL; FILE a private key in any usual form, or the bytes
 * of a symmetric or HMAC key. Region and credentials come from the environment, as for every client of AWS.
 */

import { readFile } from "node:fs/promises";
import {
  DescribeKeyCommand,
  GetParametersForImportCommand,
  GetPublicKeyCommand,
  ImportKeyMaterialCommand,
  KMSClient,
} from "@aws-sdk/client-kms";
import { compatibleAlgorithms, KmsWrapError, prepareImport } from "kms-wrap";

/** A wrapping key of this spec takes every kind of material outside China; there, RSA keys need "SM2". */
const WrappingKeySpec = "RSA_4096";

async function importKey(kms, KeyId, file) {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
  const keySpec = KeyMetadata.KeySpec;

  // The first algorithm is the recommended one. None at all: this kind of key cannot be imported under such a wrapping key.
  const region = await kms.config.region();
  const [algorithm] = compatibleAlgorithms(keySpec, WrappingKeySpec, { region });
  if (!algorithm)
    throw new Error(`${keySpec} material cannot be wrapped under ${WrappingKeySpec} in ${region}`);

  // From here on there are 24 hours for the rest.
  const parameters = await kms.send(
    new GetParametersForImportCommand({ KeyId, WrappingAlgorithm: algorithm, WrappingKeySpec }),
  );
  const keyMaterial = await readFile(file);
  try {
    const request = prepareImport({ parameters, algorithm, keySpec, keyMaterial });
    for (const warning of request.warnings) console.warn(`warning: ${warning}`);
    await kms.send(new ImportKeyMaterialCommand(request));
    console.log(`imported ${keySpec} material by ${algorithm}`);
    return request.report;
  } finally {
    keyMaterial.fill(0); // the library overwrites its copies, and leaves yours to you
  }
}

/** For asymmetric keys: is the key in KMS the one in the file? */
async function comparePublicKeys(kms, KeyId, { publicKeySpki, publicKeyFingerprint }) {
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
  if (Buffer.compare(publicKeySpki, PublicKey) !== 0) throw new Error("KMS has another public key");
  console.log(`KMS has the public key of SHA-256 ${publicKeyFingerprint}`);
}

const [keyId, file] = process.argv.slice(2);
const kms = new KMSClient();
try {
  const { keyMaterial } = await importKey(kms, keyId, file);
  if (keyMaterial.publicKeySpki) await comparePublicKeys(kms, keyId, keyMaterial);
} catch (error) {
  // A KmsWrapError came before anything was sent: the token is still good. Other errors are the service's, or Node's.
  if (error instanceof KmsWrapError) {
    console.error(`${error.code}: ${error.message}`);
    if (error.hint) console.error(`hint: ${error.hint}`);
  } else {
    console.error(`${error.name}: ${error.message}`);
  }
  process.exitCode = 1;
} finally {
  kms.destroy();
}
