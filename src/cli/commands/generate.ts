/** `kms-wrap generate`: fresh key material for a key spec, in the form that the KMS takes. What it writes is secret. */

import { freshKeyMaterial } from "../../keys/generate.ts";
import type { KeySpec } from "../../keys/key-specs.ts";
import { describeMaterial } from "../../keys/material-report.ts";
import { assertImportable } from "../../kms/compatibility.ts";
import { isChina } from "../../kms/regions.ts";
import { systemRandom } from "../../random.ts";
import { type Command, defineCommand, JSON_OPTION, OUTPUT_OPTIONS } from "../command.ts";
import { KEY_SPEC_NOTES } from "../key-spec-notes.ts";

export const generateCommand: Command = defineCommand({
  summary: "Makes fresh key material.",
  options: {
    "key-spec": { type: "string", required: true, placeholder: "SPEC", help: "what the material is for" },
    ...OUTPUT_OPTIONS,
    region: {
      type: "string",
      placeholder: "REGION",
      help: "where the KMS key is; rules differ in China (cn-…)",
    },
    ...JSON_OPTION,
  },
  notes: `${KEY_SPEC_NOTES}
SYMMETRIC_DEFAULT is 32 random bytes, in China 16; HMAC_* as many as the hash has; all others are PKCS#8.
FILE is written with mode 0600. No KMS gives imported material back: keep it as safe as it is precious.
The report: keyMaterial {keySpec, bytes, form, publicKeyFingerprint}, output {file, bytes}. The fingerprint is SHA-256
of the SubjectPublicKeyInfo.`,

  async run(values) {
    const keySpec = values["key-spec"] as KeySpec; // checked by assertImportable
    assertImportable(keySpec, values.region);
    const material = await freshKeyMaterial(keySpec, systemRandom, { chinaRegion: isChina(values.region) });
    const { bytes, publicKeyFingerprint } = material;
    return {
      report: { keyMaterial: describeMaterial(material) },
      said: [
        `made ${keySpec} key material, ${bytes.length} bytes`,
        ...(publicKeyFingerprint ? [`SHA-256 of its public key: ${publicKeyFingerprint}`] : []),
      ],
      output: { bytes, secret: true },
    };
  },
});
