/** What there is to know about key material before it is wrapped. Nothing that is returned here is secret. */

import { wipe } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";
import { withInput } from "../formats/open-key.ts";
import { parseKeyMaterial } from "../keys/key-material.ts";
import { KEY_SPECS, type KeySpec } from "../keys/key-specs.ts";
import { lookAlike } from "../keys/look-alikes.ts";
import { describeMaterial, type MaterialReport } from "../keys/material-report.ts";
import { materialWarnings } from "../keys/rsa-weaknesses.ts";
import { takesLength } from "../kms/inspection.ts";

/** What was chosen beside the bytes. */
export interface MaterialChoices {
  readonly keySpec?: KeySpec | undefined;
  readonly china?: boolean | undefined;
  /** The bytes are meant literally. */
  readonly raw?: boolean | undefined;
}

/** What the bytes are. */
export type Examined =
  /** Key material for `keySpec`: as it says itself, or as was chosen. */
  | {
      readonly kind: "key";
      readonly keySpec: KeySpec;
      readonly report: MaterialReport;
      readonly warnings: readonly string[];
    }
  /** Nothing says what they are for, and no key spec is chosen. */
  | {
      readonly kind: "unnamed";
      readonly bytes: number;
      readonly looksLike?: string;
      readonly keySpecs: readonly KeySpec[];
    }
  | { readonly kind: "refused"; readonly error: KmsWrapError };

/** Examines key material; what it makes of it is overwritten. */
export function examineMaterial(bytes: Uint8Array, choices: MaterialChoices): Examined {
  try {
    return choices.keySpec === undefined && !explainsItself(bytes) ? unnamed(bytes) : key(bytes, choices);
  } catch (error) {
    if (error instanceof KmsWrapError) return { kind: "refused", error };
    throw error;
  }
}

function key(bytes: Uint8Array, { keySpec, china, raw }: MaterialChoices): Examined {
  const material = parseKeyMaterial(bytes, keySpec, { raw, chinaRegion: china });
  wipe(material.bytes);
  return {
    kind: "key",
    keySpec: material.keySpec,
    report: describeMaterial(material),
    warnings: [...material.warnings, ...materialWarnings(material)],
  };
}

function unnamed(bytes: Uint8Array): Examined {
  const look = lookAlike(bytes);
  return {
    kind: "unnamed",
    bytes: bytes.length,
    ...(look && { looksLike: look.what }),
    keySpecs: KEY_SPECS.filter((spec) => takesLength(spec, bytes.length)),
  };
}

/** @throws KmsWrapError if it is a broken container, or nothing at all */
function explainsItself(bytes: Uint8Array): boolean {
  return bytes.length === 0 || withInput(bytes, "the key material", (input) => input.open() !== undefined);
}
