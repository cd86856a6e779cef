/**
 * PrivateKeyInfo, RFC 5208 §5, and its successor OneAsymmetricKey, RFC 5958 §2; written in the form that
 * `openssl pkcs8 -topk8 -nocrypt` emits: version 0, no attributes, the curve in the AlgorithmIdentifier alone.
 */

import type { CurveName } from "../engine/curves.ts";
import { ED25519_BYTES } from "../engine/ed25519.ts";
import type { RsaPrivateNumbers } from "../engine/engine.ts";
import { KmsWrapError } from "../errors.ts";
import { algorithmIdentifier, type KeyAlgorithm, readAlgorithmIdentifier } from "./algorithm-identifier.ts";
import { DerReader } from "./der.ts";
import { type DerNode, octetString, sequence, smallInteger, writeDer } from "./der-writer.ts";
import type { PrivateKeyParts } from "./key-parts.ts";
import { readRsaPrivateKey, rsaPrivateKey } from "./pkcs1.ts";
import { ecPrivateKey, readEcPrivateKey } from "./sec1.ts";

/** PrivateKeyInfo; the only version without a public key behind the private one. */
const V1 = 0;
/** OneAsymmetricKey with a public key. */
const V2 = 1;
const ATTRIBUTES = 0xa0;
/** IMPLICIT, so primitive like the BIT STRING that it is. */
const PUBLIC_KEY = 0x81;

/** What a canonical PKCS#8 is written from. secret: everything but curve and point. */
type Pkcs8Key =
  | { readonly type: "RSA"; readonly numbers: RsaPrivateNumbers }
  /** `scalar` of the field's length; `point` as SEC 1 §2.3.3 encodes it, uncompressed: canonically present. */
  | {
      readonly type: "EC";
      readonly curve: CurveName;
      readonly scalar: Uint8Array;
      readonly point?: Uint8Array;
    }
  | { readonly type: "Ed25519"; readonly seed: Uint8Array };

/** Reads a whole PrivateKeyInfo or OneAsymmetricKey; the numbers are views on `der`, not yet checked. */
export function readPkcs8(der: Uint8Array): PrivateKeyParts {
  return DerReader.read(der, "PrivateKeyInfo", (fields) => {
    const { offset } = fields;
    const version = fields.version();
    if (version !== V1 && version !== V2)
      throw new KmsWrapError(
        "UNSUPPORTED_KEY_VERSION",
        `at byte ${offset}: PrivateKeyInfo of an unknown version, expected version 0 or 1`,
      );
    const parts = readPrivateKey(fields, readAlgorithmIdentifier(fields));
    return { ...parts, ...readOptionalFields(fields, version, parts) };
  });
}

/** The canonical DER of a private key. The caller's to overwrite. */
export function writePkcs8(key: Pkcs8Key): Uint8Array {
  return writeDer(sequence(smallInteger(V1), algorithmIdentifier(key), octetString(privateKey(key))));
}

function privateKey(key: Pkcs8Key): DerNode {
  if (key.type === "RSA") return rsaPrivateKey(key.numbers);
  if (key.type === "EC") return ecPrivateKey(key.scalar, key.point);
  return octetString(key.seed); // CurvePrivateKey, RFC 8410 §7
}

function readPrivateKey(fields: DerReader, algorithm: KeyAlgorithm): PrivateKeyParts {
  const { offset } = fields;
  const nothing = { statedPublicKeys: [], dropped: [] };
  return fields.octetStringHolding("privateKey", (content) => {
    if (algorithm.type === "RSA")
      return { ...algorithm, numbers: content.sequence("RSAPrivateKey", readRsaPrivateKey), ...nothing };
    if (algorithm.type === "Ed25519")
      return { ...algorithm, seed: content.octetString("CurvePrivateKey", ED25519_BYTES), ...nothing };
    const key = content.sequence("ECPrivateKey", readEcPrivateKey);
    assertSameCurve(algorithm.curve, key.curve, offset);
    return {
      ...algorithm,
      scalar: key.scalar,
      statedPublicKeys: key.point === undefined ? [] : [key.point],
      dropped: key.curve === undefined ? [] : ["curve parameters inside of the ECPrivateKey"],
    };
  });
}

function assertSameCurve(named: CurveName, inner: CurveName | undefined, offset: number): void {
  if (inner === undefined || inner === named) return;
  throw new KmsWrapError(
    "INCONSISTENT_PRIVATE_KEY",
    `at byte ${offset}: the ECPrivateKey names the curve ${inner}, the AlgorithmIdentifier ${named}`,
  );
}

/** What may follow the private key: attributes, and in version 2 a public key. */
function readOptionalFields(
  fields: DerReader,
  version: number,
  { statedPublicKeys, dropped }: PrivateKeyParts,
): Pick<PrivateKeyParts, "statedPublicKeys" | "dropped"> {
  const outerPublicKeys: Uint8Array[] = [];
  const extras: string[] = [];
  if (fields.peekTag() === ATTRIBUTES) {
    fields.skip();
    extras.push("attributes");
  }
  if (version === V2 && fields.peekTag() === PUBLIC_KEY) {
    outerPublicKeys.push(fields.bitString("publicKey", { tag: PUBLIC_KEY }));
    extras.push("public key behind the private key");
  }
  return { statedPublicKeys: [...statedPublicKeys, ...outerPublicKeys], dropped: [...dropped, ...extras] };
}
