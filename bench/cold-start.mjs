/**
 * One-shot processes: the whole of `kms-wrap wrap` beside a bare `node`, in turn, so that both meet the same moods of
 * the machine.
 *
 *     node bench/cold-start.mjs [runs]
 */

import { spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { table } from "../scripts/table.mjs";
import { median } from "./summary.mjs";

const COMMAND = fileURLToPath(new URL("../dist/cli/main.cjs", import.meta.url));

/** @param {string} folder */
function makeFiles(folder) {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 4096 }).publicKey;
  const sm2 = generateKeyPairSync("ec", { namedCurve: "SM2" }).publicKey;
  const material = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const files = {
    rsa: rsa.export({ format: "der", type: "spki" }),
    sm2: sm2.export({ format: "der", type: "spki" }),
    key: randomBytes(32),
    pkcs8: material.export({ format: "der", type: "pkcs8" }),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

/** @type {[what: string, args: string[]][]} */
const CASES = [
  ["RSAES_OAEP_SHA_256 of 32 B", ["--public-key", "rsa", "--algorithm", "RSAES_OAEP_SHA_256", "--in", "key"]],
  [
    "RSA_AES_KEY_WRAP_SHA_256 of an RSA_2048 key",
    ["--public-key", "rsa", "--algorithm", "RSA_AES_KEY_WRAP_SHA_256", "--in", "pkcs8"],
  ],
  ["SM2PKE of 32 B", ["--public-key", "sm2", "--algorithm", "SM2PKE", "--in", "key"]],
];

/**
 * @param {string[]} args
 * @param {string} cwd
 */
function milliseconds(args, cwd) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: "ignore" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with status ${status}`);
  return performance.now() - start;
}

/**
 * @param {number} runs
 * @returns {{ what: string, milliseconds: number, bareMilliseconds: number, ratio: number }[]} medians; the ratio is
 *   that of each pair
 */
export function measureColdStart(runs) {
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-bench-"));
  try {
    makeFiles(folder);
    return CASES.map(([what, args]) => {
      const command = [COMMAND, "wrap", ...args, "--out", "wrapped", "--force"];
      milliseconds(command, folder);
      const pairs = Array.from({ length: runs }, () => [
        milliseconds(["-e", "0"], folder),
        milliseconds(command, folder),
      ]);
      const column = (/** @type {number} */ i) => pairs.map((pair) => pair[i] ?? Number.NaN);
      return {
        what,
        milliseconds: median(column(1)),
        bareMilliseconds: median(column(0)),
        ratio: median(pairs.map(([bare = Number.NaN, wrap = Number.NaN]) => wrap / bare)),
      };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {ReturnType<typeof measureColdStart>} starts */
export function coldStartTable(starts) {
  const rows = starts.map(({ what, milliseconds, bareMilliseconds, ratio }) => [
    what,
    milliseconds.toFixed(0),
    bareMilliseconds.toFixed(0),
    ratio.toFixed(2),
  ]);
  return table(["whole process", "ms", "bare node, ms", "ratio"], rows);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(coldStartTable(measureColdStart(Number(process.argv[2] ?? 21))));
