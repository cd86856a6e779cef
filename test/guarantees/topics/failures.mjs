/** What a decryption that fails tells. */

/** @type {import("../all.mjs").Topic} */
export const FAILURES = {
  topic: "Failed decryptions",
  guarantees: [
    {
      guarantee: "Whatever is changed in a blob, it is refused with one error, to the letter, and no output",
      shownBy: [
        {
          file: "test/suites/tampering.test.ts",
          name: "with the %s material is refused in one way, wherever it was changed",
          breaks: [
            {
              how: "SM2 does not compare C3",
              in: "src/schemes/sm2pke.ts",
              replace: "if ((equalBytesMask(u, C3) & ~allZeroMask(t)) === 0)",
              by: "if ((equalBytesMask(u, u) & ~allZeroMask(t)) === 0)",
            },
            {
              how: "a message of its own for a point off the curve",
              in: "src/schemes/sm2pke.ts",
              replace: 'if (parts === undefined || !isOnCurve("SM2", parts.C1)) throw unwrapFailed();',
              by: 'if (parts === undefined) throw unwrapFailed();\n  if (!isOnCurve("SM2", parts.C1)) throw new KmsWrapError("UNWRAP_FAILED", "C1 is not on the curve");',
            },
          ],
        },
      ],
    },
    {
      guarantee: "Each check of the standards is made",
      shownBy: [
        {
          file: "test/suites/schemes.test.ts",
          name: "an initial value, length or padding that is not right is refused",
          breaks: [
            {
              how: "key wrap does not compare the initial value",
              in: "src/schemes/aes-kwp.ts",
              replace: "return aiv & inRange & isZeroMask(padding);",
              by: "return (aiv | -1) & inRange & isZeroMask(padding);",
            },
            {
              how: "nor looks at the padding",
              in: "src/schemes/aes-kwp.ts",
              replace: "return aiv & inRange & isZeroMask(padding);",
              by: "return aiv & inRange & (padding | -1);",
            },
          ],
        },
        {
          file: "test/suites/schemes.test.ts",
          name: "another hash, mask hash or label is refused",
          breaks: [
            {
              how: "OAEP does not compare the label's hash",
              in: "src/schemes/rsaes-oaep.ts",
              replace: "equalBytesMask(DB.subarray(0, hLen), lHash) & found",
              by: "equalBytesMask(lHash, lHash) & found",
            },
          ],
        },
        {
          file: "test/suites/schemes.test.ts",
          name: "a ciphertext not below the modulus is refused before it meets the private key",
          breaks: [
            {
              how: "OAEP does not look at the range",
              in: "src/schemes/rsaes-oaep.ts",
              replace: "if (lessBytesMask(ciphertext, privateKey.modulus) === 0) return undefined;",
              by: "",
            },
          ],
        },
        {
          file: "test/suites/schemes.test.ts",
          name: "a point off the curve is refused before it meets the private key",
          breaks: [
            {
              how: "SM2 does not look at the point",
              in: "src/schemes/sm2pke.ts",
              replace: '!isOnCurve("SM2", parts.C1)',
              by: 'isOnCurve("P-256", parts.C1)',
            },
          ],
        },
        {
          file: "test/suites/vectors/negative.test.ts",
          name: "ciphertexts are refused by the %s engine",
          breaks: [
            {
              how: "SM2 takes a key stream of zeros",
              in: "src/schemes/sm2pke.ts",
              replace: "(equalBytesMask(u, C3) & ~allZeroMask(t)) === 0",
              by: "equalBytesMask(u, C3) === 0",
            },
            {
              how: "OAEP takes a first octet other than 0",
              in: "src/schemes/rsaes-oaep.ts",
              replace: "isZeroMask(Y) &",
              by: "(isZeroMask(Y) | -1) &",
            },
          ],
        },
      ],
    },
    {
      guarantee:
        "On the WASM engine, an unwrap calls the kernels alike and they run alike, whatever is wrong with the blob",
      shownBy: [
        {
          file: "test/node/constant-time-unwrap.test.ts",
          name: "an unwrap makes the same calls with the same traces, whatever is wrong:",
          breaks: [
            {
              how: "OAEP stops at a first octet other than 0",
              in: "src/schemes/rsaes-oaep.ts",
              replace: "const Y = EM[0]!; // 3.b",
              by: "const Y = EM[0]!;\n    if (Y !== 0) return use({ DB: EM, start: 0, good: 0 });",
            },
            {
              how: "RSA_AES_KEY_WRAP ends when its first half fails",
              in: "src/schemes/rsa-aes-key-wrap.ts",
              replace: "return kwpUnwrap(engine, K, wrapped.subarray(k));",
              by: "const rest = K.every((byte, i) => byte === substitute[i]) ? K.subarray(0, 0) : wrapped.subarray(k);\n    return kwpUnwrap(engine, K, rest);",
            },
          ],
        },
      ],
    },
    {
      guarantee: "The JavaScript above them runs the same blocks as often",
      shownBy: [
        {
          file: "test/node/constant-time-branches.test.ts",
          name: "a failing unwrap takes the same branches, whatever is wrong:",
          breaks: [
            {
              how: "key wrap returns when the initial value is wrong",
              in: "src/schemes/aes-kwp.ts",
              replace: "  const paddingBytes = (S.length",
              by: "  if (aiv === 0) return 0;\n  const paddingBytes = (S.length",
            },
            {
              how: "bytes are compared up to the first difference",
              in: "src/constant-time.ts",
              replace: "difference |= a[i]! ^ b[i]!;",
              by: "if ((difference |= a[i]! ^ b[i]!)) break;",
            },
          ],
        },
      ],
    },
  ],
};
