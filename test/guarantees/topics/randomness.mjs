/** The platform's generator, mistrusted. */

/** @type {import("../all.mjs").Topic} */
export const RANDOMNESS = {
  topic: "Randomness",
  guarantees: [
    {
      guarantee:
        "A generator that is absent or throws is an error, and nothing else takes its place; nothing that takes random values is wrapped, made or decrypted with one that is broken",
      shownBy: [
        {
          file: "test/suites/random.test.ts",
          name: "refuses a platform without a generator",
          breaks: [
            {
              how: "Math.random takes its place",
              in: "src/random.ts",
              replace: "  } catch (cause) {\n",
              by: "  } catch (cause) {\n    if (cause) return bytes.map(() => Math.random() * 256);\n",
            },
          ],
        },
        {
          file: "test/suites/faults.test.ts",
          name: "wraps nothing with a generator that is %s",
          breaks: [
            {
              how: "what the generator yields is taken as it is",
              in: "src/random.ts",
              replace: "if (fault === undefined) return bytes;",
              by: "if (fault !== 0) return bytes;",
            },
          ],
        },
      ],
    },
    {
      guarantee:
        "So is one that yields zeros, fills its buffer in part, or yields the same 16 bytes twice in a row within one draw",
      shownBy: [
        {
          file: "test/suites/random.test.ts",
          name: "refuses one that leaves its buffer untouched",
          breaks: [
            {
              how: "zeros are taken",
              in: "src/random.ts",
              replace: 'if (allZeroMask(drawn) !== 0) return "zeros only";',
              by: "if (drawn.length === 0) return undefined;",
            },
          ],
        },
        {
          file: "test/suites/random.test.ts",
          name: "refuses one that fills %f of its buffer",
          breaks: [
            {
              how: "zeros at the end are taken",
              in: "src/random.ts",
              replace: 'allZeroMask(drawn.subarray(-UNFILLED_BYTES)) !== 0 ? "zeros at the end" : undefined;',
              by: "undefined;",
            },
          ],
        },
        {
          file: "test/suites/random.test.ts",
          name: "refuses one that repeats itself",
          breaks: [
            {
              how: "it is taken",
              in: "src/random.ts",
              replace: '? "the same bytes twice in a row" : undefined;',
              by: "? undefined : undefined;",
            },
          ],
        },
      ],
    },
    {
      guarantee: "Each wrap draws anew",
      shownBy: [
        {
          file: "test/suites/faults.test.ts",
          name: "wraps differently each time",
          breaks: [
            {
              how: "OAEP's seed is always the same",
              in: "src/schemes/rsaes-oaep.ts",
              replace: "const seed = scratch(random(hLen)); // 2.d",
              by: "const seed = scratch(new Uint8Array(hLen).fill(1));",
            },
            {
              how: "so is SM2's k",
              in: "src/schemes/sm2pke.ts",
              replace: "const k = scratch(randomScalar(random)); // A1",
              by: "const k = scratch(new Uint8Array(32).fill(1));",
            },
          ],
        },
      ],
    },
  ],
};
