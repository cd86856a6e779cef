/** Choices of step 3 that follow what is given: the region, which an ARN may decide, and the algorithms that fit. */

import { WRAPPING_ALGORITHMS, type WrappingAlgorithm } from "../schemes/algorithms.ts";
import { byId, element, sentence, showFault } from "./dom.ts";
import { kindOfRegion, type RegionKind, type Verdict } from "./fit.ts";

/** What is chosen, or what the ARN made of it. */
export function chosenRegion(): RegionKind {
  return document.querySelector<HTMLInputElement>("#region input:checked")!.value as RegionKind;
}

/** An ARN decides, and then there is nothing to choose. */
export function showRegion(fromArn: string | undefined): void {
  for (const choice of document.querySelectorAll<HTMLInputElement>("#region input")) {
    choice.disabled = fromArn !== undefined;
    if (fromArn !== undefined) choice.checked = choice.value === kindOfRegion(fromArn);
  }
  byId("region-note").textContent = fromArn === undefined ? "" : `${fromArn}, as the key’s ARN says.`;
}

/** A choice for every algorithm; those that do not fit say why. */
export class AlgorithmChoices {
  readonly #rows = WRAPPING_ALGORITHMS.map((algorithm) => {
    const why = element("span", { className: "why" });
    const input = element("input", { type: "radio", name: "algorithm", value: algorithm });
    return { algorithm, input, why };
  });

  constructor() {
    const labels = this.#rows.map(({ algorithm, input, why }) =>
      element("label", { className: "choice" }, input, element("span", {}, algorithm, why)),
    );
    byId("algorithm-list").append(...labels);
  }

  get chosen(): WrappingAlgorithm | undefined {
    return this.#rows.find(({ input }) => input.checked)?.algorithm;
  }

  /** @param verdicts - in the order of the API. If one algorithm alone fits, it is chosen. */
  show(verdicts: readonly Verdict[]): void {
    const fitting = verdicts.filter(({ refusal }) => refusal === undefined);
    for (const [i, { refusal }] of verdicts.entries()) {
      const { input, why } = this.#rows[i]!;
      input.disabled = refusal !== undefined;
      input.checked &&= refusal === undefined;
      why.textContent = refusal === undefined ? "" : sentence(refusal.message);
      if (refusal === undefined && fitting.length === 1) input.checked = true;
    }
    if (fitting.length === 0) showFault("algorithm", verdicts[0]?.refusal);
  }
}
