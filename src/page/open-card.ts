/** The other half: opening wrapped key material with a private key, to check it. */

import { equalBytes, wipe } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";
import { SM2_ENCODINGS, type Sm2Encoding } from "../formats/sm2-ciphertext.ts";
import { type UnwrapRequest, unwrap } from "../index.ts";
import { withUnwrappingKey } from "../keys/unwrapping-key.ts";
import { WRAPPING_ALGORITHMS, type WrappingAlgorithm } from "../schemes/algorithms.ts";
import {
  button,
  byId,
  element,
  fillSelect,
  focusField,
  type Gap,
  painted,
  showFault,
  showGap,
} from "./dom.ts";
import { type DropField, dropField } from "./drop-field.ts";
import { type Fact, facts, fingerprint } from "./facts.ts";
import { examineMaterial } from "./material-input.ts";
import { save } from "./save.ts";
import { SecretBytes } from "./secret-bytes.ts";

const FIELDS = ["private", "blob", "open-algorithm", "open"] as const;

/** The form below the three steps. */
export class OpenCard {
  readonly #privateKey = new SecretBytes();
  readonly #opened = new SecretBytes();
  readonly #privateFiles: DropField;
  readonly #algorithm = byId<HTMLSelectElement>("open-algorithm");
  readonly #encoding = byId<HTMLSelectElement>("open-encoding");
  readonly #material: () => Uint8Array | undefined;
  #blob: Uint8Array | undefined;
  #isBusy = false;

  /** @param material - what step 2 holds, to compare with. */
  constructor(material: () => Uint8Array | undefined) {
    this.#material = material;
    fillSelect(this.#algorithm, WRAPPING_ALGORITHMS, "Choose …");
    fillSelect(this.#encoding, SM2_ENCODINGS);
    this.#privateFiles = dropField("private", ([file]) => this.#takeKey(file!.bytes));
    dropField("blob", ([file]) => {
      this.#clear();
      this.#blob = file!.bytes;
      byId("blob-found").replaceChildren(...facts(`${file!.bytes.length} bytes`, [["File", file!.name]]));
    });
    for (const select of [this.#algorithm, this.#encoding])
      select.addEventListener("change", () => this.#clear());
    byId("open-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#open();
    });
  }

  /** Overwrites what is secret. */
  forget(): void {
    this.#clear();
    this.#privateFiles.abandon();
    this.#privateKey.forget();
    byId("private-found").replaceChildren();
  }

  #clear(): void {
    this.#opened.forget();
    byId("opened").hidden = true;
    byId("opened").replaceChildren();
  }

  #takeKey(bytes: Uint8Array): void {
    this.forget();
    try {
      const shown = withUnwrappingKey(bytes, ({ wrappingKey }) =>
        facts(`${wrappingKey.spec} private key`, [
          ["SHA-256 of its public key", fingerprint(wrappingKey.fingerprint)],
        ]),
      );
      this.#privateKey.hold(bytes);
      byId("private-found").replaceChildren(...shown);
    } catch (error) {
      wipe(bytes);
      throw error;
    }
  }

  async #open(): Promise<void> {
    if (this.#isBusy || this.#request() === undefined) return;
    this.#isBusy = true;
    byId("open-progress").textContent = "Unwrapping …";
    try {
      await painted();
      const request = this.#request(); // as it is now: a key that was replaced meanwhile is overwritten
      if (request === undefined) return;
      const bytes = unwrap(request);
      this.#privateKey.forget();
      byId("private-found").textContent = "Used, and its bytes overwritten. Give it again to unwrap more.";
      this.#opened.hold(bytes);
      this.#show(bytes);
    } catch (error) {
      const isMismatch = error instanceof KmsWrapError && error.code === "WRAPPING_KEY_MISMATCH";
      const field = isMismatch ? "open-algorithm" : "open";
      showFault(field, error);
      focusField(field);
    } finally {
      byId("open-progress").textContent = "";
      this.#isBusy = false;
    }
  }

  /** What is to be unwrapped, complete; otherwise the first gap is shown, and has the focus. */
  #request(): UnwrapRequest | undefined {
    this.#clear();
    for (const field of FIELDS) showFault(field);
    const privateKey = this.#privateKey.bytes;
    const wrapped = this.#blob;
    const algorithm = this.#algorithm.value as WrappingAlgorithm;
    if (!privateKey) return showGap(GAPS.privateKey);
    if (!wrapped) return showGap(GAPS.wrapped);
    if (!algorithm) return showGap(GAPS.algorithm);
    return { algorithm, privateKey, wrapped, encoding: this.#encoding.value as Sm2Encoding };
  }

  #show(bytes: Uint8Array): void {
    const title = element("h3", { id: "opened-title", tabIndex: -1 }, "Unwrapped");
    const overwrite = button("Overwrite it", "button", () => {
      this.#clear();
      byId("open").focus();
    });
    const keep = button("Save the key material", "button", () => save("KeyMaterial.bin", bytes));
    byId("opened").replaceChildren(
      title,
      ...describe(bytes, this.#material()),
      element("div", { className: "actions" }, keep, overwrite),
    );
    byId("opened").hidden = false;
    title.focus();
  }
}

const GAPS = {
  privateKey: ["private", "there is no private key", "choose its file, or drop it"],
  wrapped: ["blob", "there is no wrapped key material", "choose its file, or drop it"],
  algorithm: ["open-algorithm", "no algorithm is chosen", "choose the one it was wrapped with"],
} as const satisfies Record<string, Gap>;

/** What came out, and whether it is the material of step 2. */
function describe(bytes: Uint8Array, given: Uint8Array | undefined): Node[] {
  const publicKey = publicKeyOf(bytes);
  const rows: Fact[] = [["Length", `${bytes.length} bytes`]];
  if (publicKey !== undefined) rows.push(["SHA-256 of its public key", fingerprint(publicKey)]);
  if (given !== undefined)
    rows.push(["Key material of step 2", isSame(bytes, given) ? "the same" : "another"]);
  const examined = examineMaterial(bytes, {});
  return facts(examined.kind === "key" ? `${examined.keySpec} key material` : "Raw key material", rows);
}

/** As given, or as the key that it is in whatever form. */
function isSame(bytes: Uint8Array, given: Uint8Array): boolean {
  const publicKey = publicKeyOf(bytes);
  return equalBytes(bytes, given) || (publicKey !== undefined && publicKey === publicKeyOf(given));
}

function publicKeyOf(material: Uint8Array): string | undefined {
  const examined = examineMaterial(material, {});
  return examined.kind === "key" ? examined.report.publicKeyFingerprint : undefined;
}
