/** The operations of the rehearsal, by the names of the API. */

import type { Operation } from "../operation.ts";
import * as cryptography from "./cryptography.ts";
import * as imports from "./import.ts";
import * as keys from "./keys.ts";
import * as rotation from "./rotation.ts";

/** What stands behind `TrentService.` in `X-Amz-Target`. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ["CreateKey", keys.createKey],
  ["ReplicateKey", keys.replicateKey],
  ["DescribeKey", keys.describe],
  ["ListKeys", keys.listKeys],
  ["ScheduleKeyDeletion", keys.scheduleKeyDeletion],
  ["GetParametersForImport", imports.getParametersForImport],
  ["ImportKeyMaterial", imports.importKeyMaterial],
  ["DeleteImportedKeyMaterial", imports.deleteImportedKeyMaterial],
  ["RotateKeyOnDemand", rotation.rotateKeyOnDemand],
  ["ListKeyRotations", rotation.listKeyRotations],
  ["GetPublicKey", cryptography.getPublicKey],
  ["Encrypt", cryptography.encrypt],
  ["Decrypt", cryptography.decrypt],
  ["GenerateMac", cryptography.generateMac],
  ["VerifyMac", cryptography.verifyMac],
  ["Sign", cryptography.sign],
  ["Verify", cryptography.verify],
]);
