/** The table of what may wrap what, written out a second time, against the rules in kms/compatibility.ts. */

import { describe, expect, test } from "vitest";
import {
  KEY_SPECS,
  type KeySpec,
  WRAPPING_KEY_SPECS,
  type WrappingKeySpec,
} from "../../src/keys/key-specs.ts";
import { assertCompatible, assertImportable, compatibleAlgorithms } from "../../src/kms/compatibility.ts";
import { WRAPPING_ALGORITHMS, type WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { errorCode } from "../support/error-code.ts";

/** Where a combination is allowed: in every region, only outside of China's, only in China's, nowhere. */
type Cell = "yes" | "outside China" | "in China" | "no";

/** Columns: RSAES_OAEP under RSA_2048; under RSA_3072 and RSA_4096; RSA_AES_KEY_WRAP under any RSA; SM2PKE under SM2. */
const TABLE: Readonly<Record<KeySpec, readonly [Cell, Cell, Cell, Cell]>> = {
  SYMMETRIC_DEFAULT: ["yes", "yes", "no", "no"],
  HMAC_224: ["yes", "yes", "no", "no"],
  HMAC_256: ["yes", "yes", "no", "no"],
  HMAC_384: ["yes", "yes", "no", "no"],
  HMAC_512: ["yes", "yes", "no", "no"],
  RSA_2048: ["no", "no", "outside China", "in China"],
  RSA_3072: ["no", "no", "outside China", "in China"],
  RSA_4096: ["no", "no", "outside China", "in China"],
  ECC_NIST_P256: ["yes", "yes", "outside China", "in China"],
  ECC_NIST_P384: ["yes", "yes", "outside China", "in China"],
  ECC_NIST_P521: ["no", "yes", "outside China", "in China"],
  ECC_SECG_P256K1: ["yes", "yes", "outside China", "in China"],
  ECC_NIST_EDWARDS25519: ["no", "yes", "outside China", "no"],
  SM2: ["in China", "in China", "no", "in China"],
  ML_DSA_44: ["no", "no", "no", "no"],
  ML_DSA_65: ["no", "no", "no", "no"],
  ML_DSA_87: ["no", "no", "no", "no"],
  ML_KEM_512: ["no", "no", "no", "no"],
  ML_KEM_768: ["no", "no", "no", "no"],
  ML_KEM_1024: ["no", "no", "no", "no"],
};

const REGIONS = [undefined, "eu-central-1", "us-gov-west-1", "cn-north-1", "cn-northwest-1"] as const;

const COMBINATIONS = WRAPPING_KEY_SPECS.flatMap((wrappingKeySpec) =>
  WRAPPING_ALGORITHMS.flatMap((algorithm) =>
    REGIONS.map((region) => ({ algorithm, wrappingKeySpec, region })),
  ),
);

function cell(keySpec: KeySpec, algorithm: WrappingAlgorithm, wrappingKeySpec: WrappingKeySpec): Cell {
  const [oaepShort, oaepLong, rsaAes, sm2pke] = TABLE[keySpec];
  if ((algorithm === "SM2PKE") !== (wrappingKeySpec === "SM2")) return "no";
  if (algorithm === "SM2PKE") return sm2pke;
  if (algorithm.startsWith("RSA_AES_KEY_WRAP_")) return rsaAes;
  return wrappingKeySpec === "RSA_2048" ? oaepShort : oaepLong;
}

function isAllowed(where: Cell, region: string | undefined): boolean {
  if (where === "no") return false;
  return where === "yes" || region === undefined || (where === "in China") === region.startsWith("cn-");
}

describe("what may wrap what", () => {
  test("the table has a row for each key spec", () => {
    expect(Object.keys(TABLE)).toEqual(KEY_SPECS);
  });

  test.each(KEY_SPECS)("%s: each yes passes, each no is refused", (keySpec) => {
    const found = COMBINATIONS.map((combination) => ({
      ...combination,
      refusal: errorCode(() => assertCompatible({ ...combination, keySpec })),
    }));
    const expected = COMBINATIONS.map((combination) => {
      const where = cell(keySpec, combination.algorithm, combination.wrappingKeySpec);
      const code = where === "no" ? "INCOMPATIBLE_KEY_SPEC" : "UNAVAILABLE_IN_REGION";
      return { ...combination, refusal: isAllowed(where, combination.region) ? undefined : code };
    });
    expect(found).toEqual(expected);
  });

  test.each(KEY_SPECS)("%s: the algorithms that are named are those that pass", (keySpec) => {
    for (const wrappingKeySpec of WRAPPING_KEY_SPECS)
      for (const region of REGIONS) {
        const named = compatibleAlgorithms(keySpec, wrappingKeySpec, { region });
        const passing = WRAPPING_ALGORITHMS.filter((algorithm) =>
          isAllowed(cell(keySpec, algorithm, wrappingKeySpec), region),
        );
        expect([...named].sort(), `${wrappingKeySpec} in ${region}`).toEqual([...passing].sort());
      }
  });
});

describe("which algorithm is recommended", () => {
  test.each<[KeySpec, WrappingKeySpec, string | undefined, WrappingAlgorithm]>([
    ["SYMMETRIC_DEFAULT", "RSA_2048", undefined, "RSAES_OAEP_SHA_256"],
    ["HMAC_512", "RSA_4096", "eu-central-1", "RSAES_OAEP_SHA_256"],
    ["ECC_NIST_P521", "RSA_4096", "eu-central-1", "RSA_AES_KEY_WRAP_SHA_256"],
    ["ECC_NIST_P521", "RSA_4096", "cn-north-1", "RSAES_OAEP_SHA_256"],
    ["ECC_NIST_EDWARDS25519", "RSA_3072", undefined, "RSA_AES_KEY_WRAP_SHA_256"],
    ["RSA_2048", "SM2", "cn-north-1", "SM2PKE"],
  ])("%s under %s in %s: %s", (keySpec, wrappingKeySpec, region, algorithm) => {
    expect(compatibleAlgorithms(keySpec, wrappingKeySpec, { region })[0]).toBe(algorithm);
  });
});

describe("refusals say what would do instead", () => {
  const hintOf = (request: Parameters<typeof assertCompatible>[0]) => {
    try {
      assertCompatible(request);
    } catch (error) {
      return (error as { hint?: string }).hint;
    }
    return undefined;
  };

  test("another algorithm for the same wrapping key", () => {
    const request = {
      algorithm: "RSAES_OAEP_SHA_1",
      keySpec: "RSA_2048",
      wrappingKeySpec: "RSA_4096",
    } as const;
    expect(hintOf(request)).toBe("use RSA_AES_KEY_WRAP_SHA_256 or RSA_AES_KEY_WRAP_SHA_1");
  });

  test("another wrapping key", () => {
    const request = {
      algorithm: "RSAES_OAEP_SHA_256",
      keySpec: "RSA_2048",
      wrappingKeySpec: "RSA_4096",
    } as const;
    expect(hintOf({ ...request, region: "cn-north-1" })).toContain(
      "a wrapping key of SM2 instead of RSA_4096",
    );
    expect(
      hintOf({ ...request, keySpec: "ECC_NIST_P521", wrappingKeySpec: "RSA_2048", region: "cn-north-1" }),
    ).toBe(
      "get parameters for import with a wrapping key of RSA_3072 or RSA_4096 or SM2 instead of RSA_2048",
    );
  });

  test("nothing", () => {
    const request = {
      algorithm: "RSAES_OAEP_SHA_256",
      keySpec: "ML_DSA_44",
      wrappingKeySpec: "RSA_4096",
    } as const;
    expect(hintOf(request)).toBe("ML_DSA_44 takes no imported key material");
    expect(hintOf({ ...request, keySpec: "SM2", region: "eu-central-1" })).toBe(
      "SM2 cannot be imported in eu-central-1",
    );
  });

  test("a region is a region's name", () => {
    const others = ["", "China", "cn", "arn:aws-cn:kms:cn-north-1:1:key/2", "EU-CENTRAL-1", "eu-central-1b"];
    for (const region of [...others, "aws:eu-central-1", ["eu-central-1"] as unknown as string])
      expect(errorCode(() => compatibleAlgorithms("SM2", "SM2", { region }))).toBe("INVALID_ARGUMENT");
    expect(errorCode(() => compatibleAlgorithms("SM2", "SM2", { region: "eu-central-10" }))).toBeUndefined();
  });
});

test.each([null, "eu-central-1", 7])("options that are no object are refused: %s", (options) => {
  const ask = () => compatibleAlgorithms("SM2", "SM2", options as unknown as { region?: string });
  expect(ask).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
});

describe("what can be imported at all", () => {
  test.each(KEY_SPECS.filter((spec) => !spec.startsWith("ML_")))("%s can, also in China", (keySpec) => {
    expect(() => assertImportable(keySpec, undefined)).not.toThrow();
    expect(() => assertImportable(keySpec, "cn-north-1")).not.toThrow();
  });

  test.each<[KeySpec, string, string, string]>([
    [
      "SM2",
      "eu-central-1",
      "SM2 keys cannot be imported in eu-central-1",
      "they exist in China's regions only",
    ],
    [
      "ML_DSA_44",
      "eu-central-1",
      "ML_DSA_44 keys take no imported key material",
      "let the KMS generate the key",
    ],
  ])("%s cannot in %s", (keySpec, region, message, hint) => {
    expect(() => assertImportable(keySpec, region)).toThrow(expect.objectContaining({ message, hint }));
  });
});
