/**
 * RSAES-OAEP, RFC 8017 §7.1, step by step; the hash of MGF1 may differ from the hash of the label.
 *
 * secret: the message, the seed, everything decoded up to the verdict; public: keys, ciphertexts, all lengths.
 */

import { concatBytes, wipe, withScratch, xorBytes } from "../bytes.ts";
import {
  equalBytesMask,
  equalMask,
  isZeroMask,
  lessBytesMask,
  select,
  selectBytes,
} from "../constant-time.ts";
import type { Engine, HashName, RsaPrivateNumbers, RsaPublicNumbers } from "../engine/engine.ts";
import { KmsWrapError, unwrapFailed } from "../errors.ts";
import type { RandomSource } from "../random.ts";

/** What both directions agree on. */
interface OaepOptions {
  /** The hash of the label. */
  readonly hash: HashName;
  /** The hash of the mask generation; the KMS names mean `hash` here, too. */
  readonly mgf1Hash: HashName;
  /** L; empty for a KMS. */
  readonly label: Uint8Array;
  readonly random: RandomSource;
}

/** hLen */
export const HASH_BYTES: Readonly<Record<HashName, number>> = {
  "SHA-1": 20,
  "SHA-256": 32,
  "SHA-384": 48,
  "SHA-512": 64,
};

/** The longest message, k − 2·hLen − 2 bytes; negative where the modulus is too short for the hash. */
export function maxOaepMessageBytes(modulusBytes: number, hash: HashName): number {
  return modulusBytes - 2 * HASH_BYTES[hash] - 2;
}

/**
 * RSAES-OAEP-ENCRYPT, §7.1.1.
 *
 * @returns k bytes.
 * @throws KmsWrapError `KEY_MATERIAL_TOO_LONG`
 */
export function rsaesOaepEncrypt(
  engine: Engine,
  request: OaepOptions & { readonly publicKey: RsaPublicNumbers; readonly message: Uint8Array },
): Uint8Array {
  const { publicKey, message, hash } = request;
  const k = publicKey.modulus.length;
  assertFits(message.length, k, hash); // 1.b
  const EM = emeOaepEncode(engine, message, k, request); // 2
  try {
    return engine.rsa.publicOperation(publicKey, EM); // 3
  } finally {
    wipe(EM);
  }
}

/** What both ways of decrypting take. */
type DecryptRequest = OaepOptions & {
  readonly privateKey: RsaPrivateNumbers;
  readonly ciphertext: Uint8Array;
};

/**
 * RSAES-OAEP-DECRYPT, §7.1.2.
 *
 * @throws KmsWrapError `UNWRAP_FAILED`, whatever the cause.
 */
export function rsaesOaepDecrypt(engine: Engine, request: DecryptRequest): Uint8Array {
  // The one branch. A success makes the message's length public.
  const message = decrypt(engine, request, ({ DB, start, good }) =>
    good === 0 ? undefined : DB.slice(start),
  );
  if (message === undefined) throw unwrapFailed();
  return message;
}

/**
 * The same for a message that is a key, for schemes that go on after a failure as if nothing had happened: the verdict
 * is never told, not even by a branch.
 *
 * @param request.substitute - as long as the key must be; random.
 * @returns a fresh array: the key or, if the ciphertext does not hold one of this length, a copy of the substitute.
 */
export function oaepDecryptKey(
  engine: Engine,
  request: DecryptRequest & { readonly substitute: Uint8Array },
): Uint8Array {
  const { substitute } = request;
  const key = decrypt(engine, request, ({ DB, start, good }) => {
    const isWhole = good & equalMask(start, DB.length - substitute.length);
    return selectBytes(isWhole, DB.subarray(-substitute.length), substitute);
  });
  return key ?? substitute.slice();
}

/** What a block was decoded to, verified or not. */
interface Decoded {
  /** lHash' ‖ PS ‖ 0x01 ‖ M */
  readonly DB: Uint8Array;
  /** Where M begins in it. */
  readonly start: number;
  /** The verdict: −1 if all is as it must be, else 0. */
  readonly good: number;
}

/**
 * What `use` makes of the decoded block, or `undefined` if there is none: that the ciphertext is out of range is
 * public, and a fault in the computation is not the ciphertext's.
 */
