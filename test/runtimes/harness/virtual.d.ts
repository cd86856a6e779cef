/** The modules that bundle.mjs makes while it bundles. */

declare module "virtual:library" {
  /** Evaluates a fresh copy of the library and returns its modules by path, as far as suites import them anew. */
  export function evaluateLibrary(): Readonly<Record<string, unknown>>;
}

declare module "virtual:suites" {
  /** What loads each suite, by its path below test/suites. */
  export const SUITES: Readonly<Record<string, () => Promise<unknown>>>;
}

/** One of this package's binaries, compiled by the host. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
