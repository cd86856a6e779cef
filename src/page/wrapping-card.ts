/** Step 1: the wrapping key. */

import { showTime } from "../kms/times.ts";
import { byId, showFault } from "./dom.ts";
import { dropField } from "./drop-field.ts";
import { type Fact, facts, fingerprint } from "./facts.ts";
import type { GivenFile } from "./files.ts";
import { usePasted } from "./paste-field.ts";
import { readWrappingInput, type WrappingInput } from "./wrapping-input.ts";

/** What the page knows of the wrapping key. */
export interface WrappingCard {
  readonly current: WrappingInput | undefined;
}

/** @param changed - called whenever `current` is another one. */
export function wrappingCard(changed: () => void): WrappingCard {
  let current: WrappingInput | undefined;

  function take(files: readonly GivenFile[]): void {
    set(undefined);
    set(readWrappingInput(files));
  }

  function set(input: WrappingInput | undefined): void {
    current = input;
    byId("wrapping-found").replaceChildren(...(input === undefined ? [] : shown(input)));
    changed();
  }

  dropField("wrapping", take);
  usePasted("wrapping", (text) => {
    showFault("wrapping");
    take([{ name: "text", bytes: new TextEncoder().encode(text) }]);
  });
  return {
    get current() {
      return current;
    },
  };
}

function shown({ form, wrappingKey, warnings, parameters }: WrappingInput): Node[] {
  const { key, validTo } = parameters?.read ?? {};
  const rows: Fact[] = [
    ["Found in", form],
    ["SHA-256", fingerprint(wrappingKey.fingerprint)],
    ...(key ? [["For the key", key.text] as const] : []),
    ...(validTo === undefined ? [] : [["Import before", showTime(validTo)] as const]),
  ];
  return facts(`${wrappingKey.spec} wrapping key`, rows, warnings);
}
