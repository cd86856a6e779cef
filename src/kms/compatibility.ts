/**
 * Which algorithm may wrap which key material under which wrapping key: AWS's rules as data.
 *
 * From the developer guide's tables (Importing key material, steps 2 and 3; 2026). For Ed25519 they say nothing that
 * can be relied on: RSA_AES_KEY_WRAP, which fits in any case, comes first, and OAEP is treated as for P-521.
 */

import { assertObject } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";
import {
  assertKeySpec,
  assertWrappingKeySpec,
  KEY_SPEC_FACTS,
  type KeySpec,
  WRAPPING_KEY_SPECS,
  type WrappingKeySpec,
} from "../keys/key-specs.ts";
import type { WrappingAlgorithm } from "../schemes/algorithms.ts";
import { assertAlgorithm } from "../schemes/checks.ts";
import { isChina, type RegionOption } from "./regions.ts";

/** The constructions: the hash never makes a difference to what is allowed. */
type Construction = "RSAES_OAEP" | "RSA_AES_KEY_WRAP" | "SM2PKE";
/** Where a row of the table holds. */
type Where = "everywhere" | "outside China" | "in China";
/** For each construction: where, and under which wrapping keys. The order is the order of recommendation. */
type Rules = Partial<
  Record<Construction, { readonly where: Where; readonly under: readonly WrappingKeySpec[] }>
>;

const ANY_RSA = ["RSA_2048", "RSA_3072", "RSA_4096"] as const;
const LONG_RSA = ["RSA_3072", "RSA_4096"] as const;

const OAEP_ANY: Rules = { RSAES_OAEP: { where: "everywhere", under: ANY_RSA } };
const OAEP_LONG: Rules = { RSAES_OAEP: { where: "everywhere", under: LONG_RSA } };
const RSA_AES: Rules = { RSA_AES_KEY_WRAP: { where: "outside China", under: ANY_RSA } };
const SM2PKE: Rules = { SM2PKE: { where: "in China", under: ["SM2"] } };

const RULES: Readonly<Partial<Record<KeySpec, Rules>>> = {
  SYMMETRIC_DEFAULT: OAEP_ANY,
  HMAC_224: OAEP_ANY,
  HMAC_256: OAEP_ANY,
  HMAC_384: OAEP_ANY,
  HMAC_512: OAEP_ANY,
  RSA_2048: { ...RSA_AES, ...SM2PKE },
  RSA_3072: { ...RSA_AES, ...SM2PKE },
  RSA_4096: { ...RSA_AES, ...SM2PKE },
  ECC_NIST_P256: { ...OAEP_ANY, ...RSA_AES, ...SM2PKE },
  ECC_NIST_P384: { ...OAEP_ANY, ...RSA_AES, ...SM2PKE },
  ECC_NIST_P521: { ...RSA_AES, ...OAEP_LONG, ...SM2PKE },
  ECC_SECG_P256K1: { ...OAEP_ANY, ...RSA_AES, ...SM2PKE },
  ECC_NIST_EDWARDS25519: { ...RSA_AES, ...OAEP_LONG },
  SM2: { ...OAEP_ANY, ...SM2PKE },
};

/** Key specs that only China's regions have. */
const CHINA_KEY_SPECS: readonly KeySpec[] = ["SM2"];

const NAMES: Readonly<Record<Construction, readonly WrappingAlgorithm[]>> = {
  RSAES_OAEP: ["RSAES_OAEP_SHA_256", "RSAES_OAEP_SHA_1"],
  RSA_AES_KEY_WRAP: ["RSA_AES_KEY_WRAP_SHA_256", "RSA_AES_KEY_WRAP_SHA_1"],
  SM2PKE: ["SM2PKE"],
};

/**
 * The algorithms that may wrap material for a `keySpec` key under a `wrappingKeySpec` key, the recommended one first.
 *
 * @param keySpec - the KeySpec of the KMS key that the material is for.
 * @param wrappingKeySpec - the WrappingKeySpec that GetParametersForImport is, or was, called with.
 * @param options.region - where the KMS key is, for instance "cn-north-1"; without it, everything that some region
 *   allows.
 * @returns names of the KMS API; empty if nothing may.
 * @throws KmsWrapError `INVALID_ARGUMENT`, `UNSUPPORTED_KEY_SPEC`
 * @example
 * ```ts
 * compatibleAlgorithms("ECC_NIST_P521", "RSA_4096", { region: "eu-central-1" })[0]; // "RSA_AES_KEY_WRAP_SHA_256"
 * ```
 */
