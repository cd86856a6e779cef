/** Saving: the one way by which something leaves the page. */

import { element } from "./dom.ts";

/** Long enough for any browser to have begun to write. */
const RELEASE_AFTER = 60_000;

/** Hands bytes to the browser to be saved under this name. The browser's own copy is freed a minute later. */
export function save(name: string, bytes: Uint8Array): void {
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/octet-stream" });
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), RELEASE_AFTER);
}
