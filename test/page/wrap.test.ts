/** Wrapping on the page, in real browsers; OpenSSL opens what is saved. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { WrappingAlgorithm } from "../../src/index.ts";
import { openPage, type Page } from "../runtimes/browsers.mjs";
import { inEachBrowser } from "../runtimes/in-each-browser.ts";
import { kmsWrap } from "../support/cli.ts";
import { fixture } from "../support/keys-fixtures.ts";
import { hasOpenssl3 } from "../support/openssl.ts";
import { opensslUnwrap } from "../support/openssl-wrapping.ts";
import type { WrappingKeyPair } from "../support/wrapping-keys.ts";
import { ARN, givenFolder, RSA_2048, RSA_3072, RSA_4096, SM2 } from "./given.ts";
import { choose, chooseAlgorithm, give, PAGE_URL, saved, wrap } from "./steps.ts";

const openssl3 = hasOpenssl3();
const given = givenFolder();
afterAll(() => given.remove());

const isOpened = async (
  algorithm: WrappingAlgorithm,
  { pkcs8 }: WrappingKeyPair,
  blob: Uint8Array,
  modulusBytes: number,
  material: Uint8Array,
) => {
  expect(blob.length).toBeGreaterThan(0);
  if (openssl3) expect(await opensslUnwrap(algorithm, pkcs8, blob, modulusBytes)).toEqual(material);
};

await inEachBrowser((browser) => {
  let page: Page;

  beforeAll(async () => {
    page = await openPage(browser);
  });
  beforeEach(() => page.goto(PAGE_URL));
  afterAll(async () => {
    // Whatever was done: nothing was asked of any network, and nothing is left in the browser.
    const requests = page.requests();
    const stored = await page.evaluate(async () => [
      localStorage.length,
      sessionStorage.length,
      document.cookie,
      (await indexedDB.databases?.())?.length ?? 0,
    ]);
    await page.close();
    expect({ requests, stored }).toEqual({ requests: [], stored: [0, 0, "", 0] });
  });

  test("a P-384 key, from parameters to the import request that the command writes", async () => {
    const algorithm = "RSA_AES_KEY_WRAP_SHA_256";
    await give(page, "wrapping", given.path("params.json"));
    await give(page, "material", given.path("p384.pem"));
    expect(await page.text("#wrapping-found")).toContain("RSA_4096 wrapping key");
    expect(await page.text("#material-found")).toContain("decoded from PEM, converted from SEC 1 to PKCS#8");
    await chooseAlgorithm(page, algorithm);
    await wrap(page);

    const { name, bytes } = await saved(page, "Save import.json");
    const request = JSON.parse(Buffer.from(bytes).toString());
    const args = ["--algorithm", algorithm, "--key-spec", "ECC_NIST_P384", "--in", "p384.pem"];
    await kmsWrap(["wrap", "--parameters", "params.json", ...args, "--out", `${browser}.json`], {
      cwd: given.folder,
    });
    const written = readFileSync(join(given.folder, `${browser}.json`), "utf8");
    const { EncryptedKeyMaterial } = JSON.parse(written);
    expect(name).toBe("import.json");
    expect(Buffer.from(bytes).toString()).toBe(
      written.replace(EncryptedKeyMaterial, request.EncryptedKeyMaterial),
    );
    const blob = Uint8Array.from(Buffer.from(request.EncryptedKeyMaterial, "base64"));
    expect((await saved(page, "Save EncryptedKeyMaterial.bin")).bytes).toEqual(blob);
    await isOpened(algorithm, RSA_4096, blob, 512, fixture("ECC_NIST_P384").pkcs8);
    expect(await page.text("#result pre")).toBe(
      "aws kms import-key-material --cli-binary-format base64 --cli-input-json file://import.json --region eu-central-1",
    );
    expect(await page.text("#material-found")).toMatch(/overwritten/);
  });

  test("an RSA-4096 key under a public key alone", async () => {
    const algorithm = "RSA_AES_KEY_WRAP_SHA_1";
    await give(page, "wrapping", given.path("rsa-3072.pem"));
    await give(page, "material", given.path("rsa-4096.der"));
    await chooseAlgorithm(page, algorithm);
    await wrap(page);
    const { name, bytes } = await saved(page, "Save EncryptedKeyMaterial.bin");
    expect(name).toBe("EncryptedKeyMaterial.bin");
    await isOpened(algorithm, RSA_3072, bytes, 384, fixture("RSA_4096").pkcs8);
  });

  test("an SM2 key with SM2PKE, in China", async () => {
    await give(page, "wrapping", given.path("sm2.der"));
    await give(page, "material", given.path("sm2-private.der"));
    expect(await page.text("#algorithm-error")).toMatch(/SM2PKE|SM2 keys cannot be imported/);
    await page.click('#region input[value="china"]');
    await wrap(page); // the one algorithm that fits is chosen
    const { bytes } = await saved(page, "Save EncryptedKeyMaterial.bin");
    await isOpened("SM2PKE", SM2, bytes, 0, fixture("SM2").pkcs8);
  });

  test("an AES key with the console's zip, and all that an import request can say", async () => {
    await give(page, "wrapping", given.path("download.zip"));
    await give(page, "material", given.path("aes.bin"));
    expect(await page.text("#material-found")).toContain("SYMMETRIC_DEFAULT, HMAC_224, HMAC_256");
    await choose(page, "key-spec", "SYMMETRIC_DEFAULT");
    await chooseAlgorithm(page, "RSAES_OAEP_SHA_256");
    const validTo = new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+/, "");
    await page.fill("#key-id", ARN);
    await page.fill("#valid-to", validTo);
    await page.fill("#description", "made for a test");
    await choose(page, "import-type", "NEW_KEY_MATERIAL");
    await wrap(page);
    const request = JSON.parse(Buffer.from((await saved(page, "Save import.json")).bytes).toString());
    const { EncryptedKeyMaterial, ImportToken, ...rest } = request;
    expect(rest).toEqual({
      KeyId: ARN,
      ExpirationModel: "KEY_MATERIAL_EXPIRES",
      ValidTo: Date.parse(validTo) / 1000,
      ImportType: "NEW_KEY_MATERIAL",
      KeyMaterialDescription: "made for a test",
    });
    const blob = Uint8Array.from(Buffer.from(EncryptedKeyMaterial, "base64"));
    const material = Uint8Array.from(readFileSync(given.path("aes.bin")));
    await isOpened("RSAES_OAEP_SHA_256", RSA_2048, blob, 256, material);
  });

  test("dropped and pasted files count as chosen, and one that misses does nothing", async () => {
    const parameters = readFileSync(given.path("params.json"), "utf8");
    const give = (selector: string, type: "drop" | "paste") =>
      page.evaluate(
        (css, event, text) => {
          const files = new DataTransfer();
          files.items.add(new File([text], "params.json"));
          const init = { bubbles: true, cancelable: true };
          const given =
            event === "drop"
              ? new DragEvent("drop", { ...init, dataTransfer: files })
              : new ClipboardEvent("paste", { ...init, clipboardData: files });
          return document.querySelector(css)!.dispatchEvent(given);
        },
        selector,
        type,
        parameters,
      );
    expect(await give("footer", "drop")).toBe(false); // or the browser would open it
    expect(await page.text("#wrapping-found")).toBe("");
    await give("#wrapping-drop", "drop");
    await page.waitFor(() => document.querySelector("#wrapping-found")!.textContent !== "");
    if (browser === "firefox") return; // its synthetic clipboard events carry no files
    await page.evaluate(() => document.querySelector("#wrapping-found")!.replaceChildren());
    await give("#wrapping-file", "paste");
    await page.waitFor(() => document.querySelector("#wrapping-found")!.textContent !== "");
  });

  test("the bytes are overwritten once wrapped, removed or left", async () => {
    await page.evaluate(() => {
      const read = Blob.prototype.arrayBuffer;
      const buffers: ArrayBuffer[] = [];
      Object.assign(window, { buffers });
      Blob.prototype.arrayBuffer = async function () {
        const buffer = await read.call(this);
        buffers.push(buffer);
        return buffer;
      };
    });
    const zero = () =>
      page.evaluate(() =>
        (Reflect.get(window, "buffers") as ArrayBuffer[]).map((buffer) =>
          new Uint8Array(buffer).every((byte) => byte === 0),
        ),
      );
    await give(page, "wrapping", given.path("params.json"));
    await give(page, "material", given.path("p384.pem"));
    await chooseAlgorithm(page, "RSA_AES_KEY_WRAP_SHA_256");
    expect(await zero()).toEqual([false, false]);
    await wrap(page);
    expect(await zero()).toEqual([false, true]);
    await give(page, "material", given.path("aes.bin"));
    await page.click("#material-forget");
    await give(page, "material", given.path("rsa-4096.der"));
    expect(await zero()).toEqual([false, true, true, false]);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide")));
    expect(await zero()).toEqual([false, true, true, true]);
  });

  test("what is still being read when the material is removed does not come back", async () => {
    await give(page, "material", given.path("aes.bin"));
    await page.evaluate(() => {
      const read = Blob.prototype.arrayBuffer;
      const buffers: ArrayBuffer[] = [];
      const removed = new Promise((resolve) => Object.assign(window, { buffers, goOn: resolve }));
      Blob.prototype.arrayBuffer = async function () {
        const buffer = await read.call(this);
        buffers.push(buffer);
        await removed;
        return buffer;
      };
    });
    await page.upload("#material-file", given.path("p384.pem"));
    await page.waitFor(() => (Reflect.get(window, "buffers") as ArrayBuffer[]).length === 1);
    await page.click("#material-forget");
    await page.evaluate(() => Reflect.get(window, "goOn")());
    await page.waitFor(() =>
      (Reflect.get(window, "buffers") as ArrayBuffer[]).every((buffer) =>
        new Uint8Array(buffer).every((byte) => byte === 0),
      ),
    );
    expect(await page.text("#material-found")).toBe("Removed, and its bytes overwritten.");
  });

  test("without the key's id, what the console takes", async () => {
    await give(page, "wrapping", given.path("WrappingPublicKey.bin"), given.path("ImportToken.bin"));
    expect(await page.text("#wrapping-found")).toContain("unpacked");
    await page.click("#material-paste summary");
    await choose(page, "material-notation", "hex");
    await page.fill("#material-text", readFileSync(given.path("hmac.hex"), "utf8"));
    await page.click("#material-use");
    await choose(page, "key-spec", "HMAC_384");
    await chooseAlgorithm(page, "RSAES_OAEP_SHA_1");
    await wrap(page);
    expect(await page.evaluate(() => document.querySelector<HTMLInputElement>("#material-text")!.value)).toBe(
      "",
    );
    const saves = await page.evaluate(() =>
      [...document.querySelectorAll("#result button")].map(({ textContent }) => textContent),
    );
    expect(saves).toEqual(["Save EncryptedKeyMaterial.bin"]);
    const { bytes } = await saved(page, "Save EncryptedKeyMaterial.bin");
    await isOpened("RSAES_OAEP_SHA_1", RSA_3072, bytes, 384, new Uint8Array(48).fill(0xa1));
  });
});
