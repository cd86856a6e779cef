/** Step 3: what the key is for, which algorithm, and the wrap. Holds the other two steps together. */

import { KmsWrapError } from "../errors.ts";
import type { KeySpec } from "../keys/key-specs.ts";
import { type KeyIdentifier, parseKeyId } from "../kms/key-id.ts";
import { AlgorithmChoices, chosenRegion, showRegion } from "./choices.ts";
import { byId, element, fillSelect, focusField, type Gap, painted, showFault, showGap } from "./dom.ts";
import { facts } from "./facts.ts";
import { placeOf } from "./faults.ts";
import { kindOfRegion, regionFor, verdicts } from "./fit.ts";
import { IMPORTABLE, type MaterialCard, materialCard } from "./material-card.ts";
import { examineMaterial } from "./material-input.ts";
import { rehearse } from "./rehearsal.ts";
import { clearResult, showResult } from "./result.ts";
import { runWrapJob, type WrapJob } from "./wrap-job.ts";
import { type WrappingCard, wrappingCard } from "./wrapping-card.ts";

const FIELDS = ["key-spec", "region", "algorithm", "key-id", "valid-to", "options", "wrap"] as const;

/** The three steps. */
export class WrapCard {
  readonly material: MaterialCard;
  readonly #wrapping: WrappingCard;
  readonly #algorithms = new AlgorithmChoices();
  readonly #keySpec = byId<HTMLSelectElement>("key-spec");
  readonly #raw = byId<HTMLInputElement>("raw");
  /** Whether a person, not the material, chose the key spec. */
  #keySpecIsChosen = false;
  #isBusy = false;

  constructor() {
    fillSelect(this.#keySpec, IMPORTABLE, "Choose …");
    this.#wrapping = wrappingCard(() => this.#update());
    this.material = materialCard(
      (madeFor) => this.#materialChanged(madeFor),
      () => this.#region(),
    );
    this.#listen();
    this.#update();
  }

  #listen(): void {
    byId("wrap-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#run("Wrapping …", (job) => this.#wrap(job));
    });
    byId("rehearse").addEventListener("click", () => {
      const spec = this.#wrapping.current?.wrappingKey.spec;
      this.#run(`Rehearsing: making a throw-away ${spec} key …`, showRehearsal);
    });
    // At each input, not when a field is left: what moves then would move the button away from under the pointer.
    byId("wrap-form").addEventListener("input", ({ target }) => {
      if (target === this.#keySpec) this.#keySpecIsChosen = this.#keySpec.value !== "";
      this.#update();
    });
  }

  #region(): string {
    return regionFor(this.#targetKey(), chosenRegion());
  }

