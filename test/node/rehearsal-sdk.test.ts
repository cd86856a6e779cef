/** The whole import with the JavaScript SDK, for every algorithm, wrapping key and key spec that go together. */

import {
  CreateKeyCommand,
  DescribeKeyCommand,
  GetParametersForImportCommand,
  ImportKeyMaterialCommand,
  type KMSClient,
} from "@aws-sdk/client-kms";
import { describe, expect, test } from "vitest";
import { prepareImport } from "../../src/index.ts";
import { WRAPPING_KEY_SPECS, type WrappingKeySpec } from "../../src/keys/key-specs.ts";
import { compatibleAlgorithms } from "../../src/kms/compatibility.ts";
import type { WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import {
  chinaSymmetric,
  MATERIALS,
  materialFor,
  type OriginalMaterial,
  rsaForEncryption,
} from "../support/imported-material.ts";
import { CHINA_REGION, useRehearsal, WORLD_REGION } from "../support/rehearsal.ts";

const suite = useRehearsal();

async function importInto(
  kms: KMSClient,
  material: OriginalMaterial,
  WrappingAlgorithm: WrappingAlgorithm,
  WrappingKeySpec: WrappingKeySpec,
): Promise<string> {
  const { keySpec, keyUsage, bytes } = material;
  const create = new CreateKeyCommand({ Origin: "EXTERNAL", KeySpec: keySpec, KeyUsage: keyUsage });
  const KeyId = (await kms.send(create)).KeyMetadata!.KeyId!;
  const get = new GetParametersForImportCommand({ KeyId, WrappingAlgorithm, WrappingKeySpec });
  const parameters = await kms.send(get);
  const request = prepareImport({ parameters, algorithm: WrappingAlgorithm, keySpec, keyMaterial: bytes });
  await kms.send(new ImportKeyMaterialCommand(request));
  return KeyId;
}

/** Every combination of the region, as [key spec, algorithm, wrapping key spec]. */
function matrix(region: string, materials: readonly OriginalMaterial[]) {
  return materials.flatMap((material) =>
    WRAPPING_KEY_SPECS.flatMap((wrappingKeySpec) =>
      compatibleAlgorithms(material.keySpec, wrappingKeySpec, { region }).map(
        (algorithm) => [material.keySpec, algorithm, wrappingKeySpec, material] as const,
      ),
    ),
  );
}

const world = matrix(WORLD_REGION, MATERIALS);
const china = matrix(CHINA_REGION, [chinaSymmetric(), ...MATERIALS.slice(1)]);

test("the matrix is the whole of it", () => {
  const count = (rows: readonly (readonly [string, ...unknown[]])[], keySpec: string) =>
    rows.filter(([spec]) => spec === keySpec).length;
  const specs = MATERIALS.map(({ keySpec }) => keySpec);
  // OAEP × 2 hashes × 3 keys; RSA_AES_KEY_WRAP × 2 × 3; SM2PKE
  expect(specs.map((spec) => [spec, count(world, spec), count(china, spec)])).toEqual([
    ["SYMMETRIC_DEFAULT", 6, 6],
    ["HMAC_224", 6, 6],
    ["HMAC_256", 6, 6],
    ["HMAC_384", 6, 6],
    ["HMAC_512", 6, 6],
    ["RSA_2048", 6, 1],
    ["RSA_3072", 6, 1],
    ["RSA_4096", 6, 1],
    ["ECC_NIST_P256", 12, 7],
    ["ECC_NIST_P384", 12, 7],
    ["ECC_NIST_P521", 10, 5],
    ["ECC_SECG_P256K1", 12, 7],
    ["ECC_NIST_EDWARDS25519", 10, 4],
    ["SM2", 0, 7],
  ]);
});

describe.each([
  [WORLD_REGION, world],
  [CHINA_REGION, china],
])("in %s", (region, rows) => {
  test.each(rows)("%s by %s under %s", async (_spec, algorithm, wrappingKeySpec, material) => {
    const kms = suite.client(region);
    const KeyId = await importInto(kms, material, algorithm, wrappingKeySpec);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({
      KeyState: "Enabled",
      Enabled: true,
      Origin: "EXTERNAL",
      KeySpec: material.keySpec,
      ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
    });
    await material.prove(kms, KeyId);
  });
});

test.each(["RSA_2048", "RSA_3072", "RSA_4096"] as const)("%s for encryption", async (keySpec) => {
  const material = rsaForEncryption(keySpec);
  const KeyId = await importInto(suite.client(), material, "RSA_AES_KEY_WRAP_SHA_256", "RSA_2048");
  await material.prove(suite.client(), KeyId);
});

test("the proof fails for another key", async () => {
  const KeyId = await importInto(suite.client(), materialFor("HMAC_256"), "RSAES_OAEP_SHA_256", "RSA_2048");
  const other = { ...materialFor("HMAC_256"), bytes: new Uint8Array(32).fill(1) };
  const otherId = await importInto(suite.client(), other, "RSAES_OAEP_SHA_256", "RSA_2048");
  await materialFor("HMAC_256").prove(suite.client(), KeyId);
  await expect(materialFor("HMAC_256").prove(suite.client(), otherId)).rejects.toThrow();
});
