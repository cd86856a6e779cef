/**
 * A real page in Chromium, Firefox or WebKit, behind one small interface.
 *
 * Chromium and Firefox are Debian's, driven by playwright-core (of package.json beside this file). WebKit is Debian's
 * WebKitGTK in its MiniBrowser, driven through plain WebDriver calls on a display of its own: webkit.mjs.
 *
 * @example
 * ```js
 * import { BROWSERS, openPage, whyAbsent } from "../runtimes/browsers.mjs";
 *
 * for (const browser of BROWSERS) {
 *   const absent = await whyAbsent(browser); // skip, and say this; in CI fail with it
 *   const page = await openPage(browser, { viewport: { width: 320, height: 640 }, colorScheme: "dark" });
 *   try {
 *     await page.goto(pathToFileURL("dist/kms-wrap.html").href);
 *     await page.upload("#wrapping-key", "WrappingPublicKey.bin");
 *     await page.waitFor(() => document.querySelector("#fingerprint")?.textContent !== "");
 *     const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
 *     const { name, bytes } = await page.download(() => page.click("#save"));
 *     const talked = page.requests(); // [] if nothing went over the network
 *   } finally {
 *     await page.close();
 *   }
 * }
 * ```
 */

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asJson, awaitDownload, poll } from "./page-support.mjs";
import { openWebKit, WEBKIT_PROGRAMS } from "./webkit.mjs";

/** @typedef {"chromium" | "firefox" | "webkit"} BrowserName */

/**
 * @typedef {object} PageOptions
 * @property {{ width: number, height: number }} [viewport] - in CSS pixels; 1024 × 700 if absent
 * @property {"light" | "dark"} [colorScheme] - what the system prefers; "light" if absent
 */

/**
 * An open page. Selectors are CSS selectors. Whatever needs an element waits up to ten seconds for it to be there
 * (click: also visible and enabled) and throws then.
 *
 * `evaluate` and `waitFor` take a function, whose source is sent to the page, so that it sees its arguments and the
 * page's globals alone; or an expression as text. They work under any content security policy, results may be promises,
 * arguments and results are what JSON can carry, and no result is null.
 *
 * @typedef {object} Page
 * @property {BrowserName} browser
 * @property {string} version - of the browser: "156.0.8078.79"
 * @property {(url: string) => Promise<void>} goto - http:, file: or data: URL; returns once it is loaded
 * @property {<A extends unknown[], R>(run: string | ((...given: A) => R), ...given: A) => Promise<Awaited<R>>} evaluate -
 *   throws what the script throws, as an Error with its message
 * @property {(run: string | (() => unknown), timeoutMs?: number) => Promise<void>} waitFor - polls until the result is
 *   truthy; throws after ten seconds, or the time given
 * @property {(selector: string) => Promise<void>} click - by a real pointer event
 * @property {(selector: string, text: string) => Promise<void>} fill - replaces the field's value; input and change events
 * @property {(key: string, selector?: string) => Promise<void>} press - "Tab", "Shift+Tab", "Enter", "Space", "a" …, on
 *   the element, or on the one that has the focus
 * @property {(selector: string, ...paths: string[]) => Promise<void>} upload - sets the files of an input, also a hidden one
 * @property {(selector: string) => Promise<string>} text - what is rendered: `innerText`
 * @property {(trigger: () => Promise<void>) => Promise<{ name: string, bytes: Uint8Array }>} download - runs `trigger`
 *   and waits up to ten seconds for the file that it makes the page save
 * @property {(path?: string) => Promise<Uint8Array>} screenshot - PNG of the viewport; written to the path as well
 * @property {(width: number, height: number) => Promise<void>} setViewport - in CSS pixels; WebKit goes down to 310
 * @property {() => string[]} requests - the URL of every request that left the page for the network since it was opened,
 *   its own document, favicon and web sockets included; never file:, data:, blob:, nor what a CSP stopped. In WebKit, where
 *   a proxy sees them, an https request is known by its host alone: "https://example.com:443/"
 * @property {() => Promise<void>} close - ends the browser and what was started for it
 */

/** @type {readonly BrowserName[]} */
export const BROWSERS = ["chromium", "firefox", "webkit"];

/** @type {Record<BrowserName, string[]>} what the Debian packages of each install */
const PROGRAMS = {
  chromium: ["/usr/bin/chromium"],
  firefox: ["/usr/bin/firefox-esr"],
  webkit: WEBKIT_PROGRAMS,
};

