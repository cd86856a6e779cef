/** `kms-wrap generate`: fresh key material for a key spec, in the form that the KMS takes. What it writes is secret. */

import { wipe } from "../../bytes.ts";
import { KmsWrapError } from "../../errors.ts";
import { generateKeyMaterial } from "../../keys/generate.ts";
import { type KeyMaterial, parseKeyMaterial } from "../../keys/key-material.ts";
import { KEY_SPEC_FACTS, type KeySpec, WRAPPING_KEY_SPECS } from "../../keys/key-specs.ts";
import { compatibleAlgorithms } from "../../kms/compatibility.ts";
import { isChina } from "../../kms/regions.ts";
import { systemRandom } from "../../random.ts";
import { type Command, defineCommand, JSON_OPTION, OUTPUT_OPTIONS } from "../command.ts";
import { KEY_SPEC_NOTES } from "../key-spec-notes.ts";
import { describeMaterial } from "../material.ts";

/** 65537 */
const PUBLIC_EXPONENT = Uint8Array.of(1, 0, 1);

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
    const material = await generate(keySpec, isChina(values.region));
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

async function generate(keySpec: KeySpec, chinaRegion: boolean | undefined): Promise<KeyMaterial> {
  const facts = KEY_SPEC_FACTS[keySpec];
  if (facts.kind !== "rsa") return generateKeyMaterial(keySpec, systemRandom, { chinaRegion });
  const pkcs8 = await generateRsa(facts.modulusBits);
  try {
    return { ...parseKeyMaterial(pkcs8, keySpec), form: "generated", conversions: [] };
  } finally {
    wipe(pkcs8);
  }
}

/** By the platform's WebCrypto: primes are better left to it. */
async function generateRsa(modulusLength: number): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto;
  const { privateKey } = await subtle.generateKey(
    { name: "RSA-OAEP", modulusLength, publicExponent: PUBLIC_EXPONENT, hash: "SHA-256" },
    true,
    ["decrypt"],
  );
  return new Uint8Array(await subtle.exportKey("pkcs8", privateKey));
}

/** @throws KmsWrapError `UNSUPPORTED_KEY_SPEC`, `UNAVAILABLE_IN_REGION`, `INVALID_ARGUMENT` for what is no region */
function assertImportable(keySpec: KeySpec, region: string | undefined): void {
  if (WRAPPING_KEY_SPECS.some((spec) => compatibleAlgorithms(keySpec, spec, { region }).length > 0)) return;
  if (KEY_SPEC_FACTS[keySpec].kind === "not importable")
    throw new KmsWrapError("UNSUPPORTED_KEY_SPEC", `${keySpec} keys take no imported key material`, {
      hint: "let the KMS generate the key",
    });
  throw new KmsWrapError("UNAVAILABLE_IN_REGION", `${keySpec} keys cannot be imported in ${region}`, {
    hint: "they exist in China's regions only",
  });
}
