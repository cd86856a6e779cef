/** Tests for every browser. */

import { describe } from "vitest";
import { BROWSERS, type BrowserName, whyAbsent } from "./browsers.mjs";

/** Declares them for each browser that is there; says which is not, and fails in CI. */
export async function inEachBrowser(declare: (browser: BrowserName) => void): Promise<void> {
  for (const browser of BROWSERS) {
    const absent = await whyAbsent(browser);
    if (absent !== undefined) console.warn(`not tested: ${absent}`);
    describe.skipIf(absent !== undefined && !process.env["CI"])(browser, () => declare(browser));
  }
}
