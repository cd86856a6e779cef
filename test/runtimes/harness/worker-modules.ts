/** The suites in a request handler, with the package's binaries as the host has compiled them, given to `init`. */

import { WASM as AES } from "../../../src/engine/wasm/generated/aes.ts";
import { WASM as AES_RELAXED } from "../../../src/engine/wasm/generated/aes-relaxed.ts";
import { WASM as RSA } from "../../../src/engine/wasm/generated/rsa.ts";
import { WASM as RSA_RELAXED } from "../../../src/engine/wasm/generated/rsa-relaxed.ts";
import { WASM as SHA } from "../../../src/engine/wasm/generated/sha.ts";
import { WASM as SM2 } from "../../../src/engine/wasm/generated/sm2.ts";
import aes from "./wasm/aes.wasm";
import aesRelaxed from "./wasm/aes-relaxed.wasm";
import rsa from "./wasm/rsa.wasm";
import rsaRelaxed from "./wasm/rsa-relaxed.wasm";
import sha from "./wasm/sha.wasm";
import sm2 from "./wasm/sm2.wasm";

export default {
  async fetch(): Promise<Response> {
    // Not before: at the top level the host would allow what it refuses here.
    const { init } = await import("../../../src/index.ts");
    const { offerModule } = await import("../../support/wasm-features.ts");
    init(aes, aesRelaxed, rsa, rsaRelaxed, sha, sm2);
    offerModule(AES, aes);
    offerModule(AES_RELAXED, aesRelaxed);
    offerModule(RSA, rsa);
    offerModule(RSA_RELAXED, rsaRelaxed);
    offerModule(SHA, sha);
    offerModule(SM2, sm2);
    const { runSuites } = await import("./run-suites.ts");
    return Response.json(await runSuites());
  },
};
