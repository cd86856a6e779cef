/** `kms-wrap wrap`: encrypts key material under a wrapping public key. */

import { wipe } from "../../bytes.ts";
import type { KeySpec } from "../../keys/key-specs.ts";
import { describeMaterial, type Material } from "../../keys/material-report.ts";
import { parseWrappingKey } from "../../keys/wrapping-key.ts";
import { assertCompatible } from "../../kms/compatibility.ts";
import { WRAPPING_ALGORITHMS, type WrappingAlgorithm } from "../../schemes/algorithms.ts";
import { assertAlgorithm, assertKeyType } from "../../schemes/checks.ts";
import { wrapWith } from "../../wrap.ts";
import { type Command, defineCommand, JSON_OPTION, OUTPUT_OPTIONS } from "../command.ts";
import { engineWarnings, loadEngineFor } from "../engine.ts";
import { about, misuse } from "../errors.ts";
import { readInput, refuseSharedStdin, refuseToReplace } from "../input.ts";
import { KEY_SPEC_NOTES } from "../key-spec-notes.ts";
import { readMaterial } from "../material.ts";

export const wrapCommand: Command = defineCommand({
  summary: "Encrypts key material under a wrapping public key.",
  options: {
    "public-key": {
      type: "string",
      required: true,
      placeholder: "FILE",
      help: "the wrapping key: WrappingPublicKey.bin, or the same as PEM, base64 or JWK",
    },
    algorithm: { type: "string", required: true, placeholder: "ALG", help: "the wrapping algorithm" },
    in: { type: "string", required: true, placeholder: "FILE", help: "the key material; - is stdin" },
    ...OUTPUT_OPTIONS,
    "key-spec": {
      type: "string",
      placeholder: "SPEC",
      help: "what the material is for: holds it to the KMS's rules",
    },
    region: {
      type: "string",
      placeholder: "REGION",
      help: "where the KMS key is; rules differ in China (cn-…)",
    },
    raw: { type: "boolean", help: "the bytes are the key, whatever they look like" },
    ...JSON_OPTION,
  },
  notes: `Algorithms: ${WRAPPING_ALGORITHMS.join(", ")}
${KEY_SPEC_NOTES}
Without --key-spec a private key is recognised in whatever form it comes and wrapped as PKCS#8, other bytes are wrapped
as they are, and only the algorithm's own limits apply.
What aws kms get-parameters-for-import printed, or the console's download, makes an import request: see
kms-wrap wrap --parameters --help.
The report: algorithm, wrappingKey {spec, fingerprint}, keyMaterial {keySpec, bytes, form, conversions,
publicKeyFingerprint}, engine, warnings, output {file, bytes}. Fingerprints are SHA-256 of the SubjectPublicKeyInfo.`,

  async run(values) {
    const { algorithm, region, raw } = values;
    const keySpec = values["key-spec"] as KeySpec | undefined; // checked by assertCompatible
    refuseSharedStdin(values["public-key"], values.in);
    refuseToReplace([values.in, values["public-key"]], [values.out]);
    if (region !== undefined && keySpec === undefined)
      throw misuse(
        "--region is given without --key-spec",
        "add --key-spec: which rules hold in a region depends on it",
      );
    assertAlgorithm(algorithm);
    const publicKeyBytes = await readInput(values["public-key"]);
    const publicKey = about(values["public-key"], () => parseWrappingKey(publicKeyBytes));
    assertKeyType(algorithm, publicKey);
    if (keySpec !== undefined)
      assertCompatible({ algorithm, keySpec, wrappingKeySpec: publicKey.spec, region });

    const material = await readMaterial(values.in, { keySpec, region, raw });
    try {
      const engine = await loadEngineFor(algorithm);
      const bytes = wrapWith(engine, { algorithm, publicKey, keyMaterial: material.bytes });
      const { spec, fingerprint } = publicKey;
      return {
        report: {
          algorithm,
          wrappingKey: { spec, fingerprint },
          keyMaterial: describeMaterial(material),
          engine: engine.info.name,
        },
        said: sentences(material, algorithm, publicKey),
        warnings: [...material.warnings, ...engineWarnings(engine)],
        output: { bytes, secret: false },
      };
    } finally {
      wipe(material.bytes);
    }
  },
});

function sentences(
  { keySpec, bytes, conversions, publicKeyFingerprint }: Material,
  algorithm: WrappingAlgorithm,
  wrappingKey: { readonly spec: string; readonly fingerprint: string },
): string[] {
  const what = keySpec === undefined ? "key material" : `${keySpec} key material`;
  return [
    ...conversions.map((conversion) => `key material: ${conversion}`),
    `wrapped ${bytes.length} bytes of ${what} with ${algorithm} under an ${wrappingKey.spec} key`,
    `SHA-256 of the wrapping key: ${wrappingKey.fingerprint}`,
    ...(publicKeyFingerprint ? [`SHA-256 of the material's public key: ${publicKeyFingerprint}`] : []),
  ];
}
