/**
 * The engine that the library runs on unless told otherwise: WebAssembly where it may run, else the portable one.
 *
 * Decided once, by capability alone: a `WasmUnavailable` from making a part ready, which happens before that part has
 * seen any input. What a computation says about its input never changes the engine.
 */

import type { Engine, EngineInfo } from "./engine.ts";
import { portableEngine } from "./portable/engine.ts";
import { wasmAes } from "./wasm/aes.ts";
import { wasmHashes } from "./wasm/hashes.ts";
import { usePrecompiled, WasmUnavailable } from "./wasm/instantiate.ts";
import { wasmRsa } from "./wasm/rsa.ts";
import { wasmSm2 } from "./wasm/sm2.ts";

type Part = Exclude<keyof Engine, "info">;
type Parts = Pick<Engine, Part>;

/** Makes a part ready on the best binary for this host; throws `WasmUnavailable` where there is none. */
const MAKERS: { readonly [P in Part]: () => { readonly engine: Engine[P]; readonly feature?: string } } = {
  hashes: () => ({ engine: wasmHashes() }),
  aes: wasmAes,
  rsa: wasmRsa,
  sm2: () => ({ engine: wasmSm2() }),
};

class DefaultEngine implements Engine {
  /** Each maker keeps its part, too; asking it each time takes as long as 3 % of hashing 64 bytes. */
  readonly #ready: Partial<Parts> = {};
  readonly #features = new Set<string>();
  /** Why WebAssembly is out of the question, once that is known. */
  #refusal: string | undefined;

  /** Makes all parts ready: only then is it known what each is built on. */
  get info(): EngineInfo {
    for (const part of Object.keys(MAKERS) as Part[]) this.#part(part);
    if (this.#refusal === undefined) return { name: "wasm", features: [...this.#features].sort() };
    return { ...portableEngine.info, reason: this.#refusal };
  }

  /** Modules compiled elsewhere may make possible what was refused. */
  init(modules: readonly object[]): void {
    usePrecompiled(modules);
    this.#refusal = undefined;
  }

  get hashes(): Engine["hashes"] {
    return this.#part("hashes");
  }

  get aes(): Engine["aes"] {
    return this.#part("aes");
  }

  get rsa(): Engine["rsa"] {
    return this.#part("rsa");
  }

  get sm2(): Engine["sm2"] {
    return this.#part("sm2");
  }

  #part<P extends Part>(part: P): Engine[P] {
    if (this.#refusal !== undefined) return portableEngine[part];
    const ready = this.#ready[part] as Engine[P] | undefined;
    return ready ?? this.#make(part);
  }

  #make<P extends Part>(part: P): Engine[P] {
    try {
      const { engine, feature } = MAKERS[part]();
      if (feature !== undefined) this.#features.add(feature);
      Object.assign(this.#ready, { [part]: engine });
      return engine;
    } catch (error) {
      if (!(error instanceof WasmUnavailable)) throw error;
      this.#refusal = error.message;
      return portableEngine[part];
    }
  }
}

export const defaultEngine: Engine & Pick<DefaultEngine, "init"> = /* @__PURE__ */ new DefaultEngine();
