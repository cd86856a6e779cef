/**
 * A page in WebKitGTK: Debian's MiniBrowser on an Xvfb display of its own, driven by WebKitWebDriver
 * (https://www.w3.org/TR/webdriver2/). Settings that the protocol has no word for are made in a throw-away home folder.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { listen } from "./local-server.mjs";
import { asJson, awaitDownload, poll } from "./page-support.mjs";
import { startRecordingProxy } from "./recording-proxy.mjs";

const MINI_BROWSERS = ["x86_64", "aarch64"].map(
  (machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
);
const MINI_BROWSER = /** @type {string} */ (
  MINI_BROWSERS.find((path) => existsSync(path)) ?? MINI_BROWSERS[0]
);

export const WEBKIT_PROGRAMS = ["/usr/bin/WebKitWebDriver", "/usr/bin/Xvfb", MINI_BROWSER];

/** A suite of tests may run as one script. */
const SCRIPT_TIMEOUT_MS = 600_000;
/** Of the display; no window is larger. */
const SCREEN = "1920x1600x24";
/** The widgets around the page ask for 447 pixels of width; so they leave room for the page of a telephone. */
const NARROW_WIDGETS = "* { min-width: 0; min-height: 0; padding: 0; margin: 0; font-size: 1px; }";

/** https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS = /** @type {Record<string, string>} */ ({
  Backspace: "\uE003",
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Control: "\uE009",
  Alt: "\uE00A",
  Escape: "\uE00C",
  Space: " ",
  End: "\uE010",
  Home: "\uE011",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  Delete: "\uE017",
});

/** How WebDriver spells a reference to an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/**
 * @param {Required<import("./browsers.mjs").PageOptions>} settings
 * @returns {Promise<import("./browsers.mjs").Page>}
 */
export async function openWebKit(settings) {
  const home = makeHome();
  const proxy = await startRecordingProxy();
  /** @type {import("node:child_process").ChildProcess[]} */
  const programs = [];
  const stop = async () => {
    for (const program of programs.reverse()) {
      program.kill();
      if (program.exitCode === null && program.signalCode === null) await once(program, "exit");
    }
    proxy.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const driver = await startDriver(programs, home, settings.colorScheme);
    return await openSession(driver, { home, proxy, stop, settings });
  } catch (error) {
    await stop();
    throw error;
  }
}

function makeHome() {
  const home = mkdtempSync(join(tmpdir(), "kms-wrap-webkit-"));
  mkdirSync(join(home, ".config/gtk-3.0"), { recursive: true });
  mkdirSync(join(home, "Downloads"));
  writeFileSync(join(home, ".config/gtk-3.0/gtk.css"), NARROW_WIDGETS);
  writeFileSync(join(home, ".config/user-dirs.dirs"), 'XDG_DOWNLOAD_DIR="$HOME/Downloads"\n');
  return home;
}

/**
 * Starts the display and the driver on it.
 *
 * @param {import("node:child_process").ChildProcess[]} programs - they are added here, to be stopped
 * @param {string} home
 * @param {"light" | "dark"} colorScheme
 * @returns {Promise<string>} the driver's address
 */