function decrypt(
  engine: Engine,
  request: DecryptRequest,
  use: (decoded: Decoded) => Uint8Array | undefined,
): Uint8Array | undefined {
  const { privateKey, ciphertext, hash, random } = request;
  const k = privateKey.modulus.length;
  // 1.b, 1.c, 2.b: about public values.
  if (ciphertext.length !== k || maxOaepMessageBytes(k, hash) < 0) return undefined;
  if (lessBytesMask(ciphertext, privateKey.modulus) === 0) return undefined;
  const EM = engine.rsa.privateOperation(privateKey, ciphertext, random); // 2
  if (EM === undefined) return undefined;
  try {
    return emeOaepDecode(engine, EM, request, use); // 3
  } finally {
    wipe(EM);
  }
}

/** Step 2 of §7.1.1. The seed is drawn first: when there is no randomness, M has not been copied. */
function emeOaepEncode(engine: Engine, M: Uint8Array, k: number, options: OaepOptions): Uint8Array {
  const { hash, mgf1Hash, label, random } = options;
  const hLen = HASH_BYTES[hash];
  return withScratch((scratch) => {
    const seed = scratch(random(hLen)); // 2.d
    const lHash = engine.hashes.digest(hash, label); // 2.a
    const PS = new Uint8Array(k - M.length - 2 * hLen - 2); // 2.b
    const DB = scratch(concatBytes(lHash, PS, Uint8Array.of(0x01), M)); // 2.c
    const dbMask = scratch(engine.hashes.mgf1(mgf1Hash, seed, k - hLen - 1)); // 2.e
    const maskedDB = scratch(xorBytes(DB, dbMask)); // 2.f
    const seedMask = scratch(engine.hashes.mgf1(mgf1Hash, maskedDB, hLen)); // 2.g
    const maskedSeed = scratch(xorBytes(seed, seedMask)); // 2.h
    return concatBytes(Uint8Array.of(0x00), maskedSeed, maskedDB); // 2.i
  });
}

/**
 * Step 3 of §7.1.2. Every check is made on every input and all of them become one verdict: telling them apart, by
 * message or by time, decrypts ciphertexts (Manger 2001).
 */
function emeOaepDecode<T>(
  engine: Engine,
  EM: Uint8Array,
  options: OaepOptions,
  use: (decoded: Decoded) => T,
): T {
  const { hash, mgf1Hash, label } = options;
  const hLen = HASH_BYTES[hash];
  return withScratch((scratch) => {
    const lHash = engine.hashes.digest(hash, label); // 3.a
    const Y = EM[0]!; // 3.b
    const maskedSeed = EM.subarray(1, 1 + hLen);
    const maskedDB = EM.subarray(1 + hLen);
    const seedMask = scratch(engine.hashes.mgf1(mgf1Hash, maskedDB, hLen)); // 3.c
    const seed = scratch(xorBytes(maskedSeed, seedMask)); // 3.d
    const dbMask = scratch(engine.hashes.mgf1(mgf1Hash, seed, maskedDB.length)); // 3.e
    const DB = scratch(xorBytes(maskedDB, dbMask)); // 3.f
    const { separator, found } = findSeparator(DB, hLen); // 3.g
    const good = isZeroMask(Y) & equalBytesMask(DB.subarray(0, hLen), lHash) & found;
    return use({ DB, start: separator + 1, good });
  });
}

/** Where PS ends: the first non-zero byte after lHash', which must be 0x01. The whole of DB is read each time. */
function findSeparator(DB: Uint8Array, hLen: number): { separator: number; found: number } {
  let looking = -1;
  let valid = 0;
  let separator = 0;
  for (let i = hLen; i < DB.length; i++) {
    const isZero = isZeroMask(DB[i]!);
    const here = looking & ~isZero;
    separator = select(here, i, separator);
    valid |= here & equalMask(DB[i]!, 0x01);
    looking &= isZero;
  }
  return { separator, found: valid };
}

function assertFits(messageBytes: number, modulusBytes: number, hash: HashName): void {
  const limit = maxOaepMessageBytes(modulusBytes, hash);
  if (messageBytes <= limit) return;
  throw new KmsWrapError(
    "KEY_MATERIAL_TOO_LONG",
    limit < 0
      ? `a modulus of ${modulusBytes} bytes is too short for RSAES-OAEP with ${hash}`
      : `the key material is ${messageBytes} bytes long, ${messageBytes - limit} more than RSAES-OAEP with ${hash} takes under a modulus of ${8 * modulusBytes} bits (${limit})`,
    {
      hint: "use RSA_AES_KEY_WRAP_SHA_256 or RSA_AES_KEY_WRAP_SHA_1, which take any length, or a longer wrapping key",
    },
  );
}
