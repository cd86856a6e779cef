/**
 * Takes the README's picture of the page, docs/page.png, in Chromium.
 *
 *     node test/page/screenshot.mjs
 */

import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPage } from "../runtimes/browsers.mjs";

const root = new URL("../../", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "kms-wrap-picture-"));
const TOMORROW = Date.now() + 86_000_000;

const wrapping = generateKeyPairSync("rsa", { modulusLength: 4096 });
const material = generateKeyPairSync("ec", { namedCurve: "P-384" });
const parameters = {
  KeyId: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  ImportToken: Buffer.alloc(256, 1).toString("base64"),
  PublicKey: wrapping.publicKey.export({ format: "der", type: "spki" }).toString("base64"),
  ParametersValidTo: new Date(TOMORROW).toISOString(),
};
writeFileSync(join(folder, "params.json"), JSON.stringify(parameters));
writeFileSync(join(folder, "p384.pem"), material.privateKey.export({ format: "pem", type: "sec1" }));

const page = await openPage("chromium", { viewport: { width: 1000, height: 1800 } });
try {
  await page.goto(new URL("dist/kms-wrap.html", root).href);
  await page.upload("#wrapping-file", join(folder, "params.json"));
  await page.upload("#material-file", join(folder, "p384.pem"));
  await page.waitFor(() => document.querySelector("#material-found")?.textContent !== "");
  await page.click("#algorithm-list input[value=RSA_AES_KEY_WRAP_SHA_256]");
  await page.evaluate(() => {
    /** @type {HTMLElement} */ (document.activeElement).blur();
    scrollTo(0, 0);
  });
  await page.screenshot(fileURLToPath(new URL("docs/page.png", root)));
} finally {
  await page.close();
  rmSync(folder, { recursive: true });
}
