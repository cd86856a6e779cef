/**
 * `kms-wrap/schemes` as its callers see it: published vectors through keys in DER and PEM, every parameter in both
 * directions, and the code of every refusal.
 */

import { describe, expect, test } from "vitest";
import { concatBytes, toBigInt } from "../../src/bytes.ts";
import type { RsaPrivateNumbers } from "../../src/engine/engine.ts";
import { SM2_ENCODINGS } from "../../src/formats/sm2-ciphertext.ts";
import { parseUnwrappingKey } from "../../src/keys/unwrapping-key.ts";
import { parseWrappingKey } from "../../src/keys/wrapping-key.ts";
import {
  aesKwpUnwrap,
  aesKwpWrap,
  type HashName,
  rsaAesKeyUnwrap,
  rsaAesKeyWrap,
  rsaOaepDecrypt,
  rsaOaepEncrypt,
  sm2Decrypt,
  sm2Encrypt,
  sm3,
} from "../../src/schemes.ts";
import knownAnswers from "../../vectors/kms-known-answers.json" with { type: "json" };
import rfc5649 from "../../vectors/rfc5649.json" with { type: "json" };
import rsaOaepSha2 from "../../vectors/rsa-oaep-sha2.json" with { type: "json" };
import sm2Encryption from "../../vectors/sm2-encryption.json" with { type: "json" };
import sm3Vectors from "../../vectors/sm3.json" with { type: "json" };
import wycheproofKwp from "../../vectors/wycheproof-kwp.json" with { type: "json" };
import wycheproofOaep from "../../vectors/wycheproof-oaep.json" with { type: "json" };
import { toHex } from "../support/bytes.ts";
import {
  ecAlgorithm,
  integer,
  octets,
  pem,
  pkcs8,
  rsaAlgorithm,
  SM2,
  sequence,
  spki,
  utf8,
} from "../support/der-builder.ts";
import { errorCode } from "../support/error-code.ts";
import { pseudoRandom } from "../support/pseudo-random.ts";
import { readVectors, type ValidCase } from "../support/vectors.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";

const HASHES: readonly HashName[] = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"];
const RSA_PAIR = WRAPPING_KEY_PAIRS.RSA_2048;
const SM2_PAIR = WRAPPING_KEY_PAIRS.SM2;
const MATERIAL = pseudoRandom(32, 41);
const EMPTY = new Uint8Array(0);
const NOT_BYTES: readonly unknown[] = [undefined, null, "bytes", 16, [1, 2], new ArrayBuffer(16)];

/** A value of another type than the function takes, for calls from JavaScript. */
function asAny(value: unknown): never {
  return value as never;
}

/** The codes of all calls, in order. */
function codes(calls: readonly (() => unknown)[]): unknown[] {
  return calls.map(errorCode);
}

function rsaPkcs8(key: RsaPrivateNumbers): Uint8Array {
  const { modulus, publicExponent, privateExponent, prime1, prime2, exponent1, exponent2, coefficient } = key;
  const numbers = [
    modulus,
    publicExponent,
    privateExponent,
    prime1,
    prime2,
    exponent1,
    exponent2,
    coefficient,
  ];
  return pkcs8(rsaAlgorithm(), sequence(integer(0), ...numbers.map((number) => integer(toBigInt(number)))));
}

