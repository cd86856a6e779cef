/**
 * A drop box on Cloudflare's workers: whoever posts a secret gets it back wrapped, and only the holder of the private key
 * opens it. The worker keeps neither.
 *
 *     curl --data-binary @hmac.bin https://…/ > EncryptedKeyMaterial.bin
 *
 * The public key stands in wrangler.jsonc, not in the request: nobody who posts can be talked into another one.
 */

import { engineInfo, init, KmsWrapError, parseKeyMaterial, parseWrappingKey, wrap } from "kms-wrap";
import aes from "kms-wrap/aes.wasm";
import aesRelaxed from "kms-wrap/aes-relaxed.wasm";
import rsa from "kms-wrap/rsa.wasm";
import rsaRelaxed from "kms-wrap/rsa-relaxed.wasm";
import sha from "kms-wrap/sha.wasm";
import sm2 from "kms-wrap/sm2.wasm";

// Workers do not compile WebAssembly from bytes while they handle a request, but import it compiled. Without this the
// library would still work here, by its portable engine: slower, and its time depends on secrets.
init(aes, aesRelaxed, rsa, rsaRelaxed, sha, sm2);

export default {
  async fetch(request, env) {
    if (request.method === "GET") return Response.json(engineInfo());
    if (request.method !== "POST")
      return new Response(null, { status: 405, headers: { Allow: "GET, POST" } });

    // Outside of the try: a wrong setting is this worker's fault, and no 400.
    const publicKey = parseWrappingKey(env.WRAPPING_PUBLIC_KEY);
    const secret = new Uint8Array(await request.arrayBuffer());
    try {
      const { bytes: keyMaterial } = parseKeyMaterial(secret, env.KEY_SPEC);
      const wrapped = wrap({ algorithm: env.WRAPPING_ALGORITHM, publicKey, keyMaterial });
      keyMaterial.fill(0);
      return new Response(wrapped, { headers: { "Content-Type": "application/octet-stream" } });
    } catch (error) {
      if (!(error instanceof KmsWrapError)) throw error;
      const { code, message, hint } = error; // none of them holds bytes of the secret
      return Response.json({ code, message, hint }, { status: 400 });
    } finally {
      secret.fill(0);
    }
  },
};
