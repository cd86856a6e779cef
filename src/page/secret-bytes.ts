/** The one place that holds secret bytes: whatever takes their place, or ends their use, overwrites them. */

import { wipe } from "../bytes.ts";

/** Secret bytes in memory, of which there is one copy. */
export class SecretBytes {
  #bytes: Uint8Array | undefined;

  /** The bytes themselves, not a copy; `undefined` if there are none. */
  get bytes(): Uint8Array | undefined {
    return this.#bytes;
  }

  /** Takes over bytes, which the caller gives up, and overwrites those it held. */
  hold(bytes: Uint8Array): void {
    if (bytes !== this.#bytes) this.forget();
    this.#bytes = bytes;
  }

  /** Overwrites the bytes and lets go of them. */
  forget(): void {
    wipe(this.#bytes);
    this.#bytes = undefined;
  }
}
