/** What a person does on the page, in words of the page. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "../runtimes/browsers.mjs";

export const PAGE_FILE = join(import.meta.dirname, "../../dist/kms-wrap.html");
export const PAGE_URL = pathToFileURL(PAGE_FILE).href;

/** Gives a field its files, and waits until the page has said something about them. */
export async function give(page: Page, field: string, ...paths: string[]): Promise<void> {
  await page.evaluate((id) => {
    document.querySelector(`#${id}-found`)?.replaceChildren();
    document.querySelector(`#${id}-error`)?.replaceChildren();
  }, field);
  await page.upload(`#${field}-file`, ...paths);
  await page.waitFor(`document.querySelector("#${field}-found").textContent
    || document.querySelector("#${field}-error").textContent`);
}

/** Chooses from a list: no browser's list can be opened by a driver, so this sets what a person would have chosen. */
export async function choose(page: Page, field: string, value: string): Promise<void> {
  await page.evaluate(
    (id, chosen) => {
      const select = document.querySelector<HTMLSelectElement>(`#${id}`)!;
      select.value = chosen;
      if (select.value !== chosen) throw new Error(`no option ${chosen}`);
      for (const type of ["input", "change"]) select.dispatchEvent(new Event(type, { bubbles: true }));
    },
    field,
    value,
  );
}

export function chooseAlgorithm(page: Page, algorithm: string): Promise<void> {
  return page.click(`#algorithm-list input[value=${algorithm}]`);
}

/** Presses Wrap and waits for the result. */
export async function wrap(page: Page): Promise<void> {
  await page.click("#wrap");
  await page.waitFor(() => !document.querySelector<HTMLElement>("#result")!.hidden);
}

/** Presses the button with this text, which saves a file, and returns the file. */
export async function saved(page: Page, button: string): Promise<{ name: string; bytes: Uint8Array }> {
  const id = await page.evaluate((text) => {
    const found = [...document.querySelectorAll("button")].find((one) => one.textContent === text)!;
    found.id ||= `button-${document.querySelectorAll("[id^=button-]").length}`;
    return found.id;
  }, button);
  return page.download(() => page.click(`#${id}`));
}

/** What stands beside a field as an error. */
export async function fault(page: Page, field: string): Promise<string> {
  await page.waitFor(`document.querySelector("#${field}-error").textContent !== ""`);
  return (await page.text(`#${field}-error`)).trim();
}

/** The id of the element that has the focus. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.id ?? "");
}
