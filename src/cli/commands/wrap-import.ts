/** `kms-wrap wrap --parameters`: from what GetParametersForImport answered to what ImportKeyMaterial takes. */

import { basename, dirname, join } from "node:path";
import { wipe } from "../../bytes.ts";
import { encodeBase64 } from "../../formats/base64.ts";
import type { KeySpec } from "../../keys/key-specs.ts";
import type { ExpirationModel } from "../../kms/expiration.ts";
import { importCommandWords } from "../../kms/import-command.ts";
import type { ImportType } from "../../kms/import-options.ts";
import type { ImportKeyMaterialRequest } from "../../kms/import-request.ts";
import { readParameters, wrappingKeyIn } from "../../kms/parameters.ts";
import { prepareImportWith } from "../../kms/prepare-import.ts";
import { WRAPPING_ALGORITHMS } from "../../schemes/algorithms.ts";
import { assertAlgorithm } from "../../schemes/checks.ts";
import { type Command, defineCommand, JSON_OPTION, OUTPUT_OPTIONS } from "../command.ts";
import { engineWarnings, loadEngineFor } from "../engine.ts";
import { about, misuse } from "../errors.ts";
import { readInput, refuseSharedStdin, refuseToReplace } from "../input.ts";
import { KEY_SPEC_NOTES } from "../key-spec-notes.ts";
import { parametersFiles, readParametersInput } from "../parameters-input.ts";
import { shellWord } from "../shell.ts";

export const wrapImportCommand: Command = defineCommand({
  summary: "Makes the import request for aws kms import-key-material.",
  calledBy: { option: "parameters", insteadOf: "public-key" },
  options: {
    parameters: {
      type: "string",
      required: true,
      placeholder: "FILE",
      help: "get-parameters-for-import's output, or the console's download (zip or folder)",
    },
    algorithm: {
      type: "string",
      required: true,
      placeholder: "ALG",
      help: "the wrapping algorithm that the parameters were asked for",
    },
    "key-spec": { type: "string", required: true, placeholder: "SPEC", help: "the KMS key's" },
    in: { type: "string", required: true, placeholder: "FILE", help: "the key material; - is stdin" },
    ...OUTPUT_OPTIONS,
    "key-id": {
      type: "string",
      placeholder: "ID",
      help: "the KMS key's id or ARN, where the parameters have none (the console's download)",
    },
    "valid-to": {
      type: "string",
      placeholder: "TIME",
      help: "when the material expires, as 2027-01-31T12:00:00Z; without it, never",
    },
    "expiration-model": {
      type: "string",
      placeholder: "MODEL",
      help: "KEY_MATERIAL_EXPIRES, KEY_MATERIAL_DOES_NOT_EXPIRE",
    },
    "import-type": {
      type: "string",
      placeholder: "TYPE",
      help: "NEW_KEY_MATERIAL, EXISTING_KEY_MATERIAL",
    },
    "key-material-id": {
      type: "string",
      placeholder: "ID",
      help: "of the material that is imported again",
    },
    "key-material-description": { type: "string", placeholder: "TEXT", help: "for you to know it by" },
    region: {
      type: "string",
      placeholder: "REGION",
      help: "where the KMS key is, if no ARN says it; rules differ in China (cn-…)",
    },
    fileb: {
      type: "boolean",
      help: "for AWS CLI 1: also write ImportToken.bin, EncryptedKeyMaterial.bin beside FILE",
    },
    raw: { type: "boolean", help: "the bytes are the key, whatever they look like" },
    ...JSON_OPTION,
  },
  notes: `Algorithms: ${WRAPPING_ALGORITHMS.join(", ")}
${KEY_SPEC_NOTES}
The parameters do not say which algorithm they were asked for: a wrong one shows only when the KMS refuses the import.
--import-type, --key-material-id and --key-material-description are for SYMMETRIC_DEFAULT.
The report: algorithm, keySpec, keyId, region, wrappingKey {spec, fingerprint}, keyMaterial {form, conversions,
publicKey, publicKeyFingerprint}, parametersValidTo, expirationModel, validTo, nextCommand, engine, warnings, output
{file, bytes}. Fingerprints are SHA-256 of the SubjectPublicKeyInfo; publicKey is that in base64.`,

  async run(values) {
    const { algorithm, parameters: path, out, fileb } = values;
    refuseSharedStdin(path, values.in);
    const blobs = fileb ? blobsBeside(out) : [];
    const files = parametersFiles(path);
    refuseToReplace([values.in, ...files], [out, ...blobs]);
    assertAlgorithm(algorithm);
    const parameters = await readParametersInput(files);
    about(path, () => wrappingKeyIn(readParameters(parameters)));
    const keyMaterial = await readInput(values.in);
    try {
      const engine = await loadEngineFor(algorithm);
      const request = prepareImportWith(
        engine,
        {
          parameters,
          algorithm,
          keySpec: values["key-spec"] as KeySpec, // this and the next are checked there
          keyMaterial,
          keyId: values["key-id"],
          validTo: values["valid-to"],
          expirationModel: values["expiration-model"] as ExpirationModel | undefined,
          importType: values["import-type"] as ImportType | undefined,
          keyMaterialId: values["key-material-id"],
          keyMaterialDescription: values["key-material-description"],
          region: values.region,
          raw: values.raw,
        },
        { aboutMaterial: (read) => about(values.in, read) },
      );
      const nextCommand = fileb ? commandWithBlobs(out, request) : commandWithJson(out, request);
      return {
        report: { ...reportOf(request), nextCommand, engine: engine.info.name },
        said: [...sentences(request), `next: ${nextCommand}`],
        warnings: [...request.warnings, ...engineWarnings(engine)],
        output: {
          bytes: new TextEncoder().encode(`${JSON.stringify(request, null, 2)}\n`),
          secret: false,
          text: true,
          beside: fileb ? BLOBS.map((name) => ({ name: fileNameOf(name), bytes: request[name] })) : [],
        },
      };
    } finally {
      wipe(keyMaterial);
    }
  },
});

