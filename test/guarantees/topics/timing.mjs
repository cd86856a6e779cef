/** What time and faults tell of secrets, on the WASM engine where it is not said otherwise. */

/** @type {import("../all.mjs").Topic} */
export const TIMING = {
  topic: "Time and faults",
  guarantees: [
    {
      guarantee:
        "On the WASM engine, AES key wrap, RSA, SM2, SM3, SHA-1, SHA-256 and MGF1 take the same branches and touch the same addresses whatever the secrets",
      shownBy: [
        {
          file: "test/node/constant-time-aes.test.ts",
          name: "a %i-byte key on %i bytes",
          breaks: [
            {
              how: "zeros are passed over",
              in: "assembly/aes/index.ts",
              replace: "pair += 16) v128.store(pair, linear(v128.load(pair), map));",
              by: "pair += 16) if (v128.any_true(v128.load(pair))) v128.store(pair, linear(v128.load(pair), map));",
            },
          ],
        },
        {
          file: "test/node/constant-time-rsa.test.ts",
          name: "whatever the primes, exponents and coefficient",
          breaks: [
            {
              how: "zeros of a secret exponent are passed over",
              in: "assembly/rsa/exponentiate.ts",
              replace: "    pick(OTHER, exponent, window, entryBytes);\n",
              by: "    if (!(bitsAt(exponent, window * WINDOW_BITS) & (ENTRIES - 1))) continue;\n    pick(OTHER, exponent, window, entryBytes);\n",
            },
          ],
        },
        {
          file: "test/node/constant-time-sm2.test.ts",
          name: "[k]G and [k]P, [d]C1, P or C1 = %s",
          breaks: [
            {
              how: "the table is read as far as the entry that is wanted",
              in: "assembly/sm2/window.ts",
              replace: "for (let entry = table; entry < end; entry",
              by: "for (let entry = table; entry < end && wanted >= 0; entry",
            },
          ],
        },
        {
          file: "test/node/constant-time-sha.test.ts",
          name: "of %i bytes",
          breaks: [
            {
              how: "a branch on a bit of the digest",
              in: "assembly/sha/index.ts",
              replace: "offset += 4)\n    store<u32>(to + offset, bswap<u32>(load<u32>(STATE + offset)));",
              by: "offset += 4) {\n    if (load<u32>(STATE + offset) & 1) store<u32>(to + offset, 0);\n    store<u32>(to + offset, bswap<u32>(load<u32>(STATE + offset)));\n  }",
            },
          ],
        },
      ],
    },
    {
      guarantee: "What RSA raises to a secret power is the ciphertext times a random factor, on both engines",
      shownBy: [
        {
          file: "test/suites/wasm-rsa.test.ts",
          name: "the exponentiation sees c·r^e, not c",
          breaks: [
            {
              how: "the factor is 1",
              in: "src/engine/wasm/rsa-kernel.ts",
              replace: 'this.#put(memory, "BLINDING", blinding);',
              by: 'this.#put(memory, "BLINDING", Uint8Array.of(1));',
            },
          ],
        },
        {
          file: "test/suites/portable-engine.test.ts",
          name: "the exponentiation sees c·r^e, not c",
          breaks: [
            {
              how: "there is none",
              in: "src/engine/portable/rsa.ts",
              replace: "const m = (crt(key, blinded) * blinding.inverse) % n;",
              by: "const m = crt(key, c) + 0n * blinded;",
            },
          ],
        },
      ],
    },
    {
      guarantee:
        "An RSA result that does not encrypt back to the ciphertext, as after a fault, is withheld, on both engines",
      shownBy: [
        {
          file: "test/node/kernel-faults.test.ts",
          name: "makes no wrong result: it is withheld, or right",
          breaks: [
            {
              how: "every result is sound",
              in: "src/engine/wasm/rsa-kernel.ts",
              replace: "sound = equalBytesMask(this.publicOperation(key, message), ciphertext);",
              by: "sound = -1;",
            },
          ],
        },
        {
          file: "test/suites/faults.test.ts",
          name: "withholds the result if %s changes in memory",
          breaks: [
            {
              how: "every result of the portable engine is sound",
              in: "src/engine/portable/rsa.ts",
              replace: "return power(m, e, n) === c ? fromBigInt(m, key.modulus.length) : undefined;",
              by: "return fromBigInt(m, key.modulus.length);",
            },
          ],
        },
      ],
    },
    {
      guarantee: "A trap in a kernel, at whatever moment, leaves no secret in its memory and a usable engine",
      shownBy: [
        {
          file: "test/node/kernel-faults.test.ts",
          name: "in %s leaves no secret and a usable engine",
          breaks: [
            {
              how: "AES is wiped after a success only",
              in: "src/engine/wasm/aes.ts",
              replace:
                "      return memory.slice(this.#semiblocks, this.#semiblocks + semiblocks.length);\n    } finally {\n      this.#exports.wipe(count);\n    }",
              by: "      const out = memory.slice(this.#semiblocks, this.#semiblocks + semiblocks.length);\n      this.#exports.wipe(count);\n      return out;\n    } finally {\n    }",
            },
          ],
        },
      ],
    },
  ],
};
