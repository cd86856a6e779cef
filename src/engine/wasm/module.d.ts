/**
 * What `import rsa from "kms-wrap/rsa.wasm"` gives in workerd, and in bundlers that are told so: a WebAssembly.Module for
 * `init`. Typed as an object, so that no DOM library is needed.
 */
declare const module: object;
export default module;
