/** The interface to browsers does in each what it says. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPage, type Page } from "./browsers.mjs";
import { inEachBrowser } from "./in-each-browser.ts";
import { listen } from "./local-server.mjs";

const PAGE = `<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'">
<title>under test</title>
<input id="field"><input id="file" type="file" hidden><button id="late" disabled>press</button>
<a id="save" download="three.bin" href="data:application/octet-stream;base64,AAEC">save</a>
<p id="log"></p>
<script>
  const log = (text) => document.querySelector("#log").append(text + ";");
  const late = document.querySelector("#late");
  late.onclick = (event) => log(event.isTrusted ? "trusted click" : "click");
  document.querySelector("#field").oninput = (event) => log("input " + event.target.value);
  document.querySelector("#field").onkeydown = ({ key }) => void (key === "Escape" && log(key));
  setTimeout(() => (late.disabled = false), 300);
</script>`;

await inEachBrowser((browser) => {
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-browsers-"));
  const file = join(folder, "page.html");
  let page: Page;
  let server: Awaited<ReturnType<typeof listen>>;

  beforeAll(async () => {
    writeFileSync(file, PAGE);
    server = await listen(createServer((_request, response) => void response.end("served")));
    page = await openPage(browser, { viewport: { width: 320, height: 640 }, colorScheme: "dark" });
    await page.goto(pathToFileURL(file).href);
  });
  afterAll(async () => {
    await page?.close();
    server.close();
    rmSync(folder, { recursive: true });
  });

  test("has a version, a viewport and a colour scheme", async () => {
    expect(page.version).toMatch(/^\d+\.\d+/);
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([320, 640]);
    expect(await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")).toBe(true);
    await page.setViewport(700, 500);
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([700, 500]);
  });

  test("evaluates functions with arguments, expressions and promises, and tells what they throw", async () => {
    expect(await page.evaluate((a: number, b: number) => a + b, 1, 2)).toBe(3);
    expect(await page.evaluate("Promise.resolve([document.title])")).toEqual(["under test"]);
    expect(await page.evaluate(() => undefined)).toBeNull();
    await expect(page.evaluate(() => Promise.reject(new Error("thrown in the page")))).rejects.toThrow(
      "thrown in the page",
    );
  });

  test("waits for a button and clicks it, fills, presses keys and reads", async () => {
    await page.click("#late");
    await page.fill("#field", "some text");
    await page.press("Escape", "#field");
    await page.press("Tab");
    expect(await page.evaluate(() => document.activeElement!.id)).toBe("late");
    await page.press("Enter");
    await page.press("Shift+Tab");
    expect(await page.evaluate(() => document.activeElement!.id)).toBe("field");
    expect(await page.text("#log")).toBe("trusted click;input some text;Escape;trusted click;");
  });

  test("uploads and downloads", async () => {
    await page.upload("#file", file);
    const uploaded = () => document.querySelector<HTMLInputElement>("#file")!.files![0]!.text();
    expect(await page.evaluate(uploaded)).toBe(PAGE);
    const { name, bytes } = await page.download(() => page.click("#save"));
    expect(name).toBe("three.bin");
    expect(bytes).toEqual(Uint8Array.of(0, 1, 2));
  });

  test("takes screenshots", async () => {
    const png = await page.screenshot(join(folder, "page.png"));
    expect(png.subarray(0, 4)).toEqual(Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
  });

  test("records what goes over the network and nothing else", async () => {
    const { origin } = server;
    expect(page.requests()).toEqual([]);
    await page.evaluate((url: string) => fetch(url).catch(() => "stopped by the CSP"), `${origin}/stopped`);
    await page.goto(`${origin}/`);
    expect(await page.text("body")).toBe("served");
    expect(page.requests()).toContain(`${origin}/`);
    expect(page.requests().some((url) => url.includes("stopped"))).toBe(false);
    await page.evaluate((url: string) => fetch(url).then((answer) => answer.text()), `${origin}/fetched`);
    expect(page.requests()).toContain(`${origin}/fetched`);
  });
});
