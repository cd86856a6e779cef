/** A field for text behind a disclosure: emptied and closed once its text is used. */

import { byId, showFault } from "./dom.ts";

/** @param use - an error that it throws is shown beside the field. */
export function usePasted(id: string, use: (text: string) => void): void {
  const field = byId<HTMLTextAreaElement>(`${id}-text`);
  const disclosure = field.closest("details")!;
  byId(`${id}-use`).addEventListener("click", () => {
    const text = field.value;
    try {
      use(text);
    } catch (error) {
      showFault(id, error);
      field.focus();
      return;
    }
    field.value = "";
    disclosure.querySelector("summary")!.focus();
    disclosure.open = false;
  });
}
