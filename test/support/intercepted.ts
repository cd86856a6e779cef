/** Stands between a scheme and its engine. */

import type { Engine } from "../../src/engine/engine.ts";

/** One call of an operation: its part and name as "sm2.kdf", what it was given, and what makes it. */
export interface Call {
  readonly name: string;
  readonly given: readonly unknown[];
  readonly run: () => unknown;
}

type Operations = Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;

/** An engine of which every call goes through `around`, which returns its result. */
export function interceptEngine(engine: Engine, around: (call: Call) => unknown): Engine {
  const intercepted = <P extends "hashes" | "aes" | "rsa" | "sm2">(part: P): Engine[P] =>
    new Proxy(engine[part], {
      get:
        (operations, name) =>
        (...given: readonly unknown[]) =>
          around({
            name: `${part}.${String(name)}`,
            given,
            run: () => (operations as unknown as Operations)[String(name)]!.apply(operations, [...given]),
          }),
    });
  return {
    info: engine.info,
    hashes: intercepted("hashes"),
    aes: intercepted("aes"),
    rsa: intercepted("rsa"),
    sm2: intercepted("sm2"),
  };
}