  /** The key that the request is for, as far as an ARN says where it is. */
  #targetKey(): KeyIdentifier | undefined {
    const fromParameters = this.#wrapping.current?.parameters?.read.key;
    return fromParameters?.region === undefined ? (typedKey() ?? fromParameters) : fromParameters;
  }

  #materialChanged(madeFor: KeySpec | undefined): void {
    const { bytes } = this.material;
    this.#raw.checked = false;
    if (madeFor !== undefined) this.#keySpec.value = madeFor;
    this.#keySpecIsChosen = madeFor !== undefined || (this.#keySpecIsChosen && bytes !== undefined);
    if (!this.#keySpecIsChosen && bytes !== undefined) {
      const examined = examineMaterial(bytes, {});
      this.#keySpec.value = examined.kind === "key" ? examined.keySpec : "";
    }
    this.#update();
  }

  /** Everything that follows from what is given and chosen now. */
  #update(): void {
    clearResult();
    clearFaults();
    byId("rehearsed").replaceChildren();
    const { current } = this.#wrapping;
    const keySpec = (this.#keySpec.value || undefined) as KeySpec | undefined;
    showRegion(this.#targetKey()?.region);
    const region = this.#region();
    this.#algorithms.show(verdicts({ wrappingKey: current?.wrappingKey, keySpec, region }));
    byId("import-fields").hidden = current?.parameters === undefined;
    byId("key-id-field").hidden = current?.parameters?.read.key !== undefined;
    byId("symmetric-fields").hidden = keySpec !== "SYMMETRIC_DEFAULT";
    this.#showMaterial(keySpec, kindOfRegion(region) === "china");
  }

  #showMaterial(keySpec: KeySpec | undefined, china: boolean): void {
    const { bytes } = this.material;
    const examined = bytes && examineMaterial(bytes, { keySpec, china, raw: this.#raw.checked });
    const refusal = examined?.kind === "refused" ? examined.error : undefined;
    // What does not fit the choice is still something, and shown as that.
    this.material.show(bytes && refusal ? examineMaterial(bytes, {}) : examined);
    if (refusal !== undefined)
      showFault(placeOf(refusal.code) === "key-spec" ? "key-spec" : "material", refusal);
    byId("raw-field").hidden = !this.#raw.checked && refusal?.code !== "RAW_MATERIAL_LOOKS_ENCODED";
  }

  /** Runs what takes its time, once at a time, and shows how it went wrong beside what it is about. */
  async #run(doing: string, work: (job: WrapJob) => void | Promise<void>): Promise<void> {
    if (this.#isBusy || this.#job() === undefined) return;
    this.#isBusy = true;
    byId("wrap-progress").textContent = doing;
    try {
      await painted();
      // Read now, and used at once: what was held before may have been replaced meanwhile, and overwritten with zeros.
      const job = this.#job();
      if (job !== undefined) await work(job);
    } catch (error) {
      const field = error instanceof KmsWrapError ? placeOf(error.code) : "wrap";
      showFault(field, error);
      focusField(field);
    } finally {
      byId("wrap-progress").textContent = "";
      this.#isBusy = false;
    }
  }

  /** What is to be wrapped, complete; otherwise the first gap is shown, and has the focus. */
  #job(): WrapJob | undefined {
    clearFaults();
    const wrapping = this.#wrapping.current;
    const material = this.material.bytes;
    const keySpec = this.#keySpec.value as KeySpec;
    const algorithm = this.#algorithms.chosen;
    if (!wrapping) return showGap(GAPS.wrapping);
    if (!material) return showGap(GAPS.material);
    if (!keySpec) return showGap(GAPS.keySpec);
    if (!algorithm) return showGap(GAPS.algorithm);
    const region = this.#region();
    return { wrapping, material, keySpec, algorithm, region, raw: this.#raw.checked, ...typedOptions() };
  }

  #wrap(job: WrapJob): void {
    const wrapped = runWrapJob(job);
    this.material.release("Wrapped, and its bytes overwritten. Give it again to wrap it again.");
    showResult(job, wrapped, this.material.unsaved);
  }
}

const GAPS = {
  wrapping: ["wrapping", "there is no wrapping key", "choose its file, or drop it"],
  material: ["material", "there is no key material", "choose its file, drop it, or make a fresh key"],
  keySpec: ["key-spec", "no key spec is chosen", "choose that of the KMS key"],
  algorithm: [
    "algorithm",
    "no algorithm is chosen",
    "choose the one that the wrapping key was asked for with",
  ],
} as const satisfies Record<string, Gap>;

function clearFaults(): void {
  for (const field of FIELDS) showFault(field);
}

/** The fields of the import request that are there to be filled in. */
function typedOptions(): Partial<WrapJob> {
  const typed = (id: string) => {
    const field = byId<HTMLInputElement>(id);
    return field.closest("[hidden]") ? undefined : field.value.trim() || undefined;
  };
  return {
    keyId: typed("key-id"),
    validTo: typed("valid-to"),
    importType: typed("import-type"),
    keyMaterialId: typed("material-id"),
    keyMaterialDescription: typed("description"),
  };
}

/** What stands in the field, if it has its form; if not, the wrap will say so. */
function typedKey(): KeyIdentifier | undefined {
  try {
    return parseKeyId(byId<HTMLInputElement>("key-id").value.trim(), "keyId");
  } catch {
    return undefined;
  }
}

async function showRehearsal(job: WrapJob): Promise<void> {
  const { spec } = job.wrapping.wrappingKey;
  const { materialBytes, blobBytes } = await rehearse({ ...job, wrappingKeySpec: spec });
  byId("rehearsed").replaceChildren(
    ...facts("Rehearsed: what was unwrapped is what was wrapped", [
      ["Wrapped with", element("code", {}, job.algorithm)],
      ["Under", `a throw-away ${spec} key, which is gone again`],
      ["Compared", `${materialBytes} bytes, out of ${blobBytes} wrapped`],
    ]),
  );
}
