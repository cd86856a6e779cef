/** What the readers of key formats return: the parts as found, views on the input, not yet checked against each other. */

import type { CurveName } from "../engine/curves.ts";
import type { RsaPrivateNumbers, RsaPublicNumbers } from "../engine/engine.ts";

/** A public key as a container states it. */
export type PublicKeyParts =
  | { readonly type: "RSA"; readonly numbers: RsaPublicNumbers }
  /** `point` as SEC 1 §2.3.3 encodes it, in whatever form. */
  | { readonly type: "EC"; readonly curve: CurveName; readonly point: Uint8Array }
  | { readonly type: "Ed25519"; readonly publicKey: Uint8Array };

/** A private key as a container states it. secret: everything but curves and notes. */
export type PrivateKeyParts = PrivateNumbers & {
  /** Encodings of the public half, as many as the container states: SEC 1 point, RSAPublicKey, or RFC 8410 octets. */
  readonly statedPublicKeys: readonly Uint8Array[];
  /** What the canonical form leaves out, in words that complete "…: dropped". */
  readonly dropped: readonly string[];
};

/** The numbers alone. */
export type PrivateNumbers =
  | { readonly type: "RSA"; readonly numbers: RsaPrivateNumbers }
  /** `scalar` of any length; `curve` absent if the container does not name one. */
  | { readonly type: "EC"; readonly curve: CurveName | undefined; readonly scalar: Uint8Array }
  | { readonly type: "Ed25519"; readonly seed: Uint8Array };
