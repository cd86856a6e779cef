/** Re-imports, several materials of one key, multi-Region keys: ImportType and KeyMaterialId as the SDK sends them. */

import {
  DecryptCommand,
  DeleteImportedKeyMaterialCommand,
  DescribeKeyCommand,
  EncryptCommand,
  ListKeyRotationsCommand,
  ListKeysCommand,
  ReplicateKeyCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { afterEach, describe, expect, test } from "vitest";
import { createKey, getParameters, importBytes, serviceError } from "../support/import-steps.ts";
import { materialFor } from "../support/imported-material.ts";
import { CHINA_REGION, useRehearsal, WORLD_REGION } from "../support/rehearsal.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 23, 10, 11, 12);

let now = START;
const suite = useRehearsal({ clock: () => now });
afterEach(() => {
  now = START;
});

const first = materialFor("SYMMETRIC_DEFAULT").bytes;
const second = first.map((byte) => byte ^ 0xff);
const third = first.map((byte) => byte ^ 0x55);

async function rotations(kms: ReturnType<typeof suite.client>, KeyId: string) {
  const { Rotations } = await kms.send(
    new ListKeyRotationsCommand({ KeyId, IncludeKeyMaterial: "ALL_KEY_MATERIAL" }),
  );
  return Rotations!;
}

describe("re-import", () => {
  test("of the same material, under another spec and by another algorithm", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms, { KeySpec: "ECC_NIST_P384", KeyUsage: "SIGN_VERIFY" });
    const material = materialFor("ECC_NIST_P384");
    await importBytes(kms, KeyId, material.bytes, {}, "RSAES_OAEP_SHA_256", "RSA_2048");
    await importBytes(kms, KeyId, material.bytes, {}, "RSA_AES_KEY_WRAP_SHA_1", "RSA_3072");
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId }));
    await importBytes(kms, KeyId, material.bytes, {}, "RSAES_OAEP_SHA_1", "RSA_3072");
    await material.prove(kms, KeyId);
  });

  test("sets the expiration anew", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    const ValidTo = new Date(START + HOUR);
    await importBytes(kms, KeyId, first, { ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo });
    await importBytes(kms, KeyId, first);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata!.ExpirationModel).toBe("KEY_MATERIAL_DOES_NOT_EXPIRE");
    expect(KeyMetadata!.ValidTo).toBeUndefined();
  });

  test("by the material's id, which stays the same", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    const { KeyMaterialId } = await importBytes(kms, KeyId, first, { ImportType: "NEW_KEY_MATERIAL" });
    expect(KeyMaterialId).toMatch(/^[0-9a-f]{64}$/);
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId, KeyMaterialId }));
    const again = await importBytes(kms, KeyId, first, {
      ImportType: "EXISTING_KEY_MATERIAL",
      KeyMaterialId,
    });
    expect(again.KeyMaterialId).toBe(KeyMaterialId);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata!.CurrentKeyMaterialId).toBe(KeyMaterialId);
    const other = await createKey(kms);
    expect((await importBytes(kms, other, first)).KeyMaterialId).not.toBe(KeyMaterialId);
    expect(await serviceError(importBytes(kms, KeyId, second, { KeyMaterialId }))).toBe(
      "IncorrectKeyMaterialException",
    );
  });

  test("HMAC and asymmetric keys answer without a material id", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms, { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
    expect((await importBytes(kms, KeyId, first)).KeyMaterialId).toBeUndefined();
  });
});