describe("RSAES-OAEP", () => {
  const groups = [rsaOaepSha2, wycheproofOaep].flatMap((file) => readVectors(file, "rsaes-oaep"));

  test.each(groups)("%s", (_title, { hash, mgf1Hash, privateKey: numbers, valid, invalid }) => {
    const privateKey = parseUnwrappingKey(rsaPkcs8(numbers));
    for (const { name, message, label, ciphertext } of valid) {
      const parameters = { privateKey, ciphertext, hash, mgf1Hash, ...(label && { label }) };
      expect(toHex(rsaOaepDecrypt(parameters)), name).toBe(toHex(message));
    }
    for (const { name, label, ciphertext } of invalid) {
      const parameters = { privateKey, ciphertext, hash, mgf1Hash, ...(label && { label }) };
      expect(
        errorCode(() => rsaOaepDecrypt(parameters)),
        name,
      ).toBe("UNWRAP_FAILED");
    }
  });

  const publicKey = parseWrappingKey(RSA_PAIR.spki);
  const privateKey = parseUnwrappingKey(RSA_PAIR.pkcs8);
  const label = utf8("ticket 7");

  test.each(HASHES)("%s with every mask hash, with and without a label", (hash) => {
    for (const mgf1Hash of HASHES)
      for (const parameters of [
        { hash, mgf1Hash },
        { hash, mgf1Hash, label },
      ]) {
        const ciphertext = rsaOaepEncrypt({ publicKey, message: MATERIAL, ...parameters });
        expect(ciphertext.length).toBe(256);
        expect(rsaOaepDecrypt({ privateKey, ciphertext, ...parameters })).toEqual(MATERIAL);
      }
  });

  test.each(HASHES)("%s is the mask's hash unless told otherwise, and no label is the empty one", (hash) => {
    const implied = rsaOaepEncrypt({ publicKey, message: MATERIAL, hash });
    const spelled = { hash, mgf1Hash: hash, label: EMPTY };
    expect(rsaOaepDecrypt({ privateKey, ciphertext: implied, ...spelled })).toEqual(MATERIAL);
    const explicit = rsaOaepEncrypt({ publicKey, message: MATERIAL, ...spelled });
    expect(rsaOaepDecrypt({ privateKey, ciphertext: explicit, hash })).toEqual(MATERIAL);
  });

  test("what was encrypted with other parameters is refused", () => {
    const parameters = { hash: "SHA-256", mgf1Hash: "SHA-1", label } as const;
    const ciphertext = rsaOaepEncrypt({ publicKey, message: MATERIAL, ...parameters });
    const decrypt = (change: object) => () =>
      rsaOaepDecrypt({ privateKey, ciphertext, ...parameters, ...change });
    const changes = [
      { hash: "SHA-384" },
      { mgf1Hash: "SHA-256" },
      { label: utf8("ticket 8") },
      { label: EMPTY },
    ];
    expect(codes(changes.map(decrypt))).toEqual(changes.map(() => "UNWRAP_FAILED"));
    expect(decrypt({})()).toEqual(MATERIAL);
  });

  test("takes keys as DER, PEM and parsed, and a message of no bytes", () => {
    const publicKeys = [RSA_PAIR.spki, pem("PUBLIC KEY", RSA_PAIR.spki), publicKey];
    const privateKeys = [RSA_PAIR.pkcs8, pem("PRIVATE KEY", RSA_PAIR.pkcs8), privateKey];
    publicKeys.forEach((encryptionKey, i) => {
      const ciphertext = rsaOaepEncrypt({ publicKey: encryptionKey, message: EMPTY, hash: "SHA-512" });
      expect(rsaOaepDecrypt({ privateKey: privateKeys[i]!, ciphertext, hash: "SHA-512" })).toEqual(EMPTY);
    });
  });

  test("one byte too many is refused", () => {
    const encrypt = (byteLength: number) => () =>
      rsaOaepEncrypt({ publicKey, message: new Uint8Array(byteLength), hash: "SHA-384" });
    expect(codes([encrypt(158), encrypt(159)])).toEqual([undefined, "KEY_MATERIAL_TOO_LONG"]);
  });

  test.each(["sha-256", "SHA256", "SHA-224", "SM3", "", "toString", undefined, null, 256, ["SHA-1"]])(
    "%j is no hash",
    (name) => {
      const ciphertext = new Uint8Array(256);
      const bad = { hash: asAny(name) };
      const calls = [
        () => rsaOaepEncrypt({ publicKey, message: MATERIAL, ...bad }),
        () => rsaOaepEncrypt({ publicKey, message: MATERIAL, ...bad, mgf1Hash: "SHA-1" }),
        () => rsaOaepDecrypt({ privateKey, ciphertext, ...bad }),
        () => rsaOaepDecrypt({ privateKey, ciphertext, ...bad, mgf1Hash: "SHA-1" }),
        () => rsaAesKeyWrap({ publicKey, keyMaterial: MATERIAL, ...bad }),
        () => rsaAesKeyUnwrap({ privateKey, wrapped: new Uint8Array(296), ...bad }),
      ];
      // Left out, the mask's hash is the label's.
      const maskCalls = [
        () => rsaOaepEncrypt({ publicKey, message: MATERIAL, hash: "SHA-1", mgf1Hash: asAny(name) }),
        () => rsaOaepDecrypt({ privateKey, ciphertext, hash: "SHA-1", mgf1Hash: asAny(name) }),
      ];
      const refused = name === undefined ? calls : [...calls, ...maskCalls];
      expect(codes(refused)).toEqual(refused.map(() => "INVALID_ARGUMENT"));
    },
  );

  test.each(NOT_BYTES)("%j is no message, ciphertext or label", (value) => {
    const hash = "SHA-256";
    const bytes = asAny(value);
    const calls = [
      () => rsaOaepEncrypt({ publicKey, message: bytes, hash }),
      () => rsaOaepDecrypt({ privateKey, ciphertext: bytes, hash }),
      ...(value === undefined
        ? []
        : [
            () => rsaOaepEncrypt({ publicKey, message: MATERIAL, hash, label: bytes }),
            () => rsaOaepDecrypt({ privateKey, ciphertext: new Uint8Array(256), hash, label: bytes }),
          ]),
    ];
    expect(codes(calls)).toEqual(calls.map(() => "INVALID_ARGUMENT"));
  });
});

