/** What to say when an input holds something other than what was asked for: one table, by what was asked and found. */

import { KmsWrapError, type KmsWrapErrorCode } from "../errors.ts";
import type { OpenedKey } from "../formats/open-key.ts";

/** What somebody asked for, as messages call it. */
type Wanted = "a wrapping key" | "an unwrapping key" | "key material";

interface Refusal {
  readonly code: KmsWrapErrorCode;
  /** What to do, where the container's own hint is not the answer. */
  readonly hint?: string;
}

const TAKE_PUBLIC_KEY =
  "the wrapping key is the PublicKey that GetParametersForImport returned (WrappingPublicKey.bin)";
const GIVE_PRIVATE_KEY = "give the private key that belongs to it";

const ENCRYPTED: Refusal = { code: "ENCRYPTED_PRIVATE_KEY" };
const CERTIFICATE: Refusal = { code: "CERTIFICATE_GIVEN" };
const NO_PRIVATE_KEY: Refusal = { code: "CERTIFICATE_GIVEN", hint: GIVE_PRIVATE_KEY };
const UNSUPPORTED: Refusal = { code: "UNSUPPORTED_FORMAT" };

const REFUSALS: Readonly<Record<Wanted, Readonly<Partial<Record<OpenedKey["holds"], Refusal>>>>> = {
  "a wrapping key": {
    "private key": { code: "PRIVATE_KEY_AS_WRAPPING_KEY", hint: TAKE_PUBLIC_KEY },
    "encrypted private key": { code: "PRIVATE_KEY_AS_WRAPPING_KEY", hint: TAKE_PUBLIC_KEY },
    certificate: CERTIFICATE,
    "certificate request": CERTIFICATE,
    "unsupported format": UNSUPPORTED,
  },
  "an unwrapping key": {
    "public key": { code: "PUBLIC_KEY_AS_PRIVATE_KEY", hint: GIVE_PRIVATE_KEY },
    "encrypted private key": ENCRYPTED,
    certificate: NO_PRIVATE_KEY,
    "certificate request": NO_PRIVATE_KEY,
    "unsupported format": UNSUPPORTED,
  },
  "key material": {
    "public key": { code: "PUBLIC_KEY_AS_KEY_MATERIAL", hint: GIVE_PRIVATE_KEY },
    "encrypted private key": ENCRYPTED,
    certificate: NO_PRIVATE_KEY,
    "certificate request": NO_PRIVATE_KEY,
    "unsupported format": UNSUPPORTED,
  },
};

/** The error for having found `found` where `wanted` was asked for. */
export function refusal(wanted: Wanted, found: OpenedKey): KmsWrapError {
  const { code, hint = "hint" in found ? found.hint : undefined } = REFUSALS[wanted][found.holds]!;
  const article = /^[aeiou]/.test(found.holds) ? "an" : "a";
  return new KmsWrapError(
    code,
    `found ${article} ${found.holds} (${found.name}, ${found.encoding}), expected ${wanted}`,
    hint === undefined ? {} : { hint },
  );
}

/** The error for an input that no container explains. */
export function unrecognized(
  wanted: Wanted,
  bytes: Uint8Array,
  look?: { what: string; hint: string },
): KmsWrapError {
  const looks = look === undefined ? "" : `; it looks like ${look.what}`;
  return new KmsWrapError(
    "UNRECOGNIZED_FORMAT",
    `${bytes.length} bytes that are no key in DER, PEM, base64 or JWK, expected ${wanted}${looks}`,
    { hint: look?.hint ?? "check that it is the right file, and that it was copied whole" },
  );
}
