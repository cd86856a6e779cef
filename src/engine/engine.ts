/**
 * What an engine computes. The schemes above are written against this interface only; the engines below
 * (portable: @noble/* and BigInt; wasm: AssemblyScript kernels) know nothing of schemes, keys or formats.
 *
 * Conventions: numbers are big-endian bytes of the stated length; every result is a fresh array that the
 * caller owns; inputs are neither changed nor kept; lengths have been checked by the caller, and a violated
 * precondition is a bug here, not a user's error. An engine never tells why a secret-dependent computation
 * went wrong: it returns its result or `undefined`.
 */

import type { RandomSource } from "../random.ts";

/** The hash functions of OAEP and MGF1, named as in WebCrypto. */
export type HashName = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

/** An RSA public key as numbers without leading zero bytes: RFC 8017 §3.1. An odd modulus of 1024 to 4096 bits. */
export interface RsaPublicNumbers {
  /** n; its length in bytes is the specification's k. */
  readonly modulus: Uint8Array;
  /** e, odd and at least 3. */
  readonly publicExponent: Uint8Array;
}

/** A two-prime RSA private key as numbers without leading zero bytes, checked for consistency: RFC 8017 §3.2. */
export interface RsaPrivateNumbers extends RsaPublicNumbers {
  /** d */
  readonly privateExponent: Uint8Array;
  /** p */
  readonly prime1: Uint8Array;
  /** q */
  readonly prime2: Uint8Array;
  /** dP = d mod (p − 1) */
  readonly exponent1: Uint8Array;
  /** dQ = d mod (q − 1) */
  readonly exponent2: Uint8Array;
  /** qInv = q⁻¹ mod p */
  readonly coefficient: Uint8Array;
}

/** SHA-1 and SHA-2, and the mask generation of OAEP. */
export interface HashEngine {
  /** The digest of `message`. secret: message; public: its length. */
  digest(hash: HashName, message: Uint8Array): Uint8Array;
  /** MGF1 of RFC 8017 §B.2.1. secret: seed; public: both lengths. */
  mgf1(hash: HashName, seed: Uint8Array, maskBytes: number): Uint8Array;
}

/** The keyed permutation under AES key wrap, over semiblocks of 8 bytes. */
export interface AesEngine {
  /**
   * SP 800-38F §6.1, W(S); for two semiblocks, where W is not defined, the single block CIPH_K(S) (§6.3).
   * secret: both; public: lengths.
   *
   * @param kek - 16, 24 or 32 bytes.
   * @param semiblocks - S, a multiple of 8 bytes, at least 16.
   */
  wrapSemiblocks(kek: Uint8Array, semiblocks: Uint8Array): Uint8Array;
  /** The inverse: SP 800-38F §6.1, W⁻¹(C), or CIPH⁻¹_K(C) for two semiblocks. Authenticates nothing. */
  unwrapSemiblocks(kek: Uint8Array, semiblocks: Uint8Array): Uint8Array;
}

/** RSA on integers below the modulus. */
export interface RsaEngine {
  /**
   * RSAEP, RFC 8017 §5.1.1: m^e mod n. secret: message; public: key.
   *
   * @param message - k bytes, as a number below n.
   * @returns k bytes.
   */
  publicOperation(key: RsaPublicNumbers, message: Uint8Array): Uint8Array;
  /**
   * RSADP, RFC 8017 §5.1.2: c^d mod n by CRT, blinded, the result checked against c before it is released.
   *
   * @param ciphertext - k bytes, as a number below n.
   * @param random - where the blinding comes from.
   * @returns k bytes, or `undefined` if the check found a fault.
   */
  privateOperation(
    key: RsaPrivateNumbers,
    ciphertext: Uint8Array,
    random: RandomSource,
  ): Uint8Array | undefined;
}

/** The curve of GB/T 32918.5, sm2p256v1, and the hash of GB/T 32905. Points are x‖y, 64 bytes, checked to be on the curve. */
export interface Sm2Engine {
  /**
   * GB/T 32918.4 §6.1 A2 and A4, in one call so that an engine can share an inversion.
   * secret: k, shared; public: publicKey.
   *
   * @param k - 32 bytes in [1, n − 1].
   * @returns C1 = [k]G and (x2, y2) = [k]P.
   */
  encapsulate(publicKey: Uint8Array, k: Uint8Array): { readonly c1: Uint8Array; readonly shared: Uint8Array };
  /** GB/T 32918.4 §7.1 B3: (x2, y2) = [d]C1. secret: privateKey (32 bytes in [1, n − 1]), result; public: c1. */
  decapsulate(privateKey: Uint8Array, c1: Uint8Array): Uint8Array;
  /** P = [d]G. secret: privateKey, 32 bytes in [1, n − 1]. */
  publicKey(privateKey: Uint8Array): Uint8Array;
  /** SM3, GB/T 32905-2016. 32 bytes. */
  sm3(message: Uint8Array): Uint8Array;
  /** KDF of GB/T 32918.4 §5.4.3 over z = x2‖y2. secret: shared; public: both lengths. */
  kdf(shared: Uint8Array, byteLength: number): Uint8Array;
}

/** What computes here, for reports: never a secret, stable across calls. */
export interface EngineInfo {
  /** "wasm": WebAssembly kernels; "portable": @noble/* and BigInt. Both give the same results. */
  readonly name: "wasm" | "portable";
  /** What the engine found and uses, for instance "simd" or "relaxed-simd". */
  readonly features: readonly string[];
  /** Why this engine and not a faster one, where that is so. */
  readonly reason?: string;
}

/**
 * An engine, in four parts that are fetched separately, so that a job makes ready only what it needs. A part may be
 * a getter; once handed out it is good for the life of the program.
 */
export interface Engine {
  readonly info: EngineInfo;
  readonly hashes: HashEngine;
  readonly aes: AesEngine;
  readonly rsa: RsaEngine;
  readonly sm2: Sm2Engine;
}
