/** ECPrivateKey, RFC 5915 §3 (SEC 1 §C.4), with a named curve or none. */

import type { CurveName } from "../engine/curves.ts";
import { KmsWrapError } from "../errors.ts";
import { readNamedCurve } from "./algorithm-identifier.ts";
import type { DerReader } from "./der.ts";
import { bitString, type DerNode, explicit, octetString, sequence, smallInteger } from "./der-writer.ts";

const VERSION = 1;
const PARAMETERS = 0xa0;
const PUBLIC_KEY = 0xa1;

/** The fields as found. secret: scalar. */
interface EcPrivateKeyFields {
  readonly scalar: Uint8Array;
  readonly curve: CurveName | undefined;
  /** The public point as SEC 1 §2.3.3 encodes it. */
  readonly point: Uint8Array | undefined;
}

/**
 * Reads the fields of ECPrivateKey.
 *
 * @throws KmsWrapError `INVALID_DER`, `UNSUPPORTED_KEY_VERSION`, `UNSUPPORTED_CURVE`, `EXPLICIT_CURVE_PARAMETERS`
 */
export function readEcPrivateKey(fields: DerReader): EcPrivateKeyFields {
  const { offset } = fields;
  const version = fields.version();
  const scalar = fields.octetString("privateKey");
  if (version !== VERSION)
    throw new KmsWrapError(
      "UNSUPPORTED_KEY_VERSION",
      `at byte ${offset}: ECPrivateKey of an unknown version, expected version 1`,
    );
  return {
    scalar,
    curve:
      fields.peekTag() === PARAMETERS
        ? fields.constructed(PARAMETERS, "parameters", readNamedCurve)
        : undefined,
    point:
      fields.peekTag() === PUBLIC_KEY
        ? fields.constructed(PUBLIC_KEY, "publicKey", (inner) => inner.bitString("publicKey"))
        : undefined,
  };
}

/** ECPrivateKey as it stands inside of PKCS#8, where the AlgorithmIdentifier names the curve: without parameters. */
export function ecPrivateKey(scalar: Uint8Array, point?: Uint8Array): DerNode {
  const publicKey = point === undefined ? [] : [explicit(1, bitString(point))];
  return sequence(smallInteger(VERSION), octetString(scalar), ...publicKey);
}
