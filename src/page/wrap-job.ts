/** From what the page holds to the files that it saves: what `kms-wrap wrap` does, with and without `--parameters`. */

import { wipe } from "../bytes.ts";
import { prepareImport, wrap } from "../index.ts";
import { type KeyMaterial, parseKeyMaterial } from "../keys/key-material.ts";
import type { KeySpec } from "../keys/key-specs.ts";
import { assertCompatible } from "../kms/compatibility.ts";
import { importCommandWords } from "../kms/import-command.ts";
import type { ImportType } from "../kms/import-options.ts";
import type { ImportKeyMaterialRequest } from "../kms/import-request.ts";
import { parseKeyId } from "../kms/key-id.ts";
import { isChina } from "../kms/regions.ts";
import type { WrappingAlgorithm } from "../schemes/algorithms.ts";
import type { WrappingInput } from "./wrapping-input.ts";

/** Everything that was given and chosen. */
export interface WrapJob {
  readonly wrapping: WrappingInput;
  /** secret */
  readonly material: Uint8Array;
  readonly keySpec: KeySpec;
  readonly algorithm: WrappingAlgorithm;
  /** The key's, or any of its kind. */
  readonly region: string;
  readonly raw?: boolean | undefined;
  /** Of the import request; an empty one counts as none. */
  readonly keyId?: string | undefined;
  readonly validTo?: string | undefined;
  readonly importType?: string | undefined;
  readonly keyMaterialId?: string | undefined;
  readonly keyMaterialDescription?: string | undefined;
}

/** A file to be saved. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What came of it: nothing secret. */
export interface Wrapped {
  /** The one for the next step first. */
  readonly files: readonly NamedFile[];
  /** As it goes to the KMS. */
  readonly blobBytes: number;
  readonly warnings: readonly string[];
  /** About the material: what was changed, and its public half if it has one. */
  readonly material: Omit<KeyMaterial, "bytes" | "keySpec" | "warnings">;
  /** Only where there is an import request. */
  readonly next?: { readonly command: string; readonly expires?: Date };
}

const BLOB_NAME = "EncryptedKeyMaterial.bin";
const REQUEST_NAME = "import.json";

/** @throws KmsWrapError what `prepareImport`, `parseKeyMaterial` and `wrap` throw */
export function runWrapJob(job: WrapJob): Wrapped {
  const { parameters } = job.wrapping;
  const named = parameters?.read.key !== undefined || Boolean(job.keyId);
  return parameters !== undefined && named ? wrapImport(job, parameters.source) : wrapBlob(job);
}

function wrapImport(job: WrapJob, parameters: NonNullable<WrappingInput["parameters"]>["source"]): Wrapped {
  const { material, keySpec, algorithm, region, raw, validTo } = job;
  const request = prepareImport({
    parameters,
    algorithm,
    keySpec,
    keyMaterial: material,
    region,
    raw,
    keyId: job.keyId || undefined,
    validTo: validTo || undefined,
    importType: (job.importType || undefined) as ImportType | undefined, // checked there
    keyMaterialId: job.keyMaterialId || undefined,
    keyMaterialDescription: job.keyMaterialDescription || undefined,
  });
  const { EncryptedKeyMaterial, KeyId, ValidTo } = request;
  const command = importCommandWords(REQUEST_NAME, parseKeyId(KeyId, "KeyId").region).join(" ");
  return {
    files: [
      { name: REQUEST_NAME, bytes: jsonOf(request) },
      { name: BLOB_NAME, bytes: EncryptedKeyMaterial },
    ],
    blobBytes: EncryptedKeyMaterial.length,
    warnings: request.warnings,
    material: request.report.keyMaterial,
    next: { command, ...(ValidTo && { expires: ValidTo }) },
  };
}

/** As the command writes it. */
function jsonOf(request: ImportKeyMaterialRequest): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(request, null, 2)}\n`);
}

function wrapBlob({ wrapping, material, keySpec, algorithm, region, raw }: WrapJob): Wrapped {
  const { wrappingKey } = wrapping;
  assertCompatible({ algorithm, keySpec, wrappingKeySpec: wrappingKey.spec, region });
  const chinaRegion = isChina(region);
  const { bytes, warnings, keySpec: _, ...rest } = parseKeyMaterial(material, keySpec, { raw, chinaRegion });
  try {
    const blob = wrap({ algorithm, publicKey: wrappingKey, keyMaterial: bytes });
    return {
      files: [{ name: BLOB_NAME, bytes: blob }],
      blobBytes: blob.length,
      warnings,
      material: rest,
    };
  } finally {
    wipe(bytes);
  }
}
