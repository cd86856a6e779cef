/** Runs every example of the README, in its order and in one folder, as a reader would. */

import { spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wrap } from "../../src/index.ts";

const ROOT = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "kms-wrap-readme-"));

/** An HTML comment with these words right before an example takes it out, and says why. */
const NOT_RUN = "not run by the tests";

interface Example {
  readonly language: string;
  readonly line: number;
  readonly code: string;
}

function examples(): Example[] {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  return [...readme.matchAll(/^(?<note><!--.*-->\n)?```(?<language>js|ts|sh)\n(?<code>[\s\S]*?)^```$/gm)]
    .filter(({ groups }) => !groups!["note"]?.includes(NOT_RUN))
    .map(({ groups, index }) => ({
      language: groups!["language"]!,
      line: readme.slice(0, index).split("\n").length,
      code: groups!["code"]!,
    }));
}

/** The files that the examples take as given. */
beforeAll(() => {
  const wrapping = generateKeyPairSync("rsa", { modulusLength: 4096 });
  const publicKey = wrapping.publicKey.export({ format: "der", type: "spki" });
  const keyMaterial = randomBytes(32);
  const files = {
    "WrappingPublicKey.bin": publicKey,
    "rehearsal-private-key.pem": wrapping.privateKey.export({ format: "pem", type: "pkcs8" }),
    "p384.pem": generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey.export({
      format: "pem",
      type: "sec1",
    }),
    "blob.bin": wrap({ algorithm: "RSAES_OAEP_SHA_256", publicKey, keyMaterial }),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules/kms-wrap"), "junction");
  const command = join(folder, "kms-wrap");
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, "dist/cli/main.cjs")}" "$@"\n`);
  chmodSync(command, 0o755);
});

afterAll(() => rmSync(folder, { recursive: true }));

function run({ language, code }: Example) {
  const script = join(folder, language === "sh" ? "example.sh" : "example.mjs");
  writeFileSync(script, code);
  const [command, args] = language === "sh" ? ["sh", ["-eu", script]] : [process.execPath, [script]];
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env["PATH"]}` };
  return spawnSync(command as string, args as string[], { cwd: folder, encoding: "utf8", env });
}

describe("README", () => {
  test("has examples", () => expect(examples().length).toBeGreaterThanOrEqual(5));

  test.each(examples().map((example) => [`${example.language} at line ${example.line}`, example] as const))(
    "%s runs",
    (_title, example) => {
      const { status, stderr } = run(example);
      expect(stderr).not.toMatch(/error/i);
      expect(status).toBe(0);
    },
  );

  test("both ways of the comparison give what OpenSSL opens", () => {
    for (const file of ["EncryptedKeyMaterial.bin", "EncryptedKeyMaterial-openssl.bin"]) {
      const args = [
        "unwrap",
        "--private-key",
        "rehearsal-private-key.pem",
        "--algorithm",
        "RSA_AES_KEY_WRAP_SHA_256",
      ];
      const { stdout, status } = spawnSync(join(folder, "kms-wrap"), [...args, "--in", file, "--out", "-"], {
        cwd: folder,
      });
      expect(status).toBe(0);
      expect(stdout.length).toBe(185);
    }
  });

  test("the table of what may wrap what says what the rules say", async () => {
    const { compatibleAlgorithms, KEY_SPECS } = await import("../../src/index.ts");
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const rows = [
      ...readme.matchAll(/^\| `(?:SYMM|HMAC|RSA_2048`, `RSA_3072|ECC|SM2` \(China|ML_).*$/gm),
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
