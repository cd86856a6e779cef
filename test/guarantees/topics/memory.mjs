/** What is left of secrets when an operation is over. */

/** @type {import("../all.mjs").Topic} */
export const MEMORY = {
  topic: "Secrets in memory",
  guarantees: [
    {
      guarantee:
        "After an operation, successful or not, WASM memory holds nothing of it but a public key's context",
      shownBy: [
        {
          file: "test/suites/leftovers.test.ts",
          name: "an unwrap under %s, but the material",
          breaks: [
            {
              how: "SM2's points stay",
              in: "assembly/sm2/index.ts",
              replace: "memory.fill(WORK, 0, POINTS_END - WORK);",
              by: "memory.fill(WORK, 0, 1);",
            },
          ],
        },
        {
          file: "test/suites/wasm-memory.test.ts",
          name: "is wiped after a key of %i bytes and %i semiblocks",
          breaks: [
            {
              how: "the semiblocks stay",
              in: "assembly/aes/index.ts",
              replace: "for (let address = KEK; address < end; address += 16)",
              by: "for (let address = KEK; address < SEMIBLOCKS && address < end; address += 16)",
            },
          ],
        },
        {
          file: "test/suites/wasm-memory.test.ts",
          name: "is wiped after a message or a seed of %i bytes",
          breaks: [
            {
              how: "what was hashed stays",
              in: "assembly/sha/index.ts",
              replace: "wipeRange(INPUT, INPUT + inputBytes + COUNTER_BYTES + BLOCK_BYTES + LENGTH_BYTES);",
              by: "wipeRange(INPUT, INPUT + COUNTER_BYTES);",
            },
          ],
        },
        {
          file: "test/suites/wasm-rsa.test.ts",
          name: "a private operation leaves what a public one leaves",
          breaks: [
            {
              how: "the work space of the private operation stays",
              in: "src/engine/wasm/rsa-kernel.ts",
              replace: "memory.fill(0, this.#at.CONTEXT, this.#at.END);",
              by: "memory.fill(0, this.#at.CONTEXT, this.#at.PRIVATE_WORK);",
            },
          ],
        },
      ],
    },
    {
      guarantee: "Arrays made on the way are overwritten, whether the operation succeeds or fails",
      shownBy: [
        {
          file: "test/suites/leftovers.test.ts",
          name: "an unwrap under %s, but the material",
          breaks: [
            {
              how: "OAEP's data block stays",
              in: "src/schemes/rsaes-oaep.ts",
              replace: "const DB = scratch(xorBytes(maskedDB, dbMask)); // 3.f",
              by: "const DB = xorBytes(maskedDB, dbMask);",
            },
          ],
        },
        {
          file: "test/suites/leftovers.test.ts",
          name: "a failed unwrap, wherever the blob is wrong",
          breaks: [
            {
              how: "what key wrap decrypted stays",
              in: "src/schemes/aes-kwp.ts",
              replace: "  } finally {\n    wipe(S);\n  }\n}\n\n/** How long",
              by: "  } finally {\n  }\n}\n\n/** How long",
            },
          ],
        },
        {
          file: "test/suites/leftovers.test.ts",
          name: "%s whose engine breaks, at whichever call",
          breaks: [
            {
              how: "scratch arrays are overwritten after a success only",
              in: "src/bytes.ts",
              replace: "  } finally {\n    wipe(...arrays);\n  }",
              by: "  } catch (error) {\n    arrays.length = 0;\n    throw error;\n  } finally {\n    wipe(...arrays);\n  }",
            },
          ],
        },
        {
          file: "test/suites/leftovers.test.ts",
          name: "%s as key material",
          breaks: [
            {
              how: "decoded text stays",
              in: "src/formats/open-key.ts",
              replace: "    wipe(...scratch);\n",
              by: "    wipe(...scratch.slice(1));\n",
            },
          ],
        },
      ],
    },
    {
      guarantee: "A private key that is parsed for one unwrap is overwritten afterwards",
      shownBy: [
        {
          file: "test/suites/leftovers.test.ts",
          name: "an unwrap under %s, but the material",
          breaks: [
            {
              how: "it stays",
              in: "src/keys/unwrapping-key.ts",
              replace: "if (key !== input) wipeUnwrappingKey(key);",
              by: "if (key !== input && input === undefined) wipeUnwrappingKey(key);",
            },
          ],
        },
        {
          file: "test/node/cli-unwrap-memory.test.ts",
          name: "$algorithm: the key is overwritten after a $blob blob",
          breaks: [
            {
              how: "the command's stays",
              in: "src/cli/commands/unwrap.ts",
              replace: "      wipeUnwrappingKey(privateKey);\n",
              by: "      void wipeUnwrappingKey;\n",
            },
          ],
        },
      ],
    },
    {
      guarantee: "The command overwrites the secret that it wrote, or could not write",
      shownBy: [
        {
          file: "test/node/cli-output.test.ts",
          name: "a secret is wiped when it is written, also when it is not",
          breaks: [
            {
              how: "only when it is written",
              in: "src/cli/output.ts",
              replace: "  } finally {\n    if (output.secret) wipe(output.bytes);\n  }",
              by: "    if (output.secret) wipe(output.bytes);\n  } finally {\n  }",
            },
          ],
        },
      ],
    },
  ],
};