/** What `--fileb` writes files of. */
const BLOBS = ["ImportToken", "EncryptedKeyMaterial"] as const;
const fileNameOf = (blob: (typeof BLOBS)[number]) => `${blob}.bin`;

/** The files of the blobs, of which `out` must be none: not on file systems either that do not tell cases apart. */
function blobsBeside(out: string): string[] {
  if (out === "-") throw misuse("--fileb writes files beside --out, and that is stdout", "name a file");
  const names = BLOBS.map(fileNameOf);
  if (names.some((name) => name.toLowerCase() === basename(out).toLowerCase()))
    throw misuse(`--out ${out} is a name that --fileb writes to`, "choose another name, as import.json");
  return names.map((name) => join(dirname(out), name));
}

/** For AWS CLI version 2. */
function commandWithJson(out: string, { report }: ImportKeyMaterialRequest): string {
  const file = out === "-" ? "import.json" : out;
  return importCommandWords(file, report.region)
    .map((word) => shellWord(word))
    .join(" ");
}

/** For version 1 too, which does not decode base64 in files of JSON. */
function commandWithBlobs(out: string, request: ImportKeyMaterialRequest): string {
  const { KeyId, ExpirationModel, ValidTo, ImportType, KeyMaterialId, KeyMaterialDescription } = request;
  const options = {
    "key-id": KeyId,
    "import-token": `fileb://${join(dirname(out), fileNameOf("ImportToken"))}`,
    "encrypted-key-material": `fileb://${join(dirname(out), fileNameOf("EncryptedKeyMaterial"))}`,
    "expiration-model": ExpirationModel,
    "valid-to": ValidTo?.toISOString(),
    "import-type": ImportType,
    "key-material-id": KeyMaterialId,
    "key-material-description": KeyMaterialDescription,
    region: request.report.region,
  };
  const words = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, shellWord(value)],
  );
  return ["aws kms import-key-material", ...words].join(" ");
}

function reportOf({ KeyId, ExpirationModel, ValidTo, report }: ImportKeyMaterialRequest) {
  const { wrappingKey, keyMaterial, parametersValidTo, ...rest } = report;
  const { publicKeySpki, ...material } = keyMaterial;
  return {
    ...rest,
    keyId: KeyId,
    wrappingKey: { spec: wrappingKey.spec, fingerprint: wrappingKey.fingerprint },
    keyMaterial: { ...material, ...(publicKeySpki && { publicKey: encodeBase64(publicKeySpki) }) },
    ...(parametersValidTo && { parametersValidTo: parametersValidTo.toISOString() }),
    expirationModel: ExpirationModel,
    ...(ValidTo && { validTo: ValidTo.toISOString() }),
  };
}

function sentences({ KeyId, EncryptedKeyMaterial, ValidTo, report }: ImportKeyMaterialRequest): string[] {
  const { algorithm, keySpec, wrappingKey, keyMaterial, parametersValidTo } = report;
  const { publicKeySpki, publicKeyFingerprint } = keyMaterial;
  return [
    ...keyMaterial.conversions.map((conversion) => `key material: ${conversion}`),
    `${keySpec} key material, ${EncryptedKeyMaterial.length} bytes when wrapped, for ${KeyId}`,
    `assumed that the parameters were asked for with ${algorithm} and ${wrappingKey.spec}`,
    `SHA-256 of the wrapping key: ${wrappingKey.fingerprint}`,
    ...(publicKeySpki && publicKeyFingerprint
      ? [
          `SHA-256 of the material's public key: ${publicKeyFingerprint}`,
          `the material's public key, as GetPublicKey has it after the import: ${encodeBase64(publicKeySpki)}`,
        ]
      : []),
    ValidTo ? `the material expires at ${ValidTo.toISOString()}` : "the material does not expire",
    ...(parametersValidTo ? [`import it before ${parametersValidTo.toISOString()}`] : []),
  ];
}
