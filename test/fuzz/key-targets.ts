/** The readers of keys, of key material and of parameters: what they take, they take again as they wrote it. */

import { encodeBase64 } from "../../src/formats/base64.ts";
import { parseKeyMaterial } from "../../src/keys/key-material.ts";
import { KEY_SPECS } from "../../src/keys/key-specs.ts";
import { parseUnwrappingKey } from "../../src/keys/unwrapping-key.ts";
import { parseWrappingKey } from "../../src/keys/wrapping-key.ts";
import { readParameters } from "../../src/kms/parameters.ts";
import { prepareImportWith } from "../../src/kms/prepare-import.ts";
import { showTime } from "../../src/kms/times.ts";
import { pseudoRandom } from "../support/pseudo-random.ts";
import { onEveryEngine } from "./engines.ts";
import { check } from "./finding.ts";
import { KEY_SEEDS, KEY_SPEC_SEEDS, PARAMETER_SEEDS } from "./seeds.ts";
import { type FuzzTarget, sameBytes } from "./target.ts";

const KEY_BYTES = 66_000;
/** When the parameters of the seeds are valid. */
const NOW = Date.UTC(2026, 10, 24);

export const KEY_TARGETS: readonly FuzzTarget[] = [
  {
    name: "wrapping-key",
    seeds: KEY_SEEDS,
    maxBytes: KEY_BYTES,
    testRuns: 800,
    run: (input) => {
      const key = parseWrappingKey(input);
      const again = parseWrappingKey(key.spki);
      check(sameBytes(again.spki, key.spki) && again.spec === key.spec, "SPKI is read as it was written");
      return key.spec;
    },
  },
  {
    name: "unwrapping-key",
    seeds: KEY_SEEDS,
    maxBytes: KEY_BYTES,
    testRuns: 300,
    run: (input) => {
      const { spec, wrappingKey } = parseUnwrappingKey(input);
      check(
        parseWrappingKey(wrappingKey.spki).fingerprint === wrappingKey.fingerprint,
        "the public half is a wrapping key",
      );
      return spec;
    },
  },
  {
    name: "key-material",
    seeds: KEY_SEEDS,
    maxBytes: KEY_BYTES,
    testRuns: 300,
    run: (input) => readMaterial(input),
  },
  {
    // The first byte chooses the key spec and whether the material is meant literally.
    name: "key-material-for",
    seeds: KEY_SPEC_SEEDS,
    maxBytes: KEY_BYTES,
    testRuns: 600,
    run: (input) => {
      const choice = input[0] ?? 0;
      return readMaterial(input.subarray(1), KEY_SPECS[choice % KEY_SPECS.length], choice >= 128);
    },
  },
  { name: "parameters", seeds: PARAMETER_SEEDS, maxBytes: 66_000, testRuns: 800, run: readParametersAgain },
  {
    name: "prepare-import",
    seeds: PARAMETER_SEEDS,
    maxBytes: 16_000,
    testRuns: 100,
    run: (parameters) => {
      const keyMaterial = pseudoRandom(32, 1);
      const wrapped = onEveryEngine((engine) => {
        let drawn = 0;
        const sources = { now: () => NOW, random: (length: number) => pseudoRandom(length, ++drawn) };
        const request = {
          parameters,
          algorithm: "RSAES_OAEP_SHA_256",
          keySpec: "SYMMETRIC_DEFAULT",
          keyMaterial,
        } as const;
        return prepareImportWith(engine, request, sources).EncryptedKeyMaterial;
      });
      return `${wrapped.length} bytes`;
    },
  },
];

function readMaterial(input: Uint8Array, keySpec?: (typeof KEY_SPECS)[number], raw = false): string {
  const { bytes, form, keySpec: found } = parseKeyMaterial(input, keySpec, { raw });
  const again = parseKeyMaterial(bytes, found, { raw });
  check(sameBytes(again.bytes, bytes), "material is read as it was written");
  check(again.conversions.length === 0, "what was converted needs no conversion");
  return `${found} of ${form}`;
}

function readParametersAgain(input: Uint8Array): string {
  const { key, publicKey, importToken, validTo } = readParameters(input);
  const again = readParameters(
    JSON.stringify({
      KeyId: key?.text,
      PublicKey: encodeBase64(publicKey),
      ImportToken: encodeBase64(importToken),
      ParametersValidTo: validTo === undefined ? undefined : showTime(validTo),
    }),
  );
  check(
    again.key?.text === key?.text && again.key?.region === key?.region,
    "KeyId is read as it was written",
  );
  check(sameBytes(again.publicKey, publicKey), "PublicKey is read as it was written");
  check(sameBytes(again.importToken, importToken), "ImportToken is read as it was written");
  check(
    Math.floor((again.validTo ?? 0) / 1000) === Math.floor((validTo ?? 0) / 1000),
    "the time is read as it was written",
  );
  return `with ${Object.keys({ ...(key && { key }), ...(validTo && { validTo }) }).join(", ") || "neither key nor time"}`;
}