describe("AES key wrap with padding", () => {
  const groups = [rfc5649, wycheproofKwp].flatMap((file) => readVectors(file, "aes-kwp"));

  test.each(groups)("%s", (_title, { valid, invalid }) => {
    for (const { name, kek, plaintext, wrapped } of valid) {
      // Wycheproof wraps nothing, too; RFC 5649 §3 begins at one octet.
      if (plaintext.length > 0) expect(toHex(aesKwpWrap(kek, plaintext)), name).toBe(toHex(wrapped));
      expect(toHex(aesKwpUnwrap(kek, wrapped)), name).toBe(toHex(plaintext));
    }
    for (const { name, kek, wrapped } of invalid)
      expect(
        errorCode(() => aesKwpUnwrap(kek, wrapped)),
        name,
      ).toBe("UNWRAP_FAILED");
  });

  test.each([16, 24, 32])("a key of %i bytes is taken", (kekBytes) => {
    const kek = pseudoRandom(kekBytes, 43);
    const wrapped = aesKwpWrap(kek, MATERIAL);
    expect(wrapped.length).toBe(40);
    expect(aesKwpUnwrap(kek, wrapped)).toEqual(MATERIAL);
  });

  test.each([0, 1, 15, 17, 20, 23, 25, 31, 33, 64])("a key of %i bytes is refused", (kekBytes) => {
    const kek = new Uint8Array(kekBytes);
    const calls = [() => aesKwpWrap(kek, MATERIAL), () => aesKwpUnwrap(kek, new Uint8Array(24))];
    expect(codes(calls)).toEqual(["INVALID_ARGUMENT", "INVALID_ARGUMENT"]);
  });

  test.each(NOT_BYTES)("%j is neither key nor plaintext nor wrapped", (value) => {
    const kek = new Uint8Array(16);
    const bytes = asAny(value);
    const calls = [
      () => aesKwpWrap(bytes, MATERIAL),
      () => aesKwpWrap(kek, bytes),
      () => aesKwpUnwrap(bytes, new Uint8Array(24)),
      () => aesKwpUnwrap(kek, bytes),
    ];
    expect(codes(calls)).toEqual(calls.map(() => "INVALID_ARGUMENT"));
  });

  test("nothing to wrap, and nothing to unwrap", () => {
    const kek = new Uint8Array(16);
    expect(errorCode(() => aesKwpWrap(kek, EMPTY))).toBe("EMPTY_KEY_MATERIAL");
    expect(errorCode(() => aesKwpUnwrap(kek, EMPTY))).toBe("UNWRAP_FAILED");
  });
});

describe("known answers of the KMS algorithms", () => {
  const groups = readVectors(knownAnswers, "kms-wrap").map(
    ([, group]) => [group.wrappingKeySpec, group] as const,
  );

  test.each(groups)("%s", (_spec, { pkcs8: der, valid }) => {
    for (const privateKey of [der, pem("PRIVATE KEY", der), parseUnwrappingKey(der)])
      for (const { name, algorithm, wrapped, material } of valid) {
        const hash = algorithm.endsWith("_SHA_1") ? "SHA-1" : "SHA-256";
        const opened = algorithm.startsWith("RSAES_OAEP")
          ? rsaOaepDecrypt({ privateKey, ciphertext: wrapped, hash })
          : algorithm.startsWith("RSA_AES")
            ? rsaAesKeyUnwrap({ privateKey, wrapped, hash })
            : sm2Decrypt({ privateKey, ciphertext: wrapped });
        expect(toHex(opened), name).toBe(toHex(material));
      }
  });
});

