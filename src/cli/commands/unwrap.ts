/** `kms-wrap unwrap`: the other half, for rehearsals and receiving sides. What it writes is secret. */

import { wipe } from "../../bytes.ts";
import { assertSm2Encoding, SM2_ENCODINGS } from "../../formats/sm2-ciphertext.ts";
import { parseUnwrappingKey, type UnwrappingKey, wipeUnwrappingKey } from "../../keys/unwrapping-key.ts";
import { WRAPPING_ALGORITHMS } from "../../schemes/algorithms.ts";
import { assertAlgorithm } from "../../schemes/checks.ts";
import { unwrapWith } from "../../unwrap.ts";
import { type Command, defineCommand, JSON_OPTION, OUTPUT_OPTIONS } from "../command.ts";
import { engineWarnings, loadEngineFor } from "../engine.ts";
import { about } from "../errors.ts";
import { readInput, refuseSharedStdin, refuseToReplace } from "../input.ts";

export const unwrapCommand: Command = defineCommand({
  summary: "Decrypts wrapped key material with the wrapping key's private half.",
  options: {
    "private-key": {
      type: "string",
      required: true,
      placeholder: "FILE",
      help: "PKCS#8, PKCS#1, SEC 1 or JWK, in DER, PEM or base64",
    },
    algorithm: { type: "string", required: true, placeholder: "ALG", help: "what it was wrapped with" },
    in: { type: "string", required: true, placeholder: "FILE", help: "the wrapped key material; - is stdin" },
    ...OUTPUT_OPTIONS,
    encoding: {
      type: "string",
      placeholder: "ENC",
      help: `how an SM2 ciphertext is laid out: asn1 unless said otherwise`,
    },
    ...JSON_OPTION,
  },
  notes: `Algorithms: ${WRAPPING_ALGORITHMS.join(", ")}
Encodings: ${SM2_ENCODINGS.join(", ")}
FILE for --out is written with mode 0600. Whatever is wrong with the wrapped material, the error is the same.
The report: algorithm, privateKey {spec, fingerprint}, keyMaterial {bytes}, engine, warnings, output {file, bytes}.`,

  async run(values) {
    const { algorithm, encoding = "asn1" } = values;
    refuseSharedStdin(values["private-key"], values.in);
    refuseToReplace([values.in, values["private-key"]], [values.out]);
    assertAlgorithm(algorithm);
    assertSm2Encoding(encoding);
    const privateKey = await readPrivateKey(values["private-key"]);
    try {
      const wrapped = await readInput(values.in);
      const engine = await loadEngineFor(algorithm);
      const bytes = unwrapWith(engine, { algorithm, privateKey, wrapped, encoding });
      const { spec, fingerprint } = privateKey.wrappingKey;
      return {
        report: {
          algorithm,
          privateKey: { spec, fingerprint },
          keyMaterial: { bytes: bytes.length },
          engine: engine.info.name,
        },
        said: [`unwrapped ${bytes.length} bytes of key material with ${algorithm} and an ${spec} key`],
        warnings: engineWarnings(engine),
        output: { bytes, secret: true },
      };
    } finally {
      wipeUnwrappingKey(privateKey);
    }
  },
});

/** @returns a key that the caller overwrites. */
async function readPrivateKey(file: string): Promise<UnwrappingKey> {
  const bytes = await readInput(file);
  try {
    return about(file, () => parseUnwrappingKey(bytes));
  } finally {
    wipe(bytes);
  }
}
