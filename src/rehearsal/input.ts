/**
 * A request's members, read by name: present or not, of the right type, length and form. What does not fit is answered
 * as the service answers it, and never with the value itself.
 */

import { KmsWrapError } from "../errors.ts";
import { decodeBase64 } from "../formats/base64.ts";
import { ServiceError } from "./service-errors.ts";

/** Limits of a string or blob: characters or bytes. */
interface Limits {
  readonly min?: number;
  readonly max: number;
  readonly pattern?: RegExp;
}

/** The body of a request. */
export class Input {
  readonly #members: Readonly<Record<string, unknown>>;

  /** @throws ServiceError `SerializationException` unless it is a JSON object. */
  constructor(body: unknown) {
    if (typeof body !== "object" || body === null || Array.isArray(body))
      throw new ServiceError("SerializationException", "The body must be a JSON object");
    this.#members = body as Readonly<Record<string, unknown>>;
  }

  /** Whether the member was sent. */
  has(name: string): boolean {
    return this.#get(name) !== undefined;
  }

  optionalText(name: string, limits: Limits): string | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    if (typeof value !== "string") throw wrongType(name, "a string");
    return within(name, value, limits);
  }

  text(name: string, limits: Limits): string {
    return this.optionalText(name, limits) ?? missing(name);
  }

  optionalChoice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    if (typeof value !== "string") throw wrongType(name, "a string");
    if ((choices as readonly string[]).includes(value)) return value as Choice;
    throw invalid(name, `Member must satisfy enum value set: [${choices.join(", ")}]`);
  }

  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    return this.optionalChoice(name, choices) ?? missing(name);
  }

  /** Bytes, which travel in base64. */
  blob(name: string, limits: Limits): Uint8Array {
    const value = this.#get(name) ?? missing(name);
    if (typeof value !== "string") throw wrongType(name, "base64");
    return within(name, fromBase64(name, value), limits);
  }

  /** Milliseconds; times travel as seconds since 1970. */
  optionalTime(name: string): number | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    if (typeof value !== "number" || Math.abs(value) > 1e11)
      throw wrongType(name, "a time in seconds since 1970");
    return value * 1000;
  }

  optionalInteger(name: string, min: number, max: number): number | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    if (!Number.isSafeInteger(value)) throw wrongType(name, "an integer");
    if ((value as number) < min)
      throw invalid(name, `Member must have value greater than or equal to ${min}`);
    if ((value as number) > max) throw invalid(name, `Member must have value less than or equal to ${max}`);
    return value as number;
  }

  flag(name: string): boolean {
    const value = this.#get(name) ?? false;
    if (typeof value !== "boolean") throw wrongType(name, "true or false");
    return value;
  }

  /** Strings by strings, such as an encryption context; empty if absent. */
  textMap(name: string): ReadonlyMap<string, string> {
    const value = this.#get(name) ?? {};
    if (typeof value !== "object" || Array.isArray(value)) throw wrongType(name, "an object");
    const entries = Object.entries(value as object);
    if (!entries.every(([, text]) => typeof text === "string")) throw wrongType(name, "strings by strings");
    return new Map(entries);
  }

  /** A null member is an absent one. */
  #get(name: string): unknown {
    return Object.hasOwn(this.#members, name) ? (this.#members[name] ?? undefined) : undefined;
  }
}

function within<Value extends string | Uint8Array>(
  name: string,
  value: Value,
  { min = 1, max, pattern }: Limits,
): Value {
  if (value.length < min) throw invalid(name, `Member must have length greater than or equal to ${min}`);
  if (value.length > max) throw invalid(name, `Member must have length less than or equal to ${max}`);
  if (pattern && !pattern.test(value as string))
    throw invalid(name, `Member must satisfy regular expression pattern: ${pattern.source}`);
  return value;
}

function fromBase64(name: string, text: string): Uint8Array {
  try {
    return decodeBase64(new TextEncoder().encode(text));
  } catch (error) {
    if (error instanceof KmsWrapError) throw wrongType(name, "base64");
    throw error;
  }
}

function missing(name: string): never {
  throw new ServiceError(
    "ValidationException",
    `1 validation error detected: Value null at '${camelCase(name)}' failed to satisfy constraint: Member must not be null`,
  );
}

function invalid(name: string, constraint: string): ServiceError {
  return new ServiceError(
    "ValidationException",
    `1 validation error detected: Value at '${camelCase(name)}' failed to satisfy constraint: ${constraint}`,
  );
}

function wrongType(name: string, expected: string): ServiceError {
  return new ServiceError("SerializationException", `${camelCase(name)} must be ${expected}`);
}

/** The service names members so in its messages. */
function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
