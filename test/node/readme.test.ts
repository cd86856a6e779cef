/** Runs every example of the README, in its order and in one folder, as a reader would. */

import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { EXAMPLES, type Example, PRIVATE_KEY, README, readersFolder } from "../support/readme.ts";

const folder = readersFolder();
/** Such a comment before an example takes it out, and says who runs it instead. */
const RUN_HERE = EXAMPLES.filter(({ note }) => !note.includes("not run by the tests"));

afterAll(() => rmSync(folder, { recursive: true }));

function run({ language, code }: Example) {
  const script = join(folder, language === "sh" ? "example.sh" : "example.mjs");
  writeFileSync(script, code);
  const [command, args] = language === "sh" ? ["sh", ["-eu", script]] : [process.execPath, [script]];
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env["PATH"]}` };
  return spawnSync(command as string, args as string[], { cwd: folder, encoding: "utf8", env });
}

describe("README", () => {
  test("has examples", () => expect(RUN_HERE.length).toBeGreaterThanOrEqual(5));

  test.each(RUN_HERE.map((example) => [`${example.language} at line ${example.line}`, example] as const))(
    "%s runs",
    (_title, example) => {
      const { status, stderr } = run(example);
      expect(stderr).not.toMatch(/error/i);
      expect(status).toBe(0);
    },
  );

  test("both ways of the comparison give what OpenSSL opens", () => {
    for (const file of ["EncryptedKeyMaterial.bin", "EncryptedKeyMaterial-openssl.bin"]) {
      const args = ["unwrap", "--private-key", PRIVATE_KEY, "--algorithm", "RSA_AES_KEY_WRAP_SHA_256"];
      const { stdout, status } = spawnSync(join(folder, "kms-wrap"), [...args, "--in", file, "--out", "-"], {
        cwd: folder,
      });
      expect(status).toBe(0);
      expect(stdout.length).toBe(185);
    }
  });

  test("the table of what may wrap what says what the rules say", async () => {
    const { compatibleAlgorithms, KEY_SPECS } = await import("../../src/index.ts");
    const rows = [
      ...README.matchAll(/^\| `(?:SYMM|HMAC|RSA_2048`, `RSA_3072|ECC|SM2` \(China|ML_).*$/gm),
    ].map(([row]) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    const listed = KEY_SPECS.filter((spec) => rows.some(([names]) => mentions(names!, spec)));
    expect(listed).toEqual(KEY_SPECS);
    for (const [names, oaep2048, oaepLong, rsaAes, sm2] of rows) {
      for (const spec of KEY_SPECS.filter((spec) => mentions(names!, spec))) {
        const allowed = (wrappingKeySpec: "RSA_2048" | "RSA_4096" | "SM2", algorithm: string) =>
          compatibleAlgorithms(spec, wrappingKeySpec).some((name) => name.startsWith(algorithm));
        expect(allowed("RSA_2048", "RSAES_OAEP"), `${spec} ${oaep2048}`).toBe(oaep2048!.startsWith("yes"));
        expect(allowed("RSA_4096", "RSAES_OAEP"), `${spec} ${oaepLong}`).toBe(oaepLong!.startsWith("yes"));
        expect(allowed("RSA_2048", "RSA_AES"), `${spec} ${rsaAes}`).toBe(rsaAes!.startsWith("yes"));
        expect(allowed("SM2", "SM2PKE"), `${spec} ${sm2}`).toBe(sm2!.startsWith("yes"));
      }
    }
  });
});

/** Whether a cell such as "`ML_DSA_*`, `ML_KEM_*`" names the spec. */
function mentions(cell: string, spec: string): boolean {
  return [...cell.matchAll(/`([A-Z0-9_]+)(\*?)`/g)].some(([, name, star]) =>
    star ? spec.startsWith(name!) : spec === name,
  );
}
