/** A private scalar or seed without a container around it: refused, with the way to put a container around it. */

import { toHex } from "../bytes.ts";
import { FIELD_BYTES } from "../engine/curves.ts";
import { ED25519_BYTES } from "../engine/ed25519.ts";
import { KmsWrapError } from "../errors.ts";
import { writePkcs8 } from "../formats/pkcs8.ts";
import { type KeySpec, keySpecFacts } from "./key-specs.ts";
import { isKeyInDer } from "./look-alikes.ts";

/**
 * Refuses what has the length of a scalar on the key spec's curve, or is one byte longer and begins with zero, and is no
 * container of that length. secret: the bytes but the first one; public: their number.
 *
 * @throws KmsWrapError `RAW_PRIVATE_SCALAR`
 */
export function assertNotRawScalar(bytes: Uint8Array, keySpec: KeySpec): void {
  const facts = keySpecFacts(keySpec);
  if (facts.kind !== "ec" && facts.kind !== "ed25519") return;
  const scalarBytes = facts.kind === "ec" ? FIELD_BYTES[facts.curve] : ED25519_BYTES;
  const padded = bytes.length === scalarBytes + 1 && bytes[0] === 0;
  if ((bytes.length !== scalarBytes && !padded) || isKeyInDer(bytes)) return;
  const scalar = new Uint8Array(scalarBytes);
  const example = writePkcs8(
    facts.kind === "ec" ? { type: "EC", curve: facts.curve, scalar } : { type: "Ed25519", seed: scalar },
  );
  const header = toHex(example.subarray(0, -scalarBytes));
  throw new KmsWrapError(
    "RAW_PRIVATE_SCALAR",
    `${bytes.length} bytes, a bare private number of a ${keySpec} key by their length, expected a PKCS#8 key`,
    {
      hint: `if it is one, make a PKCS#8 of it: (printf ${header} | xxd -r -p; tail -c ${scalarBytes} FILE) > key.der`,
    },
  );
}