describe("RSA_AES key wrap", () => {
  const { spki: publicKey, pkcs8: privateKey } = RSA_PAIR;

  test.each(HASHES)("%s, in both halves what the parts make of it", (hash) => {
    const wrapped = rsaAesKeyWrap({ publicKey, keyMaterial: MATERIAL, hash });
    expect(wrapped.length).toBe(256 + 40);
    expect(rsaAesKeyUnwrap({ privateKey, wrapped, hash })).toEqual(MATERIAL);
    const kek = rsaOaepDecrypt({ privateKey, ciphertext: wrapped.subarray(0, 256), hash });
    expect(kek.length).toBe(32);
    expect(aesKwpUnwrap(kek, wrapped.subarray(256))).toEqual(MATERIAL);
  });

  test("another hash is refused", () => {
    const wrapped = rsaAesKeyWrap({ publicKey, keyMaterial: MATERIAL, hash: "SHA-1" });
    expect(errorCode(() => rsaAesKeyUnwrap({ privateKey, wrapped, hash: "SHA-256" }))).toBe("UNWRAP_FAILED");
  });

  test.each(NOT_BYTES)("%j is neither key material nor wrapped", (value) => {
    const calls = [
      () => rsaAesKeyWrap({ publicKey, keyMaterial: asAny(value), hash: "SHA-256" }),
      () => rsaAesKeyUnwrap({ privateKey, wrapped: asAny(value), hash: "SHA-256" }),
    ];
    expect(codes(calls)).toEqual(["INVALID_ARGUMENT", "INVALID_ARGUMENT"]);
  });

  test("nothing to wrap, and nothing to unwrap", () => {
    const calls = [
      () => rsaAesKeyWrap({ publicKey, keyMaterial: EMPTY, hash: "SHA-256" }),
      () => rsaAesKeyUnwrap({ privateKey, wrapped: EMPTY, hash: "SHA-256" }),
    ];
    expect(codes(calls)).toEqual(["EMPTY_KEY_MATERIAL", "UNWRAP_FAILED"]);
  });
});

describe("SM2", () => {
  const groups = readVectors(sm2Encryption, "sm2-encryption").filter(([, { valid }]) => valid.length > 0);
  const { spki: publicKey, pkcs8: privateKey } = SM2_PAIR;

  /** The ciphertext in the order of SM2_ENCODINGS, put together from its parts. */
  function encodings({ ciphertext, c1, c3, c2 }: ValidCase<"sm2-encryption">): Uint8Array[] {
    const prefix = Uint8Array.of(0x04);
    return [
      ciphertext,
      concatBytes(prefix, c1, c3, c2),
      concatBytes(prefix, c1, c2, c3),
      concatBytes(c1, c3, c2),
      concatBytes(c1, c2, c3),
    ];
  }

  test.each(groups)("every encoding: %s", (_title, { privateKey: scalar, publicKey: point, valid }) => {
    const curve = ecAlgorithm(SM2);
    const key = parseUnwrappingKey(pkcs8(curve, sequence(integer(1), octets(scalar))));
    const encryptionKey = spki(curve, concatBytes(Uint8Array.of(0x04), point));
    for (const one of valid) {
      encodings(one).forEach((ciphertext, i) => {
        const encoding = SM2_ENCODINGS[i]!;
        const opened = sm2Decrypt({ privateKey: key, ciphertext, encoding });
        expect(toHex(opened), `${one.name}, ${encoding}`).toBe(toHex(one.message));
      });
      const ciphertext = sm2Encrypt({ publicKey: encryptionKey, message: one.message });
      expect(toHex(sm2Decrypt({ privateKey: key, ciphertext })), one.name).toBe(toHex(one.message));
    }
  });

  test.each(SM2_ENCODINGS)("%s both ways, and in no other", (encoding) => {
    const ciphertext = sm2Encrypt({ publicKey, message: MATERIAL, encoding });
    expect(sm2Decrypt({ privateKey, ciphertext, encoding })).toEqual(MATERIAL);
    for (const other of SM2_ENCODINGS.filter((name) => name !== encoding))
      expect(errorCode(() => sm2Decrypt({ privateKey, ciphertext, encoding: other }))).toBe("UNWRAP_FAILED");
  });

  test("asn1 unless told otherwise", () => {
    const ciphertext = sm2Encrypt({ publicKey, message: MATERIAL });
    expect(ciphertext[0]).toBe(0x30);
    expect(sm2Decrypt({ privateKey, ciphertext, encoding: "asn1" })).toEqual(MATERIAL);
    const explicit = sm2Encrypt({ publicKey, message: MATERIAL, encoding: "asn1" });
    expect(sm2Decrypt({ privateKey, ciphertext: explicit })).toEqual(MATERIAL);
  });

  test.each(["ASN1", "c1c3c2-no-04", "", "length", null, 1])("%j is no encoding", (encoding) => {
    const calls = [
      () => sm2Encrypt({ publicKey, message: MATERIAL, encoding: asAny(encoding) }),
      () => sm2Decrypt({ privateKey, ciphertext: MATERIAL, encoding: asAny(encoding) }),
    ];
    expect(codes(calls)).toEqual(["INVALID_ARGUMENT", "INVALID_ARGUMENT"]);
  });

  test.each(NOT_BYTES)("%j is neither message nor ciphertext", (value) => {
    const calls = [
      () => sm2Encrypt({ publicKey, message: asAny(value) }),
      () => sm2Decrypt({ privateKey, ciphertext: asAny(value) }),
    ];
    expect(codes(calls)).toEqual(["INVALID_ARGUMENT", "INVALID_ARGUMENT"]);
  });

  test("nothing to encrypt, and nothing to decrypt", () => {
    const calls = [
      () => sm2Encrypt({ publicKey, message: EMPTY }),
      () => sm2Decrypt({ privateKey, ciphertext: EMPTY }),
    ];
    expect(codes(calls)).toEqual(["EMPTY_KEY_MATERIAL", "UNWRAP_FAILED"]);
  });
});