async function startDriver(programs, home, colorScheme) {
  const [driverPath, displayPath] = /** @type {[string, string]} */ (WEBKIT_PROGRAMS);
  const display = spawn(displayPath, ["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  programs.push(display);
  const [number] = await once(display.stdout, "data");

  const port = await freePort();
  const { XDG_CONFIG_HOME: _, WAYLAND_DISPLAY: __, ...environment } = process.env;
  const theme = colorScheme === "dark" ? "Adwaita:dark" : "Adwaita";
  const env = { ...environment, HOME: home, DISPLAY: `:${String(number).trim()}`, GTK_THEME: theme };
  programs.push(spawn(driverPath, [`--port=${port}`], { env, stdio: "ignore" }));

  const address = `http://127.0.0.1:${port}`;
  const answers = () => fetch(`${address}/status`).then(({ ok }) => ok);
  await poll(() => answers().catch(() => false), "WebKitWebDriver to answer");
  return address;
}

async function freePort() {
  const server = createServer();
  const { port, close } = await listen(server);
  close();
  await once(server, "close");
  return port;
}

/**
 * @param {string} driver
 * @param {object} own
 * @param {string} own.home
 * @param {Awaited<ReturnType<typeof startRecordingProxy>>} own.proxy
 * @param {() => Promise<void>} own.stop
 * @param {Required<import("./browsers.mjs").PageOptions>} own.settings
 * @returns {Promise<import("./browsers.mjs").Page>}
 */
async function openSession(driver, { home, proxy, stop, settings }) {
  const { sessionId, capabilities } = await command(`${driver}/session`, {
    capabilities: {
      alwaysMatch: {
        "webkitgtk:browserOptions": { binary: MINI_BROWSER, args: ["--automation"] },
        proxy: { proxyType: "manual", httpProxy: proxy.address, sslProxy: proxy.address },
        timeouts: { script: SCRIPT_TIMEOUT_MS },
      },
    },
  });
  const session = `${driver}/session/${sessionId}`;
  /**
   * @param {string} path
   * @param {object} [body]
   */
  const tell = (path, body = {}) => command(`${session}/${path}`, body);

  /** @type {import("./browsers.mjs").Page["evaluate"]} */
  const evaluate = async (run, ...given) => {
    const script = `const done = arguments[0];
      ${asJson(run, given)}.then((json) => done({ json }), (error) => done({ error: String(error?.message ?? error) }));`;
    const { json, error } = await tell("execute/async", { script, args: [] });
    if (json === undefined) throw new Error(error);
    return JSON.parse(json);
  };

  /** @param {string} selector */
  const element = async (selector) => {
    await poll(() => evaluate((css) => document.querySelector(css) !== null, selector), selector);
    const found = await tell("element", { using: "css selector", value: selector });
    return found[ELEMENT];
  };

  const page = {
    browser: /** @type {const} */ ("webkit"),
    version: capabilities.browserVersion,
    goto: (/** @type {string} */ url) => tell("url", { url }),
    evaluate,
    waitFor: (/** @type {string | (() => unknown)} */ run, /** @type {number | undefined} */ timeoutMs) =>
      poll(() => evaluate(run), run, timeoutMs),
    click: async (/** @type {string} */ selector) => {
      await poll(() => evaluate(isReady, selector), `${selector} to be visible and enabled`);
      await tell(`element/${await element(selector)}/click`);
    },
    fill: async (/** @type {string} */ selector, /** @type {string} */ text) => {
      await element(selector);
      await evaluate(fillField, selector, text);
    },
    press: async (/** @type {string} */ key, /** @type {string | undefined} */ selector) => {
      if (selector !== undefined) await element(selector);
      if (selector !== undefined)
        await evaluate((css) => /** @type {HTMLElement} */ (document.querySelector(css)).focus(), selector);
      await tell("actions", { actions: [{ type: "key", id: "keyboard", actions: keyActions(key) }] });
    },
    upload: async (/** @type {string} */ selector, /** @type {string[]} */ ...paths) => {
      const text = paths.map((path) => resolve(path)).join("\n");
      await tell(`element/${await element(selector)}/value`, { text });
    },
    text: async (/** @type {string} */ selector) => {
      await element(selector);
      return evaluate((css) => /** @type {HTMLElement} */ (document.querySelector(css)).innerText, selector);
    },
    download: (/** @type {() => Promise<void>} */ trigger) => awaitDownload(join(home, "Downloads"), trigger),
    screenshot: async (/** @type {string | undefined} */ path) => {
      const png = Buffer.from(await command(`${session}/screenshot`), "base64");
      if (path !== undefined) writeFileSync(path, png);
      return new Uint8Array(png);
    },
    setViewport: async (/** @type {number} */ width, /** @type {number} */ height) => {
      const frame = await evaluate(() => [outerWidth - innerWidth, outerHeight - innerHeight]);
      await tell("window/rect", { width: width + (frame[0] ?? 0), height: height + (frame[1] ?? 0) });
      await poll(
        () => evaluate((w, h) => innerWidth === w && innerHeight === h, width, height),
        `${width} × ${height}`,
      );
    },
    requests: () => [...proxy.requests],
    close: async () => {
      await command(session, undefined, "DELETE").catch(() => undefined);
      await stop();
    },
  };
  await page.setViewport(settings.viewport.width, settings.viewport.height);
  return page;
}

/**
 * @param {string} url
 * @param {object} [body]
 * @param {string} [method]
 */
async function command(url, body, method = body ? "POST" : "GET") {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = /** @type {{ value: any }} */ (await response.json());
  if (!response.ok) throw new Error(`WebKitWebDriver: ${value.error}: ${value.message}`);
  return value;
}

/** @param {string} chord - "Shift+Tab": all down in turn, then all up */
function keyActions(chord) {
  const keys = chord.split("+").map((name) => KEYS[name] ?? name);
  const pressed = keys.map((value) => ({ type: "keyDown", value }));
  return [...pressed, ...keys.reverse().map((value) => ({ type: "keyUp", value }))];
}

/**
 * Runs in the page.
 *
 * @param {string} selector
 */
function isReady(selector) {
  const found = /** @type {HTMLElement & { disabled?: boolean }} */ (document.querySelector(selector));
  return found !== null && !found.disabled && found.checkVisibility({ visibilityProperty: true });
}

/**
 * Runs in the page.
 *
 * @param {string} selector
 * @param {string} text
 */
function fillField(selector, text) {
  const field = /** @type {HTMLInputElement} */ (document.querySelector(selector));
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
