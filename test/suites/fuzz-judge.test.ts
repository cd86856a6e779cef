/** What judges fuzzing sees what it looks for: each kind of finding, planted. */

import { describe, expect, test } from "vitest";
import { KmsWrapError, type KmsWrapErrorCode } from "../../src/errors.ts";
import { onEveryEngine } from "../fuzz/engines.ts";
import { Finding } from "../fuzz/finding.ts";
import { minimise } from "../fuzz/minimise.ts";
import { type FuzzTarget, judge } from "../fuzz/target.ts";
import { bytes, octets, sequence, utf8 } from "../support/der-builder.ts";
import { ENGINES } from "../support/engines.ts";

const target = (run: FuzzTarget["run"]): FuzzTarget => ({
  name: "",
  seeds: [],
  maxBytes: 9,
  testRuns: 1,
  run,
});
const refusing = (message: string, code = "INVALID_DER", more: object = {}) =>
  target(() => {
    throw new KmsWrapError(code as KmsWrapErrorCode, message, more);
  });
const input = utf8("confidential words");
const secret = Uint8Array.from({ length: 12 }, (_, i) => 0x80 + i);

describe("no finding", () => {
  test("a value, and a refusal", () => {
    expect(
      judge(
        target(() => "fine"),
        input,
      ),
    ).toMatchObject({ kind: "fine", path: "fine " });
    expect(judge(refusing("at byte 17"), input)).toMatchObject({
      kind: "INVALID_DER",
      path: expect.stringContaining("at byte #"),
    });
  });
});

describe("a finding", () => {
  test.each<[string, FuzzTarget, Uint8Array?]>([
    ["another error", target(() => (undefined as unknown as string[])[0]!)],
    [
      "an error that is none",
      target(() => {
        throw "text";
      }),
    ],
    ["a code that is not on the list", refusing("no", "NO_SUCH_CODE")],
    ["text of the input in a message", refusing("found confidential words")],
    ["text of the input in a hint", refusing("no", "INVALID_DER", { hint: "not confidential words" })],
    [
      "text of the input in a cause",
      refusing("no", "INVALID_DER", { cause: new SyntaxError("at confidential wo") }),
    ],
    ["the input in hexadecimal", refusing("found 808182838485868788898a8b"), secret],
    [
      "an input that is changed",
      target((given) => {
        given[0] = 0;
        return "taken";
      }),
    ],
    [
      "engines that differ",
      target(() => {
        const [last] = ENGINES.at(-1)!;
        return String(onEveryEngine((engine) => Uint8Array.of(Number(engine.info.name === last))).length);
      }),
    ],
  ])("%s", (name, planted, given = input) => {
    if (name === "engines that differ" && ENGINES.length === 1) return; // Where WebAssembly is refused there is one.
    expect(() => judge(planted, given.slice())).toThrow(Finding);
  });

  test("a target that takes too long", () => {
    const limit = 0;
    expect(() =>
      judge(
        target(() => "slow"),
        input,
        limit,
      ),
    ).toThrow("it takes less than 0 ms");
  });
});

test("a finding is made small, also inside of DER", () => {
  const planted = target((given) => {
    if (given[0] === 0x30 && given[1] === given.length - 2 && given.includes(0x42))
      throw new TypeError("planted");
    return "fine";
  });
  const large = sequence(
    octets(new Uint8Array(40)),
    sequence(octets([1, 2, 0x42, 3]), octets([4])),
    octets([5]),
  );
  expect(minimise(planted, large).length).toBeLessThanOrEqual(5);
  expect(minimise(planted, bytes(large, [0]))).toEqual(bytes(large, [0])); // Without the finding nothing to go by.
});
