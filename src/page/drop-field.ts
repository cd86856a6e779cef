/** A field that takes files: chosen, dropped on it, or pasted into it. */

import { wipe } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";
import { byId, showFault } from "./dom.ts";
import { type GivenFile, readFiles } from "./files.ts";

/** What can be done about a field. */
export interface DropField {
  /** Files that are still being read are overwritten instead of taken. */
  abandon(): void;
}

/**
 * Makes a field of `<id>-drop` and `<id>-file`. An error of `take` is shown beside the field.
 *
 * @param take - gets the files, whose bytes are its own: those given last, if several are read at once.
 */
export function dropField(id: string, take: (files: readonly GivenFile[]) => void): DropField {
  const input = byId<HTMLInputElement>(`${id}-file`);
  const zone = byId(`${id}-drop`);
  let latest = 0;
  const given = async (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (files.length === 0) return;
    const turn = ++latest;
    showFault(id);
    try {
      if (files.length > 1 && !input.multiple) throw tooMany(files.length);
      const read = await readFiles(files);
      if (turn === latest) take(read);
      else wipe(...read.map(({ bytes }) => bytes));
    } catch (error) {
      if (turn === latest) showFault(id, error);
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
  return { abandon: () => void latest++ };
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
