/** What the page says when something is wrong, and where; in real browsers. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openPage, type Page } from "../runtimes/browsers.mjs";
import { inEachBrowser } from "../runtimes/in-each-browser.ts";
import { fixture } from "../support/keys-fixtures.ts";
import { opensslUnwrap } from "../support/openssl-wrapping.ts";
import { givenFolder, RSA_3072 } from "./given.ts";
import { choose, chooseAlgorithm, fault, focused, give, PAGE_FILE, PAGE_URL, saved, wrap } from "./steps.ts";

const given = givenFolder();
afterAll(() => given.remove());

await inEachBrowser((browser) => {
  let page: Page;

  beforeAll(async () => {
    page = await openPage(browser);
  });
  beforeEach(() => page.goto(PAGE_URL));
  afterAll(() => page.close());

  test("what is missing, one after the other, with the focus where it is missing", async () => {
    const gap = async (field: string) => {
      await page.click("#wrap");
      return [await fault(page, field), await focused(page)];
    };
    expect(await gap("wrapping")).toEqual([
      expect.stringMatching(/^There is no wrapping key/),
      "wrapping-file",
    ]);
    await give(page, "wrapping", given.path("rsa-2048.der"));
    expect(await gap("material")).toEqual([
      expect.stringMatching(/^There is no key material/),
      "material-file",
    ]);
    await give(page, "material", given.path("aes.bin"));
    expect(await gap("key-spec")).toEqual([expect.stringMatching(/^No key spec is chosen/), "key-spec"]);
    await choose(page, "key-spec", "SYMMETRIC_DEFAULT");
    expect((await gap("algorithm"))[0]).toMatch(/^No algorithm is chosen/);
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe(
      "RSAES_OAEP_SHA_1",
    );
  });

  test("material that is removed just after Wrap is pressed, which would be wrapped as zeros", async () => {
    await give(page, "wrapping", given.path("rsa-2048.der"));
    await give(page, "material", given.path("aes.bin"));
    await choose(page, "key-spec", "SYMMETRIC_DEFAULT");
    await chooseAlgorithm(page, "RSAES_OAEP_SHA_256");
    await page.evaluate(() => {
      for (const id of ["wrap", "material-forget"]) document.getElementById(id)!.click();
    });
    await page.waitFor(`document.querySelector("#wrap-progress").textContent === ""`);
    expect(await fault(page, "material")).toMatch(/^There is no key material/);
    expect(await page.evaluate(() => document.querySelector<HTMLElement>("#result")!.hidden)).toBe(true);
  });

  test.each([
    ["wrapping", "p384.pem", /private key[\s\S]*/i],
    [
      "wrapping",
      "old-params.json",
      /The parameters expired at 2026-01-31T12:00:00Z[\s\S]*get new parameters/i,
    ],
    ["material", "rsa-3072.pem", /public key/i],
    ["material", "params.json", /ImportToken[\s\S]*where the wrapping key is asked for/],
  ] as const)("in the field %s, %s", async (field, file, message) => {
    await give(page, field, given.path(file));
    expect(await fault(page, field)).toMatch(message);
    expect(await page.text(`#${field}-found`)).toBe("");
    const marked = await page.evaluate((id) => {
      const input = document.querySelector(`#${id}-file`)!;
      return [input.getAttribute("aria-invalid"), input.getAttribute("aria-describedby")];
    }, field);
    expect(marked).toEqual(["true", expect.stringContaining(`${field}-error`)]);
  });

  test("material of another kind than was chosen, and hexadecimal where bytes are meant", async () => {
    await choose(page, "key-spec", "ECC_NIST_P256");
    await give(page, "material", given.path("p384.pem"));
    expect(await fault(page, "key-spec")).toMatch(
      /found a key for ECC_NIST_P384.*expected one for ECC_NIST_P256/i,
    );
    await give(page, "material", given.path("hmac.hex"));
    await choose(page, "key-spec", "HMAC_512");
    expect(await fault(page, "material")).toMatch(
      /look like hexadecimal text[\s\S]*Paste it as text below.*hexadecimal; .* tick the box/,
    );
    await page.click("#raw");
    expect(await page.text("#material-found")).toContain("HMAC_512 key material");
  });

  test("why an algorithm does not fit", async () => {
    await give(page, "wrapping", given.path("rsa-2048.der"));
    await give(page, "material", given.path("rsa-4096.der"));
    const fits = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLInputElement>("#algorithm-list input:enabled")].map(
        ({ value }) => value,
      ),
    );
    expect(fits).toEqual(["RSA_AES_KEY_WRAP_SHA_1", "RSA_AES_KEY_WRAP_SHA_256"]);
    const why = await page.text("#algorithm-list");
    expect(why).toContain(
      "RSA_4096 key material may not be wrapped by RSAES_OAEP_SHA_1 under an RSA_2048 wrapping key.",
    );
    expect(why).toContain("SM2PKE needs an SM2 key, and this is an RSA_2048 key.");
  });

  test("an alias, and an expiration in the past, in their own fields", async () => {
    await give(page, "wrapping", given.path("download.zip"));
    await give(page, "material", given.path("p384.pem"));
    await chooseAlgorithm(page, "RSA_AES_KEY_WRAP_SHA_256");
    await page.fill("#key-id", "alias/mine");
    await page.click("#wrap");
    expect(await fault(page, "key-id")).toMatch(/alias[\s\S]*describe-key/);
    expect(await focused(page)).toBe("key-id");
    await page.fill("#key-id", "1234abcd-12ab-34cd-56ef-1234567890ab");
    await page.fill("#valid-to", "2026-01-31T12:00:00Z");
    await page.click("#wrap");
    expect(await fault(page, "valid-to")).toMatch(/not in the future/);
    expect(await focused(page)).toBe("valid-to");
  });

  test("a private key that does not open what was wrapped", async () => {
    await page.click("#other-half > summary");
    await give(page, "private", given.path("rsa-2048-private.der"));
    await give(page, "blob", given.path("aes.bin"));
    await choose(page, "open-algorithm", "RSAES_OAEP_SHA_256");
    await page.click("#open");
    expect(await fault(page, "open")).toMatch(/could not be decrypted[\s\S]*private key, the algorithm/);
  });

  test("where WebAssembly is refused, it computes in JavaScript", async () => {
    const strict = join(given.folder, "strict.html");
    writeFileSync(strict, readFileSync(PAGE_FILE, "utf8").replace(" 'wasm-unsafe-eval'", ""));
    await page.goto(pathToFileURL(strict).href);
    expect(await page.text("#engine")).toMatch(/^computes in JavaScript: this host refuses/);
    await give(page, "wrapping", given.path("WrappingPublicKey.bin"));
    await give(page, "material", given.path("p384.pem"));
    await chooseAlgorithm(page, "RSA_AES_KEY_WRAP_SHA_256");
    await wrap(page);
    const { bytes } = await saved(page, "Save EncryptedKeyMaterial.bin");
    const opened = await opensslUnwrap("RSA_AES_KEY_WRAP_SHA_256", RSA_3072.pkcs8, bytes, 384);
    expect(opened).toEqual(fixture("ECC_NIST_P384").pkcs8);
  });

  test("a script that is not the page's own does not run, and nothing can be fetched", async () => {
    const changed = join(given.folder, "changed.html");
    writeFileSync(changed, readFileSync(PAGE_FILE, "utf8").replace("<script>", "<script>window.changed=1;"));
    await page.goto(pathToFileURL(changed).href);
    expect(
      await page.evaluate(() => [
        typeof Reflect.get(window, "changed"),
        document.querySelector("#engine")!.textContent,
      ]),
    ).toEqual(["undefined", ""]);
    await page.goto(PAGE_URL);
    expect(
      await page.evaluate(() =>
        fetch("http://127.0.0.1:9/").then(
          () => "fetched",
          () => "refused",
        ),
      ),
    ).toBe("refused");
    expect(page.requests()).toEqual([]);
  });
});