describe("keys of the wrong kind", () => {
  /** Every call that takes a public key, then every one that takes a private key; RSA's and SM2's apart. */
  const CALLS = {
    RSA: {
      public: [
        (publicKey: unknown) =>
          rsaOaepEncrypt({ publicKey: asAny(publicKey), message: MATERIAL, hash: "SHA-256" }),
        (publicKey: unknown) =>
          rsaAesKeyWrap({ publicKey: asAny(publicKey), keyMaterial: MATERIAL, hash: "SHA-256" }),
      ],
      private: [
        (privateKey: unknown) =>
          rsaOaepDecrypt({ privateKey: asAny(privateKey), ciphertext: MATERIAL, hash: "SHA-256" }),
        (privateKey: unknown) =>
          rsaAesKeyUnwrap({ privateKey: asAny(privateKey), wrapped: MATERIAL, hash: "SHA-256" }),
      ],
    },
    SM2: {
      public: [(publicKey: unknown) => sm2Encrypt({ publicKey: asAny(publicKey), message: MATERIAL })],
      private: [(privateKey: unknown) => sm2Decrypt({ privateKey: asAny(privateKey), ciphertext: MATERIAL })],
    },
  };

  test.each([
    ["RSA", RSA_PAIR, SM2_PAIR],
    ["SM2", SM2_PAIR, RSA_PAIR],
  ] as const)("%s's schemes", (type, own, other) => {
    for (const call of CALLS[type].public) {
      expect(errorCode(() => call(other.spki))).toBe("WRAPPING_KEY_MISMATCH");
      expect(errorCode(() => call(parseWrappingKey(other.spki)))).toBe("WRAPPING_KEY_MISMATCH");
      expect(errorCode(() => call(own.pkcs8))).toBe("PRIVATE_KEY_AS_WRAPPING_KEY");
      expect(errorCode(() => call(undefined))).toBe("INVALID_ARGUMENT");
      expect(errorCode(() => call(own.spki))).toBeUndefined();
    }
    for (const call of CALLS[type].private) {
      expect(errorCode(() => call(other.pkcs8))).toBe("WRAPPING_KEY_MISMATCH");
      expect(errorCode(() => call(parseUnwrappingKey(other.pkcs8)))).toBe("WRAPPING_KEY_MISMATCH");
      expect(errorCode(() => call(own.spki))).toBe("PUBLIC_KEY_AS_PRIVATE_KEY");
      expect(errorCode(() => call(undefined))).toBe("INVALID_ARGUMENT");
      expect(errorCode(() => call(own.pkcs8))).toBe("UNWRAP_FAILED");
    }
  });
});

describe("SM3", () => {
  test.each(readVectors(sm3Vectors, "hash"))("%s", (_title, { valid }) => {
    for (const { name, message, digest } of valid) expect(toHex(sm3(message)), name).toBe(toHex(digest));
  });

  test.each(NOT_BYTES)("%j is no message", (value) => {
    expect(errorCode(() => sm3(asAny(value)))).toBe("INVALID_ARGUMENT");
  });
});
