/** RotateKeyOnDemand and ListKeyRotations: what becomes of material that was imported as NEW_KEY_MATERIAL. */

import { describeExpiration } from "../key-metadata.ts";
import type { KmsKey, Material } from "../kms-key.ts";
import { type Call, keyOf } from "../operation.ts";
import { ServiceError } from "../service-errors.ts";

/** RotateKeyOnDemand: the material that waits becomes the current one, in the replicas too. */
export function rotateKeyOnDemand(call: Call): object {
  const key = keyOf(call);
  key.assertImportable();
  assertSymmetric(key);
  key.assertState("Enabled");
  const next = key.materials.find(({ role }) => role === "PENDING_ROTATION");
  if (key.primary || next === undefined || !isEverywhere(key, next))
    throw new ServiceError(
      "KMSInvalidStateException",
      `${key.arn} has no key material that is ready for rotation.`,
    );
  for (const member of key.family)
    for (const material of member.materials)
      material.role = material.id === next.id ? "CURRENT" : "NON_CURRENT";
  return { KeyId: key.arn };
}

/** ListKeyRotations: all materials of the key, in one page. */
export function listKeyRotations(call: Call): object {
  const key = keyOf(call);
  assertSymmetric(key);
  return { Rotations: key.materials.map((material) => describeMaterial(key, material)), Truncated: false };
}

function describeMaterial(key: KmsKey, material: Material): object {
  const { id, role, key: imported, validTo, description } = material;
  const waits = role === "PENDING_ROTATION" && !isEverywhere(key, material);
  return {
    KeyId: key.arn,
    KeyMaterialId: id,
    KeyMaterialState: waits ? "PENDING_MULTI_REGION_IMPORT_AND_ROTATION" : role,
    ImportState: imported ? "IMPORTED" : "PENDING_IMPORT",
    ...(imported && describeExpiration(validTo)),
    ...(description !== undefined && { KeyMaterialDescription: description }),
  };
}

/** Whether the primary key and every replica have the material. */
function isEverywhere({ family }: KmsKey, { id }: Material): boolean {
  return family.every(({ materials }) => materials.some((material) => material.id === id && material.key));
}

function assertSymmetric({ arn, facts }: KmsKey): void {
  if (facts.spec !== "SYMMETRIC_DEFAULT")
    throw new ServiceError("UnsupportedOperationException", `${arn} is not a symmetric encryption key.`);
}
