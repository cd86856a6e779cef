/** The check that checks: each kind of leak must be caught, and a kernel without leaks must pass. */

import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type ControlExports, compileControl, LEAKS, NO_LEAK } from "../support/leaky-control.ts";
import { distinctTraces, divergence, traceBinary } from "../support/trace.ts";

const SECRETS: readonly Uint8Array[] = [
  new Uint8Array(16),
  new Uint8Array(16).fill(0xff),
  ...Array.from({ length: 18 }, () => randomBytes(16)),
];

async function control(body: string): Promise<(secret: Uint8Array) => void> {
  const { memory, run } = traceBinary<ControlExports>(await compileControl(body));
  return (secret) => {
    new Uint8Array(memory.buffer).set(secret);
    run();
  };
}

describe("the trace check", () => {
  test.each(Object.entries(LEAKS))("catches a leak through %s", async (_name, body) => {
    const run = await control(body);
    expect(distinctTraces(SECRETS, run).length).toBeGreaterThan(1);
    expect(
      divergence(
        () => run(SECRETS[0]!),
        () => run(SECRETS[1]!),
      ),
    ).toMatch(/^(step|the second run)/);
  });

  test("passes a kernel without leaks", async () => {
    const run = await control(NO_LEAK);
    expect(distinctTraces(SECRETS, run)).toHaveLength(1);
    expect(
      divergence(
        () => run(SECRETS[0]!),
        () => run(SECRETS[1]!),
      ),
    ).toBeUndefined();
  });

  test("tells a table lookup's secrets apart, every one", async () => {
    const run = await control(LEAKS["a table lookup"]!);
    expect(distinctTraces(SECRETS, run)).toHaveLength(SECRETS.length);
  });

  test("refuses a run in which nothing instrumented ran", () => {
    expect(() => distinctTraces(SECRETS, () => {})).toThrow("no probe was passed");
  });

  test("refuses instructions of variable time that it cannot probe", async () => {
    const division = await compileControl("store<f64>(8, 1 / load<f64>(0));");
    expect(() => traceBinary(division)).toThrow("no use for f64.div");
  });
});
