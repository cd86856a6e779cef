/** How the page meets people: axe-core, narrow windows, light and dark, and nothing but a keyboard; in real browsers. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openPage, type Page } from "../runtimes/browsers.mjs";
import { inEachBrowser } from "../runtimes/in-each-browser.ts";
import { givenFolder, parametersFor, RSA_2048 } from "./given.ts";
import { choose, chooseAlgorithm, fault, focused, give, PAGE_URL, wrap } from "./steps.ts";

const AXE = join(import.meta.dirname, "../runtimes/node_modules/axe-core/axe.min.js");
/** Enough to walk through the page twice. */
const MAX_TABS = 80;

const given = givenFolder();
afterAll(() => given.remove());

/** What the page looks like on the way; each leaves it for the next. */
const STATES: readonly (readonly [name: string, reach: (page: Page) => Promise<void>])[] = [
  ["as it opens", (page) => page.goto(PAGE_URL)],
  [
    "with everything open and everything wrong",
    async (page) => {
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      await give(page, "wrapping", given.path("p384.pem"));
      await give(page, "material", given.path("rsa-3072.pem"));
      await page.press("Enter", "#open");
      await fault(page, "private");
    },
  ],
  [
    "with everything given",
    async (page) => {
      await page.goto(PAGE_URL);
      await give(page, "wrapping", given.path("download.zip"));
      await give(page, "material", given.path("aes.bin"));
      await choose(page, "key-spec", "SYMMETRIC_DEFAULT");
      await chooseAlgorithm(page, "RSAES_OAEP_SHA_256");
    },
  ],
  [
    "with a result",
    async (page) => {
      await page.fill("#key-id", "1234abcd-12ab-34cd-56ef-1234567890ab");
      await wrap(page);
    },
  ],
  [
    "with an RSA key's result and everything open",
    async (page) => {
      await page.goto(PAGE_URL);
      await give(page, "wrapping", given.path("params.json"));
      await give(page, "material", given.path("rsa-4096.der"));
      await chooseAlgorithm(page, "RSA_AES_KEY_WRAP_SHA_256");
      await wrap(page);
      await page.click("#result summary");
    },
  ],
];

/** What axe-core objects to, in short. */
function objections(page: Page): Promise<string[]> {
  return page.evaluate(`(async () => {
    ${readFileSync(AXE, "utf8")};
    const { violations, incomplete } = await axe.run(document, { resultTypes: ["violations", "incomplete"] });
    const unsure = incomplete.filter(({ id }) => id === "color-contrast");
    return [...violations, ...unsure].flatMap(({ id, nodes }) => nodes.map(({ target }) => id + " " + target.join(" ")));
  })()`);
}

/** Goes through the states, and says of each by how many pixels it is too wide and what axe-core objects to. */
async function walk(page: Page, judge: boolean): Promise<readonly (readonly [string, number, string[]])[]> {
  const found: [string, number, string[]][] = [];
  for (const [name, reach] of STATES) {
    await reach(page);
    const excess = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    found.push([name, excess, judge ? await objections(page) : []]);
  }
  return found;
}

await inEachBrowser((browser) => {
  // What axe-core finds is in the document and its colours: one browser says it for all.
  const looks = [
    ["light", 320],
    ["dark", 320],
    ["light", 1280],
  ] as const;
  test.each(browser === "chromium" ? looks : looks.slice(0, 1))(
    "%s, %i pixels wide, in every state: nothing for axe-core, nothing to scroll sideways",
    async (colorScheme, width) => {
      const page = await openPage(browser, { viewport: { width, height: 700 }, colorScheme });
      try {
        const found = await walk(page, browser === "chromium");
        expect(found).toEqual(STATES.map(([name]) => [name, 0, []]));
      } finally {
        await page.close();
      }
    },
  );

  test.runIf(browser === "chromium")("axe-core sees what is wrong", async () => {
    const page = await openPage(browser);
    try {
      await page.goto(PAGE_URL);
      await page.evaluate(() => document.querySelector("label[for=key-spec]")!.remove());
      expect(await objections(page)).toContain("select-name #key-spec");
    } finally {
      await page.close();
    }
  });

  test("from the first tab stop to the saved file with a keyboard alone", async () => {
    const page = await openPage(browser);
    /** Presses Tab until the element has the focus. */
    const tabTo = async (selector: string) => {
      for (let i = 0; i < MAX_TABS; i++) {
        if (await page.evaluate((css) => document.activeElement?.matches(css) ?? false, selector)) return;
        await page.press("Tab");
      }
      throw new Error(`Tab never comes to ${selector}; it is at #${await focused(page)}`);
    };
    try {
      await page.goto(PAGE_URL);
      await tabTo(".skip");
      await page.press("Enter");
      await tabTo("#wrapping-file");
      await tabTo("#wrapping-paste summary");
      await page.press("Enter");
      await tabTo("#wrapping-text");
      await page.fill("#wrapping-text", parametersFor(RSA_2048.spki));
      await tabTo("#wrapping-use");
      await page.press("Enter");
      await page.waitFor(() => document.querySelector("#wrapping-found")!.textContent !== "");
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SUMMARY");

      await tabTo("#fresh summary");
      await page.press("Enter");
      await tabTo("#fresh-make");
      await page.press("Enter");
      await page.waitFor(() => document.activeElement?.id === "material-save");
      expect(await page.text("#material-found")).toContain("SYMMETRIC_DEFAULT key material");

      await tabTo("#algorithm-list input");
      await page.press("Space");
      await tabTo("#wrap");
      await page.press("Enter");
      await page.waitFor(() => document.activeElement?.id === "result-title");
      await tabTo("#result button");
      const { name } = await page.download(() => page.press("Enter"));
      expect(name).toBe("import.json");
    } finally {
      await page.close();
    }
  });
});
