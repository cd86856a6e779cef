/** Making keys on the page, rehearsing, and opening what was wrapped, in real browsers. */

import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type KeySpec, wrap } from "../../src/index.ts";
import { openPage, type Page } from "../runtimes/browsers.mjs";
import { inEachBrowser } from "../runtimes/in-each-browser.ts";
import { fixture } from "../support/keys-fixtures.ts";
import { givenFolder, RSA_2048, SM2 } from "./given.ts";
import { choose, chooseAlgorithm, focused, give, PAGE_URL, saved } from "./steps.ts";

const given = givenFolder();
afterAll(() => given.remove());

await inEachBrowser((browser) => {
  let page: Page;

  beforeAll(async () => {
    page = await openPage(browser);
  });
  beforeEach(() => page.goto(PAGE_URL));
  afterAll(() => page.close());

  async function make(keySpec: KeySpec): Promise<void> {
    await page.click("#fresh summary");
    await choose(page, "fresh-spec", keySpec);
    await page.click("#fresh-make");
    await page.waitFor(() => !document.querySelector<HTMLElement>("#material-save")!.hidden, 60_000);
  }

  test.each(["ECC_NIST_P256", "ECC_NIST_EDWARDS25519", "RSA_2048"] as const)(
    "a fresh %s key, which node:crypto reads",
    async (keySpec) => {
      await make(keySpec);
      expect(await focused(page)).toBe("material-save");
      const shown = await page.text("#material-found .fingerprint");
      const { name, bytes } = await saved(page, "Save the key material");
      const privateKey = createPrivateKey({ key: Buffer.from(bytes), format: "der", type: "pkcs8" });
      const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
      expect({ name, shown: shown.replace(/\s/g, "") }).toEqual({
        name: `${keySpec}.der`,
        shown: createHash("sha256").update(spki).digest("hex"),
      });
    },
  );

  test("fresh material stays until it is saved or removed, whatever is wrapped", async () => {
    await make("HMAC_512");
    await give(page, "wrapping", given.path("rsa-2048.der"));
    await chooseAlgorithm(page, "RSAES_OAEP_SHA_256");
    await page.click("#wrap");
    await page.waitFor(() => !document.querySelector<HTMLElement>("#result")!.hidden);
    expect(await page.text("#result")).toContain("still in memory, and nowhere else");
    const { name, bytes } = await saved(page, "Save the key material");
    expect({ name, length: bytes.length }).toEqual({ name: "HMAC_512.bin", length: 64 });
    await page.click("#material-forget");
    expect(await page.text("#material-found")).toMatch(/overwritten/);
    expect(await focused(page)).toBe("material-file");
  });

  test.each([
    ["rsa-2048.der", "p384.pem", "RSA_AES_KEY_WRAP_SHA_256", "world"],
    ["sm2.der", "rsa-4096.der", "SM2PKE", "china"],
  ] as const)("a rehearsal under %s", async (wrappingKey, material, algorithm, region) => {
    await give(page, "wrapping", given.path(wrappingKey));
    await give(page, "material", given.path(material));
    await page.click(`#region input[value="${region}"]`);
    await chooseAlgorithm(page, algorithm);
    await page.click("#rehearse");
    await page.waitFor(() => document.querySelector("#rehearsed")!.textContent !== "", 60_000);
    expect(await page.text("#rehearsed")).toContain("what was unwrapped is what was wrapped");
  });

  test.each([
    ["RSA_AES_KEY_WRAP_SHA_256", RSA_2048],
    ["SM2PKE", SM2],
  ] as const)("opens what was wrapped with %s", async (algorithm, { spki, pkcs8 }) => {
    const material = fixture("ECC_NIST_P384").pkcs8;
    writeFileSync(join(given.folder, "private.der"), pkcs8);
    writeFileSync(
      join(given.folder, "blob.bin"),
      wrap({ algorithm, publicKey: spki, keyMaterial: material }),
    );
    await give(page, "material", given.path("p384.pem"));
    await page.click("#other-half > summary");
    await give(page, "private", join(given.folder, "private.der"));
    await give(page, "blob", join(given.folder, "blob.bin"));
    await choose(page, "open-algorithm", algorithm);
    await page.click("#open");
    await page.waitFor(() => !document.querySelector<HTMLElement>("#opened")!.hidden);
    expect(await focused(page)).toBe("opened-title");
    expect(await page.text("#opened")).toMatch(/ECC_NIST_P384 key material[\s\S]*step 2\s+the same/);
    await page.evaluate(() => document.querySelector("#material-save")!.remove());
    const { bytes } = await saved(page, "Save the key material");
    expect(bytes).toEqual(material);
  });
});
