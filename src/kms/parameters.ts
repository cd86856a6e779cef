/**
 * What GetParametersForImport answered, in whichever form it was kept: the JavaScript SDK's object, the JSON of the
 * AWS CLI or of raw HTTP as text, bytes (UTF-8, or UTF-16 as PowerShell redirects it) or parsed, a dump from boto3.
 *
 * `{ KeyId, PublicKey, ImportToken, ParametersValidTo }`; whatever else is there ($metadata, ResponseMetadata) is
 * passed over. The answer names neither the wrapping algorithm nor the key spec that it was asked for.
 */

import { assertBytes, isBytes, typeName } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";
import { decodeBase64 } from "../formats/base64.ts";
import { decodeText } from "../formats/text.ts";
import { parseWrappingKey, type WrappingKey } from "../keys/wrapping-key.ts";
import { type KeyIdentifier, parseKeyId } from "./key-id.ts";
import { readTime } from "./times.ts";

/**
 * The answer of GetParametersForImport as the JavaScript SDK v3 types it; the JSON forms have strings for bytes. The
 * SDK types every member as optional; without PublicKey and ImportToken there is no import.
 */
export interface ImportParametersObject {
  /** The key's id or ARN; the console's download has none. */
  readonly KeyId?: string | undefined;
  /** The wrapping key: SPKI in DER, as bytes or base64. */
  readonly PublicKey?: Uint8Array | string | undefined;
  /** Bytes or base64; opaque. */
  readonly ImportToken?: Uint8Array | string | undefined;
  /** Until when both are good: a Date, seconds since 1970 or ISO 8601; the console's download does not say. */
  readonly ParametersValidTo?: Date | number | string | undefined;
}

/** The same, whatever it was. */
export interface ImportParameters {
  /** Absent from the console's download. */
  readonly key?: KeyIdentifier;
  /** SPKI in DER. */
  readonly publicKey: Uint8Array;
  readonly importToken: Uint8Array;
  /** Milliseconds since 1970; absent from the console's download. */
  readonly validTo?: number;
}

/** Sixteen thousand characters hold the longest key and token; UTF-16 doubles them. */
const MAX_TEXT_BYTES = 65_536;
/** As the API limits them. */
const MAX_PUBLIC_KEY_BYTES = 4096;
const MAX_IMPORT_TOKEN_BYTES = 6144;

const ASK_FOR_JSON = "give the whole JSON that aws kms get-parameters-for-import --output json prints";

/**
 * @throws KmsWrapError `INVALID_PARAMETERS`, `INVALID_TEXT`, `INPUT_TOO_LARGE`, and what `parseKeyId` throws.
 */
export function readParameters(input: unknown): ImportParameters {
  const { KeyId, PublicKey, ImportToken, ParametersValidTo } = fieldsOf(input);
  return {
    ...(isGiven(KeyId) && { key: parseKeyId(KeyId, "KeyId of the parameters") }),
    publicKey: readBlob(PublicKey, "PublicKey", MAX_PUBLIC_KEY_BYTES),
    importToken: readBlob(ImportToken, "ImportToken", MAX_IMPORT_TOKEN_BYTES),
    ...(isGiven(ParametersValidTo) && { validTo: readValidTo(ParametersValidTo) }),
  };
}

/**
 * The wrapping key among the parameters.
 *
 * @throws KmsWrapError with the codes of `parseWrappingKey`; the messages say that it is PublicKey they are about.
 */
export function wrappingKeyIn({ publicKey }: ImportParameters): WrappingKey {
  try {
    return parseWrappingKey(publicKey);
  } catch (error) {
    if (!(error instanceof KmsWrapError)) throw error;
    const { code, message, hint } = error;
    throw new KmsWrapError(code, `PublicKey of the parameters: ${message}`, {
      ...(hint !== undefined && { hint }),
      cause: error,
    });
  }
}

function fieldsOf(input: unknown): { readonly [Name in keyof ImportParametersObject]: unknown } {
  const value = typeof input === "string" || isBytes(input) ? parseJson(textOf(input)) : input;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(`the parameters are ${typeName(value)}, not an object`);
  if ("__type" in value || "Error" in value)
    throw invalid("the parameters are an error that the service answered", "mend its cause and ask again");
  return value;
}

function textOf(input: Uint8Array | string): string {
  const length = input.length;
  if (length > MAX_TEXT_BYTES) throw tooLarge(`the parameters have ${length} bytes of text`);
  if (typeof input === "string") return input.replace(/^\ufeff/, "");
  assertBytes(input, "parameters");
  return decodeText(input, `${ASK_FOR_JSON}; a wrapping key alone is given as --public-key, or to wrap`);
}

/** The parser's own message quotes its input, so that it is not passed on. */
function parseJson(text: string): unknown {
  if (text.trim() === "")
    throw invalid("the parameters are empty", "the call that should have printed them probably failed");
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, position] = /at position (\d+)/.exec((error as Error).message) ?? [];
    throw invalid(`the parameters are not JSON${position ? `, from character ${position} on` : ""}`);
  }
}

function readBlob(value: unknown, name: string, maxBytes: number): Uint8Array {
  if (!isGiven(value)) throw invalid(`the parameters have no ${name}`);
  const bytes = typeof value === "string" ? fromBase64(value, name) : value;
  if (!isBytes(bytes))
    throw invalid(
      `${name} of the parameters must be base64 or bytes, found ${typeName(value)}`,
      "where an SDK's answer is written as JSON, write the bytes as base64",
    );
  assertBytes(bytes, name);
  if (bytes.length < 1 || bytes.length > maxBytes)
    throw invalid(`${name} of the parameters has ${bytes.length} bytes, and 1 to ${maxBytes} are possible`);
  return bytes;
}

function fromBase64(text: string, name: string): Uint8Array {
  if (text.length > MAX_TEXT_BYTES) throw tooLarge(`${name} of the parameters has ${text.length} characters`);
  try {
    return decodeBase64(new TextEncoder().encode(text));
  } catch (error) {
    throw invalid(`${name} of the parameters is not base64: ${(error as KmsWrapError).message}`);
  }
}

function readValidTo(value: unknown): number {
  const reading = readTime(value);
  if ("milliseconds" in reading) return reading.milliseconds;
  throw invalid(`ParametersValidTo ${reading.problem}`, "write it as the service gave it");
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function tooLarge(message: string): KmsWrapError {
  return new KmsWrapError("INPUT_TOO_LARGE", message, {
    hint: `parameters for import stay below ${MAX_TEXT_BYTES} bytes: check that it is the right file`,
  });
}

function invalid(message: string, hint: string = ASK_FOR_JSON): KmsWrapError {
  return new KmsWrapError("INVALID_PARAMETERS", message, { hint });
}
