/** The one place that reads: what it leaves in memory. */

import { Readable } from "node:stream";
import { afterEach, expect, test, vi } from "vitest";
import { readInput } from "../../src/cli/input.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test("nothing is left of an stdin that breaks off", async () => {
  const chunk = Buffer.from("half of a secret");
  const broken = Readable.from(
    (async function* () {
      yield chunk;
      throw Object.assign(new Error("EIO"), { errno: -5 });
    })(),
  );
  vi.spyOn(process, "stdin", "get").mockReturnValue(broken as unknown as typeof process.stdin);
  const set = vi.spyOn(Uint8Array.prototype, "set");
  await expect(readInput("-")).rejects.toMatchObject({
    code: "CANNOT_READ",
    message: "cannot read stdin: i/o error",
  });
  const buffer = (set.mock.contexts as Uint8Array[]).find(({ length }) => length > 2 ** 20)!;
  expect(buffer.subarray(0, 100)).toEqual(new Uint8Array(100));
  expect(chunk).toEqual(Buffer.alloc(chunk.length));
});
