/** GetParametersForImport, ImportKeyMaterial, DeleteImportedKeyMaterial: what is rehearsed. */

import { WRAPPING_KEY_SPECS, type WrappingKeySpec } from "../../keys/key-specs.ts";
import { compatibleAlgorithms } from "../../kms/compatibility.ts";
import { EXPIRATION_MODELS, MAX_MATERIAL_LIFETIME, PARAMETERS_LIFETIME } from "../../kms/expiration.ts";
import { IMPORT_OPTION_RULES, type ImportType } from "../../kms/import-options.ts";
import { WRAPPING_ALGORITHMS, type WrappingAlgorithm } from "../../schemes/algorithms.ts";
import { type ImportTerms, importMaterial } from "../import-rules.ts";
import { forget, type ImportedKey, takeMaterial } from "../imported-key.ts";
import type { KmsKey, Material } from "../kms-key.ts";
import { base64, type Call, keyOf, seconds } from "../operation.ts";
import { ServiceError } from "../service-errors.ts";
import { unwrapMaterial } from "../unwrapping.ts";

const BLOB = { max: 6144 };
/** Still in the API's list of names, and refused since 2023. */
const RETIRED = "RSAES_PKCS1_V1_5";
const IMPORT_TYPES: readonly ImportType[] = ["NEW_KEY_MATERIAL", "EXISTING_KEY_MATERIAL"];

/** GetParametersForImport. */
export async function getParametersForImport(call: Call): Promise<object> {
  const { world, input } = call;
  const algorithm = input.choice("WrappingAlgorithm", [...WRAPPING_ALGORITHMS, RETIRED]);
  const wrappingKeySpec = input.choice("WrappingKeySpec", WRAPPING_KEY_SPECS);
  const key = keyOf(call);
  key.assertImportable();
  key.assertState("Enabled", "PendingImport");
  assertCompatible(key, algorithm, wrappingKeySpec);
  const pair = await world.wrappingKeys.next(wrappingKeySpec);
  const validTo = world.now() + PARAMETERS_LIFETIME;
  const token = { keyArn: key.arn, algorithm, wrappingKeyId: pair.id, validTo };
  return {
    KeyId: key.arn,
    ImportToken: base64(world.tokens.issue(token)),
    PublicKey: base64(pair.publicKey),
    ParametersValidTo: seconds(validTo),
  };
}

/** ImportKeyMaterial. */
export function importKeyMaterial(call: Call): object {
  const { world, input } = call;
  const token = input.blob("ImportToken", BLOB);
  const wrapped = input.blob("EncryptedKeyMaterial", BLOB);
  const key = keyOf(call);
  key.assertImportable();
  key.assertState("Enabled", "PendingImport");
  const terms = readTerms(call, key);
  const imported = openMaterial(call, key, token, wrapped);
  try {
    const { id } = importMaterial(key, imported, terms, world.secret);
    return answer(key, id);
  } catch (error) {
    forget(imported);
    throw error;
  }
}

/** DeleteImportedKeyMaterial: the key waits for the same material again. */
export function deleteImportedKeyMaterial(call: Call): object {
  const id = call.input.optionalText("KeyMaterialId", {
    max: 64,
    pattern: IMPORT_OPTION_RULES.keyMaterialId.pattern,
  });
  const key = keyOf(call);
  key.assertImportable();
  const material = id === undefined ? key.current : key.materials.find((known) => known.id === id);
  if (id !== undefined && material === undefined)
    throw new ServiceError("NotFoundException", `${key.arn} has no key material of that ID`);
  if (material === undefined) return { KeyId: key.arn };
  key.removeMaterial(material);
  return answer(key, material.id);
}

function answer(key: KmsKey, materialId: Material["id"]): object {
  return { KeyId: key.arn, ...(key.facts.spec === "SYMMETRIC_DEFAULT" && { KeyMaterialId: materialId }) };
}

function assertCompatible(
  { facts }: KmsKey,
  algorithm: WrappingAlgorithm | typeof RETIRED,
  wrappingKeySpec: WrappingKeySpec,
): asserts algorithm is WrappingAlgorithm {
  const allowed: readonly string[] = compatibleAlgorithms(facts.spec, wrappingKeySpec, {
    region: facts.region,
  });
  if (!allowed.includes(algorithm))
    throw new ServiceError(
      "UnsupportedOperationException",
      `${algorithm} with ${wrappingKeySpec} is not supported for ${facts.spec} key material in ${facts.region}.`,
    );
}

/** Unwraps under the pair and by the algorithm that the token binds. */
function openMaterial({ world }: Call, key: KmsKey, token: Uint8Array, wrapped: Uint8Array): ImportedKey {
  const { keyArn, algorithm, wrappingKeyId, validTo } = world.tokens.open(token);
  if (keyArn !== key.arn) throw new ServiceError("InvalidImportTokenException");
  if (validTo <= world.now()) throw new ServiceError("ExpiredImportTokenException");
  const material = unwrapMaterial(algorithm, world.wrappingKeys.issued(wrappingKeyId), wrapped);
  if (material === undefined)
    throw new ServiceError(
      "InvalidCiphertextException",
      `The encrypted key material could not be decrypted by ${algorithm} under the wrapping key of this import token`,
    );
  const imported = takeMaterial(key.facts.spec, key.facts.region, material);
  material.fill(0);
  if (imported === undefined)
    throw new ServiceError(
      "IncorrectKeyMaterialException",
      `The decrypted key material is not that of a ${key.facts.spec} key in ${key.facts.region}`,
    );
  return imported;
}

function readTerms(call: Call, key: KmsKey): ImportTerms {
  const { input } = call;
  const terms = {
    importType: input.optionalChoice("ImportType", IMPORT_TYPES),
    keyMaterialId: input.optionalText("KeyMaterialId", {
      max: 64,
      pattern: IMPORT_OPTION_RULES.keyMaterialId.pattern,
    }),
    description: input.optionalText("KeyMaterialDescription", {
      min: 0,
      max: 256,
      pattern: IMPORT_OPTION_RULES.keyMaterialDescription.pattern,
    }),
    validTo: readValidTo(call),
  };
  const given = terms.importType ?? terms.keyMaterialId ?? terms.description;
  if (given !== undefined && key.facts.spec !== "SYMMETRIC_DEFAULT")
    throw new ServiceError(
      "ValidationException",
      "ImportType, KeyMaterialId and KeyMaterialDescription are for symmetric encryption keys only",
    );
  if (terms.importType === "NEW_KEY_MATERIAL" && terms.keyMaterialId !== undefined)
    throw new ServiceError(
      "ValidationException",
      "KeyMaterialId cannot be set if the ImportType is NEW_KEY_MATERIAL",
    );
  return terms;
}

/** Milliseconds since 1970; absent if the material does not expire. */
function readValidTo({ world, input }: Call): number | undefined {
  const model = input.optionalChoice("ExpirationModel", EXPIRATION_MODELS) ?? "KEY_MATERIAL_EXPIRES";
  const validTo = input.optionalTime("ValidTo");
  if (model === "KEY_MATERIAL_DOES_NOT_EXPIRE") {
    if (validTo === undefined) return undefined;
    throw new ServiceError(
      "ValidationException",
      "A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE",
    );
  }
  if (validTo === undefined)
    throw new ServiceError(
      "ValidationException",
      "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES",
    );
  if (validTo <= world.now() || validTo > world.now() + MAX_MATERIAL_LIFETIME)
    throw new ServiceError(
      "ValidationException",
      "The validTo date must be in the future, and within 365 days",
    );
  return validTo;
}
