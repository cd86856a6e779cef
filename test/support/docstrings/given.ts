/** What the docstrings' examples take as given: keys and secrets under the names that they have there. */

import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** RSA_4096: the test puts it here, as generating one takes seconds. */
const wrapping = createPrivateKey({ key: readFileSync("wrapping.der"), format: "der", type: "pkcs8" });
const material = generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey;
const sm2Wrapping = generateKeyPairSync("ec", { namedCurve: "SM2" }).publicKey;
const require = createRequire(import.meta.url);

export const spkiDer: Uint8Array = createPublicKey(wrapping).export({ format: "der", type: "spki" });
export const unwrappingKeyPem: string = wrapping.export({ format: "pem", type: "pkcs8" }).toString();
export const sm2SpkiDer: Uint8Array = sm2Wrapping.export({ format: "der", type: "spki" });

export const privateKeyPem: string = material.export({ format: "pem", type: "sec1" }).toString();
export const pkcs8Der: Uint8Array = material.export({ format: "der", type: "pkcs8" });
export const aesKey: Uint8Array = randomBytes(32);
export const secretBytes: Uint8Array = randomBytes(32);
export const secrets: readonly Uint8Array[] = [randomBytes(32), randomBytes(64)];
export const message: Uint8Array = randomBytes(16);

export const [aes, rsa, sha, sm2] = ["aes", "rsa", "sha", "sm2"].map(
  (name) => new WebAssembly.Module(readFileSync(require.resolve(`kms-wrap/${name}.wasm`))),
) as [WebAssembly.Module, WebAssembly.Module, WebAssembly.Module, WebAssembly.Module];

export const credentials: { accessKeyId: string; secretAccessKey: string } = {
  accessKeyId: "any",
  secretAccessKey: "any",
};
