/** A field that takes files: chosen, dropped on it, or pasted into it. */

import { KmsWrapError } from "../errors.ts";
import { byId, showFault } from "./dom.ts";
import { type GivenFile, readFiles } from "./files.ts";

/**
 * Makes a field of `<id>-drop` and `<id>-file`. An error of `take` is shown beside the field.
 *
 * @param take - gets the files, whose bytes are its own.
 */
export function dropField(id: string, take: (files: readonly GivenFile[]) => void): void {
  const input = byId<HTMLInputElement>(`${id}-file`);
  const zone = byId(`${id}-drop`);
  const given = async (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (files.length === 0) return;
    showFault(id);
    try {
      if (files.length > 1 && !input.multiple) throw tooMany(files.length);
      take(await readFiles(files));
    } catch (error) {
      showFault(id, error);
    }
  };
  input.addEventListener("change", async () => {
    await given(input.files);
    input.value = ""; // so that the same file can be chosen again
  });
  zone.addEventListener("dragover", (event) => zone.classList.toggle("over", hasFiles(event)));
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    zone.classList.remove("over");
    given(event.dataTransfer?.files);
  });
  zone.addEventListener("paste", (event) => given(event.clipboardData?.files));
}

/** A file that misses its field would otherwise replace the page. */
export function keepStrayFilesOut(): void {
  for (const type of ["dragover", "drop"] as const)
    document.addEventListener(type, (event) => {
      if (!(event.target as Element).matches?.("textarea, input[type=text]")) event.preventDefault();
    });
}

function tooMany(count: number): KmsWrapError {
  return new KmsWrapError("INVALID_ARGUMENT", `${count} files, expected one`, {
    hint: "give them one by one",
  });
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
