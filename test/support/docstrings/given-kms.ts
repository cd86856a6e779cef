/** What the docstrings' examples of an import take as given beside that: a KMS and a key in it. */

import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { startRehearsal } from "kms-wrap/rehearsal";

const credentials = { accessKeyId: "any", secretAccessKey: "any" };
const rehearsal = await startRehearsal();
export const kms: KMSClient = new KMSClient({
  endpoint: rehearsal.endpoint,
  region: "eu-central-1",
  credentials,
});

const key = new CreateKeyCommand({ Origin: "EXTERNAL", KeySpec: "ECC_NIST_P384", KeyUsage: "SIGN_VERIFY" });
export const KeyId: string = (await kms.send(key)).KeyMetadata!.KeyId!;

/** What ends it, and lets the process end. */
export const close = (): Promise<void> => rehearsal.close();
