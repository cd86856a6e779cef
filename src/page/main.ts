/** The offline page: `dist/kms-wrap.html`, one file, made by scripts/build-page.mjs. */

import { engineInfo } from "../index.ts";
import { byId } from "./dom.ts";
import { keepStrayFilesOut } from "./drop-field.ts";
import { OpenCard } from "./open-card.ts";
import { WrapCard } from "./wrap-card.ts";

const { material } = new WrapCard();
const otherHalf = new OpenCard(() => material.bytes);
keepStrayFilesOut();
showEngine();

addEventListener("pagehide", () => {
  material.forget();
  otherHalf.forget();
});
addEventListener("beforeunload", (event) => {
  if (material.unsaved) event.preventDefault();
});

function showEngine(): void {
  const { name, features, reason } = engineInfo();
  byId("engine").textContent =
    name === "wasm"
      ? `computes in WebAssembly${features.length ? ` (${features.join(", ")})` : ""}`
      : `computes in JavaScript: ${reason ?? "no WebAssembly"}`;
  document.documentElement.dataset["engine"] = name;
}
