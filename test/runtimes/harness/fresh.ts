/**
 * Fresh copies of the library, for the suites that call `vi.resetModules` and import it anew: in a bundle there are no
 * modules to reset, so that bundle.mjs makes a function of the library, and calls of this one of their `import(…)`.
 */

// Made by bundle.mjs: each call evaluates a copy of its own.
import { evaluateLibrary } from "virtual:library";

type Modules = Readonly<Record<string, unknown>>;

let library: Modules | undefined;

/** The next import sees a library that nobody has used before. */
export function forgetLibrary(): void {
  library = undefined;
}

/** @param path - of a module of the library: "src/index.ts" */
export async function importLibrary(path: string): Promise<unknown> {
  library ??= evaluateLibrary() as Modules;
  return library[path];
}
