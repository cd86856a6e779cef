/** What `kms-wrap unwrap` leaves of the private key: run within this process, where the parsed key can be seen. */

import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { unwrapCommand } from "../../src/cli/commands/unwrap.ts";
import { wrap } from "../../src/portable.ts";
import { WRAPPING_ALGORITHMS } from "../../src/schemes/algorithms.ts";
import { folderWith } from "../support/cli.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

const { parsed } = vi.hoisted(() => ({ parsed: [] as unknown[] }));

vi.mock("../../src/keys/unwrapping-key.ts", async (importOriginal) => {
  const original = await importOriginal<typeof import("../../src/keys/unwrapping-key.ts")>();
  const parseUnwrappingKey: typeof original.parseUnwrappingKey = (input) => {
    const key = original.parseUnwrappingKey(input);
    parsed.push(key.type === "RSA" ? key.numbers.privateExponent : key.scalar);
    return key;
  };
  return { ...original, parseUnwrappingKey };
});

test.each(
  WRAPPING_ALGORITHMS.flatMap((algorithm) => [
    { algorithm, blob: "sound", flipped: 0 },
    { algorithm, blob: "broken", flipped: 1 },
  ]),
)("$algorithm: the key is overwritten after a $blob blob", async ({ algorithm, flipped }) => {
  const { spki, pkcs8 } = WRAPPING_KEY_PAIRS[algorithm === "SM2PKE" ? "SM2" : "RSA_2048"];
  const wrapped = wrap({ algorithm, publicKey: spki, keyMaterial: new Uint8Array(32).fill(7) });
  const folder = folderWith({
    "private.der": pkcs8,
    "wrapped.bin": wrapped.with(-1, wrapped.at(-1)! ^ flipped),
  });
  parsed.length = 0;
  const run = unwrapCommand.run({
    "private-key": join(folder, "private.der"),
    algorithm,
    in: join(folder, "wrapped.bin"),
    out: "-",
  });
  expect(
    await run.then(
      () => "done",
      ({ code }) => code,
    ),
  ).toBe(flipped ? "UNWRAP_FAILED" : "done");
  expect(parsed.length).toBe(1);
  expect(new Set(parsed[0] as Uint8Array)).toEqual(new Set([0]));
});
