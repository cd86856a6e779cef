/**
 * Which material may come into which key, and as what: ImportKeyMaterial's rules on NEW_KEY_MATERIAL and
 * EXISTING_KEY_MATERIAL, and on replicas.
 */

import { createHmac } from "node:crypto";
import type { ImportType } from "../kms/import-options.ts";
import { forget, type ImportedKey, identityOf } from "./imported-key.ts";
import type { KmsKey, Material } from "./kms-key.ts";
import { ServiceError } from "./service-errors.ts";

/** What the request says about the material. */
export interface ImportTerms {
  readonly importType: ImportType | undefined;
  readonly keyMaterialId: string | undefined;
  readonly description: string | undefined;
  /** Milliseconds since 1970; absent if it does not expire. */
  readonly validTo: number | undefined;
}

/**
 * Puts the material into the key, or refuses it.
 *
 * @param secret - of this rehearsal, so that a material's id does not tell the material.
 * @throws ServiceError `IncorrectKeyMaterialException`, `UnsupportedOperationException`, `KMSInvalidStateException`
 */
export function importMaterial(
  key: KmsKey,
  imported: ImportedKey,
  terms: ImportTerms,
  secret: Uint8Array,
): Material {
  const id = materialId(key, imported, secret);
  if (terms.keyMaterialId !== undefined && terms.keyMaterialId !== id)
    throw new ServiceError(
      "IncorrectKeyMaterialException",
      "The key material does not have that key material ID",
    );
  const isFirst = key.materials.length === 0 && key.primary === undefined;
  const importType = terms.importType ?? (isFirst ? "NEW_KEY_MATERIAL" : "EXISTING_KEY_MATERIAL");
  const material = importType === "NEW_KEY_MATERIAL" ? addNew(key, id) : findExisting(key, id);
  if (material.key) forget(material.key);
  material.key = imported;
  material.validTo = terms.validTo;
  material.description = terms.description ?? material.description;
  return material;
}

function addNew(key: KmsKey, id: string): Material {
  if (key.primary)
    throw new ServiceError(
      "UnsupportedOperationException",
      `${key.arn} is a replica: import new key material into ${key.primary.arn}, then here as EXISTING_KEY_MATERIAL.`,
    );
  if (key.materials.some((material) => material.id === id))
    throw new ServiceError(
      "IncorrectKeyMaterialException",
      `The key material is already associated with ${key.arn}`,
    );
  if (key.materials.some(({ role }) => role === "PENDING_ROTATION"))
    throw new ServiceError(
      "KMSInvalidStateException",
      `${key.arn} has key material that is pending rotation.`,
    );
  return associate(key, id, key.materials.length === 0 ? "CURRENT" : "PENDING_ROTATION");
}

function findExisting(key: KmsKey, id: string): Material {
  const known = key.materials.find((material) => material.id === id);
  if (known) return known;
  const original = key.primary?.materials.find((material) => material.id === id);
  if (original) return associate(key, id, original.role);
  throw new ServiceError(
    "IncorrectKeyMaterialException",
    `The key material is not the one that was imported into ${(key.primary ?? key).arn} before`,
  );
}

function associate(key: KmsKey, id: string, role: Material["role"]): Material {
  const material: Material = { id, role, key: undefined, validTo: undefined, description: undefined };
  key.addMaterial(material);
  return material;
}

/** The same for a primary key and its replicas, which share the key id. */
function materialId({ facts }: KmsKey, imported: ImportedKey, secret: Uint8Array): string {
  return createHmac("sha256", secret)
    .update(facts.id)
    .update("\0")
    .update(identityOf(imported))
    .digest("hex");
}
