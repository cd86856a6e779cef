/**
 * Times of an import: how long the parameters are good for, and when the imported material expires.
 *
 * The service's own default is KEY_MATERIAL_EXPIRES, which fails without ValidTo; so the model is always sent.
 */

import { KmsWrapError } from "../errors.ts";
import { DAY, MINUTE, readTime, SECOND, showTime } from "./times.ts";

/** `ExpirationModel` of the KMS API: whether the service deletes the imported material at a time, or never. */
export type ExpirationModel = "KEY_MATERIAL_EXPIRES" | "KEY_MATERIAL_DOES_NOT_EXPIRE";

/** As a request carries it. */
export interface Expiration {
  readonly ExpirationModel: ExpirationModel;
  /** Whole seconds. */
  readonly ValidTo?: Date;
}

/** Both values of ExpirationModel. */
export const EXPIRATION_MODELS: readonly ExpirationModel[] = [
  "KEY_MATERIAL_EXPIRES",
  "KEY_MATERIAL_DOES_NOT_EXPIRE",
];

/** The longest that imported material may be told to live, in milliseconds. */
export const MAX_MATERIAL_LIFETIME: number = 365 * DAY;
/** A wrapping key and its token live so long, in milliseconds. */
export const PARAMETERS_LIFETIME: number = DAY;
/** Below this, the import itself may come too late. */
const SHORT_NOTICE = 15 * MINUTE;
/** How far this clock may be from the service's before it is worth a word. */
const CLOCK_TOLERANCE = 5 * MINUTE;

/**
 * The model that a request asks for: without one, the material expires if there is a `validTo`, else never.
 *
 * @param now - milliseconds since 1970.
 * @throws KmsWrapError `INVALID_EXPIRATION`
 */
export function readExpiration(model: unknown, validTo: unknown, now: number): Expiration {
  if (model !== undefined && !EXPIRATION_MODELS.includes(model as ExpirationModel))
    throw invalid(
      "expirationModel is not a value that the service knows",
      `give ${EXPIRATION_MODELS.join(" or ")}, or leave it out`,
    );
  if (validTo === undefined) {
    if (model === "KEY_MATERIAL_EXPIRES")
      throw invalid("KEY_MATERIAL_EXPIRES needs a validTo, and none is given");
    return { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" };
  }
  if (model === "KEY_MATERIAL_DOES_NOT_EXPIRE")
    throw invalid(
      "KEY_MATERIAL_DOES_NOT_EXPIRE takes no validTo, and one is given",
      "leave out one of the two",
    );
  return { ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo: readValidTo(validTo, now) };
}

/** A fraction of a second is cut off: never later than asked for. */
function readValidTo(value: unknown, now: number): Date {
  const reading = readTime(value);
  if ("problem" in reading) throw invalid(`validTo ${reading.problem}`);
  const validTo = Math.floor(reading.milliseconds / SECOND) * SECOND;
  if (validTo <= now) throw invalid(`validTo is ${showTime(validTo)}, which is not in the future`);
  if (validTo > now + MAX_MATERIAL_LIFETIME)
    throw invalid(
      `validTo is ${showTime(validTo)}, more than 365 days from now`,
      "the service takes 365 days at most",
    );
  return new Date(validTo);
}

/**
 * Whether the parameters are still good.
 *
 * @param validTo - ParametersValidTo in milliseconds since 1970.
 * @returns what to know about it, or nothing.
 * @throws KmsWrapError `PARAMETERS_EXPIRED`
 */
export function checkParametersLifetime(validTo: number | undefined, now: number): string[] {
  if (validTo === undefined)
    return ["the parameters do not say until when they are valid: 24 hours from when they were downloaded"];
  if (validTo <= now)
    throw new KmsWrapError(
      "PARAMETERS_EXPIRED",
      `the parameters expired at ${showTime(validTo)}, and now it is ${showTime(now)}`,
      {
        hint: "get new parameters for import and wrap again under their key; or set this machine's clock right",
      },
    );
  const left = validTo - now;
  if (left < SHORT_NOTICE)
    return [`the parameters expire within ${Math.ceil(left / MINUTE)} min, at ${showTime(validTo)}`];
  if (left > PARAMETERS_LIFETIME + CLOCK_TOLERANCE)
    return [
      `the parameters are valid to ${showTime(validTo)}, more than 24 hours from now: this machine's clock is slow`,
    ];
  return [];
}

function invalid(
  message: string,
  hint = "give validTo as a time in the future, or leave it out",
): KmsWrapError {
  return new KmsWrapError("INVALID_EXPIRATION", message, { hint });
}
