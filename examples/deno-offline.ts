/**
 * Wraps key material on a machine without a network: parameters for import in, the request for the import out.
 *
 *     deno run --allow-read=params.json,key.pem --allow-write=import.json \
 *       deno-offline.ts params.json ECC_NIST_P384 key.pem import.json
 *
 * params.json is what `aws kms get-parameters-for-import --wrapping-algorithm RSA_AES_KEY_WRAP_SHA_256 …` printed where
 * there is a network; import.json goes back there, to
 * `aws kms import-key-material --cli-binary-format base64 --cli-input-json file://import.json`.
 *
 * The permissions are all that it has. Without --allow-net nothing in it, no dependency either, can send the key anywhere.
 */

import { type KeySpec, KmsWrapError, prepareImport, type WrappingAlgorithm } from "kms-wrap";

/** The one that the parameters were asked for with. They do not tell, and a wrong one shows only when the import fails. */
const algorithm: WrappingAlgorithm = "RSA_AES_KEY_WRAP_SHA_256";

const [parametersFile, keySpec, keyFile, requestFile] = Deno.args;

try {
  const request = prepareImport({
    parameters: await Deno.readTextFile(parametersFile), // the text as it came; it need not be parsed
    algorithm,
    keySpec: keySpec as KeySpec, // checked: another word is refused with the list of those that there are
    keyMaterial: await Deno.readFile(keyFile),
  });
  for (const warning of request.warnings) console.warn(`warning: ${warning}`);

  const { wrappingKey, keyMaterial } = request.report;
  console.log(
    `wrapped ${keyMaterial.form} under the ${wrappingKey.spec} key of SHA-256 ${wrappingKey.fingerprint}`,
  );
  // JSON.stringify writes base64 and epoch seconds, as the AWS CLI reads them. createNew: never over another file.
  await Deno.writeTextFile(requestFile, JSON.stringify(request, undefined, 2), { createNew: true });
} catch (error) {
  if (!(error instanceof KmsWrapError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  if (error.hint) console.error(`hint: ${error.hint}`);
  Deno.exit(1);
}
