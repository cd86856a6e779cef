/** What the fields of a vector file may be, and how a file that is not so is refused: by place, name and reason. */

import { fromHex } from "./bytes.ts";

/** When a case has a field: "if valid" is for what only a successful decryption tells. */
export type Presence = "always" | "if valid" | "sometimes";

/** One field: when it is there, and what it is read into. */
export interface Field<T = unknown, P extends Presence = Presence> {
  readonly presence: P;
  readonly parse: (value: unknown) => T;
}
/** Fields by name. */
export type Fields = Readonly<Record<string, Field>>;

/**
 * Reads an object that has these fields and no others.
 *
 * @param valid - whether the fields that are there "if valid" must be there, or must not.
 */
export function parseFields(
  values: Record<string, unknown>,
  shape: Fields,
  valid: boolean,
): Record<string, unknown> {
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(shape, name));
  if (unknown !== undefined) throw new Error(`there is no field ${unknown}`);
  const parsed: Record<string, unknown> = {};
  for (const [name, { presence, parse }] of Object.entries(shape)) {
    const isPresent = Object.hasOwn(values, name);
    const mustBe = presence === "always" || (presence === "if valid" && valid);
    const mayBe = mustBe || presence === "sometimes";
    if (mustBe && !isPresent) throw new Error(`${name} is missing`);
    if (isPresent && !mayBe) throw new Error(`${name} is there and must not be`);
    if (isPresent) parsed[name] = within(name, () => parse(values[name]));
  }
  return parsed;
}

export function always<T>(parse: (value: unknown) => T): Field<T, "always"> {
  return { presence: "always", parse };
}

export function ifValid<T>(parse: (value: unknown) => T): Field<T, "if valid"> {
  return { presence: "if valid", parse };
}

export function sometimes<T>(parse: (value: unknown) => T): Field<T, "sometimes"> {
  return { presence: "sometimes", parse };
}

/** Hexadecimal in lower case. */
export function bytes(value: unknown): Uint8Array {
  if (typeof value !== "string" || !/^([0-9a-f]{2})*$/.test(value))
    throw new Error("not hexadecimal in lower case");
  return fromHex(value);
}

/** A string with something in it. */
export function text(value: unknown): string {
  if (typeof value !== "string" || value.trim() === "") throw new Error("not a text");
  return value;
}

/** One of these strings. */
export function oneOf<T extends string>(names: readonly T[]): (value: unknown) => T {
  return (value) => {
    if (!(names as readonly unknown[]).includes(value)) throw new Error(`none of ${names.join(", ")}`);
    return value as T;
  };
}

/** An object. */
export function record(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("not an object");
  return value as Record<string, unknown>;
}

/** An array with something in it. */
export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw new Error("not a list with something in it");
  return value;
}

/** Puts the place before the message of what goes wrong there. */
export function within<T>(place: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Error(`${place}: ${error instanceof Error ? error.message : "refused"}`);
  }
}
