/**
 * Wraps many private keys under one wrapping key, for a receiver that is not AWS: a PKCS#11 token, CloudHSM, Vault,
 * Google Cloud KMS. Each key.pem becomes key.pem.wrapped.
 *
 *     bun run bun-many.ts WrappingPublicKey.pem keys/*.pem
 *
 * `wrap` knows no cloud's rules. What the receiver takes is for you to know: here PKCS#8 by CKM_RSA_AES_KEY_WRAP, SHA-256.
 */

import { KmsWrapError, parseKeyMaterial, parseWrappingKey, wrap } from "kms-wrap";

const [wrappingKeyFile, ...keyFiles] = Bun.argv.slice(2);

/** Runs a step, and says about which file it is that it is refused. */
function about<T>(file: string, step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof KmsWrapError)) throw error;
    console.error(`${file}: ${error.code}: ${error.message}${error.hint ? `\n  hint: ${error.hint}` : ""}`);
    process.exitCode = 1;
  }
}

const wrappingKeyBytes = await Bun.file(wrappingKeyFile).bytes();
const publicKey = about(wrappingKeyFile, () => parseWrappingKey(wrappingKeyBytes)); // read and checked once
if (!publicKey) process.exit();
console.log(`under the ${publicKey.spec} key of SHA-256 ${publicKey.fingerprint}:`); // compare it with the receiver's

for (const file of keyFiles) {
  const pem = await Bun.file(file).bytes(); // bytes can be overwritten after use, strings cannot
  const material = about(file, () => parseKeyMaterial(pem));
  if (material) {
    const { bytes: keyMaterial, keySpec } = material;
    const wrapped = about(file, () =>
      wrap({ algorithm: "RSA_AES_KEY_WRAP_SHA_256", publicKey, keyMaterial }),
    );
    if (wrapped) {
      await Bun.write(`${file}.wrapped`, wrapped);
      console.log(`${file}: ${keySpec}, ${keyMaterial.length} bytes of PKCS#8`);
    }
    keyMaterial.fill(0);
  }
  pem.fill(0);
}