describe("new material for a symmetric key", () => {
  test("waits for its rotation; what was encrypted before is still opened", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    const one = await importBytes(kms, KeyId, first, { KeyMaterialDescription: "one" });
    const Plaintext = Buffer.from("text");
    const old = await kms.send(new EncryptCommand({ KeyId, Plaintext }));
    const two = await importBytes(kms, KeyId, second, { ImportType: "NEW_KEY_MATERIAL" });
    expect(await rotations(kms, KeyId)).toMatchObject([
      {
        KeyMaterialId: one.KeyMaterialId,
        KeyMaterialState: "CURRENT",
        ImportState: "IMPORTED",
        KeyMaterialDescription: "one",
      },
      { KeyMaterialId: two.KeyMaterialId, KeyMaterialState: "PENDING_ROTATION", ImportState: "IMPORTED" },
    ]);
    await materialFor("SYMMETRIC_DEFAULT").prove(kms, KeyId);
    await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
    expect((await rotations(kms, KeyId)).map(({ KeyMaterialState }) => KeyMaterialState)).toEqual([
      "NON_CURRENT",
      "CURRENT",
    ]);
    await expect(materialFor("SYMMETRIC_DEFAULT").prove(kms, KeyId)).rejects.toThrow();
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: old.CiphertextBlob }));
    expect(opened).toMatchObject({ KeyMaterialId: one.KeyMaterialId });
    expect(Buffer.from(opened.Plaintext!)).toEqual(Plaintext);
  });

  test("a key is enabled when all of its materials are there", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    const one = await importBytes(kms, KeyId, first);
    await importBytes(kms, KeyId, second, { ImportType: "NEW_KEY_MATERIAL" });
    await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId, KeyMaterialId: one.KeyMaterialId }));
    const state = async () => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.KeyState;
    expect(await state()).toBe("PendingImport");
    await importBytes(kms, KeyId, first);
    expect(await state()).toBe("Enabled");
  });

  test("is refused if the key has it already, or has another one waiting", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    const asNew = { ImportType: "NEW_KEY_MATERIAL" } as const;
    await importBytes(kms, KeyId, first);
    expect(await serviceError(importBytes(kms, KeyId, first, asNew))).toBe("IncorrectKeyMaterialException");
    const two = await importBytes(kms, KeyId, second, asNew);
    expect(await serviceError(importBytes(kms, KeyId, third, asNew))).toBe("KMSInvalidStateException");
    // What waits can be replaced.
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId, KeyMaterialId: two.KeyMaterialId }));
    await importBytes(kms, KeyId, third, asNew);
    expect(await rotations(kms, KeyId)).toHaveLength(2);
  });

  test("there is nothing to rotate to, or nothing to rotate", async () => {
    const kms = suite.client();
    const KeyId = await createKey(kms);
    await importBytes(kms, KeyId, first);
    expect(await serviceError(kms.send(new RotateKeyOnDemandCommand({ KeyId })))).toBe(
      "KMSInvalidStateException",
    );
    const hmac = await createKey(kms, { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
    expect(await serviceError(kms.send(new RotateKeyOnDemandCommand({ KeyId: hmac })))).toBe(
      "UnsupportedOperationException",
    );
    expect(
      await serviceError(
        kms.send(new DeleteImportedKeyMaterialCommand({ KeyId, KeyMaterialId: "a".repeat(64) })),
      ),
    ).toBe("NotFoundException");
  });
});

