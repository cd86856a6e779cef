/** Every vector file by its path below vectors/. */

import kmsKnownAnswers from "../../../vectors/kms-known-answers.json" with { type: "json" };
import negativeBlobs from "../../../vectors/negative/blobs.json" with { type: "json" };
import negativeKeyMaterial from "../../../vectors/negative/key-material.json" with { type: "json" };
import negativeParameters from "../../../vectors/negative/parameters.json" with { type: "json" };
import negativePrivateKeys from "../../../vectors/negative/private-keys.json" with { type: "json" };
import negativeWeakModuli from "../../../vectors/negative/weak-moduli.json" with { type: "json" };
import negativeWrappingKeys from "../../../vectors/negative/wrapping-keys.json" with { type: "json" };
import negativeZip from "../../../vectors/negative/zip.json" with { type: "json" };
import nistCavpKw from "../../../vectors/nist-cavp-kw.json" with { type: "json" };
import nistCavpKwpAd from "../../../vectors/nist-cavp-kwp-ad.json" with { type: "json" };
import nistCavpKwpAe from "../../../vectors/nist-cavp-kwp-ae.json" with { type: "json" };
import rfc3394 from "../../../vectors/rfc3394.json" with { type: "json" };
import rfc5649 from "../../../vectors/rfc5649.json" with { type: "json" };
import rsaOaepSha1 from "../../../vectors/rsa-oaep-sha1.json" with { type: "json" };
import rsaOaepSha2 from "../../../vectors/rsa-oaep-sha2.json" with { type: "json" };
import sha from "../../../vectors/sha.json" with { type: "json" };
import sm2Encryption from "../../../vectors/sm2-encryption.json" with { type: "json" };
import sm3 from "../../../vectors/sm3.json" with { type: "json" };
import wycheproofKwp from "../../../vectors/wycheproof-kwp.json" with { type: "json" };
import wycheproofOaep from "../../../vectors/wycheproof-oaep.json" with { type: "json" };

export const VECTOR_FILES = {
  "kms-known-answers.json": kmsKnownAnswers,
  "negative/blobs.json": negativeBlobs,
  "negative/key-material.json": negativeKeyMaterial,
  "negative/parameters.json": negativeParameters,
  "negative/private-keys.json": negativePrivateKeys,
  "negative/weak-moduli.json": negativeWeakModuli,
  "negative/wrapping-keys.json": negativeWrappingKeys,
  "negative/zip.json": negativeZip,
  "nist-cavp-kw.json": nistCavpKw,
  "nist-cavp-kwp-ad.json": nistCavpKwpAd,
  "nist-cavp-kwp-ae.json": nistCavpKwpAe,
  "rfc3394.json": rfc3394,
  "rfc5649.json": rfc5649,
  "rsa-oaep-sha1.json": rsaOaepSha1,
  "rsa-oaep-sha2.json": rsaOaepSha2,
  "sha.json": sha,
  "sm2-encryption.json": sm2Encryption,
  "sm3.json": sm3,
  "wycheproof-kwp.json": wycheproofKwp,
  "wycheproof-oaep.json": wycheproofOaep,
} as const satisfies Record<string, unknown>;
