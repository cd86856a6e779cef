/**
 * The request for ImportKeyMaterial, in two forms: an object that the SDK's command takes as it is, and JSON for the
 * AWS CLI and for raw HTTP, which is what JSON.stringify makes of it.
 */

import { encodeBase64 } from "../formats/base64.ts";
import type { KeyMaterial } from "../keys/key-material.ts";
import type { KeySpec } from "../keys/key-specs.ts";
import type { WrappingKey } from "../keys/wrapping-key.ts";
import type { WrappingAlgorithm } from "../schemes/algorithms.ts";
import type { Expiration, ExpirationModel } from "./expiration.ts";
import type { ImportOptions, ImportType } from "./import-options.ts";

/** The members of the request: all that `ImportKeyMaterialCommand` of @aws-sdk/client-kms reads. */
export interface ImportKeyMaterialMembers {
  /** The key's id or ARN, as the parameters or the caller gave it. */
  readonly KeyId: string;
  /** The parameters' token, unchanged. */
  readonly ImportToken: Uint8Array;
  /** What `wrap` made of the key material. */
  readonly EncryptedKeyMaterial: Uint8Array;
  /** Always there: the service's own default is KEY_MATERIAL_EXPIRES, and fails without ValidTo. */
  readonly ExpirationModel: ExpirationModel;
  /** When the material expires, in whole seconds; absent if it does not. */
  readonly ValidTo?: Date;
  /** As it was given; the service takes it for SYMMETRIC_DEFAULT keys only. */
  readonly ImportType?: ImportType;
  /** As it was given; likewise. */
  readonly KeyMaterialId?: string;
  /** As it was given, unless empty; likewise. */
  readonly KeyMaterialDescription?: string;
}

/** The request as `aws kms import-key-material --cli-input-json` and raw HTTP take it: base64, and epoch seconds. */
export interface ImportKeyMaterialJson
  extends Omit<ImportKeyMaterialMembers, "ImportToken" | "EncryptedKeyMaterial" | "ValidTo"> {
  /** Base64. */
  readonly ImportToken: string;
  /** Base64. */
  readonly EncryptedKeyMaterial: string;
  /** Whole seconds since 1970. */
  readonly ValidTo?: number;
}

/** What was found and done on the way: for people, and for checks after the import. */
export interface ImportReport {
  /** The one that was assumed: nothing in the parameters tells it. */
  readonly algorithm: WrappingAlgorithm;
  /** The KMS key's, as it was given. */
  readonly keySpec: KeySpec;
  /** As far as it is known. */
  readonly region?: string;
  /** Compare `fingerprint` with `sha256sum WrappingPublicKey.bin`. */
  readonly wrappingKey: WrappingKey;
  /** Until when the parameters are good, if they say so. */
  readonly parametersValidTo?: Date;
  /** The material, without its bytes; compare its public key with GetPublicKey after the import. */
  readonly keyMaterial: Omit<KeyMaterial, "bytes" | "keySpec" | "warnings">;
}

/**
 * The request, ready to be sent. Only the members of the API are enumerable, so that it can be handed on, spread and
 * cloned as the plain request that it is; `warnings`, `report` and `toJSON` stand beside them.
 */
export interface ImportKeyMaterialRequest extends ImportKeyMaterialMembers {
  /** What is legal and yet may be a mistake, for people. */
  readonly warnings: readonly string[];
  /** What was found and done on the way. */
  readonly report: ImportReport;
  /** What JSON.stringify calls. */
  toJSON(): ImportKeyMaterialJson;
}

/** Puts a request together. */
export function importRequest(
  members: Pick<ImportKeyMaterialMembers, "KeyId" | "ImportToken" | "EncryptedKeyMaterial"> &
    Expiration &
    ImportOptions,
  beside: { readonly warnings: readonly string[]; readonly report: ImportReport },
): ImportKeyMaterialRequest {
  const request: ImportKeyMaterialMembers = { ...members };
  return Object.defineProperties(request, {
    warnings: { value: beside.warnings },
    report: { value: beside.report },
    toJSON: { value: () => jsonOf(request) },
  }) as ImportKeyMaterialRequest;
}

function jsonOf({ ImportToken, EncryptedKeyMaterial, ValidTo, ...rest }: ImportKeyMaterialMembers) {
  return {
    ...rest,
    ImportToken: encodeBase64(ImportToken),
    EncryptedKeyMaterial: encodeBase64(EncryptedKeyMaterial),
    ...(ValidTo && { ValidTo: ValidTo.getTime() / 1000 }),
  };
}
