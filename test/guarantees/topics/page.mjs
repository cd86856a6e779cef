/** The offline page. */

/** @type {import("../all.mjs").Topic} */
export const PAGE = {
  topic: "The page",
  guarantees: [
    {
      guarantee: "It loads, sends and stores nothing, and its policy makes the browser refuse to",
      shownBy: [
        {
          file: "test/node/page-build.test.ts",
          name: "has a policy that allows its own script and style alone, and needs no other file",
          breaks: [
            {
              how: "a policy that lets it load and send",
              in: "scripts/build-page.mjs",
              replace: "\"default-src 'none'\",",
              by: "\"default-src 'self'\",",
            },
            {
              how: "a script that stores",
              in: "src/page/secret-bytes.ts",
              replace: "    this.#bytes = bytes;\n",
              by: '    this.#bytes = bytes;\n    globalThis.localStorage.setItem("bytes", String(bytes));\n',
            },
          ],
        },
        {
          file: "test/page/faults.test.ts",
          name: "a script that is not the page's own does not run, and nothing can be fetched",
          breaks: [
            {
              how: "a policy that lets any script run",
              in: "scripts/build-page.mjs",
              replace: "`script-src 'sha256-${sha256(script, \"base64\")}' 'wasm-unsafe-eval'`",
              by: "`script-src 'unsafe-inline' 'wasm-unsafe-eval'`",
            },
          ],
        },
      ],
    },
    {
      guarantee:
        "Key material is overwritten once it is wrapped, replaced or removed, and when the page is left",
      shownBy: [
        {
          file: "test/page/wrap.test.ts",
          name: "the bytes are overwritten once wrapped, removed or left",
          breaks: [
            {
              how: "it is only let go of",
              in: "src/page/secret-bytes.ts",
              replace: "    wipe(this.#bytes);\n    this.#bytes = undefined;",
              by: "    wipe();\n    this.#bytes = undefined;",
            },
          ],
        },
      ],
    },
    {
      guarantee: "Equal sources make equal bytes, and the SHA-256 beside it is the page's",
      shownBy: [
        {
          file: "test/node/page-build.test.ts",
          name: "is the same, byte for byte, when it is built again",
          breaks: [
            {
              how: "the time of the build is in it",
              in: "scripts/build-page.mjs",
              replace: '"%VERSION%": version,',
              by: '"%VERSION%": `${version} ${performance.now()}`,',
            },
          ],
        },
        {
          file: "test/node/page-build.test.ts",
          name: "bears its version and a build id of its content, and its SHA-256 lies beside it",
          breaks: [
            {
              how: "the sum of something else",
              in: "scripts/build-page.mjs",
              replace: '`${sha256(page, "hex")}  ${NAME}\\n`',
              by: '`${sha256(anonymous, "hex")}  ${NAME}\\n`',
            },
          ],
        },
      ],
    },
  ],
};
