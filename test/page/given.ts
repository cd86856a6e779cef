/** What people give the page: keys, downloads and parameters, as files in a folder. */

import { createPrivateKey } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeBase64 } from "../../src/formats/base64.ts";
import { fixture } from "../support/keys-fixtures.ts";
import { WRAPPING_KEY_PAIRS } from "../support/wrapping-keys.ts";
import { zipOf } from "../support/zip.ts";

export const ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const TOKEN = Uint8Array.from({ length: 300 }, (_, i) => 5 * i);
export const { RSA_2048, RSA_3072, RSA_4096, SM2 } = WRAPPING_KEY_PAIRS;

const HOUR = 3_600_000;

/** What `aws kms get-parameters-for-import` prints. */
export function parametersFor(spki: Uint8Array, changes: object = {}): string {
  const answer = {
    KeyId: ARN,
    ImportToken: encodeBase64(TOKEN),
    PublicKey: encodeBase64(spki),
    ParametersValidTo: new Date(Date.now() + 23 * HOUR).toISOString(),
    ...changes,
  };
  return `${JSON.stringify(answer, null, 4)}\n`;
}

function pem(type: "pkcs8" | "sec1", der: Uint8Array): string {
  const key = createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });
  return key.export({ format: "pem", type }) as string;
}

const FILES = {
  "params.json": parametersFor(RSA_4096.spki),
  "old-params.json": parametersFor(RSA_4096.spki, { ParametersValidTo: "2026-01-31T12:00:00Z" }),
  "WrappingPublicKey.bin": RSA_3072.spki,
  "ImportToken.bin": TOKEN,
  "rsa-2048.der": RSA_2048.spki,
  "rsa-2048-private.der": RSA_2048.pkcs8,
  "rsa-3072.pem": `-----BEGIN PUBLIC KEY-----\n${encodeBase64(RSA_3072.spki)}\n-----END PUBLIC KEY-----\n`,
  "sm2.der": SM2.spki,
  "download.zip": zipOf([
    { name: "WrappingPublicKey.bin", bytes: RSA_2048.spki },
    { name: "ImportToken.bin", bytes: TOKEN },
    { name: "README.txt", bytes: new TextEncoder().encode("read me") },
  ]),
  "p384.pem": pem("sec1", fixture("ECC_NIST_P384").pkcs8),
  "rsa-4096.der": fixture("RSA_4096").pkcs8,
  "sm2-private.der": fixture("SM2").pkcs8,
  "aes.bin": Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i),
  "hmac.hex": "a1".repeat(48),
};

/** The names of the files. */
export type Given = keyof typeof FILES;

/** A folder with all of them; and what each holds. */
export function givenFolder(): {
  readonly folder: string;
  path(name: Given): string;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-page-"));
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
  return {
    folder,
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
