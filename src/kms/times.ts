/**
 * Times as AWS's clients write them: epoch seconds, maybe with a fraction (raw HTTP, AWS CLI 1), ISO 8601 with any
 * offset (AWS CLI 2, Python's `isoformat()`), the same with a blank for the T (Python's `str()`), Date objects.
 */

import { typeName } from "../bytes.ts";

/** In milliseconds, like all times here. */
export const SECOND = 1000;
export const MINUTE: number = 60 * SECOND;
export const DAY: number = 24 * 60 * MINUTE;

/** 9999-12-31T23:59:59Z: greater numbers are milliseconds, or no time at all. */
const MAX_EPOCH_SECONDS = 253_402_300_799;
const ISO_8601 =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[Tt ](?<hour>\d{2}):(?<minute>\d{2})(:(?<second>\d{2})([.,](?<fraction>\d{1,9}))?)? ?(?<offset>[Zz]|[+-]\d{2}(:?\d{2})?)?$/;
const EPOCH = /^\d{1,12}(\.\d{1,9})?$/;

/** A time, or why it is none: in words that follow the name of the field. */
export type TimeReading = { readonly milliseconds: number } | { readonly problem: string };

/** Reads a time in any of the forms. */
export function readTime(value: unknown): TimeReading {
  const date = millisecondsOf(value);
  if (date !== undefined)
    return Number.isNaN(date) ? { problem: "is an invalid Date" } : { milliseconds: date };
  if (typeof value === "number") return readEpochSeconds(value);
  if (typeof value !== "string") return { problem: `must be a time, found ${typeName(value)}` };
  return EPOCH.test(value) ? readEpochSeconds(Number(value)) : readIso8601(value);
}

/** "2026-11-23T10:11:12Z": whole seconds, for messages. */
export function showTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+/, "");
}

/** Of a Date, another realm's included. */
function millisecondsOf(value: unknown): number | undefined {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return undefined;
  }
}

function readEpochSeconds(seconds: number): TimeReading {
  if (seconds >= 0 && seconds <= MAX_EPOCH_SECONDS) return { milliseconds: Math.floor(seconds * 1000) };
  return { problem: "is no time in seconds since 1970; is it in milliseconds?" };
}

function readIso8601(text: string): TimeReading {
  const parts = ISO_8601.exec(text)?.groups;
  if (parts === undefined)
    return { problem: "is neither seconds since 1970 nor a time like 2026-11-23T10:11:12Z" };
  const { year, month, day, hour, minute, second = "00", fraction = "", offset } = parts;
  if (offset === undefined) return { problem: "has no offset from UTC: add Z, or for instance +01:00" };
  // Date.parse would also read forms that nobody meant; it is given exactly its own. It refuses what no calendar or
  // clock has, apart from days such as 31 November, which it moves into the next month, an hour of 24, and in WebKit a
  // second of 60.
  const milliseconds = fraction.slice(0, 3).padEnd(3, "0");
  const utc = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`);
  const shift = offsetMinutes(offset);
  const date = new Date(utc);
  if (date.getUTCDate() !== Number(day) || date.getUTCSeconds() !== Number(second) || shift === undefined)
    return { problem: "is a time that no calendar or clock has" };
  return { milliseconds: utc - shift * MINUTE };
}

/** Minutes east of UTC. */
function offsetMinutes(offset: string): number | undefined {
  const [, sign, hours, minutes = 0] = /([+-])(\d{2}):?(\d{2})?/.exec(offset) ?? [];
  if (sign === undefined) return 0; // Z
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (60 * Number(hours) + Number(minutes));
}