/** @type {Record<BrowserName, string[]>} for apt-get */
export const DEBIAN_PACKAGES = {
  chromium: ["chromium"],
  firefox: ["firefox-esr"],
  webkit: ["webkit2gtk-driver", "xvfb"],
};

/** @param {BrowserName} browser */
export function missingPrograms(browser) {
  return PROGRAMS[browser].filter((path) => !existsSync(path));
}

/**
 * @param {BrowserName} browser
 * @returns {Promise<string | undefined>} what is missing and how to get it; undefined if the browser can be opened
 */
export async function whyAbsent(browser) {
  if (missingPrograms(browser).length > 0)
    return `${browser} is not installed: apt-get install ${DEBIAN_PACKAGES[browser].join(" ")}`;
  if (browser !== "webkit" && !(await loadPlaywright()))
    return "playwright-core is not installed: npm ci --prefix test/runtimes";
  return undefined;
}

/**
 * Starts a browser of its own for one page; it knows nothing of others, nor of the user's profile.
 *
 * @param {BrowserName} browser
 * @param {PageOptions} [options]
 * @returns {Promise<Page>}
 */
export async function openPage(browser, options = {}) {
  const settings = {
    viewport: options.viewport ?? { width: 1024, height: 700 },
    colorScheme: options.colorScheme ?? "light",
  };
  return browser === "webkit" ? openWebKit(settings) : openWithPlaywright(browser, settings);
}

/** Playwright of package.json beside this file, if that is installed. Untyped, as it need not be there to check types. */
async function loadPlaywright() {
  const name = "playwright-core";
  return import(name).catch(() => undefined);
}

/**
 * @param {"chromium" | "firefox"} browser
 * @param {Required<PageOptions>} settings
 * @param {string} folder - for downloads
 */
function launchOptions(browser, settings, folder) {
  const executablePath = PROGRAMS[browser][0];
  if (browser === "chromium")
    return { executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] };
  // Over WebDriver BiDi, Firefox does not emulate a colour scheme: 0 is dark, 1 is light.
  const scheme = settings.colorScheme === "dark" ? 0 : 1;
  return {
    executablePath,
    channel: "moz-firefox",
    // Playwright keeps silent about downloads of blob: URLs, which belong to no navigation; Firefox puts them there.
    downloadsPath: folder,
    firefoxUserPrefs: { "layout.css.prefers-color-scheme.content-override": scheme },
  };
}

/**
 * @param {"chromium" | "firefox"} browser
 * @param {Required<PageOptions>} settings
 * @returns {Promise<Page>}
 */
async function openWithPlaywright(browser, settings) {
  const playwright = await loadPlaywright();
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-downloads-"));
  const program = await playwright[browser].launch(launchOptions(browser, settings, folder));
  const page = await program.newPage({ ...settings, acceptDownloads: true });
  page.setDefaultTimeout(10_000);

  /** @type {string[]} */
  const requests = [];
  const record = (/** @type {{ url(): string }} */ request) => requests.push(request.url());
  page.on("request", record);
  page.on("websocket", record);

  if (browser === "chromium")
    page.on("download", (/** @type {any} */ file) => file.saveAs(join(folder, file.suggestedFilename())));

  /** @type {Page["evaluate"]} */
  const evaluate = async (run, ...given) => JSON.parse(await page.evaluate(asJson(run, given)));

  return {
    browser,
    version: program.version(),
    goto: async (url) => void (await page.goto(url)),
    evaluate,
    waitFor: (run, timeoutMs) => poll(() => evaluate(run), run, timeoutMs),
    click: (selector) => page.click(selector),
    fill: (selector, text) => page.fill(selector, text),
    press: (key, selector) => (selector ? page.press(selector, key) : page.keyboard.press(key)),
    upload: (selector, ...paths) => page.setInputFiles(selector, paths),
    text: (selector) => page.innerText(selector),
    download: (trigger) => awaitDownload(folder, trigger),
    screenshot: async (path) => new Uint8Array(await page.screenshot({ path })),
    setViewport: (width, height) => page.setViewportSize({ width, height }),
    requests: () => requests.filter((url) => /^(https?|wss?):/.test(url)),
    close: async () => {
      await program.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
