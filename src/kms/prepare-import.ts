/**
 * From what GetParametersForImport answered to what ImportKeyMaterial takes. Everything that can be known to fail is
 * refused here, before the import token is spent on it.
 */

import { assertObject, wipe } from "../bytes.ts";
import type { Engine } from "../engine/engine.ts";
import { KmsWrapError } from "../errors.ts";
import { type KeyMaterial, parseKeyMaterial } from "../keys/key-material.ts";
import { assertKeySpec, type KeySpec } from "../keys/key-specs.ts";
import type { RandomSource } from "../random.ts";
import type { WrappingAlgorithm } from "../schemes/algorithms.ts";
import { wrapWith } from "../wrap.ts";
import { assertCompatible } from "./compatibility.ts";
import { checkParametersLifetime, type ExpirationModel, readExpiration } from "./expiration.ts";
import { type GivenImportOptions, readImportOptions } from "./import-options.ts";
import { type ImportKeyMaterialRequest, importRequest } from "./import-request.ts";
import { type KeyIdentifier, parseKeyId, sameKey } from "./key-id.ts";
import { type ImportParametersObject, readParameters, wrappingKeyIn } from "./parameters.ts";
import { assertRegion, isChina, type RegionOption } from "./regions.ts";

/** What `prepareImport` takes. */
export interface PrepareImportRequest extends GivenImportOptions, RegionOption {
  /**
   * What GetParametersForImport answered: the JavaScript SDK's object, or the JSON of the AWS CLI, of raw HTTP or of a
   * boto3 script, parsed or as text or bytes.
   */
  readonly parameters: ImportParametersObject | Uint8Array | string;
  /** The WrappingAlgorithm that GetParametersForImport was called with; the answer does not tell. */
  readonly algorithm: WrappingAlgorithm;
  /** The KeySpec that the KMS key was created with. */
  readonly keySpec: KeySpec;
  /** In any form that `parseKeyMaterial` reads. */
  readonly keyMaterial: Uint8Array | string;
  /** The key's id or ARN, where the parameters do not name it, as in the console's download. */
  readonly keyId?: string | undefined;
  /** Without it: KEY_MATERIAL_EXPIRES if there is a `validTo`, else KEY_MATERIAL_DOES_NOT_EXPIRE. */
  readonly expirationModel?: ExpirationModel | undefined;
  /** When the material expires: a Date, epoch seconds or ISO 8601, at most 365 days from now; cut to whole seconds. */
  readonly validTo?: Date | number | string | undefined;
  /**
   * Symmetric or HMAC material is meant literally, even if it looks like text (hexadecimal, base64, any other) or a key
   * with a line break, which is refused otherwise.
   */
  readonly raw?: boolean | undefined;
}

/** What tests and the command set. */
export interface PrepareImportSources {
  readonly random?: RandomSource;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Runs the reading of the key material, so that its refusals can say where that came from. */
  readonly aboutMaterial?: <T>(read: () => T) => T;
}

/** `prepareImport` on a given engine, clock and source of randomness. */
export function prepareImportWith(
  engine: Engine,
  request: PrepareImportRequest,
  { random, now: clock = Date.now, aboutMaterial = (read) => read() }: PrepareImportSources = {},
): ImportKeyMaterialRequest {
  assertObject(request, "the request");
  const { algorithm, keySpec } = request;
  const now = clock();
  assertKeySpec(keySpec);
  const parameters = readParameters(request.parameters);
  const lifetimeWarnings = checkParametersLifetime(parameters.validTo, now);
  const key = targetKey(parameters.key, request.keyId);
  const region = regionOf(key, request.region);
  const wrappingKey = wrappingKeyIn(parameters);
  assertCompatible({ algorithm, keySpec, wrappingKeySpec: wrappingKey.spec, region });
  const expiration = readExpiration(request.expirationModel, request.validTo, now);
  const options = readImportOptions(keySpec, request);
  const {
    bytes,
    warnings,
    keySpec: _,
    ...keyMaterial
  } = aboutMaterial(() => readMaterial(request, keySpec, region));
  try {
    return importRequest(
      {
        KeyId: key.text,
        ImportToken: Uint8Array.from(parameters.importToken), // slice() of a Buffer is no copy
        EncryptedKeyMaterial: wrapWith(
          engine,
          { algorithm, publicKey: wrappingKey, keyMaterial: bytes },
          random,
        ),
        ...expiration,
        ...options,
      },
      {
        warnings: [...lifetimeWarnings, ...warnings],
        report: {
          algorithm,
          keySpec,
          ...(region !== undefined && { region }),
          wrappingKey,
          ...(parameters.validTo !== undefined && { parametersValidTo: new Date(parameters.validTo) }),
          keyMaterial,
        },
      },
    );
  } finally {
    wipe(bytes);
  }
}

function readMaterial(
  { keyMaterial, raw }: PrepareImportRequest,
  keySpec: KeySpec,
  region: string | undefined,
): KeyMaterial {
  return parseKeyMaterial(keyMaterial, keySpec, { raw, chinaRegion: isChina(region) });
}

/** The key that the parameters are for, and the caller means. */
function targetKey(found: KeyIdentifier | undefined, given: unknown): KeyIdentifier {
  const named = given === undefined ? undefined : parseKeyId(given, "keyId");
  if (found && named && !sameKey(found, named))
    throw new KmsWrapError("KEY_ID_MISMATCH", "the parameters are for another key than keyId names", {
      hint: "leave out keyId, or get parameters for import for that key",
    });
  const key = [found, named].find((identifier) => identifier?.region !== undefined) ?? found ?? named;
  if (key) return key;
  throw new KmsWrapError(
    "INVALID_PARAMETERS",
    "the parameters have no KeyId, and none is given beside them",
    {
      hint: "give the key's id or ARN as keyId",
    },
  );
}

/** From the ARN, where there is one; a region that is given must be that one. */
function regionOf(key: KeyIdentifier, given: string | undefined): string | undefined {
  assertRegion(given);
  if (key.region === undefined || given === undefined || key.region === given) return key.region ?? given;
  throw new KmsWrapError("REGION_MISMATCH", `the key is in ${key.region}, and the region given is ${given}`, {
    hint: "leave out the region: the key's ARN tells it",
  });
}
