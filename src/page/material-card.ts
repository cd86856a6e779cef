/** Step 2: the key material, given or made here. It is held until it is wrapped, replaced or removed. */

import { wipe } from "../bytes.ts";
import { freshKeyMaterial } from "../keys/generate.ts";
import type { KeySpec } from "../keys/key-specs.ts";
import { KEY_SPEC_FACTS, KEY_SPECS } from "../keys/key-specs.ts";
import { assertImportable } from "../kms/compatibility.ts";
import { isChina } from "../kms/regions.ts";
import { systemRandom } from "../random.ts";
import { byId, fillSelect, painted, show, showFault } from "./dom.ts";
import { dropField } from "./drop-field.ts";
import { type Fact, facts, fingerprint } from "./facts.ts";
import type { Examined } from "./material-input.ts";
import { bytesOfText, type Notation } from "./notation.ts";
import { usePasted } from "./paste-field.ts";
import { save } from "./save.ts";
import { SecretBytes } from "./secret-bytes.ts";

/** The key specs that take imported material. */
export const IMPORTABLE: readonly KeySpec[] = KEY_SPECS.filter(
  (spec) => KEY_SPEC_FACTS[spec].kind !== "not importable",
);

/** What the rest of the page does with the material. */
export interface MaterialCard {
  /** secret; `undefined` if there is none. */
  readonly bytes: Uint8Array | undefined;
  /** Whether it was made here and not saved since: then it is nowhere else. */
  readonly unsaved: boolean;
  /** Shows what was found out about it. */
  show(examined: Examined | undefined): void;
  /** Overwrites it, unless it was made here and not saved; says why. */
  release(why: string): void;
  /** Overwrites it whatever it is. */
  forget(): void;
}

/**
 * @param changed - called whenever the bytes are others; with the key spec if they were made for one.
 * @param region - where the key goes, for what is made here.
 */
export function materialCard(changed: (madeFor?: KeySpec) => void, region: () => string): MaterialCard {
  const held = new SecretBytes();
  const found = byId("material-found");
  let madeFor: KeySpec | undefined;
  let saved = false;

  function take(bytes: Uint8Array, made?: KeySpec): void {
    abandon();
    held.hold(bytes);
    madeFor = made;
    saved = false;
    showFault("material");
    showActions();
    changed(made);
  }

  function forget(): void {
    abandon();
    held.forget();
    madeFor = undefined;
    showFault("material");
    found.replaceChildren();
    showActions();
    changed();
  }

  /** What is still on its way comes too late. */
  function abandon(): void {
    files.abandon();
    freshKeys.abandon();
  }

  function showActions(): void {
    byId("material-actions").hidden = held.bytes === undefined;
    byId("material-save").hidden = madeFor === undefined;
  }

  const files = dropField("material", ([file]) => take(file!.bytes));
  usePasted("material", (text) =>
    take(bytesOfText(text, byId<HTMLSelectElement>("material-notation").value as Notation)),
  );
  byId("material-forget").addEventListener("click", () => {
    forget();
    found.textContent = "Removed, and its bytes overwritten.";
    byId("material-file").focus();
  });
  byId("material-save").addEventListener("click", () => {
    if (held.bytes === undefined || madeFor === undefined) return;
    save(fileNameFor(madeFor), held.bytes);
    saved = true;
  });
  const freshKeys = offerFreshKeys(region, take);

  return {
    get bytes() {
      return held.bytes;
    },
    get unsaved() {
      return madeFor !== undefined && !saved;
    },
    show(examined) {
      showFault("material");
      if (examined !== undefined) show(found, ...shown(examined, madeFor !== undefined));
    },
    release(why) {
      if (madeFor !== undefined && !saved) return;
      forget();
      found.textContent = why;
    },
    forget,
  };
}

/** Raw bytes, or PKCS#8 in DER. */
function fileNameFor(keySpec: KeySpec): string {
  return `${keySpec}.${KEY_SPEC_FACTS[keySpec].kind === "raw" ? "bin" : "der"}`;
}

function offerFreshKeys(
  region: () => string,
  take: (bytes: Uint8Array, made: KeySpec) => void,
): { abandon(): void } {
  const choice = byId<HTMLSelectElement>("fresh-spec");
  const make = byId<HTMLButtonElement>("fresh-make");
  const progress = byId("fresh-progress");
  let busy = false;
  let latest = 0;
  fillSelect(choice, IMPORTABLE);
  make.addEventListener("click", async () => {
    if (busy) return;
    busy = true;
    const turn = ++latest;
    showFault("fresh");
    const keySpec = choice.value as KeySpec;
    progress.textContent = `Making an ${keySpec} key …`;
    try {
      await painted();
      assertImportable(keySpec, region());
      const { bytes } = await freshKeyMaterial(keySpec, systemRandom, { chinaRegion: isChina(region()) });
      if (turn !== latest) return wipe(bytes);
      take(bytes, keySpec);
      byId("material-save").focus();
    } catch (error) {
      showFault("fresh", error);
    } finally {
      progress.textContent = "";
      busy = false;
    }
  });
  return { abandon: () => void latest++ };
}

function shown(examined: Examined, fresh: boolean): Node[] {
  if (examined.kind === "refused") return [];
  if (examined.kind === "unnamed") {
    const { bytes, looksLike, keySpecs } = examined;
    const rows: Fact[] = [
      ["Length", `${bytes} bytes`],
      ...(looksLike === undefined ? [] : [["Looks like", looksLike] as const]),
      ["May be for", keySpecs.join(", ") || "no key spec: none takes this many raw bytes"],
    ];
    return facts("Bytes without a container", rows);
  }
  const { keySpec, report, warnings } = examined;
  const { bytes, form, conversions, publicKeyFingerprint } = report;
  const rows: Fact[] = [
    ["Form", fresh ? "made here" : form],
    ["To be wrapped", `${bytes} bytes${conversions.length ? `: ${conversions.join(", ")}` : ""}`],
    ...(publicKeyFingerprint === undefined
      ? []
      : [["SHA-256 of its public key", fingerprint(publicKeyFingerprint)] as const]),
  ];
  const unsaved = fresh ? ["save it; no KMS gives imported key material back"] : [];
  return facts(`${keySpec} key material`, rows, [...unsaved, ...warnings]);
}
