/** A little fuzzing, as tests: damaged seeds of each target, anew in each run, with the seed in the title. */

import fc from "fast-check";
import { describe, test } from "vitest";
import { toHex } from "../../src/bytes.ts";
import { mutate } from "../fuzz/mutate.ts";
import { Choices } from "../fuzz/random.ts";
import { type FuzzTarget, judge } from "../fuzz/target.ts";

const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
const given = process?.env?.["FUZZ_SEED"];
/** FUZZ_SEED=… makes the same inputs again. */
const SEED = given === undefined ? Date.now() & 0x7fff_ffff : Number(given);

export function describeFuzz(targets: readonly FuzzTarget[]): void {
  describe(`fuzz with FUZZ_SEED=${SEED}`, () => {
    test.each(targets.map((target) => [target.name, target] as const))("%s", (_name, target) => {
      const choice = fc.noShrink(fc.integer());
      fc.assert(
        fc.property(choice, (number) => judgeAndTell(target, damaged(target, number))),
        { numRuns: target.testRuns, seed: SEED },
      );
    });
  });
}

function damaged({ seeds, maxBytes }: FuzzTarget, number: number): Uint8Array {
  const choices = new Choices(number);
  return mutate(choices.of(seeds), choices.of(seeds), choices, maxBytes);
}

function judgeAndTell(target: FuzzTarget, input: Uint8Array): void {
  try {
    judge(target, input);
  } catch (cause) {
    throw new Error(`the fuzz target ${target.name} on ${toHex(input)}`, { cause });
  }
}
