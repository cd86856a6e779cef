/** What `wrap` and `unwrap` compute. */

/** @type {import("../all.mjs").Topic} */
export const RESULTS = {
  topic: "Results",
  guarantees: [
    {
      guarantee:
        "What comes out is what the standards say: published vectors, byte for byte, on both engines",
      shownBy: [
        {
          file: "test/suites/vectors/rsa-oaep.test.ts",
          name: "encrypt: %s",
          breaks: [
            {
              how: "OAEP masks the seed with a mask of the data block before masking",
              in: "src/schemes/rsaes-oaep.ts",
              replace: "scratch(engine.hashes.mgf1(mgf1Hash, maskedDB, hLen)); // 2.g",
              by: "scratch(engine.hashes.mgf1(mgf1Hash, DB, hLen)); // 2.g",
            },
          ],
        },
        {
          file: "test/suites/vectors/aes-key-wrap.test.ts",
          name: "KWP: %s",
          breaks: [
            {
              how: "another initial value, the same in both directions",
              in: "src/schemes/aes-kwp.ts",
              replace: "const AIV_HIGH = 0xa65959a6;",
              by: "const AIV_HIGH = 0xa65959a7;",
            },
          ],
        },
        {
          file: "test/suites/vectors/sm2-encryption.test.ts",
          name: "encrypt: %s",
          breaks: [
            {
              how: "C3 is the hash of y2, M, x2, in both directions",
              in: "src/schemes/sm2pke.ts",
              replace: "concatBytes(shared.subarray(0, 32), M, shared.subarray(32))",
              by: "concatBytes(shared.subarray(32), M, shared.subarray(0, 32))",
            },
          ],
        },
      ],
    },
    {
      guarantee: "OpenSSL opens what is wrapped here, and what it wraps opens here",
      shownBy: [
        {
          file: "test/node/openssl-interop.test.ts",
          name: "OpenSSL opens what we wrap",
          breaks: [
            {
              how: "SHA-1 for the masks of every OAEP, in both directions",
              in: "src/schemes/registry.ts",
              replace: "{ hash, mgf1Hash: hash, label: NO_LABEL }",
              by: '{ hash, mgf1Hash: "SHA-1" as const, label: NO_LABEL }',
            },
          ],
        },
        {
          file: "test/node/openssl-interop.test.ts",
          name: "we open what OpenSSL wraps",
          breaks: [
            {
              how: "SHA-1 for the masks of every OAEP, in both directions",
              in: "src/schemes/registry.ts",
              replace: "{ hash, mgf1Hash: hash, label: NO_LABEL }",
              by: '{ hash, mgf1Hash: "SHA-1" as const, label: NO_LABEL }',
            },
          ],
        },
      ],
    },
    {
      guarantee:
        "Nothing but a lack of WebAssembly brings the portable engine in, never what was found out about an input",
      shownBy: [
        {
          file: "test/suites/portable-engine.test.ts",
          name: "does not take the place of a WASM part that breaks",
          breaks: [
            {
              how: "any error does",
              in: "src/engine/default.ts",
              replace:
                "if (!(error instanceof WasmUnavailable)) throw error;\n      this.#refusal = error.message;",
              by: "this.#refusal = (error as Error).message;",
            },
          ],
        },
      ],
    },
    {
      guarantee: "The command says when the portable engine computed",
      shownBy: [
        {
          file: "test/node/cli-engine.test.ts",
          name: "warns once where it does not",
          breaks: [
            {
              how: "it keeps that to itself",
              in: "src/cli/engine.ts",
              replace: 'if (info.name === "wasm") return [];',
              by: "if (info.features.length === 0) return [];",
            },
          ],
        },
      ],
    },
    {
      guarantee: "What is passed in is not changed",
      shownBy: [
        {
          file: "test/node/realms.test.ts",
          name: "the input is left as it was, and the output is a plain array of its own",
          breaks: [
            {
              how: "the key material is overwritten once it is wrapped",
              in: "src/schemes/aes-kwp.ts",
              replace: "  } finally {\n    wipe(S);\n  }\n}\n\n/**\n * RFC 5649 §4.2",
              by: "  } finally {\n    wipe(S, plaintext);\n  }\n}\n\n/**\n * RFC 5649 §4.2",
            },
          ],
        },
      ],
    },
  ],
};