export function compatibleAlgorithms(
  keySpec: KeySpec,
  wrappingKeySpec: WrappingKeySpec,
  options: RegionOption = {},
): WrappingAlgorithm[] {
  assertKeySpec(keySpec);
  assertWrappingKeySpec(wrappingKeySpec);
  assertObject(options, "options");
  const china = isChina(options.region);
  if (china === false && CHINA_KEY_SPECS.includes(keySpec)) return [];
  return constructionsFor(keySpec)
    .filter(([, rule]) => rule.under.includes(wrappingKeySpec) && holds(rule.where, china))
    .flatMap(([construction]) => NAMES[construction]);
}

/** What a wrap for a KMS key is about. */
export interface CompatibilityRequest extends RegionOption {
  readonly algorithm: WrappingAlgorithm;
  readonly keySpec: KeySpec;
  readonly wrappingKeySpec: WrappingKeySpec;
}

/**
 * Refuses what the table rules out, and says what would do instead.
 *
 * @throws KmsWrapError `UNAVAILABLE_IN_REGION` if it is the region that lacks it, else `INCOMPATIBLE_KEY_SPEC`.
 */
export function assertCompatible({
  algorithm,
  keySpec,
  wrappingKeySpec,
  region,
}: CompatibilityRequest): void {
  assertAlgorithm(algorithm);
  const allowed = compatibleAlgorithms(keySpec, wrappingKeySpec, { region });
  if (allowed.includes(algorithm)) return;
  const what = `${algorithm} under an ${wrappingKeySpec} wrapping key`;
  const hint = hintFor(keySpec, wrappingKeySpec, region, allowed);
  if (compatibleAlgorithms(keySpec, wrappingKeySpec).includes(algorithm))
    throw new KmsWrapError(
      "UNAVAILABLE_IN_REGION",
      `${region} does not take ${keySpec} key material by ${what}`,
      { hint },
    );
  throw new KmsWrapError("INCOMPATIBLE_KEY_SPEC", `${keySpec} key material may not be wrapped by ${what}`, {
    hint,
  });
}

/**
 * Refuses a key spec that takes no imported material, or none in `region`.
 *
 * @throws KmsWrapError `UNSUPPORTED_KEY_SPEC`, `UNAVAILABLE_IN_REGION`, `INVALID_ARGUMENT` for what is no region
 */
export function assertImportable(keySpec: KeySpec, region: string | undefined): void {
  if (WRAPPING_KEY_SPECS.some((spec) => compatibleAlgorithms(keySpec, spec, { region }).length > 0)) return;
  if (KEY_SPEC_FACTS[keySpec].kind === "not importable")
    throw new KmsWrapError("UNSUPPORTED_KEY_SPEC", `${keySpec} keys take no imported key material`, {
      hint: "let the KMS generate the key",
    });
  throw new KmsWrapError("UNAVAILABLE_IN_REGION", `${keySpec} keys cannot be imported in ${region}`, {
    hint: "they exist in China's regions only",
  });
}

function constructionsFor(keySpec: KeySpec) {
  return Object.entries(RULES[keySpec] ?? {}) as [Construction, NonNullable<Rules[Construction]>][];
}

/** `china` undefined: some region will do. */
function holds(where: Where, china: boolean | undefined): boolean {
  return where === "everywhere" || china === undefined || (where === "in China") === china;
}

function hintFor(
  keySpec: KeySpec,
  wrappingKeySpec: WrappingKeySpec,
  region: string | undefined,
  allowed: readonly WrappingAlgorithm[],
): string {
  if (allowed.length) return `use ${allowed.join(" or ")}`;
  const others = WRAPPING_KEY_SPECS.filter((spec) => compatibleAlgorithms(keySpec, spec, { region }).length);
  if (others.length)
    return `get parameters for import with a wrapping key of ${others.join(" or ")} instead of ${wrappingKeySpec}`;
  return region === undefined
    ? `${keySpec} takes no imported key material`
    : `${keySpec} cannot be imported in ${region}`;
}