describe("multi-Region keys", () => {
  const REPLICA_REGION = "eu-west-1";

  async function family(input: Parameters<typeof createKey>[1], material: Uint8Array) {
    const kms = suite.client();
    const primary = await createKey(kms, { MultiRegion: true, ...input });
    await importBytes(kms, primary, material);
    const replicate = new ReplicateKeyCommand({ KeyId: primary, ReplicaRegion: REPLICA_REGION });
    const { ReplicaKeyMetadata } = await kms.send(replicate);
    return { primary, replica: ReplicaKeyMetadata!.Arn! };
  }

  test("the replica takes the primary key's material as EXISTING_KEY_MATERIAL, and no other", async () => {
    const { primary, replica } = await family({}, first);
    expect(primary).toMatch(/:key\/mrk-[0-9a-f]{32}$/);
    expect(replica).toBe(primary.replace(WORLD_REGION, REPLICA_REGION));
    const kms = suite.client(REPLICA_REGION);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: replica }));
    expect(KeyMetadata).toMatchObject({
      KeyState: "PendingImport",
      MultiRegion: true,
      MultiRegionConfiguration: {
        MultiRegionKeyType: "REPLICA",
        PrimaryKey: { Arn: primary, Region: WORLD_REGION },
        ReplicaKeys: [{ Arn: replica, Region: REPLICA_REGION }],
      },
    });
    const asNew = { ImportType: "NEW_KEY_MATERIAL" } as const;
    const asExisting = { ImportType: "EXISTING_KEY_MATERIAL" } as const;
    expect(await serviceError(importBytes(kms, replica, first, asNew))).toBe("UnsupportedOperationException");
    expect(await serviceError(importBytes(kms, replica, second, asExisting))).toBe(
      "IncorrectKeyMaterialException",
    );
    await importBytes(kms, replica, first, asExisting);
    await materialFor("SYMMETRIC_DEFAULT").prove(kms, replica);
  });

  test("an HMAC replica, which has no import types", async () => {
    const { replica } = await family({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }, first);
    const kms = suite.client(REPLICA_REGION);
    expect(await serviceError(importBytes(kms, replica, second))).toBe("IncorrectKeyMaterialException");
    expect(await serviceError(importBytes(kms, replica, first))).toBeUndefined();
  });

  test("new material rotates when every replica has it", async () => {
    const { primary, replica } = await family({}, first);
    const [home, away] = [suite.client(), suite.client(REPLICA_REGION)];
    await importBytes(away, replica, first);
    await importBytes(home, primary, second, { ImportType: "NEW_KEY_MATERIAL" });
    const states = async () =>
      (await rotations(home, primary)).map(({ KeyMaterialState }) => KeyMaterialState);
    expect(await states()).toEqual(["CURRENT", "PENDING_MULTI_REGION_IMPORT_AND_ROTATION"]);
    const rotate = () => home.send(new RotateKeyOnDemandCommand({ KeyId: primary }));
    expect(await serviceError(rotate())).toBe("KMSInvalidStateException");
    await importBytes(away, replica, second, { ImportType: "EXISTING_KEY_MATERIAL" });
    expect(await states()).toEqual(["CURRENT", "PENDING_ROTATION"]);
    await rotate();
    const sealed = await home.send(new EncryptCommand({ KeyId: primary, Plaintext: first }));
    expect((await rotations(away, replica)).map(({ KeyMaterialState }) => KeyMaterialState)).toEqual([
      "NON_CURRENT",
      "CURRENT",
    ]);
    expect(sealed.KeyId).toBe(primary);
  });

  test("what waits for its rotation goes from the replicas with the primary key's, not the other way round", async () => {
    const { primary, replica } = await family({}, first);
    const [home, away] = [suite.client(), suite.client(REPLICA_REGION)];
    await importBytes(away, replica, first);
    const { KeyMaterialId } = await importBytes(home, primary, second, { ImportType: "NEW_KEY_MATERIAL" });
    const remove = (kms: typeof home, KeyId: string) =>
      kms.send(new DeleteImportedKeyMaterialCommand({ KeyId, KeyMaterialId }));
    const states = async (kms: typeof home, KeyId: string) =>
      (await rotations(kms, KeyId)).map(({ KeyMaterialState }) => KeyMaterialState);
    await importBytes(away, replica, second);
    await remove(away, replica);
    expect(await states(away, replica)).toEqual(["CURRENT"]);
    expect(await states(home, primary)).toEqual(["CURRENT", "PENDING_MULTI_REGION_IMPORT_AND_ROTATION"]);
    await importBytes(away, replica, second);
    await remove(home, primary);
    expect(await states(home, primary)).toEqual(["CURRENT"]);
    expect(await states(away, replica)).toEqual(["CURRENT"]);
  });

  test("a replica whose deletion is due is gone from its family, and can be made again", async () => {
    const { primary, replica } = await family({}, first);
    const [home, away] = [suite.client(), suite.client(REPLICA_REGION)];
    const replicas = async () =>
      (await home.send(new DescribeKeyCommand({ KeyId: primary }))).KeyMetadata!.MultiRegionConfiguration!
        .ReplicaKeys;
    const listed = [{ Arn: replica, Region: REPLICA_REGION }];
    await away.send(new ScheduleKeyDeletionCommand({ KeyId: replica, PendingWindowInDays: 7 }));
    now = START + 7 * DAY - 1;
    expect(await replicas()).toEqual(listed);
    now = START + 7 * DAY;
    expect(await replicas()).toEqual([]);
    await importBytes(home, primary, second, { ImportType: "NEW_KEY_MATERIAL" });
    await home.send(new RotateKeyOnDemandCommand({ KeyId: primary }));
    expect((await rotations(home, primary)).map(({ KeyMaterialState }) => KeyMaterialState)).toEqual([
      "NON_CURRENT",
      "CURRENT",
    ]);
    await home.send(new ReplicateKeyCommand({ KeyId: primary, ReplicaRegion: REPLICA_REGION }));
    expect(await replicas()).toEqual(listed);
    const { KeyMetadata } = await away.send(new DescribeKeyCommand({ KeyId: replica }));
    expect(KeyMetadata!.KeyState).toBe("PendingImport");
  });

  describe.each([
    ["seen", (region: string, KeyId: string) => rotations(suite.client(region), KeyId)],
    ["not seen", async () => undefined],
  ])("material that waits for its rotation and has expired, which was %s before", (_, look) => {
    const expiring = { ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo: new Date(START + HOUR) } as const;

    test("is not rotated to where a replica lacks it", async () => {
      const { primary, replica } = await family({}, first);
      const [home, away] = [suite.client(), suite.client(REPLICA_REGION)];
      await importBytes(away, replica, first);
      await importBytes(home, primary, second, { ImportType: "NEW_KEY_MATERIAL" });
      await importBytes(away, replica, second, expiring);
      now = START + HOUR;
      await look(REPLICA_REGION, replica);
      expect(await serviceError(home.send(new RotateKeyOnDemandCommand({ KeyId: primary })))).toBe(
        "KMSInvalidStateException",
      );
      const { KeyMetadata } = await away.send(new DescribeKeyCommand({ KeyId: replica }));
      expect(KeyMetadata!.KeyState).toBe("Enabled");
    });

    test("is not taken by a replica where the primary key lacks it", async () => {
      const { primary, replica } = await family({}, first);
      const [home, away] = [suite.client(), suite.client(REPLICA_REGION)];
      await importBytes(home, primary, second, { ImportType: "NEW_KEY_MATERIAL", ...expiring });
      now = START + HOUR;
      await look(WORLD_REGION, primary);
      expect(await serviceError(importBytes(away, replica, second))).toBe("IncorrectKeyMaterialException");
    });
  });

  test("cannot be replicated: single-Region keys, replicas, twice, into another partition", async () => {
    const kms = suite.client();
    const single = await createKey(kms);
    await importBytes(kms, single, first);
    const { primary, replica } = await family({}, first);
    const run = (client: typeof kms, KeyId: string, ReplicaRegion: string) =>
      serviceError(client.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion })));
    expect(await run(kms, single, REPLICA_REGION)).toBe("UnsupportedOperationException");
    expect(await run(suite.client(REPLICA_REGION), replica, "us-east-1")).toBe(
      "UnsupportedOperationException",
    );
    expect(await run(kms, primary, REPLICA_REGION)).toBe("ValidationException");
    expect(await run(kms, primary, CHINA_REGION)).toBe("ValidationException");
    expect(await run(kms, primary, "elsewhere")).toBe("ValidationException");
  });
});

test("keys are listed page by page, region by region", async () => {
  const kms = suite.client("ap-south-1");
  const created = [];
  for (let i = 0; i < 5; i++) created.push(await createKey(kms));
  const listed = [];
  let Marker: string | undefined;
  do {
    const page = await kms.send(new ListKeysCommand({ Limit: 2, Marker }));
    listed.push(...page.Keys!.map(({ KeyArn }) => KeyArn));
    Marker = page.NextMarker;
    expect(page.Truncated).toBe(Marker !== undefined);
  } while (Marker);
  expect(listed).toEqual(created);
});

test("two answers in a row bear different wrapping keys, the third the first one again", async () => {
  const kms = suite.client();
  const KeyId = await createKey(kms, { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" });
  const keys = [];
  for (let i = 0; i < 4; i++) {
    const { PublicKey } = await getParameters(kms, KeyId, "RSA_AES_KEY_WRAP_SHA_256", "RSA_3072");
    keys.push(Buffer.from(PublicKey!).toString("hex"));
  }
  expect(new Set(keys).size).toBe(2);
  expect(keys[2]).toBe(keys[0]);
  expect(keys[3]).toBe(keys[1]);
});
