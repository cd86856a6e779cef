/** The few things that every part of the page does with its document. Text is only ever set as text. */

import { KmsWrapError } from "../errors.ts";
import { hintHere } from "./faults.ts";

/** The element of index.html with this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element #${id}`);
  return found as T;
}

/** A new element: properties, then children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** A button that does something. */
export function button(text: string, className: string, press: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", className }, text);
  made.addEventListener("click", press);
  return made;
}

/** A choice from a list; an option without a value stands for none. */
export function fillSelect(select: HTMLSelectElement, values: readonly string[], none?: string): void {
  const options = values.map((value) => element("option", { value }, value));
  select.replaceChildren(...(none === undefined ? [] : [element("option", { value: "" }, none)]), ...options);
}

/** Sets what stands in a place, unless it says the same already: a screen reader would read it out again. */
export function show(place: HTMLElement, ...content: readonly Node[]): void {
  const text = content.map(({ textContent }) => textContent).join("");
  if (text !== place.textContent) place.replaceChildren(...content);
}

/** Shows an error's message and hint beside its field, or takes away what stands there. */
export function showFault(field: string, error?: unknown): void {
  const place = byId(`${field}-error`);
  const control = controlOf(field);
  if (error === undefined) {
    place.replaceChildren();
    control?.removeAttribute("aria-invalid");
    return;
  }
  const { message, hint } = wordsOf(error);
  show(
    place,
    element("p", { className: "message" }, message),
    ...(hint === undefined ? [] : [element("p", { className: "hint" }, hint)]),
  );
  control?.setAttribute("aria-invalid", "true");
}

/** Where a keyboard should be after an error. */
export function focusField(field: string): void {
  const control = controlOf(field) ?? byId(`${field}-error`);
  control.focus();
  byId(`${field}-error`).scrollIntoView({ block: "nearest" });
}

/** What is missing in a form: in which field, and what to do about it. */
export type Gap = readonly [field: string, message: string, hint: string];

/** Shows what is missing, where it is missing, and puts the keyboard there. */
export function showGap([field, message, hint]: Gap): undefined {
  showFault(field, new KmsWrapError("INVALID_ARGUMENT", message, { hint }));
  focusField(field);
}

/** What is to be filled in: a file field's input, a field's control, or the first choice in a group. */
function controlOf(field: string): HTMLElement | null {
  const found = document.getElementById(`${field}-file`) ?? document.getElementById(field);
  if (found?.matches("input, select, textarea, button")) return found;
  return document.querySelector(`#${field}-list input:enabled, #${field} input:enabled`);
}

/** A bug's own message may hold input: only its name is shown. */
function wordsOf(error: unknown): { readonly message: string; readonly hint?: string | undefined } {
  if (error instanceof KmsWrapError)
    return { message: sentence(error.message), hint: error.hint && sentence(hintHere(error.hint)) };
  const name = error instanceof Error ? error.name : typeof error;
  return {
    message: `A bug in this page (${name}).`,
    hint: "Please report what you did. Reload the page to go on.",
  };
}

/** With a capital and a full stop: the library writes for lines behind a name. */
export function sentence(text: string): string {
  const end = /[.…:]$/.test(text) ? "" : ".";
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${end}`;
}

/** Lets the browser paint what was changed, before work that keeps it busy. */
export function painted(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}
