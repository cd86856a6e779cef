/** Lists of what was found: names and values, fingerprints so that they can be compared. */

import { element, sentence } from "./dom.ts";

export type Fact = readonly [name: string, value: string | Node];

/** A title and what there is to know. */
export function facts(title: string, rows: readonly Fact[], warnings: readonly string[] = []): Node[] {
  return [
    element("p", { className: "kind" }, title),
    element(
      "dl",
      {},
      ...rows.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
    ),
    ...warnings.map((warning) =>
      element("p", { className: "warning" }, element("strong", {}, "Note: "), sentence(warning)),
    ),
  ];
}

/** In groups of eight for the eye, and yet one word when it is copied. */
export function fingerprint(hex: string): Node {
  const groups = hex.match(/.{1,8}/g) ?? [];
  return element("code", { className: "fingerprint" }, ...groups.map((group) => element("span", {}, group)));
}
