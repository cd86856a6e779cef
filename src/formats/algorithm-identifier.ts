/**
 * AlgorithmIdentifier of a key, RFC 5280 §4.1.1.2, with the parameters that each algorithm has: RFC 3279 §2.3.1 (RSA),
 * RFC 5480 §2.1.1 (elliptic curves, named only), RFC 8410 §3 (Ed25519).
 */

import type { CurveName } from "../engine/curves.ts";
import { KmsWrapError } from "../errors.ts";
import { type DerReader, TAG } from "./der.ts";
import { type DerNode, nullValue, objectIdentifier, sequence } from "./der-writer.ts";
import {
  CURVE_OIDS,
  curveOfOid,
  describeOid,
  dottedOid,
  EC_PUBLIC_KEY,
  ED25519,
  RSA_ENCRYPTION,
  RSASSA_PSS,
} from "./oids.ts";

/** What there is to do about a key of an algorithm that is none of a KMS's. */
export const NO_KEY_SPEC = "the KMS has no key spec for this algorithm; check that it is the right file";

/** The same, of a curve. */
export const NO_KEY_SPEC_ON_CURVE = "the KMS has no key spec for this curve; make a key on one that it has";

/** What kind of key it is, with its parameters. */
export type KeyAlgorithm =
  | { readonly type: "RSA" }
  | { readonly type: "EC"; readonly curve: CurveName }
  | { readonly type: "Ed25519" };

/** Algorithm → how its parameters are read. */
const PARAMETER_READERS: Readonly<Record<string, (fields: DerReader) => KeyAlgorithm>> = {
  [RSA_ENCRYPTION]: (fields) => {
    fields.null("parameters of rsaEncryption");
    return { type: "RSA" };
  },
  [EC_PUBLIC_KEY]: (fields) => ({ type: "EC", curve: readNamedCurve(fields) }),
  [ED25519]: () => ({ type: "Ed25519" }),
};

/**
 * @throws KmsWrapError `RSA_PSS_KEY`, `UNSUPPORTED_KEY_TYPE`, `UNSUPPORTED_CURVE`, `EXPLICIT_CURVE_PARAMETERS`,
 *   `INVALID_DER`
 */
export function readAlgorithmIdentifier(fields: DerReader): KeyAlgorithm {
  return fields.sequence("AlgorithmIdentifier", (identifier) => {
    const { offset } = identifier;
    const algorithm = readOid(identifier, "algorithm");
    const readParameters = PARAMETER_READERS[algorithm];
    if (readParameters === undefined) throw unsupportedAlgorithm(algorithm, offset);
    return readParameters(identifier);
  });
}

/** Reads the named curve of ECParameters, RFC 5480 §2.1.1. */
export function readNamedCurve(fields: DerReader): CurveName {
  const { offset } = fields;
  if (fields.peekTag() === TAG.SEQUENCE)
    throw new KmsWrapError(
      "EXPLICIT_CURVE_PARAMETERS",
      `at byte ${offset}: the curve's parameters are written out, expected the name of a curve`,
      {
        hint: "name the curve: openssl ec -in FILE -param_enc named_curve -out named.pem (-pubin for a public key)",
      },
    );
  const oid = readOid(fields, "named curve");
  const curve = curveOfOid(oid);
  if (curve !== undefined) return curve;
  throw new KmsWrapError(
    "UNSUPPORTED_CURVE",
    `at byte ${offset}: the curve ${describeOid(oid)}, expected ${Object.keys(CURVE_OIDS).join(", ")}`,
    { hint: NO_KEY_SPEC_ON_CURVE },
  );
}

/** The canonical AlgorithmIdentifier. */
export function algorithmIdentifier(algorithm: KeyAlgorithm): DerNode {
  if (algorithm.type === "RSA") return sequence(objectIdentifier(RSA_ENCRYPTION), nullValue());
  if (algorithm.type === "Ed25519") return sequence(objectIdentifier(ED25519));
  return sequence(objectIdentifier(EC_PUBLIC_KEY), objectIdentifier(CURVE_OIDS[algorithm.curve]));
}

function readOid(fields: DerReader, what: string): string {
  const { offset } = fields;
  const dotted = dottedOid(fields.objectIdentifier(what));
  if (dotted !== undefined) return dotted;
  throw new KmsWrapError("INVALID_DER", `at byte ${offset}: not a valid OBJECT IDENTIFIER (${what})`);
}

function unsupportedAlgorithm(algorithm: string, offset: number): KmsWrapError {
  const found = `at byte ${offset}: a key for ${describeOid(algorithm)}`;
  if (algorithm === RSASSA_PSS)
    return new KmsWrapError("RSA_PSS_KEY", `${found} alone, expected rsaEncryption (${RSA_ENCRYPTION})`, {
      hint: "such a key is bound to PSS signatures; if that was not meant: openssl rsa -in FILE -traditional -outform DER -out key.der (-pubin -RSAPublicKey_out for a public key)",
    });
  return new KmsWrapError("UNSUPPORTED_KEY_TYPE", `${found}, expected RSA, an elliptic curve or Ed25519`, {
    hint: NO_KEY_SPEC,
  });
}
