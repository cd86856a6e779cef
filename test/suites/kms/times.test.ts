/** Times in the forms of AWS's clients. */

import { expect, test } from "vitest";
import { readTime, showTime } from "../../../src/kms/times.ts";

const MOMENT = Date.UTC(2026, 10, 23, 10, 11, 12);

test.each([
  ["a Date", new Date(MOMENT), MOMENT],
  ["epoch seconds", MOMENT / 1000, MOMENT],
  ["epoch seconds with a fraction, as raw HTTP has them", MOMENT / 1000 + 0.125, MOMENT + 125],
  ["epoch seconds as text", `${MOMENT / 1000}`, MOMENT],
  ["epoch seconds with a fraction as text", `${MOMENT / 1000}.5`, MOMENT + 500],
  ["epoch seconds with more of a fraction as text", `${MOMENT / 1000}.25`, MOMENT + 250],
  ["the year 1970", 0, 0],
  ["the end of the year 9999", 253_402_300_799, Date.UTC(9999, 11, 31, 23, 59, 59)],
  ["ISO 8601 in UTC", "2026-11-23T10:11:12Z", MOMENT],
  ["toISOString", "2026-11-23T10:11:12.000Z", MOMENT],
  ["AWS CLI 2", "2026-11-23T10:11:12.345000+00:00", MOMENT + 345],
  ["an offset east", "2026-11-23T11:11:12+01:00", MOMENT],
  ["an offset of a half hour west", "2026-11-23T06:41:12-03:30", MOMENT],
  ["an offset without colon", "2026-11-23T18:11:12+0800", MOMENT],
  ["an offset of hours", "2026-11-23T18:11:12+08", MOMENT],
  ["an offset of almost a day", "2026-11-24T10:10:12+23:59", MOMENT],
  ["Python's str()", "2026-11-23 10:11:12+00:00", MOMENT],
  ["Python's str() with microseconds", "2026-11-23 15:41:12.999999+05:30", MOMENT + 999],
  ["a blank before the offset", "2026-11-23 10:11:12 +0000", MOMENT],
  ["minutes alone", "2026-11-23T10:11Z", MOMENT - 12_000],
  ["lower case", "2026-11-23t10:11:12z", MOMENT],
  ["a comma", "2026-11-23T10:11:12,5Z", MOMENT + 500],
  ["a leap day", "2028-02-29T00:00:00Z", Date.UTC(2028, 1, 29)],
])("reads %s", (_, value, milliseconds) => {
  expect(readTime(value)).toEqual({ milliseconds });
});

test.each([
  ["no offset", "2026-11-23T10:11:12", "has no offset"],
  ["milliseconds", MOMENT, "is it in milliseconds?"],
  ["the year 10000", 253_402_300_800, "is it in milliseconds?"],
  ["milliseconds as text", `${MOMENT}`, "neither seconds"],
  ["before 1970", -1, "no time in seconds"],
  ["not a number", Number.NaN, "no time in seconds"],
  ["an invalid Date", new Date("?"), "invalid Date"],
  ["the 31st of November", "2026-11-31T10:11:12Z", "no calendar"],
  ["the 29th of February of a common year", "2026-02-29T10:11:12Z", "no calendar"],
  ["a 13th month", "2026-13-01T10:11:12Z", "no calendar"],
  ["24 o'clock", "2026-11-23T24:00:00Z", "no calendar"],
  ["a second 60", "2026-11-23T10:11:60Z", "no calendar"],
  ["an offset of 24 hours", "2026-11-23T10:11:12+24:00", "no calendar"],
  ["an offset of sixty minutes", "2026-11-23T10:11:12+01:60", "no calendar"],
  ["a time with something before it", "+2026-11-23T10:11:12Z", "neither seconds"],
  ["a time with something behind it", "2026-11-23T10:11:12Z[UTC]", "neither seconds"],
  ["a date alone", "2026-11-23", "neither seconds"],
  ["a date in words", "Mon, 23 Nov 2026 10:11:12 GMT", "neither seconds"],
  ["the empty string", "", "neither seconds"],
  ["an object that calls itself a Date", { [Symbol.toStringTag]: "Date" }, "must be a time"],
  ["nothing", null, "must be a time"],
])("refuses %s", (_, value, problem) => {
  expect(readTime(value)).toEqual({ problem: expect.stringContaining(problem) });
});

test("shows whole seconds", () => {
  expect(showTime(MOMENT + 345)).toBe("2026-11-23T10:11:12Z");
});
