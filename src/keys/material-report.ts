/** What a report says about key material: nothing secret. */

import type { KeyMaterial } from "./key-material.ts";
import type { KeySpec } from "./key-specs.ts";

/** The same as `KeyMaterial`, but that nothing may be known of the bytes. */
export type Material = Omit<KeyMaterial, "keySpec"> & { readonly keySpec?: KeySpec };

/** Key material without its bytes. */
export interface MaterialReport {
  readonly keySpec?: KeySpec;
  /** How many there are. */
  readonly bytes: number;
  readonly form: string;
  readonly conversions: readonly string[];
  readonly publicKeyFingerprint?: string;
}

export function describeMaterial(material: Material): MaterialReport {
  const { keySpec, bytes, form, conversions, publicKeyFingerprint } = material;
  return {
    ...(keySpec && { keySpec }),
    bytes: bytes.length,
    form,
    conversions,
    ...(publicKeyFingerprint && { publicKeyFingerprint }),
  };
}
