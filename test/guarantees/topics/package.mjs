/** What is installed. */

/** @type {import("../all.mjs").Topic} */
export const PACKAGE = {
  topic: "What is installed",
  guarantees: [
    {
      guarantee: "Three packages of others, in exact versions, and no install script",
      shownBy: [
        {
          file: "test/node/package.test.ts",
          name: "brings three packages and no install script",
          breaks: [
            {
              how: "a script that runs at the installation",
              in: "package.json",
              replace: '"prepack": "npm run build"',
              by: '"prepack": "npm run build",\n    "postinstall": "node --version"',
            },
          ],
        },
        {
          file: "test/node/package-contents.test.ts",
          name: "name every version exactly",
          breaks: [
            {
              how: "a range for one of the three",
              in: "package.json",
              replace: '"@noble/hashes": "2.4.0"',
              by: '"@noble/hashes": "^2.4.0"',
            },
          ],
        },
      ],
    },
    {
      guarantee: "The library imports these three and nothing else, not even modules of Node",
      shownBy: [
        {
          file: "test/node/architecture.test.ts",
          name: "the run-time core stands on @noble/* alone",
          breaks: [
            {
              how: "node:crypto",
              in: "src/random.ts",
              replace: 'import { wipe } from "./bytes.ts";',
              by: 'import { randomFillSync } from "node:crypto";\nimport { wipe } from "./bytes.ts";',
            },
          ],
        },
      ],
    },
    {
      guarantee: "The package holds what it needs and nothing else",
      shownBy: [
        {
          file: "test/node/package-contents.test.ts",
          name: "holds nothing unexpected",
          breaks: [
            {
              how: "a script of the build",
              in: "package.json",
              replace: '"bench/results/ratios.svg",',
              by: '"bench/results/ratios.svg",\n    "scripts/build.mjs",',
            },
          ],
        },
      ],
    },
    {
      guarantee:
        "The WASM binaries are those of the committed SHA-256, which `npm run verify:wasm` builds anew",
      shownBy: [
        {
          file: "test/node/wasm-sums.test.ts",
          name: "the committed sums are of what is built",
          breaks: [
            {
              how: "a kernel that is other than its sum says",
              in: "assembly/sm2/index.ts",
              replace: "memory.fill(WORK, 0, POINTS_END - WORK);",
              by: "memory.fill(WORK, 0, POINTS_END - WORK - 16);",
            },
          ],
        },
      ],
    },
  ],
};
