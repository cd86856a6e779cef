/** What an attacker may hand in: keys, text, parameters, ciphertexts. */

/** @type {import("../all.mjs").Topic} */
export const HOSTILE_INPUT = {
  topic: "Hostile input",
  guarantees: [
    {
      guarantee: "Any input ends in a value or one `KmsWrapError`",
      shownBy: [
        {
          file: "test/suites/keys/hostile-input.test.ts",
          name: "bytes that begin like DER",
          breaks: [
            {
              how: "a length beyond the end makes a RangeError",
              in: "src/formats/der.ts",
              replace: "if (length > left)\n      throw invalidDer(",
              by: 'if (length > left) throw new RangeError("beyond the end");\n    if (length > left)\n      throw invalidDer(',
            },
          ],
        },
        {
          file: "test/suites/fuzz.test.ts",
          breaks: [
            {
              how: "a character outside of the alphabet of base64 makes a RangeError",
              in: "src/formats/base64.ts",
              replace: "else if (sextet(octet) < 0) throw invalidBase64(",
              by: "else if (sextet(octet) < 0) throw new RangeError(",
            },
          ],
        },
      ],
    },
    {
      guarantee: "What is wrong with a key is found, each kind with its code",
      shownBy: [
        {
          file: "test/suites/vectors/negative.test.ts",
          name: "%s are refused",
          breaks: [
            {
              how: "trailing bytes are passed over",
              in: "src/formats/der.ts",
              replace: "if (left > 0)",
              by: "if (left > 1000)",
            },
            {
              how: "an even modulus is taken",
              in: "src/keys/rsa-numbers.ts",
              replace: "if (isEven(modulus)) throw",
              by: "if (modulus.length === 0) throw",
            },
            {
              how: "points off the curve are taken",
              in: "src/engine/curves.ts",
              replace: "(y * y - ((x * x + a) * x + b)) % p === 0n",
              by: "(x + y + a + b) % p >= 0n",
            },
            {
              how: "CRT exponents that belong to another key are taken",
              in: "src/keys/rsa-numbers.ts",
              replace: "dP < p && (e * dP) % (p - 1n) === 1n",
              by: "dP < p && e * p > 0n",
            },
          ],
        },
      ],
    },
    {
      guarantee: "Work and memory are linear in the input, counted and not timed",
      shownBy: [
        {
          file: "test/node/linear-work.test.ts",
          breaks: [
            {
              how: "each element of DER is copied with all that follows",
              in: "src/formats/der.ts",
              replace: "return new DerReader(input, position, this.#position);",
              by: "return new DerReader(input.slice(), position, this.#position);",
            },
          ],
        },
      ],
    },
    {
      guarantee: "There is a greatest length, beyond which an input is refused unread",
      shownBy: [
        {
          file: "test/suites/sizes.test.ts",
          name: "%s wraps no more than 16 MiB, and unwraps no more than comes of that",
          breaks: [
            {
              how: "twice as long is taken",
              in: "src/schemes/checks.ts",
              replace: "const MAX_MATERIAL_BYTES = 2 ** 24;",
              by: "const MAX_MATERIAL_BYTES = 2 ** 25;",
            },
          ],
        },
        {
          file: "test/suites/refusals/text.test.ts",
          name: "too many bytes",
          breaks: [
            {
              how: "twice as long a key is taken",
              in: "src/formats/open-key.ts",
              replace: "export const MAX_INPUT_BYTES = 65_536;",
              by: "export const MAX_INPUT_BYTES = 131_072;",
            },
          ],
        },
      ],
    },
    {
      guarantee: "No message, hint or cause holds a part of what was read",
      shownBy: [
        {
          file: "test/suites/keys/hostile-input.test.ts",
          name: "a refusal shows nothing of a private key",
          breaks: [
            {
              how: "JSON.parse's own error, which quotes, is the cause",
              in: "src/formats/jwk.ts",
              replace:
                '  } catch {\n    // A SyntaxError quotes the text: it must not be handed on as a cause.\n    throw new KmsWrapError("INVALID_JWK", "the text begins like a JWK, but is not JSON", {',
              by: '  } catch (cause) {\n    throw new KmsWrapError("INVALID_JWK", "the text begins like a JWK, but is not JSON", {\n      cause,',
            },
            {
              how: "the label of a PEM block is quoted",
              in: "src/formats/pem.ts",
              replace: "has no label that ends with five dashes`",
              by: "has no label that ends with five dashes: ` + String.fromCharCode(...characters)",
            },
          ],
        },
      ],
    },
    {
      guarantee: "Memory that may change or vanish while it is read is refused",
      shownBy: [
        {
          file: "test/node/realms.test.ts",
          name: "shared and detached memory and other types are refused",
          breaks: [
            {
              how: "shared memory is taken",
              in: "src/bytes.ts",
              replace: '=== "[object SharedArrayBuffer]"',
              by: '=== "[object Shared]"',
            },
          ],
        },
      ],
    },
    {
      guarantee: "The rehearsal listens to loopback addresses alone",
      shownBy: [
        {
          file: "test/node/rehearsal-http.test.ts",
          name: "does not listen to %s",
          breaks: [
            {
              how: "any host will do",
              in: "src/rehearsal.ts",
              replace: "if (!LOOPBACK.includes(host))",
              by: 'if (host === "")',
            },
          ],
        },
      ],
    },
  ],
};
